import { isInstance } from '../loop/exception.js'
import { awaits, beginning, calling, calls, machine, type Reply, raised, returned } from '../loop/machine.js'
import { makeException, raise } from '../loop/raise.js'
import type { ExceptionValue, Reference, Value } from '../loop/value.js'
import type { World } from '../loop/world.js'
import { acquireLock, isLocked, newLock, releaseLock } from './lock.js'
import {
  boundElsewhere,
  isWaiterDone,
  leaveQueue,
  newPrimitive,
  newWaiter,
  type Primitive,
  primitiveWith,
  queued,
  wake,
} from './primitive.js'

/** `asyncio.Condition`: a lock, and a queue of those who wait to be told that something has changed. */
export interface Condition extends Primitive {
  readonly kind: 'condition'
  /** `_lock`, by id: its own, or one that others use too. */
  readonly lock: number
}

interface Locals {
  readonly condition: number
  readonly waiter: number
  /** What is raised once the lock is held again; null where it is waited for no more than a `notify`. */
  readonly error: ExceptionValue | null
}

/** A condition with a lock of its own, or with this one. Mirrors `Condition.__init__` (3.10 to 3.14). */
export const newCondition = (
  world: World,
  loop: number | null,
  lock: Reference | null,
): readonly [World, Reference] => {
  const [made, own] = lock === null ? newLock(world, loop) : [world, lock]
  if (primitiveWith(made, own.id).loop !== loop && !world.python.locksBindWhenContended) {
    throw raise('ValueError', 'loop argument must agree with lock')
  }
  return newPrimitive<Condition>(made, { kind: 'condition', loop, waiters: [], lock: own.id })
}

/** The lock of a condition, by id. */
export const lockOf = (world: World, condition: number): number => primitiveWith<Condition>(world, condition).lock

/**
 * `async def wait` of a condition: gives the lock back, waits to be notified, and takes the lock again, whatever has come
 * in between. Mirrors `Condition.wait` (3.8 to 3.14).
 */
export const waitForNotify = machine<Locals>('Condition.wait', {
  start: {
    sent: (world, { condition }) => {
      const lock = lockOf(world, condition)
      if (!isLocked(world, lock)) throw raise('RuntimeError', 'cannot wait on un-acquired lock')
      const refusal = boundElsewhere(world, condition)
      if (refusal !== null && world.python.conditionsBindFirst) throw refusal
      if (refusal !== null) {
        const [made, error] = makeException(releaseLock(world, lock), refusal)
        return takeLockAgain(made, { condition, waiter: -1, error })
      }
      const [created, waiter] = newWaiter(world, condition)
      const waiting = queued(releaseLock(created, lock), condition, waiter)
      return awaits(waiting, waiter, 'waiting', { condition, waiter, error: null })
    },
  },
  waiting: {
    sent: (world, { condition, waiter }) =>
      takeLockAgain(leaveQueue(world, condition, waiter), { condition, waiter, error: null }),
    thrown: (world, { condition, waiter }, error) =>
      takeLockAgain(leaveQueue(world, condition, waiter), { condition, waiter, error }),
  },
  locking: {
    sent: (world, { condition, error }) => (error === null ? returned(world, true) : fail(world, condition, error)),
    // Without the lock there is no way out: a cancellation is put off.
    thrown: (world, locals, error) => {
      if (!isInstance(error, 'CancelledError')) return fail(world, locals.condition, error)
      if (world.python.conditionsKeepMessages) return takeLockAgain(world, { ...locals, error })
      const [made, plain] = makeException(world, raise('CancelledError'))
      return takeLockAgain(made, { ...locals, error: plain })
    },
  },
})

const takeLockAgain = (world: World, locals: Locals): Reply =>
  calls(world, beginning(acquireLock, { lock: lockOf(world, locals.condition), waiter: -1 }), 'locking', locals)

/** Who leaves with an error may have been notified, and passes it on (3.13). */
const fail = (world: World, condition: number, error: ExceptionValue): Reply =>
  raised(world.python.conditionsPassNotifyOn ? wakeWaiters(world, condition, 1) : world, error)

interface WaitFor {
  readonly condition: number
  readonly predicate: Value
}

/** `async def wait_for`: waits until a function says that it is so. Mirrors `Condition.wait_for` (3.4 to 3.14). */
export const waitForPredicate = machine<WaitFor>('Condition.wait_for', {
  start: { sent: (world, locals) => calls(world, calling(locals.predicate, []), 'asked', locals) },
  asked: {
    sent: (world, locals, value, { isTrue }) =>
      isTrue(world, value)
        ? returned(world, value)
        : calls(
            world,
            beginning(waitForNotify, { condition: locals.condition, waiter: -1, error: null }),
            'notified',
            locals,
          ),
  },
  notified: { sent: (world, locals) => calls(world, calling(locals.predicate, []), 'asked', locals) },
})

/** So many of those who wait are to go on; RuntimeError without the lock. Mirrors `Condition.notify` (3.4 to 3.14). */
export const notify = (world: World, condition: number, count: number): World => {
  if (!isLocked(world, lockOf(world, condition))) throw raise('RuntimeError', 'cannot notify on un-acquired lock')
  return wakeWaiters(world, condition, count)
}

/** All who wait are to go on. Mirrors `Condition.notify_all` (3.4 to 3.14). */
export const notifyAll = (world: World, condition: number): World =>
  notify(world, condition, primitiveWith(world, condition).waiters.length)

const wakeWaiters = (world: World, condition: number, count: number): World =>
  primitiveWith(world, condition)
    .waiters.filter((waiter) => !isWaiterDone(world, waiter))
    .slice(0, Math.max(0, count))
    .reduce(wake, world)
