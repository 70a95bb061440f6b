import { dequeue, isEmpty, items, peek, removeAt } from '../persistent/queue.js'
import { copyFutureState } from './chain-future.js'
import { inContext } from './context.js'
import { follow, type Interpreter } from './coroutine.js'
import { leavesLoop } from './exception.js'
import { report } from './exception-handler.js'
import { passTimeUntilWoken, willBeWoken } from './external-event.js'
import { qualnameOf } from './function-name.js'
import { exceptionOf, futureWith, setResultUnlessCancelled } from './future.js'
import { halt } from './halt.js'
import { callbackName, isCancelled } from './handle.js'
import { stop } from './loops.js'
import { isRaise, makeException } from './raise.js'
import { record } from './record.js'
import { step as stepTask, wakeup } from './task.js'
import { collectDueTimers, dropCancelledTimers, timeout } from './timer.js'
import { withLoop } from './update.js'
import { withBatch, withInterrupt, withReadyAsBatch, withTurn } from './update-loop.js'
import type { ExceptionValue, Value } from './value.js'
import { releaseWaiter } from './waiter.js'
import type { Callback, Context, Handle, World } from './world.js'

/** Which handle of what is left of a batch runs next, by its position. asyncio always takes the first. */
export type Choose = (left: number) => number

const first: Choose = () => 0

/** One iteration of the loop. Mirrors `BaseEventLoop._run_once` (3.4 to 3.14). */
export const turn = (interpreter: Interpreter, world: World, choose = first): World =>
  runBatch(interpreter, beginTurn(world), choose)

/**
 * Everything of an iteration but its callbacks: the wait, the due timers, and what the batch is.
 * Mirrors `BaseEventLoop._run_once` (3.4 to 3.14) up to `ntodo`.
 */
export const beginTurn = (world: World): World => fixBatch(collectDueTimers(advanceClock(dropCancelledTimers(world))))

/** Whether the running loop would wait for ever: nothing is ready and no timer is set. */
export const isDeadlocked = (world: World): boolean => {
  const { loop } = dropCancelledTimers(world)
  return isEmpty(loop.batch) && timeout(loop, world.clock) === null && !willBeWoken(world)
}

/** Waits for the next deadline, or for a thread: virtual time passes. Mirrors the `select` of `_run_once`. */
const advanceClock = (world: World): World =>
  record(select(world, timeout(world.loop, world.clock) ?? Number.POSITIVE_INFINITY), {
    event: 'TurnBegan',
    loop: world.loop.id,
  })

/** What there was to see of a wait that never ends. */
export const selectForEver = (world: World): World =>
  world.threads.coming.length === 0 ? world : select(world, Number.POSITIVE_INFINITY)

const select = (world: World, wait: number): World =>
  passTimeUntilWoken(withLoop(world, withTurn(world.loop, world.loop.turn + 1)), world.clock + wait)

/** What is ready now runs in this turn; what comes to be ready from now on runs in the next. Mirrors `ntodo`. */
const fixBatch = (world: World): World => withLoop(world, withReadyAsBatch(world.loop))

const runBatch = (interpreter: Interpreter, begun: World, choose: Choose): World => {
  let world = begun
  while (!isEmpty(world.loop.batch) && world.loop.interrupt === null) {
    world = step(interpreter, world, choose(world.loop.batch.size))
  }
  return world
}

/**
 * Runs one handle of the batch, or skips it where it was cancelled. asyncio takes the first; `choice` may name another
 * one by its position.
 */
export const step = (interpreter: Interpreter, world: World, choice = 0): World => {
  const { batch } = world.loop
  const handle = choice === 0 ? peek(batch) : items(batch)[choice]
  if (handle === undefined) throw new RangeError(`no handle ${choice} in a batch of ${batch.size}`)
  const rest = withLoop(world, withBatch(world.loop, choice === 0 ? dequeue(batch) : removeAt(batch, choice)))
  return isCancelled(world, handle.id) ? rest : runHandle(interpreter, rest, handle)
}

/**
 * Runs a handle in its context. SystemExit and KeyboardInterrupt leave the loop, any other exception goes to the
 * exception handler. Mirrors `Handle._run` (3.4 to 3.14; BaseException handled as here since 3.8).
 */
