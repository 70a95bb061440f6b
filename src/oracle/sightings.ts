import fc from 'fast-check'
import type { Python, Switches } from '../loop/python.js'
import { print } from '../program/print.js'
import { run } from '../program/run.js'
import type { Module } from '../program/syntax.js'
import { difference } from '../trace/difference.js'
import type { Trace } from '../trace/events.js'
import { smallestDifference } from './agree.js'
import { programs } from './arbitrary-program.js'
import { ask, defaultBounds, type Implementation, isInconclusive } from './implementation.js'

/** The name of a change between versions. */
export type ChangeName = keyof Switches

/** A change that random programs have found on an implementation. */
export interface Sighting {
  readonly change: ChangeName
  /** How many programs it took, this one counted. */
  readonly programs: number
  /** The program among those of the seed. */
  readonly path: string
  /** The smallest program that was found from there, as Python. */
  readonly text: string
}

/** How many programs to draw, which, and which changes to look for. */
export interface SightingOptions {
  readonly programs: number
  readonly seed: number
  readonly changes: readonly ChangeName[]
  readonly onProgress?: (drawn: number) => void
}

/**
 * After how many random programs an implementation is seen to lack a change, or to have it: the first on which it does as the
 * model of its own version, and not as the model of which this one switch stands otherwise. Changes that no program showed
 * are not among the sightings. Whoever fixed a bug could have found it like this, with the newer rule as the oracle; and with
 * the older one who brought it.
 */
export const sightings = async (
  implementation: Implementation,
  { programs: most, seed, changes, onProgress }: SightingOptions,
): Promise<readonly Sighting[]> => {
  const found = new Map<ChangeName, Sighting>()
  let drawn = 0
  const property = fc.asyncProperty(programs({ features: implementation.features }), async (program) => {
    drawn += 1
    onProgress?.(drawn)
    for (const change of await seenIn(
      implementation,
      program,
      changes.filter((name) => !found.has(name)),
    )) {
      const text = await smallest(implementation, program, change)
      found.set(change, { change, programs: drawn, path: `${drawn - 1}`, text })
    }
    return found.size < changes.length
  })
  await fc.check(property, { numRuns: most, seed, endOnFailure: true })
  return changes.flatMap((change) => found.get(change) ?? [])
}

/** The changes that one program shows an implementation to lack, or to have. */
const seenIn = async (
  implementation: Implementation,
  program: Module,
  changes: readonly ChangeName[],
): Promise<readonly ChangeName[]> => {
  const read = new Set<ChangeName>()
  const own = run(program, { python: watched(implementation.python, changes, read) })
  const seen = [...read].filter((change) => isTelling(own, run(program, { python: flipped(implementation, change) })))
  if (seen.length === 0) return []
  const actual = await ask(implementation, print(program), defaultBounds)
  return isInconclusive(actual) || difference(own, actual) !== null ? [] : seen
}

const isTelling = (own: Trace, other: Trace): boolean =>
  [own, other].every(({ verdict: { kind } }) => kind !== 'unmodelled' && kind !== 'step limit') &&
  difference(own, other) !== null

const flipped = ({ python }: Implementation, change: ChangeName): Python => ({ ...python, [change]: !python[change] })

/** A Python that tells which switches were asked for: turning another one would change nothing. */
const watched = (python: Python, changes: readonly ChangeName[], read: Set<ChangeName>): Python => {
  const names: ReadonlySet<string> = new Set(changes)
  return new Proxy(python, {
    get: (target, name) => {
      if (typeof name === 'string' && names.has(name)) read.add(name as ChangeName)
      return Reflect.get(target, name)
    },
  })
}

const smallest = async (implementation: Implementation, program: Module, change: ChangeName): Promise<string> => {
  const model: typeof run = (module, options) => run(module, { ...options, python: flipped(implementation, change) })
  const expected = model(program)
  const actual = run(program, { python: implementation.python })
  const first = difference(expected, actual)
  if (first === null) return print(program)
  const comparison = { kind: 'different', expected, actual, difference: first } as const
  const made = await smallestDifference(implementation, { program, comparison }, { model })
  return print(made.program)
}
