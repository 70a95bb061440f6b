import { clear, get, push, set } from '../persistent/table.js'
import { callSoon } from './handle.js'
import { makeException, raise, raiseIn } from './raise.js'
import { withFutures } from './update.js'
import type { ExceptionValue, Value } from './value.js'
import type { Callback, Context, DoneCallback, Future, Task, World } from './world.js'

/** The future or task with this id. */
export const futureWith = (world: World, id: number): Future => {
  const future = get(world.futures, id)
  if (future === undefined) throw new RangeError(`no future ${id}`)
  return future
}

/** Puts a future in the place of an older state of itself. */
export const withFuture = (world: World, id: number, future: Future): World =>
  withFutures(world, set(world.futures, id, future))

/** Adds a future; its id is `world.futures.next`. Mirrors `BaseEventLoop.create_future` (3.5.2 to 3.14). */
export const createFuture = (
  world: World,
  loop: number,
  task: Task | null = null,
  children: readonly number[] | null = null,
): World =>
  withFutures(
    world,
    push(world.futures, {
      loop,
      state: 'pending',
      result: null,
      exception: null,
      callbacks: noCallbacks,
      cancelMessage: null,
      cancelledError: null,
      retrieved: true,
      task,
      children,
      cancelRequested: false,
      refused: false,
    }),
  )

const noCallbacks: readonly DoneCallback[] = []

/** Whether it has a result or an exception or was cancelled. Mirrors `Future.done`. */
export const isDone = (future: Future): boolean => future.state !== 'pending'

/** What asking a future gives: a value, or the exception that is raised; and the world in which it was asked. */
export interface Asked {
  readonly world: World
  readonly value: Value
  readonly error: ExceptionValue | null
}

/**
 * The result; raises the exception of a failed future, CancelledError for a cancelled one, InvalidStateError before.
 * Mirrors `Future.result` (3.4 to 3.14).
 */
export const result = (world: World, id: number): Asked => {
  const future = futureWith(world, id)
  switch (future.state) {
    case 'pending':
      throw raise('InvalidStateError', `Result is not ${world.python.accelerated ? 'set' : 'ready'}.`)
    case 'cancelled':
      return makeCancelledError(world, id)
    case 'finished':
      return { world: retrieve(world, id, future), value: future.result, error: future.exception }
  }
}

/**
 * The exception or None; raises CancelledError for a cancelled future, InvalidStateError before it is done.
 * Mirrors `Future.exception` (3.4 to 3.14).
 */
export const exceptionOf = (world: World, id: number): Asked => {
  const future = futureWith(world, id)
  switch (future.state) {
    case 'pending':
      throw raise('InvalidStateError', 'Exception is not set.')
    case 'cancelled':
      return makeCancelledError(world, id)
    case 'finished':
      return { world: retrieve(world, id, future), value: future.exception, error: null }
  }
}

/** Mirrors `Future.set_result` (3.4 to 3.14). InvalidStateError where the future is done. */
export const setResult = (world: World, id: number, value: Value): World => {
  const future = pendingFuture(world, id)
  return finish(world, id, changed(future, 'finished', value, null))
}

/**
 * Mirrors `Future.set_exception` (3.4 to 3.14). InvalidStateError where the future is done; StopIteration becomes a
 * RuntimeError (before 3.12.7 it is a TypeError of the caller's).
 */
export const setException = (world: World, id: number, error: ExceptionValue): World => {
  const future = pendingFuture(world, id)
  if (error.type !== 'StopIteration') return finish(world, id, changed(future, 'finished', null, error))
  if (!world.python.stopIterationIsRuntimeError) throw raiseIn(world, 'TypeError', stopIterationRefused)
  const [made, stored] = makeException(world, raise('RuntimeError', stopIterationRefused))
  return finish(made, id, changed(future, 'finished', null, stored))
}

const stopIterationRefused = 'StopIteration interacts badly with generators and cannot be raised into a Future'

/** Sets a result where nobody has cancelled before. Mirrors `futures._set_result_unless_cancelled` (3.4 to 3.14). */
export const setResultUnlessCancelled = (world: World, id: number, value: Value): World =>
  futureWith(world, id).state === 'cancelled' ? world : setResult(world, id, value)

/** The cancelled future, its callbacks scheduled. The second half of `Future.cancel`. */
export const becomeCancelled = (world: World, id: number, message: Value): World => {
  const future = futureWith(world, id)
  return finish(world, id, changed(future, 'cancelled', null, null, message))
}

/** Mirrors `Future.add_done_callback` (context since 3.7): by `call_soon` at once where the future is done. */
export const addDoneCallback = (world: World, id: number, callback: Callback, context: Context): World => {
  const future = futureWith(world, id)
  return isDone(future)
    ? callSoon(world, future.loop, callback, context)
    : withFuture(world, id, withCallbacks(future, [...future.callbacks, { callback, context }]))
}