export const runHandle = (interpreter: Interpreter, world: World, handle: Handle): World => {
  const began = record(world, { event: 'HandleBegan', handle: handle.id + 1 })
  const [ran, error] = runCallback(interpreter, inContext(began, handle.context), handle)
  const back = inContext(ran, world.context)
  const [told, leaving] =
    error === null || leavesLoop(error) ? [back, error] : reportFailure(interpreter, back, handle, error, ran.context)
  const ended = record(told, { event: 'HandleEnded', handle: handle.id + 1 })
  return leaving === null ? ended : withLoop(ended, withInterrupt(ended.loop, leaving))
}

/** The world after a callback, and the exception that it raises. */
type Ran = readonly [World, ExceptionValue | null]

const runCallback = (interpreter: Interpreter, world: World, handle: Handle): Ran => {
  try {
    const { callback } = handle
    switch (callback.name) {
      case 'Task.__step':
        return stepTask(interpreter, world, callback.task, null, callback.error)
      case 'Task.__wakeup':
        return wakeup(interpreter, world, callback.task, callback.future)
      case '_set_result_unless_cancelled':
        return [setResultUnlessCancelled(world, callback.future, callback.value), null]
      case '_release_waiter':
        return [releaseWaiter(world, callback.waiter), null]
      case '_run_until_complete_cb':
        return [runUntilCompleteCallback(world, callback.future), null]
      case '_chain_future.<locals>._call_check_cancel':
        return [world, null] // what a thread has begun cannot be cancelled
      case '_chain_future.<locals>._set_state':
        return [copyFutureState(world, callback.future, callback.value, callback.error), null]
      case 'call': {
        const rest = follow(interpreter, interpreter.call(world, callback.callee, callback.args), null)
        return [rest.world, rest.kind === 'raised' ? rest.error : null]
      }
    }
  } catch (caught) {
    if (!isRaise(caught)) throw caught
    return makeException(world, caught)
  }
}

const reportFailure = (
  interpreter: Interpreter,
  world: World,
  handle: Handle,
  exception: ExceptionValue,
  context: Context,
): Ran => {
  const { callback, id, isTimer } = handle
  const { loop } = world
  const message = `Exception in callback ${callbackName(world, callback)}`
  const known =
    loop.exceptionHandler === null ? message : `Exception in callback ${format(interpreter, world, callback)}`
  const entries = [
    ['message', known],
    ['exception', exception],
    ['handle', { kind: isTimer ? 'timer' : 'handle', id }],
  ] as const
  return report(interpreter, world, { loop: loop.id, message, exception, told: { entries }, of: { context } })
}

/** A function and its arguments as asyncio writes them. Mirrors `format_helpers._format_callback_source` (3.6 to 3.14). */
const format = (interpreter: Interpreter, world: World, callback: Callback): string => {
  const name = callback.name === 'call' ? nameOf(world, callback.callee) : null
  if (name === null || callback.name !== 'call') {
    throw halt(world, { kind: 'unmodelled', reason: 'an exception handler that is told of such a callback' })
  }
  const args = world.python.callbacksHideArguments ? [] : callback.args
  return `${name}(${args.map((arg) => interpreter.show(world, arg)).join(', ')})`
}

/** `__qualname__`, where nothing comes behind it: what is written in C, or in the program. */
const nameOf = (world: World, callee: Value): string | null => {
  if (callee === null) return 'None'
  if (typeof callee !== 'object') return null
  if (callee.kind === 'function') return qualnameOf(world, callee)
  if (callee.kind === 'bound method') return nameOf(world, callee.function)
  const isInC = callee.kind === 'method' && world.python.accelerated && isReferenceTo(callee.receiver, 'future', 'task')
  return isInC ? callbackName(world, { name: 'call', callee, args: [] }) : null
}

const isReferenceTo = (value: Value, ...kinds: readonly string[]): boolean =>
  value !== null && typeof value === 'object' && kinds.includes(value.kind)

/** Stops the loop when the future it was to run for is done. Mirrors `base_events._run_until_complete_cb` (3.4 to 3.14). */
export const runUntilCompleteCallback = (world: World, future: number): World => {
  const { state, exception } = futureWith(world, future)
  if (state === 'cancelled') return stop(world)
  const { world: asked } = exceptionOf(world, future)
  return exception !== null && leavesLoop(exception) ? asked : stop(asked)
}
