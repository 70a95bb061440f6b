import {
  ASYNC_GENERATOR,
  type AsyncDrive,
  type AsyncDriverState,
  type AsyncGenerator,
  asyncAwaitableWith,
  asyncDriver,
  asyncGeneratorWith,
  newAsyncAwaitable,
  withAsyncGenerator,
  withAwaitable,
} from './async-generator-object.js'
import { type Answer, pushed, raisedBy } from './coroutine.js'
import { halt } from './halt.js'
import { callSoon } from './handle.js'
import { loopWith } from './loops.js'
import { makeException, type Raise, raise } from './raise.js'
import { withAsyncGenerators } from './update-surroundings.js'
import type { ExceptionValue, Value } from './value.js'
import type { Frame, Stack, World } from './world.js'

/**
 * Resumes the frame that drives an asynchronous generator. Mirrors `async_gen_asend_send`, `async_gen_athrow_send` and
 * `async_gen_unwrap_value`, and where an error is thrown in before all else `async_gen_asend_throw` and
 * `async_gen_athrow_throw` (3.8 to 3.14).
 */
export const resumeAsyncDriver = (world: World, frame: Frame, value: Value, error: ExceptionValue | null): Answer => {
  const { state, locals: drive } = frame as Frame<AsyncDriverState, AsyncDrive>
  switch (state) {
    case 'start':
      return start(world, drive, error)
    case 'given':
      return given(world, drive, value)
    case 'inside':
    case 'thrown into':
      return ended(withAsyncGenerator(world, drive.generator, { state: 'closed', frame: null }), drive, error)
  }
}

const start = (world: World, drive: AsyncDrive, thrown: ExceptionValue | null): Answer => {
  if (drive.awaitable !== null && asyncAwaitableWith(world, drive.awaitable).state !== 'init') {
    return raisedBy(world, raise('RuntimeError', `cannot reuse already awaited ${names[drive.by]}`))
  }
  const generator = asyncGeneratorWith(world, drive.generator)
  const guards = thrown === null || world.python.asyncGeneratorsGuardThrow
  const spent = withAwaitable(world, drive, 'closed')
  if (drive.by === 'asend') {
    if (generator.running && guards) {
      return raisedBy(world.python.asyncGeneratorsGuardThrow ? spent : world, alreadyRunning('anext'))
    }
  } else {
    if (generator.state === 'closed' && thrown === null) return { kind: 'returned', world: spent, value: null }
    if (generator.running && guards) return raisedBy(spent, alreadyRunning(drive.by))
    if (generator.closed && thrown === null) return raisedBy(spent, raise('StopAsyncIteration'))
  }
  return enter(withAwaitable(world, drive, 'iter'), drive, generator, thrown)
}

const names = {
  asend: '__anext__()/asend()',
  athrow: 'aclose()/athrow()',
  aclose: 'aclose()/athrow()',
} as const

const alreadyRunning = (what: string): Raise =>
  raise('RuntimeError', `${what}(): asynchronous generator is already running`)

const enter = (world: World, drive: AsyncDrive, generator: AsyncGenerator, thrown: ExceptionValue | null): Answer => {
  const { state, frame } = generator
  if (state === 'executing') {
    throw halt(world, { kind: 'unmodelled', reason: 'an asynchronous generator that awaits and that is thrown into' })
  }
  if (frame === null) return ended(world, drive, thrown)
  const value = thrown === null && drive.by === 'asend' ? drive.value : null
  if (state === 'created' && value !== null) {
    const spent = withAwaitable(world, drive, 'closed')
    return raisedBy(spent, raise('TypeError', "can't send non-None value to a just-started async generator"))
  }
  const [made, error] = thrown === null ? toThrow(world, drive) : [world, thrown]
  const entered = withAsyncGenerator(made, drive.generator, {
    state: 'executing',
    frame: null,
    running: thrown === null || world.python.asyncGeneratorsGuardThrow,
    closed: generator.closed || (drive.by === 'aclose' && thrown === null),
  })
  const isBegun = thrown === null || world.python.asyncGeneratorsGuardThrow
  const below = asyncDriver(drive, isBegun ? 'inside' : 'thrown into')
  return { kind: 'enters', world: entered, stack: pushed(frame, null), value, error, frame: below }
}

/**
 * What a task sends, or throws, where it drives an asynchronous generator into which an error was thrown before all else:
 * until 3.12.3 that has not begun for all that, and does so now.
 */
