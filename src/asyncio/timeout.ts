import { cancel, cancelling, uncancel } from '../loop/cancellation.js'
import { isCancellation } from '../loop/exception.js'
import { callSoon, cancelHandle } from '../loop/handle.js'
import { machine, returned } from '../loop/machine.js'
import { type Raise, raise, raiseIn } from '../loop/raise.js'
import { callAt } from '../loop/timer.js'
import { withObjects } from '../loop/update.js'
import type { ExceptionValue, Reference } from '../loop/value.js'
import type { World } from '../loop/world.js'
import { get, push, set } from '../persistent/table.js'

/** `asyncio.Timeout`: cancels the task that has entered it when a time has come. */
export interface Timeout {
  /** `_State`, by its value. */
  readonly state: 'created' | 'active' | 'expiring' | 'expired' | 'finished'
  /** The deadline, by the loop's clock; null for never. */
  readonly when: Deadline
  /** `_timeout_handler`, by id. */
  readonly handler: number | null
  /** The task that has entered it, by id. */
  readonly task: number
  /** How many requests to cancel that task there were when it entered. */
  readonly cancelling: number
}

/** A time as it was given, an int or a float. */
export type Deadline = number | bigint | null

/** Stands for the task where none has entered yet. */
const NONE = -1

/** Mirrors `Timeout.__init__` (3.11 to 3.14). */
export const newTimeout = (world: World, when: Deadline): readonly [World, Reference] => {
  const timeout: Timeout = { state: 'created', when, handler: null, task: NONE, cancelling: 0 }
  return [withObjects(world, push(world.objects, timeout)), { kind: 'timeout', id: world.objects.next }]
}

/** What is known of a timeout. */
export const timeoutWith = (world: World, id: number): Timeout => get(world.objects, id) as Timeout

const withTimeout = (world: World, id: number, timeout: Timeout): World =>
  withObjects(world, set(world.objects, id, timeout))

/** Whether it has cancelled its task. Mirrors `Timeout.expired` (3.11 to 3.14). */
export const hasExpired = ({ state }: Timeout): boolean => state === 'expiring' || state === 'expired'

/**
 * Sets another deadline; one that is past or now comes in the next turn. RuntimeError where the timeout is not active.
 * Mirrors `Timeout.reschedule` (3.11 to 3.14).
 */
export const reschedule = (world: World, id: number, when: Deadline): World => {
  const timeout = timeoutWith(world, id)
  if (timeout.state !== 'active') throw inactive(world, timeout)
  const cancelled = timeout.handler === null ? world : cancelHandle(world, timeout.handler)
  if (when === null) return withTimeout(cancelled, id, { ...timeout, when, handler: null })
  const callee = { kind: 'method', receiver: { kind: 'timeout', id }, name: '_on_timeout' } as const
  const callback = { name: 'call', callee, args: [] } as const
  const { loop, context, clock } = world
  const scheduled =
    Number(when) <= clock
      ? callSoon(cancelled, loop.id, callback, context)
      : callAt(cancelled, loop.id, Number(when), callback, context)
  return withTimeout(scheduled, id, { ...timeout, when, handler: world.handles.next })
}

const inactive = ({ python }: World, { state }: Timeout): Raise => {
  if (state !== 'created') return raise('RuntimeError', `Cannot change state of ${state} Timeout`)
  return python.timeoutsCheckTheirState
    ? raise('RuntimeError', 'Timeout has not been entered')
    : raise('AssertionError')
}

/** `async def __aenter__`, which waits for nothing. Mirrors `Timeout.__aenter__` (3.11.7 and 3.12.1 to 3.14). */
export const enterTimeout = (world: World, id: number): World => {
  const timeout = timeoutWith(world, id)
  const { currentTask: task, python } = world
  if (timeout.state !== 'created' && python.timeoutsCheckTheirState) {
    throw raise('RuntimeError', 'Timeout has already been entered')
  }
  if (task === null) throw raise('RuntimeError', 'Timeout should be used inside a task')
  const active: Timeout = { ...timeout, state: 'active', task, cancelling: cancelling(world, task) }
  return reschedule(withTimeout(world, id, active), id, timeout.when)
}

/**
 * `async def __aexit__`, which waits for nothing: TimeoutError in place of the cancellation that came from here, unless
 * others have asked for one as well. Mirrors `Timeout.__aexit__` (3.11 to 3.14).
 */
export const exitTimeout = (world: World, id: number, error: ExceptionValue | null): World => {
  const timeout = timeoutWith(world, id)
  const { state, handler, task } = timeout
  if (state !== 'active' && state !== 'expiring') throw raise('AssertionError')
  const stopped = handler === null ? world : cancelHandle(world, handler)
  if (state === 'active') return withTimeout(stopped, id, { ...timeout, state: 'finished', handler: null })
  const [left, requests] = uncancel(withTimeout(stopped, id, { ...timeout, state: 'expired', handler: null }), task)
  if (requests > timeout.cancelling || error === null || !isCancellation(error, world.python)) return left
  throw raiseIn(left, 'TimeoutError')
}

/** The deadline has come: its task is cancelled. Mirrors `Timeout._on_timeout` (3.11 to 3.14). */
export const onTimeout = (world: World, id: number): World => {
  const timeout = timeoutWith(world, id)
  if (timeout.state !== 'active') throw raise('AssertionError')
  const [asked] = cancel(world, timeout.task, null)
  return withTimeout(asked, id, { ...timeout, state: 'expiring', handler: null })
}

/** `async def __aenter__`: gives the timeout itself. */
export const enter = machine<Reference>('Timeout.__aenter__', {
  start: { sent: (world, timeout) => returned(enterTimeout(world, timeout.id), timeout) },
})

/** `async def __aexit__`: what is raised within goes on, unless it becomes a TimeoutError. */
export const exit = machine<Leaving>('Timeout.__aexit__', {
  start: { sent: (world, { timeout, error }) => returned(exitTimeout(world, timeout, error), null) },
})

interface Leaving {
  readonly timeout: number
  readonly error: ExceptionValue | null
}
