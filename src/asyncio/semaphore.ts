import { cancel } from '../loop/cancellation.js'
import { futureWith } from '../loop/future.js'
import { awaits, machine, type Reply, raised, returned } from '../loop/machine.js'
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

/** `asyncio.Semaphore` and `asyncio.BoundedSemaphore`: a number of slots. */
export interface Semaphore extends Primitive {
  readonly kind: 'semaphore' | 'bounded semaphore'
  /** `_value`: how many slots are free. A slot that a woken waiter is to have is not. */
  readonly value: bigint
  /** `_bound_value` of a BoundedSemaphore. */
  readonly bound: bigint | null
  /** `_wakeup_scheduled` (3.10.4 to 3.10.7): whether somebody was woken and did not go on yet. */
  readonly wakeUpScheduled: boolean
}

interface Locals {
  readonly semaphore: number
  readonly waiter: number
}

/** A semaphore of so many slots; ValueError for less than none. Mirrors `Semaphore.__init__` (3.4 to 3.14). */
export const newSemaphore = (
  world: World,
  kind: Semaphore['kind'],
  loop: number | null,
  value: bigint,
): readonly [World, Reference] => {
  if (value < 0n) throw raise('ValueError', 'Semaphore initial value must be >= 0')
  const bound = kind === 'semaphore' ? null : value
  return newPrimitive<Semaphore>(world, { kind, loop, waiters: [], value, bound, wakeUpScheduled: false })
}

/** Whether `acquire` has to wait: also where others wait (3.10.8). Mirrors `Semaphore.locked` (3.4 to 3.14). */
export const isSemaphoreLocked = (world: World, semaphore: number): boolean => {
  const state = primitiveWith<Semaphore>(world, semaphore)
  return state.value === 0n || (world.python.semaphoresAreFair && isWaitedFor(world, state))
}

/**
 * `async def acquire` of a semaphore: at once where a slot is free and nobody waits, else behind those who wait already.
 * Mirrors `Semaphore.acquire` (3.10.8 to 3.14).
 */
export const acquireSemaphore = machine<Locals>('Semaphore.acquire', {
  start: {
    sent: (world, { semaphore }) => {
      if (!world.python.semaphoresAreFair) return barge(world, semaphore)
      if (!isSemaphoreLocked(world, semaphore)) return returned(withFree(world, semaphore, -1n), true)
      const [waiting, waiter] = queueUp(world, semaphore)
      return awaits(waiting, waiter, 'queued', { semaphore, waiter })
    },
  },
  queued: {
    sent: (world, { semaphore, waiter }) => returned(wakeOthers(leaveQueue(world, semaphore, waiter), semaphore), true),
    // Who was woken and is cancelled all the same gives the slot back.
    thrown: (world, { semaphore, waiter }, error) => {
      const left = leaveQueue(world, semaphore, waiter)
      const had = futureWith(world, waiter).state === 'finished'
      const given = had ? withFree(left, semaphore, 1n) : left
      if (world.python.semaphoresWakeAll) return raised(wakeOthers(given, semaphore), error)
      return raised(had ? wakeNext(given, semaphore) : given, error)
    },
  },
  // Until 3.10.7 who is woken looks again, and may find that another one was faster.
  barging: {
    sent: (world, { semaphore }) => barge(withWakeUp(world, semaphore, false), semaphore),
    thrown: (world, { semaphore, waiter }, error) => {
      if (world.python.semaphoresRememberWakeUps) return raised(popNext(world, semaphore), error)
      const [asked] = cancel(world, waiter, null)
      const passesOn =
        primitiveWith<Semaphore>(asked, semaphore).value > 0n && futureWith(asked, waiter).state !== 'cancelled'
      return raised(passesOn ? popNext(asked, semaphore) : asked, error)
    },
  },
})

/** ValueError where a BoundedSemaphore has all its slots. Mirrors `Semaphore.release` and `BoundedSemaphore.release` (3.4 to 3.14). */
export const releaseSemaphore = (world: World, semaphore: number): World => {
  const { value, bound } = primitiveWith<Semaphore>(world, semaphore)
  if (bound !== null && value >= bound) throw raise('ValueError', 'BoundedSemaphore released too many times')
  const freed = withFree(world, semaphore, 1n)
  return world.python.semaphoresAreFair ? wakeNext(freed, semaphore) : popNext(freed, semaphore)
}

/** Who has gone on wakes others where slots are free: as many as there are (3.13), or one. */
const wakeOthers = (world: World, semaphore: number): World => {
  const { value } = primitiveWith<Semaphore>(world, semaphore)
  if (value <= 0n) return world
  const woken = wakeNext(world, semaphore)
  return woken === world || !world.python.semaphoresWakeAll ? woken : wakeOthers(woken, semaphore)
}

/** The first who was not woken gets a slot. Mirrors `Semaphore._wake_up_next` (3.10.8 to 3.14). */
const wakeNext = (world: World, semaphore: number): World => {
  const next = primitiveWith(world, semaphore).waiters.find((waiter) => !isWaiterDone(world, waiter))
  return next === undefined ? world : wake(withFree(world, semaphore, -1n), next)
}

/** `acquire` as it was until 3.10.7: whoever comes while a slot is free takes it, also before who was woken for it. */
const barge = (world: World, semaphore: number): Reply => {
  const { value, wakeUpScheduled } = primitiveWith<Semaphore>(world, semaphore)
  if (value > 0n && !wakeUpScheduled) return returned(withFree(world, semaphore, -1n), true)
  const [waiting, waiter] = queueUp(world, semaphore)
  return awaits(waiting, waiter, 'barging', { semaphore, waiter })
}

/** The first who was not woken is taken out of the queue and woken, without a slot: `_wake_up_next` until 3.10.7. */
const popNext = (world: World, semaphore: number): World => {
  const state = primitiveWith<Semaphore>(world, semaphore)
  const next = state.waiters.findIndex((waiter) => !isWaiterDone(world, waiter))
  const waiters = next < 0 ? [] : state.waiters.slice(next + 1)
  const popped = withPrimitive<Semaphore>(world, semaphore, { ...state, waiters })
  const waiter = state.waiters[next]
  return waiter === undefined ? popped : withWakeUp(wake(popped, waiter), semaphore, true)
}

const withFree = (world: World, semaphore: number, more: bigint): World => {
  const state = primitiveWith<Semaphore>(world, semaphore)
  return withPrimitive<Semaphore>(world, semaphore, { ...state, value: state.value + more })
}

const withWakeUp = (world: World, semaphore: number, wakeUpScheduled: boolean): World =>
  world.python.semaphoresRememberWakeUps
    ? withPrimitive<Semaphore>(world, semaphore, { ...primitiveWith<Semaphore>(world, semaphore), wakeUpScheduled })
    : world