export const beginLate = (
  world: World,
  stack: Stack,
): { readonly world: World; readonly stack: NonNullable<Stack>; readonly error: ExceptionValue | null } | null => {
  if (world.python.asyncGeneratorsGuardThrow || world.asyncGenerators.begun === 0) return null
  const begun = withoutThrown(stack)
  if (begun === null) return null
  const { by, generator } = begun.drive
  if (by === 'asend' && begun.drive.value !== null) {
    throw halt(world, { kind: 'unmodelled', reason: 'a value that is sent late into an asynchronous generator' })
  }
  const { closed } = asyncGeneratorWith(world, generator)
  const running = withAsyncGenerator(world, generator, { running: true, closed: closed || by === 'aclose' })
  const [made, error] = toThrow(running, begun.drive)
  return { world: made, stack: begun.stack, error }
}

/** A stack whose lowest frame drives such a generator, as if it had begun; null for any other. */
const withoutThrown = (stack: Stack): { readonly stack: NonNullable<Stack>; readonly drive: AsyncDrive } | null => {
  if (stack === null) return null
  if (stack.below !== null) {
    const below = withoutThrown(stack.below)
    return below === null ? null : { stack: onTop(stack.frame, below.stack), drive: below.drive }
  }
  const { machine, state, locals } = stack.frame
  if (machine !== ASYNC_GENERATOR || state !== 'thrown into') return null
  const drive = locals as AsyncDrive
  return { stack: onTop(asyncDriver(drive, 'inside'), null), drive }
}

/** What is thrown in where the generator goes on. */
const toThrow = (world: World, drive: AsyncDrive): readonly [World, ExceptionValue | null] => {
  switch (drive.by) {
    case 'asend':
      return [world, null]
    case 'athrow':
      return [world, drive.error]
    case 'aclose':
      return makeException(world, raise('GeneratorExit'))
  }
}

const onTop = (frame: Frame, below: Stack): NonNullable<Stack> => ({
  frame,
  below,
  depth: (below?.depth ?? 0) + 1,
})

/** The generator has yielded an item. */
const given = (world: World, drive: AsyncDrive, value: Value): Answer => {
  const rested = withAwaitable(withAsyncGenerator(world, drive.generator, { running: false }), drive, 'closed')
  return drive.by === 'aclose'
    ? raisedBy(rested, raise('RuntimeError', 'async generator ignored GeneratorExit'))
    : { kind: 'returned', world: rested, value }
}

/** The generator has returned, where there is no error, or raised. */
const ended = (world: World, drive: AsyncDrive, error: ExceptionValue | null): Answer => {
  const isEnd = error === null || error.type === 'StopAsyncIteration' || error.type === 'GeneratorExit'
  const { closed } = asyncGeneratorWith(world, drive.generator)
  const rested = withAwaitable(
    withAsyncGenerator(world, drive.generator, { running: false, closed: closed || isEnd }),
    drive,
    'closed',
  )
  if (isEnd && drive.by === 'aclose') return { kind: 'returned', world: rested, value: null }
  if ((error === null || error.type === 'StopAsyncIteration') && drive.otherwise !== undefined) {
    return { kind: 'returned', world: rested, value: drive.otherwise }
  }
  return error === null ? raisedBy(rested, raise('StopAsyncIteration')) : { kind: 'raised', world: rested, error }
}

/**
 * The running loop gets to know an asynchronous generator when it is first asked for something. Mirrors
 * `async_gen_init_hooks` and `BaseEventLoop._asyncgen_firstiter_hook` (3.6 to 3.14).
 */
export const firstIterated = (world: World, id: number): World => {
  if (asyncGeneratorWith(world, id).origin !== null || !world.loop.running) return world
  const { begun } = world.asyncGenerators
  const counted = withAsyncGenerators(world, { ...world.asyncGenerators, begun: begun + 1 })
  return withAsyncGenerator(counted, id, { origin: { loop: world.loop.id, order: begun }, known: true })
}

/**
 * Nobody knows a suspended asynchronous generator any more: its loop will close it in a task, unless the loop is closed
 * itself. Mirrors `_PyGen_Finalize` and `BaseEventLoop._asyncgen_finalizer_hook` (3.6 to 3.14).
 */
export const finalize = (world: World, id: number): World => {
  const { origin } = asyncGeneratorWith(world, id)
  const forgotten = withAsyncGenerator(world, id, { known: false })
  if (origin === null || loopWith(world, origin.loop).closed) return forgotten
  const drive: AsyncDrive = { by: 'aclose', generator: id, awaitable: null, otherwise: undefined }
  const [made, awaitable] = newAsyncAwaitable(forgotten, drive)
  const receiver = { kind: 'loop', id: origin.loop } as const
  const callee = { kind: 'method', receiver, name: 'create_task' } as const
  return callSoon(made, origin.loop, { name: 'call', callee, args: [awaitable] }, world.context)
}
