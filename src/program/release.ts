import { finalize } from '../loop/async-generator.js'
import {
  type AsyncGenerator,
  asyncAwaitableWith,
  asyncGeneratorWith,
  withAsyncGenerator,
  withLeftFrame,
} from '../loop/async-generator-object.js'
import { futureWith } from '../loop/future.js'
import { halt } from '../loop/halt.js'
import { listValues } from '../loop/list.js'
import type { ExceptionValue, Reference, Value } from '../loop/value.js'
import type { Frame, LeftFrame, Stack, World } from '../loop/world.js'
import { entries, get } from '../persistent/table.js'
import { type Activation, type Cell, CODE, type Code, type CodeLocals } from './code.js'
import { isAsyncIterator, type Names, type Reached, reached, reachedFrom } from './reach.js'

/**
 * What becomes of suspended asynchronous generators at a moment at which a reference may have been dropped. CPython counts
 * references and finalizes at once what nobody refers to; here everything that is still in use is searched. Where that
 * leaves a doubt, the run is given up.
 */
export const release = (names: Names, world: World, stack: Stack, value: Value): World => {
  const roots = { stack, values: [value], loops: true }
  const certain = reached(names, world, roots, 'certain')
  // What is older than this step may be held by the steps around it, whose frames cannot be seen from here.
  const oldest = world.around?.objects ?? 0
  const doubtful = world.asyncGenerators.suspended.filter((id) => id >= oldest && !certain.objects.has(id))
  if (doubtful.length === 0) return world
  const possible = reached(names, world, roots, 'possible')
  const lost = doubtful.filter((id) => isLost(names, world, id, possible))
  const [only, ...others] = lost.filter(
    (id) => !lost.some((other) => other !== id && refersTo(names, world, other, id)),
  )
  if (only === undefined) return world
  if (others.length > 0) throw inDoubt(world)
  return finalized(world, only)
}

/** Whether nobody refers to an asynchronous generator any more, not even the traceback of an exception. */
const isLost = (names: Names, world: World, id: number, possible: Reached): boolean => {
  const { left, entangled } = world.asyncGenerators
  if (possible.objects.has(id) || entangled) throw inDoubt(world)
  const newest = [...possible.exceptions].reduce((one, other) => Math.max(one, other), -1)
  for (const [, { frame, exception }] of entries(left)) {
    // What was raised while the exception was handled would keep it as its context.
    const mayStay = exception === null || newest > exception
    if (mayStay && reachedFrom(names, world, frame, 'certain').objects.has(id)) throw inDoubt(world)
  }
  return true
}

const refersTo = (names: Names, world: World, id: number, other: number): boolean =>
  reachedFrom(names, world, { kind: 'async generator', id }, 'possible').objects.has(other)

const finalized = (world: World, id: number): World => {
  const { closed, frame } = asyncGeneratorWith(world, id)
  if (!closed) return finalize(world, id)
  // Nobody asks the loop to close it once more: it is closed on the spot.
  if (frame !== null && isInTry(frame.locals as CodeLocals)) throw inDoubt(world)
  return withAsyncGenerator(world, id, { state: 'closed', frame: null, known: false })
}

const isInTry = ({ tries }: CodeLocals): boolean => tries.length > 0

const inDoubt = (world: World) => halt(world, { kind: 'unmodelled', reason: doubt })

const doubt =
  'an asynchronous generator that is left in the midst of its work, and whether anybody still knows it is uncertain'

/**
 * The asynchronous generators that a loop still knows, in the order in which they were first iterated. Where it asks in the
 * midst of a program, what nobody held any more was looked after before.
 */
export const knownAsyncGenerators = (names: Names, world: World, isWithin: boolean): readonly number[] => {
  if (world.asyncGenerators.begun === 0) return []
  const all = entries(world.objects).flatMap(([id, object]): readonly (readonly [number, AsyncGenerator])[] => {
    const generator = object as AsyncGenerator
    const isKnown = generator.kind === 'async generator' && generator.known && generator.origin?.loop === world.loop.id
    return isKnown ? [[id, generator]] : []
  })
  const inOrder = all.toSorted(([, one], [, other]) => (one.origin?.order ?? 0) - (other.origin?.order ?? 0))
  if (all.length === 0 || isWithin) return inOrder.map(([id]) => id)
  const roots = { stack: null, values: [], loops: true }
  const certain = reached(names, world, roots, 'certain')
  const possible = reached(names, world, roots, 'possible')
  return inOrder.filter(([id]) => certain.objects.has(id) || !isLost(names, world, id, possible)).map(([id]) => id)
}

