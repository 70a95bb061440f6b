import { asyncioClasses } from '../loop/asyncio-classes.js'
import { createFuture, forget, futureWith, isDone, setResult } from '../loop/future.js'
import { type Raise, raise } from '../loop/raise.js'
import { withObjects } from '../loop/update.js'
import type { Reference } from '../loop/value.js'
import type { World } from '../loop/world.js'
import { get, push, set } from '../persistent/table.js'

/** What tasks wait for, with futures that belong to one loop. Mirrors `_LoopBoundMixin`. */
export interface Bound {
  readonly kind: Reference['kind']
  /** `_loop`: null until somebody has to wait (3.10). */
  readonly loop: number | null
}

/** What all but queues have: a queue of futures. */
export interface Primitive extends Bound {
  readonly kind: PrimitiveKind
  /** `_waiters`, by id, in the order in which they came. */
  readonly waiters: readonly number[]
}

/** The primitives that have such a queue. */
export type PrimitiveKind = 'lock' | 'event' | 'condition' | 'semaphore' | 'bounded semaphore'

/** A new primitive. */
export const newPrimitive = <P extends Bound>(world: World, primitive: P): readonly [World, Reference] => [
  withObjects(world, push(world.objects, primitive)),
  { kind: primitive.kind, id: world.objects.next },
]

/** What is known of a primitive. */
export const primitiveWith = <P extends Bound = Primitive>(world: World, id: number): P => get(world.objects, id) as P

/** Puts a primitive in the place of an older state of itself. */
export const withPrimitive = <P extends Bound>(world: World, id: number, primitive: P): World =>
  withObjects(world, set(world.objects, id, primitive))

/** Whether it belongs to another loop than the one that runs. */
export const isElsewhere = (world: World, loop: number | null): boolean =>
  loop !== null && loop !== world.loop.id && world.python.locksBindWhenContended

/** The refusal of what belongs to another loop. */
export const boundToAnother = (shown: string): Raise =>
  raise('RuntimeError', `${shown} is bound to a different event loop`)

/** What a primitive that belongs to another loop than the one that runs refuses to wait with; null where it does not. */
export const boundElsewhere = (world: World, id: number): Raise | null => {
  const { kind, loop } = primitiveWith(world, id)
  return isElsewhere(world, loop) ? boundToAnother(`<${asyncioClasses[kind]}>`) : null
}

/**
 * A new future, in the loop that the primitive belongs to: that which runs when it is first waited for. RuntimeError in
 * another. Mirrors `_LoopBoundMixin._get_loop` (3.10 to 3.14).
 */
export const newWaiter = (world: World, id: number): readonly [World, number] => {
  const refusal = boundElsewhere(world, id)
  if (refusal !== null) throw refusal
  return newWaiterOf(world, id)
}

/** A new future in the loop of what is bound to no other one than that which runs. */
export const newWaiterOf = (world: World, id: number): readonly [World, number] => {
  const primitive = primitiveWith<Bound>(world, id)
  const loop = primitive.loop ?? world.loop.id
  const bound = primitive.loop === loop ? world : withPrimitive(world, id, { ...primitive, loop })
  return [createFuture(bound, loop), world.futures.next]
}

/** A waiter goes to the end of the queue. */
export const queued = (world: World, id: number, waiter: number): World => {
  const primitive = primitiveWith(world, id)
  return withPrimitive(world, id, { ...primitive, waiters: [...primitive.waiters, waiter] })
}

/** A new waiter at the end of the queue. */
export const queueUp = (world: World, id: number): readonly [World, number] => {
  const [created, waiter] = newWaiter(world, id)
  return [queued(created, id, waiter), waiter]
}

/** A waiter leaves the queue, and nobody knows its future any more. */
export const leaveQueue = (world: World, id: number, waiter: number): World => {
  const primitive = primitiveWith(world, id)
  const waiters = primitive.waiters.filter((other) => other !== waiter)
  return forget(withPrimitive(world, id, { ...primitive, waiters }), waiter)
}

/** Whether a waiter has been woken or cancelled, and not resumed yet. */
export const isWaiterDone = (world: World, waiter: number): boolean => isDone(futureWith(world, waiter))

/** Whether somebody waits who was not cancelled. */
export const isWaitedFor = (world: World, { waiters }: Primitive): boolean =>
  waiters.some((waiter) => futureWith(world, waiter).state !== 'cancelled')

/** A waiter is to go on. */
export const wake = (world: World, waiter: number): World => setResult(world, waiter, true)
