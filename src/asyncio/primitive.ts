import { createFuture, forget, futureWith, isDone, setResult } from '../loop/future.js'
import { type Raise, raise } from '../loop/raise.js'
import { withObjects } from '../loop/update.js'
import type { Reference } from '../loop/value.js'
import type { World } from '../loop/world.js'
import { get, push, set } from '../persistent/table.js'

/** What all that tasks wait for has: a queue of futures, and the loop these belong to. */
export interface Primitive {
  readonly kind: PrimitiveKind
  /** `_loop`: null until somebody has to wait (3.10). */
  readonly loop: number | null
  /** `_waiters`, by id, in the order in which they came. */
  readonly waiters: readonly number[]
}

/** The primitives that have such a queue, with their classes. */
export const primitiveClasses = {
  lock: 'Lock',
  event: 'Event',
  condition: 'Condition',
  semaphore: 'Semaphore',
  'bounded semaphore': 'BoundedSemaphore',
} as const satisfies Partial<Record<Reference['kind'], string>>

export type PrimitiveKind = keyof typeof primitiveClasses

/** A new primitive. */
export const newPrimitive = <P extends Primitive>(world: World, primitive: P): readonly [World, Reference] => [
  withObjects(world, push(world.objects, primitive)),
  { kind: primitive.kind, id: world.objects.next },
]

/** What is known of a primitive. */
export const primitiveWith = <P extends Primitive>(world: World, id: number): P => get(world.objects, id) as P

/** Puts a primitive in the place of an older state of itself. */
export const withPrimitive = <P extends Primitive>(world: World, id: number, primitive: P): World =>
  withObjects(world, set(world.objects, id, primitive))

/** What a primitive that belongs to another loop than the one that runs refuses to wait with; null where it does not. */
export const boundElsewhere = (world: World, id: number): Raise | null => {
  const { kind, loop } = primitiveWith(world, id)
  if (loop === null || loop === world.loop.id || !world.python.locksBindWhenContended) return null
  return raise('RuntimeError', `<${primitiveClasses[kind]}> is bound to a different event loop`)
}

/**
 * A new future, in the loop that the primitive belongs to: that which runs when it is first waited for. RuntimeError in
 * another. Mirrors `_LoopBoundMixin._get_loop` (3.10 to 3.14).
 */
export const newWaiter = (world: World, id: number): readonly [World, number] => {
  const refusal = boundElsewhere(world, id)
  if (refusal !== null) throw refusal
  const primitive = primitiveWith(world, id)
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
