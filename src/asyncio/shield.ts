import { cancel } from '../loop/cancellation.js'
import type { Interpreter } from '../loop/coroutine.js'
import { tell } from '../loop/exception-handler.js'
import {
  addDoneCallback,
  createFuture,
  exceptionOf,
  futureWith,
  isDone,
  result,
  setException,
  setResult,
} from '../loop/future.js'
import { simpleName } from '../loop/handle.js'
import type { ExceptionValue, Reference, Value } from '../loop/value.js'
import type { World } from '../loop/world.js'
import { libraryCallback, removeLibraryCallback } from './library-callback.js'

/** The names of the callbacks of `shield`. What is shielded and who waits stand for `inner` and `outer`. */
export const innerCallback = 'asyncio.shield.<locals>._inner_done_callback'
export const outerCallback = 'asyncio.shield.<locals>._outer_done_callback'
export const awaitedByCallback = 'asyncio.shield.<locals>._clear_awaited_by_callback'
export const logCallback = 'asyncio._log_on_exception'

/**
 * A future that is done when another is, and can be cancelled without it; what is done already is given as it is.
 * Mirrors `tasks.shield` (3.4 to 3.14) behind `ensure_future`.
 */
export const shield = (world: World, inner: Reference): readonly [World, Reference] => {
  const { loop } = futureWith(world, inner.id)
  if (isDone(futureWith(world, inner.id))) return [world, inner]
  const outer: Reference = { kind: 'future', id: world.futures.next }
  const created = createFuture(world, loop)
  const add = (before: World, { id }: Reference, name: string, ...args: readonly Value[]): World =>
    addDoneCallback(before, id, libraryCallback(name, ...args), world.context)
  const told = isAwaitedByTask(world, loop) ? add(created, inner, awaitedByCallback) : created
  return [add(add(told, inner, innerCallback, outer, inner), outer, outerCallback, outer, inner), outer]
}

/** Whether the graph of who awaits whom learns that a task of this loop does: that is a callback more (3.14). */
const isAwaitedByTask = (world: World, loop: number): boolean =>
  world.python.shieldTellsWhoAwaits && world.currentTask !== null && world.loop.id === loop

/** What is shielded is done. Mirrors `_inner_done_callback` in `tasks.shield` (3.4 to 3.14). */
export const innerDone = (world: World, outer: Reference, inner: Reference): World => {
  const { state, exception } = futureWith(world, inner.id)
  if (futureWith(world, outer.id).state === 'cancelled') {
    return state === 'cancelled' || world.python.shieldReportsUnheard ? world : exceptionOf(world, inner.id).world
  }
  if (state === 'cancelled') return cancel(world, outer.id, null)[0]
  const asked = result(world, inner.id)
  return exception === null
    ? setResult(asked.world, outer.id, asked.value)
    : setException(asked.world, outer.id, exception)
}

/**
 * Who waits is done. If that was a cancellation the other goes on, and nobody hears of it, but for a failure (3.14).
 * Mirrors `_outer_done_callback` in `tasks.shield` (3.7.4 to 3.14).
 */
export const outerDone = (world: World, outer: Reference, inner: Reference): World => {
  if (isDone(futureWith(world, inner.id))) return world
  const removed = removeLibraryCallback(world, inner.id, innerCallback, outer)
  if (!world.python.shieldReportsUnheard) return removed
  const once = removeLibraryCallback(removed, inner.id, logCallback)
  return addDoneCallback(once, inner.id, libraryCallback(logCallback, inner), world.context)
}

/**
 * What was shielded is done, and somebody who waited was cancelled: a failure is reported, even if others hear of it.
 * Mirrors `tasks._log_on_exception` (3.14).
 */
export const logOnException = (world: World, inner: Reference, interpreter: Interpreter): World => {
  if (futureWith(world, inner.id).state === 'cancelled') return world
  const asked = exceptionOf(world, inner.id)
  const error = asked.value as ExceptionValue | null
  if (error === null) return asked.world
  const message = `${simpleName(error.instance?.class.name ?? error.type)} exception in shielded future`
  const { loop, task } = futureWith(world, inner.id)
  const entries = [
    ['message', message],
    ['exception', error],
    ['future', inner],
  ] as const
  const of = task === null ? null : { task: inner.id }
  return tell(interpreter, asked.world, { loop, message, exception: error, told: { entries }, of })
}