/** The suspended asynchronous generators that a frame and the module can drop; null where there is none. */
export const inReach = (names: Names, activation: Activation, code: number): ReadonlySet<number> | null => {
  const { world, slots, cells, handling } = activation
  const { suspended } = world.asyncGenerators
  if (suspended.length === 0) return null
  const locals: CodeLocals = { code, slots, cells, tries: [], handling }
  const frame = { machine: CODE, state: 0, locals, coroutine: null }
  const { objects } = reached(names, world, { stack: null, values: [frame], loops: false }, 'possible')
  return new Set(suspended.filter((id) => objects.has(id)))
}

/** Whether a frame has lost one of the asynchronous generators that it could drop. */
export const hasDropped = (
  names: Names,
  activation: Activation,
  code: number,
  before: ReadonlySet<number>,
): boolean => {
  const direct = new Set(activation.slots.map(asyncGeneratorIn))
  if ([...before].every((id) => direct.has(id))) return false
  const now = inReach(names, activation, code)
  return [...before].some((id) => !now?.has(id))
}

const asyncGeneratorIn = (value: unknown): number | null => {
  const { kind, id } = (value ?? {}) as { readonly kind?: string; readonly id?: number }
  return kind === 'async generator' ? (id ?? null) : null
}

/** An exception leaves a frame: its traceback holds what the frame's own names hold. */
export const heldByTraceback = (names: Names, activation: Activation, code: number, error: ExceptionValue): World =>
  leftFrame(names, activation, code, (isNaming) => (isNaming ? null : error.id))

/**
 * A frame returns. Where it has a name for an exception whose traceback may have that very frame, both stay for ever, with
 * all that the frame's names hold.
 */
export const heldByCycle = (names: Names, activation: Activation, code: number): World =>
  leftFrame(names, activation, code, (isNaming) => (isNaming ? null : undefined))

/** Keeps what the own names of a frame hold that is left, where something may still know that. */
const leftFrame = (
  names: Names,
  { world, slots, cells }: Activation,
  code: number,
  keeper: (isNaming: boolean) => LeftFrame['exception'] | undefined,
): World => {
  if (world.asyncGenerators.begun === 0) return world
  const locals: CodeLocals = { code, slots: ownSlots(names.codes[code], slots), cells, tries: [], handling: [] }
  const cellValues = cells.map((cell) => (get(world.objects, cell) as Cell | undefined)?.value)
  const exception = keeper(namesException(world, [...locals.slots, ...cellValues]))
  if (exception === undefined) return world
  const frame: Frame = { machine: CODE, state: 0, locals, coroutine: null }
  const isOfUse = [...reachedFrom(names, world, frame, 'certain').objects].some(
    (id) => (asyncGeneratorWith(world, id) as AsyncGenerator | undefined)?.kind === 'async generator',
  )
  if (!isOfUse) return world
  return withLeftFrame(world, { frame, exception })
}

/** Whether values are or hold exceptions, as what they are: not in the frames of others. */
const namesException = (world: World, values: readonly unknown[], depth = 0): boolean =>
  values.some((value) => {
    if (typeof value !== 'object' || value === null || depth > 8) return depth > 8
    const { kind, id, items } = value as { readonly kind?: string; readonly id?: number; readonly items?: unknown }
    switch (kind) {
      case 'exception':
        return true
      case 'tuple':
        return namesException(world, items as readonly unknown[], depth + 1)
      case 'athrow': {
        const { drive } = asyncAwaitableWith(world, id as number)
        return drive.by === 'athrow' && drive.isGiven
      }
      case 'future':
      case 'task':
      case 'group': {
        const { exception, result } = futureWith(world, id as number)
        return exception !== null || namesException(world, [result], depth + 1)
      }
      case 'list':
        return namesException(world, listValues(world, value as Reference), depth + 1)
      case 'dict':
      case 'instance':
        return reachedFrom(noNames, world, value, 'certain').exceptions.size > 0
      default:
        return false
    }
  })

const noNames: Names = { codes: [], globals: 0 }

/** Iterators do not outlive a frame that an exception leaves. */
const ownSlots = (code: Code | undefined, slots: CodeLocals['slots']): CodeLocals['slots'] =>
  slots.map((value, slot) => (isAsyncIterator(code?.slots[slot] ?? '') ? undefined : value))
