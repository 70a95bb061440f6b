import { awaits, machine, raised, returned } from '../loop/machine.js'
import type { Reference } from '../loop/value.js'
import type { World } from '../loop/world.js'
import {
  isWaiterDone,
  leaveQueue,
  newPrimitive,
  type Primitive,
  primitiveWith,
  queueUp,
  wake,
  withPrimitive,
} from './primitive.js'

/** `asyncio.Event`: a flag that tasks wait for. */
export interface Event extends Primitive {
  readonly kind: 'event'
  /** `_value` */
  readonly isSet: boolean
}

interface Locals {
  readonly event: number
  readonly waiter: number
}

/** An event that is not set. */
export const newEvent = (world: World, loop: number | null): readonly [World, Reference] =>
  newPrimitive<Event>(world, { kind: 'event', loop, waiters: [], isSet: false })

/** Mirrors `Event.is_set` (3.4 to 3.14). */
export const isEventSet = (world: World, event: number): boolean => primitiveWith<Event>(world, event).isSet

/** All who wait go on, in the order in which they came. Mirrors `Event.set` (3.4 to 3.14). */
export const setEvent = (world: World, event: number): World => {
  const state = primitiveWith<Event>(world, event)
  if (state.isSet) return world
  return state.waiters.reduce(
    (waking, waiter) => (isWaiterDone(waking, waiter) ? waking : wake(waking, waiter)),
    withPrimitive<Event>(world, event, { ...state, isSet: true }),
  )
}

/** Who was woken goes on all the same. Mirrors `Event.clear` (3.4 to 3.14). */
export const clearEvent = (world: World, event: number): World =>
  withPrimitive<Event>(world, event, { ...primitiveWith<Event>(world, event), isSet: false })

/** `async def wait` of an event: not at all where it is set. Mirrors `Event.wait` (3.4 to 3.14). */
export const waitForEvent = machine<Locals>('Event.wait', {
  start: {
    sent: (world, { event }) => {
      if (isEventSet(world, event)) return returned(world, true)
      const [waiting, waiter] = queueUp(world, event)
      return awaits(waiting, waiter, 'queued', { event, waiter })
    },
  },
  queued: {
    sent: (world, { event, waiter }) => returned(leaveQueue(world, event, waiter), true),
    thrown: (world, { event, waiter }, error) => raised(leaveQueue(world, event, waiter), error),
  },
})
