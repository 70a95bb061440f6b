import { awaits, machine, raised, returned } from '../loop/machine.js'
import { raise } from '../loop/raise.js'
import type { Reference } from '../loop/value.js'
import type { World } from '../loop/world.js'
import {
  isWaitedFor,
  isWaiterDone,
  leaveQueue,
  newPrimitive,
  type Primitive,
  primitiveWith,
  queueUp,
  wake,
  withPrimitive,
} from './primitive.js'

/** `asyncio.Lock`: one owner at a time, who need not be a certain task. */
export interface Lock extends Primitive {
  readonly kind: 'lock'
  /** `_locked` */
  readonly locked: boolean
}

interface Locals {
  readonly lock: number
  readonly waiter: number
}

/** A free lock. */
export const newLock = (world: World, loop: number | null): readonly [World, Reference] =>
  newPrimitive<Lock>(world, { kind: 'lock', loop, waiters: [], locked: false })

/** Mirrors `Lock.locked` (3.4 to 3.14). */
export const isLocked = (world: World, lock: number): boolean => primitiveWith<Lock>(world, lock).locked

/**
 * `async def acquire` of a lock: at once where it is free and nobody waits, else behind those who wait already.
 * Mirrors `Lock.acquire` (3.8 to 3.14).
 */
export const acquireLock = machine<Locals>('Lock.acquire', {
  start: {
    sent: (world, { lock }) => {
      const state = primitiveWith<Lock>(world, lock)
      if (!state.locked && !isWaitedFor(world, state)) return returned(withLocked(world, lock, true), true)
      const [waiting, waiter] = queueUp(world, lock)
      return awaits(waiting, waiter, 'queued', { lock, waiter })
    },
  },
  queued: {
    sent: (world, { lock, waiter }) => returned(withLocked(leaveQueue(world, lock, waiter), lock, true), true),
    // Who was woken and is cancelled all the same hands the wake-up on.
    thrown: (world, { lock, waiter }, error) => {
      const left = leaveQueue(world, lock, waiter)
      return raised(isLocked(left, lock) ? left : wakeFirst(left, lock), error)
    },
  },
})

/** RuntimeError where it is free. Mirrors `Lock.release` (3.4 to 3.14). */
export const releaseLock = (world: World, lock: number): World => {
  if (!isLocked(world, lock)) throw raise('RuntimeError', 'Lock is not acquired.')
  return wakeFirst(withLocked(world, lock, false), lock)
}

/** Mirrors `Lock._wake_up_first` (3.6 to 3.14). */
const wakeFirst = (world: World, lock: number): World => {
  const [first] = primitiveWith(world, lock).waiters
  return first === undefined || isWaiterDone(world, first) ? world : wake(world, first)
}

const withLocked = (world: World, lock: number, locked: boolean): World =>
  withPrimitive<Lock>(world, lock, { ...primitiveWith<Lock>(world, lock), locked })
