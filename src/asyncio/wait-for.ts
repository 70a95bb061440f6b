import { cancel } from '../loop/cancellation.js'
import type { Interpreter } from '../loop/coroutine.js'
import { isInstance, timeoutError } from '../loop/exception.js'
import { type Asked, futureWith, isDone, result } from '../loop/future.js'
import { cancelHandle } from '../loop/handle.js'
import {
  awaits,
  awaitsValue,
  beginning,
  calls,
  machine,
  type Reply,
  raised,
  raises,
  returned,
} from '../loop/machine.js'
import { isRaise, raise } from '../loop/raise.js'
import { callLater } from '../loop/timer.js'
import type { ExceptionValue, Value } from '../loop/value.js'
import { createWaiter, releaseNoMore, releaseWhenDone } from '../loop/waiter.js'
import type { World } from '../loop/world.js'
import { cancelAndWait } from './cancel-and-wait.js'
import { ensureFuture } from './ensure-future.js'
import { enterTimeout, exitTimeout, newTimeout } from './timeout.js'

interface Locals {
  readonly awaitable: Value
  /** Seconds; null for any time. */
  readonly timeout: number | null
  /** Of the `Timeout` that it runs under (since 3.12), by id. */
  readonly block: number
  /** What is waited for, with its waiter and its timer, by id. */
  readonly future: number
  readonly waiter: number
  readonly timer: number
  /** The CancelledError that ended the wait. */
  readonly error: ExceptionValue | null
}

/** The locals of a wait that has not begun. */
export const waitingFor = (awaitable: Value, timeout: number | null): Locals => ({
  awaitable,
  timeout,
  block: -1,
  future: -1,
  waiter: -1,
  timer: -1,
  error: null,
})

/**
 * `async def wait_for(fut, timeout)`: the outcome of what is awaited, TimeoutError where that takes too long. It runs within
 * the task that waits, under a `Timeout` (3.12); before, it becomes a task of its own. Mirrors `tasks.wait_for` (3.8 to 3.14).
 */
export const waitFor = machine<Locals>('wait_for', {
  start: {
    sent: (world, locals, _, interpreter) => {
      if (locals.timeout !== null && locals.timeout <= 0) return notAtAll(interpreter, world, locals)
      if (world.python.waitForRunsInPlace) return inPlace(world, locals)
      if (locals.timeout === null) return awaitsValue(world, locals.awaitable, 'awaited', locals)
      return asTask(interpreter, world, locals, locals.timeout)
    },
  },
  awaited: { sent: (world, _, value) => returned(world, value) },
  'cancelled at once': { sent: (world, { future }) => cancelledAtOnce(world, future) },
  'in place': {
    sent: (world, { block }, value) => returned(exitTimeout(world, block, null), value),
    thrown: (world, { block }, error) => raised(exitTimeout(world, block, error), error),
  },
  waiting: {
    sent: (world, locals) =>
      isDone(futureWith(world, locals.future))
        ? outcome(result(cancelHandle(world, locals.timer), locals.future))
        : cancelTask(world, 'timed out', locals),
    thrown: (world, locals, error) => {
      if (!isInstance(error, 'CancelledError')) return raised(cancelHandle(world, locals.timer), error)
      return cancelled(world, { ...locals, error })
    },
  },
  cancelled: {
    sent: (world, { timer, error }) => raised(cancelHandle(world, timer), error as ExceptionValue),
    thrown: (world, { timer }, error) => raised(cancelHandle(world, timer), error),
  },
  'timed out': {
    sent: (world, { future, timer }) => timedOut(cancelHandle(world, timer), future),
    thrown: (world, { timer }, error) => raised(cancelHandle(world, timer), error),
  },
})

/** With no time at all: what is done has its outcome, anything else is cancelled, a coroutine before it begins (3.7). */
const notAtAll = (interpreter: Interpreter, world: World, locals: Locals): Reply => {
  const [made, { id: future }] = ensureFuture(interpreter, world, loopAskedFor(world), locals.awaitable)
  if (isDone(futureWith(made, future))) return outcome(result(made, future))
  if (!world.python.waitForWaitsAtZero) return tooLate(cancel(made, future, null)[0])
  return calls(made, beginning(cancelAndWait, { future }), 'cancelled at once', { ...locals, future })
}

/** A future may belong to any loop (3.12). */
const loopAskedFor = ({ loop, python }: World): number | null => (python.waitForRunsInPlace ? null : loop.id)

const cancelledAtOnce = (world: World, future: number): Reply => {
  const asked = result(world, future)
  if (asked.error === null && !world.python.waitForKeepsOutcome) return tooLate(asked.world)
  return outcomeInTime(asked)
}

/** `async with timeouts.timeout(timeout): return await fut` */
const inPlace = (world: World, locals: Locals): Reply => {
  const when = locals.timeout === null ? null : world.clock + locals.timeout
  const [made, { id: block }] = newTimeout(world, when)
  return awaitsValue(enterTimeout(made, block), locals.awaitable, 'in place', { ...locals, block })
}

const asTask = (interpreter: Interpreter, world: World, locals: Locals, timeout: number): Reply => {
  const [waiter, timer] = [world.futures.next, world.handles.next]
  const timed = callLater(
    createWaiter(world),
    world.loop.id,
    timeout,
    { name: '_release_waiter', waiter },
    world.context,
  )
  try {
    const [made, { id: future }] = ensureFuture(interpreter, timed, world.loop.id, locals.awaitable)
    return awaits(releaseWhenDone(made, future, waiter), waiter, 'waiting', { ...locals, future, waiter, timer })
  } catch (caught) {
    // The timer is left behind.
    if (isRaise(caught)) return raises(timed, caught)
    throw caught
  }
}

/** Who waits is cancelled. Where the task is done in the same turn its outcome counts, and the cancellation is lost. */
const cancelled = (world: World, locals: Locals): Reply => {
  const { future, waiter, timer, error } = locals
  const { waitForPrefersOutcome, waitForWaitsWhenCancelled } = world.python
  if (isDone(futureWith(world, future)) && waitForPrefersOutcome)
    return outcome(result(cancelHandle(world, timer), future))
  if (waitForWaitsWhenCancelled) return cancelTask(world, 'cancelled', locals)
  const [asked] = cancel(releaseNoMore(world, future, waiter), future, null)
  return raised(cancelHandle(asked, timer), error as ExceptionValue)
}

const cancelTask = (world: World, state: 'cancelled' | 'timed out', locals: Locals): Reply =>
  calls(
    releaseNoMore(world, locals.future, locals.waiter),
    beginning(cancelAndWait, { future: locals.future }),
    state,
    locals,
  )

/** Too late: but how the task came out of its cancellation counts (3.9). */
const timedOut = (world: World, future: number): Reply =>
  world.python.waitForKeepsOutcome ? outcomeInTime(result(world, future)) : tooLate(world)

const outcome = ({ world, value, error }: Asked): Reply =>
  error === null ? returned(world, value) : raised(world, error)

const tooLate = (world: World): Reply => raises(world, raise(timeoutError(world.python)))

/** TimeoutError in place of a cancellation. */
const outcomeInTime = (asked: Asked): Reply =>
  asked.error !== null && isInstance(asked.error, 'CancelledError') ? tooLate(asked.world) : outcome(asked)
