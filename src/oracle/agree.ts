import fc from 'fast-check'
import { print } from '../program/print.js'
import { run } from '../program/run.js'
import type { Module } from '../program/syntax.js'
import { type Difference, difference } from '../trace/difference.js'
import type { Trace } from '../trace/events.js'
import { programs } from './arbitrary-program.js'
import { featuresOf } from './features.js'
import { ask, type Bounds, defaultBounds, type Implementation, isInconclusive } from './implementation.js'
import { type KnownDifference, knownDifference } from './known-difference.js'
import { minimise } from './minimise.js'

/** How many programs to compare, and which. */
export interface AgreeOptions {
  readonly programs: number
  readonly seed: number
  /** Where a past difference was found: the comparison begins there. */
  readonly path?: string
  readonly bounds?: Bounds
  /** What is compared with the implementation: the model, but where its faults are to be found too. */
  readonly model?: typeof run
  /** Differences that cannot be settled: what they cover is skipped. */
  readonly known?: readonly KnownDifference[]
  readonly onProgress?: (compared: number) => void
  /** What a reader does to see a difference again; by default, a call of `agree`. */
  readonly command?: (seed: number, path: string) => string
}

/** What came of one program. */
export type Comparison =
  | { readonly kind: 'same'; readonly expected: Trace; readonly actual: Trace }
  | { readonly kind: 'different'; readonly expected: Trace; readonly actual: Trace; readonly difference: Difference }
  /** The implementation gave no trace. */
  | { readonly kind: 'inconclusive'; readonly reason: string }
  /** The model does not know what the program does, or the implementation lacks what it uses. */
  | { readonly kind: 'skipped'; readonly reason: string }

/** A program on which an implementation and the model differ, as small as it was found, and all that is needed to see it. */
export interface Evidence {
  /** The name of the implementation. */
  readonly implementation: string
  /** The program, as Python. */
  readonly text: string
  /** The model's trace. */
  readonly expected: Trace
  /** The implementation's trace. */
  readonly actual: Trace
  readonly difference: Difference
  readonly seed: number
  readonly path: string
  /** How many smaller programs were found on the way. */
  readonly shrinks: number
  readonly command: string
}

/** What came of many programs. Those on the way to the smallest counterexample do not count. */
export interface Agreement {
  /** Its name. */
  readonly implementation: string
  readonly version: string
  readonly seed: number
  /** How many programs were run, those that told nothing among them. */
  readonly compared: number
  readonly inconclusive: readonly Doubt[]
  readonly skipped: readonly Doubt[]
  /** Null where no program told a difference. */
  readonly evidence: Evidence | null
}

/** A program that told nothing, and why. */
export interface Doubt {
  readonly text: string
  readonly reason: string
}

/** How one program is compared. */
export type CompareOptions = Pick<AgreeOptions, 'bounds' | 'model' | 'known'>

/** Runs a program on the model and on an implementation and compares the whole traces. */
export const compare = async (
  implementation: Implementation,
  program: Module,
  { bounds = defaultBounds, model = run, known = [] }: CompareOptions = {},
): Promise<Comparison> => {
  const text = print(program)
  const { name, features, python } = implementation
  const missing = featuresOf(text).filter((feature) => !features.includes(feature))
  if (missing.length > 0) return { kind: 'skipped', reason: `${name} lacks ${missing.join(', ')}` }
  const excuse = knownDifference(known, name, text)
  if (excuse !== undefined) return { kind: 'skipped', reason: `known to differ: ${excuse.reason} (${excuse.issue})` }
  const expected = model(program, { python, turns: bounds.maxTurns })
  const { verdict } = expected
  if (verdict.kind === 'unmodelled') return { kind: 'skipped', reason: verdict.reason }
  if (verdict.kind === 'step limit') {
    return { kind: 'skipped', reason: `more than ${verdict.steps} steps without a turn` }
  }
  const actual = await ask(implementation, text, bounds)
  if (isInconclusive(actual)) return { kind: 'inconclusive', reason: actual.inconclusive }
  const found = difference(expected, actual)
  return found === null
    ? { kind: 'same', expected, actual }
    : { kind: 'different', expected, actual, difference: found }
}

/**
 * Draws random programs and compares an implementation with the model on each; the first difference ends it, after the
 * search for the smallest program that shows one.
 */
export const agree = async (implementation: Implementation, options: AgreeOptions): Promise<Agreement> => {
  const { seed, onProgress } = options
  const inconclusive: Doubt[] = []
  const skipped: Doubt[] = []
  let compared = 0
  let found: Found | null = null
  let fatal: Module | null = null
  const property = fc.asyncProperty(programs({ features: implementation.features }), async (program) => {
    const comparison = await compare(implementation, program, options).catch((failure: unknown) => {
      fatal = program
      throw failure
    })
    if (comparison.kind === 'different') {
      found = { program, comparison }
      return false
    }
    if (comparison.kind !== 'same') {
      const doubts = comparison.kind === 'skipped' ? skipped : inconclusive
      doubts.push({ text: print(program), reason: comparison.reason })
    }
    compared += 1
    onProgress?.(compared)
    return true
  })
  const path = options.path === undefined ? {} : { path: options.path }
  const details = await fc.check(property, { numRuns: options.programs, seed, endOnFailure: true, ...path })
  if (fatal !== null) throw await modelFailure(fatal, details.errorInstance, implementation, options)
  return {
    implementation: implementation.name,
    version: implementation.version,
    seed,
    compared,
    inconclusive,
    skipped,
    evidence: found === null ? null : await evidenceOf(implementation, found, details, options),
  }
}

const callOfAgree = (seed: number, path: string): string =>
  `agree(implementation, { programs: 1, seed: ${seed}, path: '${path}' })`

/** The model itself failed: with the smallest program found on which it does. */
const modelFailure = async (
  program: Module,
  cause: unknown,
  { python }: Implementation,
  { model = run }: AgreeOptions,
): Promise<Error> => {
  const fails = async (smaller: Module): Promise<boolean> => {
    try {
      model(smaller, { python })
      return false
    } catch {
      return true
    }
  }
  return new Error(`the model fails on\n${print((await minimise(program, fails)).program)}`, { cause })
}

/** A program that shows a difference. */
interface Found {
  readonly program: Module
  readonly comparison: Extract<Comparison, { readonly kind: 'different' }>
}

/** How many smaller programs may be without an answer, which can take long, before the search ends. */
const mostSilent = 5

/** The smallest program that shows a difference, it need not be the same, and what it shows. */
export const smallestDifference = async (
  implementation: Implementation,
  first: Found,
  options: CompareOptions = {},
): Promise<Found & { readonly steps: number }> => {
  let found = first
  let silent = 0
  const { steps } = await minimise(first.program, async (program) => {
    if (silent > mostSilent) return false
    const comparison = await compare(implementation, program, options).catch(() => null)
    if (comparison?.kind === 'inconclusive') silent += 1
    if (comparison?.kind !== 'different') return false
    found = { program, comparison }
    return true
  })
  return { ...found, steps }
}

const evidenceOf = async (
  implementation: Implementation,
  first: Found,
  details: fc.RunDetails<[Module]>,
  options: AgreeOptions,
): Promise<Evidence> => {
  const { program, comparison, steps } = await smallestDifference(implementation, first, options)
  const path = details.counterexamplePath ?? ''
  return {
    implementation: implementation.name,
    text: print(program),
    expected: comparison.expected,
    actual: comparison.actual,
    difference: comparison.difference,
    seed: details.seed,
    path,
    shrinks: steps,
    command: (options.command ?? callOfAgree)(details.seed, path),
  }
}
