import { get, push, set } from '../persistent/table.js'
import { withObjects } from './update.js'
import type { ExceptionValue, Reference, Value } from './value.js'
import type { Frame, Stack, World } from './world.js'

/** What calling a generator function gives. Mirrors `PyGenObject` (3.3 to 3.14). */
export interface GeneratorObject {
  readonly kind: 'generator'
  readonly state: 'created' | 'suspended' | 'executing' | 'closed'
  /** Where it goes on: its own frame, and those of what it delegates to; null while it executes, and once it has ended. */
  readonly stack: Stack
  /** Whether a coroutine may await it: it comes from `@asyncio.coroutine` (`CO_ITERABLE_COROUTINE`, 3.5). */
  readonly awaitable: boolean
  /** The task in which it was last resumed, by id. */
  readonly task: number | null
}

/**
 * How a generator is resumed, and what becomes of what it yields: the value of a call, as `next` has it; one more `yield` of
 * whoever delegates to it; or an error, where it was to end.
 */
export type Drive =
  | {
      readonly by: 'call'
      readonly generator: number
      readonly value: Value
      readonly error: ExceptionValue | null
      /** What comes instead of StopIteration, if anything does: the default of `next`. */
      readonly otherwise: Value | undefined
    }
  | { readonly by: 'delegation'; readonly generator: number }
  /** `returns`: what it returned is the value of `close()` (3.13); before, that is None. */
  | { readonly by: 'close'; readonly generator: number; readonly returns: boolean }

/** The machine of the frames that stand below those of a generator and drive it. */
export const GENERATOR = 'generator'

/** A generator that has not begun. */
export const newGenerator = (world: World, frame: Frame, awaitable: boolean): readonly [World, Reference] => {
  const stack = { frame, below: null, depth: 1 }
  const object: GeneratorObject = { kind: 'generator', state: 'created', stack, awaitable, task: null }
  return [withObjects(world, push(world.objects, object)), { kind: 'generator', id: world.objects.next }]
}

/** The generator object with this id. */
export const generatorWith = (world: World, id: number): GeneratorObject => get(world.objects, id) as GeneratorObject

/** The frame that drives a generator. */
export const driving = (drive: Drive): Frame<DriverState, Drive> => driver(drive, 'start')

/** The frame that resumes a generator for the value it yields next. Mirrors `gen_iternext` (3.3 to 3.14). */
export const nextOf = (generator: number, otherwise?: Value): Frame =>
  driving({ by: 'call', generator, value: null, error: null, otherwise })

/** The frame that goes through a generator for `yield from` or `await` (3.3, 3.5), or for a task. */
export const delegation = (generator: number): Frame => driving({ by: 'delegation', generator })

/** Whether a frame drives a generator that stands above it. */
export const isDriver = (frame: Frame): frame is Frame<DriverState, Drive> =>
  frame.machine === GENERATOR && frame.state === 'inside'

/** Before the generator, above which it stands, and while what the generator delegates to is being closed. */
export type DriverState = 'start' | 'inside' | ExceptionValue

/** The frame that drives a generator, in a state. */
export const driver = (drive: Drive, state: DriverState): Frame<DriverState, Drive> => ({
  machine: GENERATOR,
  state,
  locals: drive,
  coroutine: null,
})

/** The world in which a generator is in a state, with the frames in which it goes on. */
export const withGenerator = (world: World, id: number, state: GeneratorObject['state'], stack: Stack): World => {
  const { awaitable } = generatorWith(world, id)
  const object: GeneratorObject = { kind: 'generator', state, stack, awaitable, task: world.currentTask }
  return withObjects(world, set(world.objects, id, object))
}