/** Takes out the callbacks of which `equals` is true. Mirrors `Future.remove_done_callback` (3.4 to 3.14). */
export const removeDoneCallback = (
  world: World,
  id: number,
  equals: (callback: Callback) => boolean,
): readonly [World, number] => {
  const future = futureWith(world, id)
  const kept = future.callbacks.filter(({ callback }) => !equals(callback))
  return [withFuture(world, id, withCallbacks(future, kept)), future.callbacks.length - kept.length]
}

/**
 * Mirrors `Future._make_cancelled_error` (3.9 to 3.14): the stored error once (3.11), a new one after that.
 */
export const makeCancelledError = (world: World, id: number): Asked & { readonly error: ExceptionValue } => {
  const future = futureWith(world, id)
  const taken = future.cancelledError === null ? world : withFuture(world, id, { ...future, cancelledError: null })
  if (future.cancelledError !== null && world.python.cancelledErrorIsKept) {
    return { world: taken, value: null, error: future.cancelledError }
  }
  const [made, error] = makeException(taken, raise('CancelledError', ...messageArgs(future.cancelMessage)))
  return { world: made, value: null, error }
}

const messageArgs = (message: Value): readonly Value[] => (message === null ? [] : [message])

/** Keeps the CancelledError that ended a task for whoever asks for the result. */
export const keepCancelledError = (world: World, id: number, error: ExceptionValue): World =>
  withFuture(world, id, { ...futureWith(world, id), cancelledError: error })

/** Remembers that a cancellation was passed on to the children. */
export const requestCancel = (world: World, id: number): World =>
  withFuture(world, id, { ...futureWith(world, id), cancelRequested: true })

/** The done future in place of the pending one, and each callback of that by `call_soon`. Mirrors `Future.__schedule_callbacks` (3.4 to 3.14). */
export const finish = (world: World, id: number, done: Future): World => {
  const { callbacks } = futureWith(world, id)
  // A closed loop refuses the callbacks, and then the exception will not be reported either.
  const isReported = !done.retrieved && callbacks.length > 0
  let scheduled = withFuture(world, id, isReported ? { ...done, retrieved: true } : done)
  for (const { callback, context } of callbacks) scheduled = callSoon(scheduled, done.loop, callback, context)
  return isReported ? withFuture(scheduled, id, done) : scheduled
}

/** A future that is not done; InvalidStateError where it is. */
export const pendingFuture = (world: World, id: number): Future => {
  const future = futureWith(world, id)
  if (future.state === 'pending') return future
  const state = `${future.state.toUpperCase()}: <${className(future)}>`
  throw raiseIn(world, 'InvalidStateError', world.python.accelerated ? 'invalid state' : state)
}

/** A task that asyncio made by itself is not reported if it never ends. Mirrors `_log_destroy_pending = False`. */
export const withoutDestroyReport = (world: World, id: number): World =>
  withTask(world, id, { ...taskOf(futureWith(world, id)), logDestroyPending: false })

/** Its exception, if it has one, will not be reported any more: `_log_traceback = False`. */
export const retrieve = (world: World, id: number, future = futureWith(world, id)): World =>
  future.retrieved ? world : withFuture(world, id, { ...future, retrieved: true })

// Most futures only ever go through these three: their literals name every field, as a spread costs too much there.

const withCallbacks = (future: Future, callbacks: Future['callbacks']): Future => ({
  loop: future.loop,
  state: future.state,
  result: future.result,
  exception: future.exception,
  callbacks,
  cancelMessage: future.cancelMessage,
  cancelledError: future.cancelledError,
  retrieved: future.retrieved,
  task: future.task,
  children: future.children,
  cancelRequested: future.cancelRequested,
  refused: future.refused,
})

const changed = (
  future: Future,
  state: Future['state'],
  value: Value,
  error: ExceptionValue | null,
  message: Value = future.cancelMessage,
): Future => ({
  loop: future.loop,
  state,
  result: value,
  exception: error,
  callbacks: noCallbacks,
  cancelMessage: message,
  cancelledError: future.cancelledError,
  retrieved: error === null,
  task: future.task,
  children: future.children,
  cancelRequested: future.cancelRequested,
  refused: future.refused,
})

/** Puts another state of its task into a future. */
export const withTask = (world: World, id: number, task: Task): World => {
  const future = futureWith(world, id)
  return withFuture(world, id, {
    loop: future.loop,
    state: future.state,
    result: future.result,
    exception: future.exception,
    callbacks: future.callbacks,
    cancelMessage: future.cancelMessage,
    cancelledError: future.cancelledError,
    retrieved: future.retrieved,
    task,
    children: future.children,
    cancelRequested: future.cancelRequested,
    refused: future.refused,
  })
}

/** The class of a future, as reprs show it. */
export const className = ({ task, children }: Future): string =>
  task !== null ? 'Task' : children !== null ? '_GatheringFuture' : 'Future'

/** The task that a future is. */
export const taskOf = (future: Future): Task => {
  if (future.task === null) throw new TypeError('not a task')
  return future.task
}

/** Drops a future that nobody can ask for any more. */
export const forget = (world: World, id: number): World => withFutures(world, clear(world.futures, id))
