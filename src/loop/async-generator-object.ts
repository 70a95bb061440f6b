import { get, push, set } from '../persistent/table.js'
import { withObjects } from './update.js'
import { withAsyncGenerators } from './update-surroundings.js'
import type { ExceptionValue, Reference, Value } from './value.js'
import type { Frame, LeftFrame, World } from './world.js'

/** What calling an `async def` with a `yield` gives. Mirrors `PyAsyncGenObject` (3.6 to 3.14). */
export interface AsyncGenerator {
  readonly kind: 'async generator'
  readonly name: string
  readonly state: 'created' | 'suspended' | 'executing' | 'closed'
  /** Where it goes on; null while it executes, and once it has ended. */
  readonly frame: Frame | null
  /** `ag_running_async`: somebody awaits its next item, or its end. */
  readonly running: boolean
  /** `ag_closed` */
  readonly closed: boolean
  /** The loop in which it was first iterated, and how many had been before it in any loop; null before that. */
  readonly origin: { readonly loop: number; readonly order: number } | null
  /** Whether the loop still has it in `_asyncgens`. */
  readonly known: boolean
}

/** What is asked of an asynchronous generator, and what comes instead of StopAsyncIteration, if anything does. */
export type AsyncDrive = {
  readonly generator: number
  /** The object that is awaited, by id; null where no program can have got hold of it. */
  readonly awaitable: number | null
  readonly otherwise: Value | undefined
} & (
  | { readonly by: 'asend'; readonly value: Value }
  | {
      readonly by: 'athrow'
      readonly error: ExceptionValue
      /** Whether the exception itself was given, and not its class. */
      readonly isGiven: boolean
    }
  | { readonly by: 'aclose' }
)

/** What `__anext__`, `asend`, `athrow` and `aclose` give: to be awaited, once. */
export interface AsyncGeneratorAwaitable {
  readonly kind: 'async generator awaitable'
  /** `AWAITABLE_STATE_…` */
  readonly state: 'init' | 'iter' | 'closed'
  readonly drive: AsyncDrive
}

/** Whether a value is what an asynchronous generator gives to be awaited. */
export const isAsyncAwaitable = (
  value: Value | undefined,
): value is Reference & { readonly kind: 'asend' | 'athrow' | 'anext' } =>
  typeof value === 'object' &&
  value !== null &&
  (value.kind === 'asend' || value.kind === 'athrow' || value.kind === 'anext')

/** The frame by which it is awaited. */
export const asyncAwaitableFrame = (world: World, id: number): Frame => asyncDriver(asyncAwaitableWith(world, id).drive)

/** The machine of the frames that stand below an asynchronous generator's and drive it. */
export const ASYNC_GENERATOR = 'async generator'

/**
 * Before the generator is entered, while it stands above, while it does after an error was thrown in before all else, and
 * when it has given an item.
 */
export type AsyncDriverState = 'start' | 'inside' | 'thrown into' | 'given'

/** The frame that drives an asynchronous generator, in a state. */
export const asyncDriver = (
  drive: AsyncDrive,
  state: AsyncDriverState = 'start',
): Frame<AsyncDriverState, AsyncDrive> => ({
  machine: ASYNC_GENERATOR,
  state,
  locals: drive,
  coroutine: null,
})

/** Whether a frame drives an asynchronous generator that stands above it. */
export const isAsyncDriver = (frame: Frame): frame is Frame<AsyncDriverState, AsyncDrive> =>
  frame.machine === ASYNC_GENERATOR && (frame.state === 'inside' || frame.state === 'thrown into')

/** An asynchronous generator that has not begun. */
export const newAsyncGenerator = (world: World, name: string, frame: Frame): readonly [World, Reference] => {
  const object: AsyncGenerator = {
    kind: 'async generator',
    name,
    state: 'created',
    frame,
    running: false,
    closed: false,
    origin: null,
    known: false,
  }
  return [withObjects(world, push(world.objects, object)), { kind: 'async generator', id: world.objects.next }]
}

/** The world in which an exception has left a frame that may stay. */
export const withLeftFrame = (world: World, frame: LeftFrame): World =>
  withAsyncGenerators(world, { ...world.asyncGenerators, left: push(world.asyncGenerators.left, frame) })

/** The asynchronous generator with this id. */
export const asyncGeneratorWith = (world: World, id: number): AsyncGenerator => get(world.objects, id) as AsyncGenerator

/** What is awaited, by id. */
export const asyncAwaitableWith = (world: World, id: number): AsyncGeneratorAwaitable =>
  get(world.objects, id) as AsyncGeneratorAwaitable

/** The object that is awaited for what is asked of an asynchronous generator. */
export const newAsyncAwaitable = (world: World, drive: AsyncDrive): readonly [World, Reference] => {
  const id = world.objects.next
  const object: AsyncGeneratorAwaitable = {
    kind: 'async generator awaitable',
    state: 'init',
    drive: { ...drive, awaitable: id },
  }
  const kind = drive.otherwise !== undefined ? 'anext' : drive.by === 'asend' ? 'asend' : 'athrow'
  return [withObjects(world, push(world.objects, object)), { kind, id }]
}

/** The world in which an awaitable of a drive has come to a state. */
export const withAwaitable = (world: World, drive: AsyncDrive, state: AsyncGeneratorAwaitable['state']): World =>
  drive.awaitable === null
    ? world
    : withObjects(world, set(world.objects, drive.awaitable, { ...asyncAwaitableWith(world, drive.awaitable), state }))

/**
 * The world in which something about an asynchronous generator has changed. Those that are suspended and that their loop
 * would close are listed: whether anybody still knows them has to be asked.
 */
export const withAsyncGenerator = (world: World, id: number, change: Partial<AsyncGenerator>): World => {
  const object: AsyncGenerator = { ...asyncGeneratorWith(world, id), ...change }
  const changed = withObjects(world, set(world.objects, id, object))
  const isListed = object.known && (object.state === 'created' || object.state === 'suspended')
  const { suspended } = world.asyncGenerators
  const others = suspended.filter((other) => other !== id)
  if (!isListed && others.length === suspended.length) return changed
  return withAsyncGenerators(changed, {
    ...world.asyncGenerators,
    suspended: isListed ? [...others, id].sort((one, other) => one - other) : others,
  })
}
