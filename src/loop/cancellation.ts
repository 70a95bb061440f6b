import { recursionLimit } from './coroutine.js'
import { isExecuting } from './current-task.js'
import { becomeCancelled, futureWith, isDone, requestCancel, retrieve, taskOf, withFuture, withTask } from './future.js'
import { halt } from './halt.js'
import type { Value } from './value.js'
import type { World } from './world.js'

/** Asks for a cancellation. Says whether it was accepted: what is done says no. Each of the three classes has its own way. */
export const cancel = (world: World, id: number, message: Value): readonly [World, boolean] =>
  passOn(world, id, message, 0)

/** Asks for a cancellation that so many others have asked for in a row. */
const passOn = (world: World, id: number, message: Value, depth: number): readonly [World, boolean] => {
  if (depth > recursionLimit) throw halt(world, { kind: 'unmodelled', reason: 'a cancellation that goes round' })
  const { task, children } = futureWith(world, id)
  if (task !== null) return cancelTask(world, id, message, depth)
  return children === null ? cancelFuture(world, id, message) : cancelChildren(world, id, children, message, depth)
}

/** Mirrors `Future.cancel` (msg since 3.9). Whoever asks it of a failed future has taken note of the failure. */
export const cancelFuture = (world: World, id: number, message: Value): readonly [World, boolean] =>
  isDone(futureWith(world, id)) ? [retrieve(world, id), false] : [becomeCancelled(world, id, message), true]

/**
 * Counts the request and cancels what the task waits for; a task that waits for nothing, or whose awaited future is
 * done, has the CancelledError thrown in at its next step. Mirrors `Task.cancel` (msg since 3.9, count since 3.11).
 */
export const cancelTask = (world: World, id: number, message: Value, depth: number): readonly [World, boolean] => {
  const future = futureWith(world, id)
  if (isDone(future)) return [retrieve(world, id), false]
  const task = taskOf(future)
  const counted = withTask(world, id, { ...task, cancelling: task.cancelling + 1 })
  if (task.waiter !== null && !isExecuting(world, id)) {
    const [passedOn, accepted] = passOn(counted, task.waiter, message, depth + 1)
    if (accepted) return [passedOn, true]
  }
  return [mustCancel(counted, id, message), true]
}

/** The CancelledError is thrown into the task at its next step. */
const mustCancel = (world: World, id: number, message: Value): World => {
  const future = futureWith(world, id)
  return withFuture(world, id, { ...future, cancelMessage: message, task: { ...taskOf(future), mustCancel: true } })
}

/** Cancels the children, in order. Mirrors `_GatheringFuture.cancel` (3.4 to 3.14). */
const cancelChildren = (
  world: World,
  id: number,
  children: readonly number[],
  message: Value,
  depth: number,
): readonly [World, boolean] => {
  if (isDone(futureWith(world, id))) return [world, false]
  let asked = world
  let accepted = false
  for (const child of children) {
    const [next, childAccepted] = passOn(asked, child, message, depth + 1)
    asked = next
    accepted ||= childAccepted
  }
  return accepted ? [requestCancel(asked, id), true] : [asked, false]
}

/** The requests not taken back. Mirrors `Task.cancelling` (3.11 to 3.14). */
export const cancelling = (world: World, id: number): number => taskOf(futureWith(world, id)).cancelling

/**
 * Takes one request back and says how many are left; with the last one a CancelledError that was not yet thrown is
 * dropped (3.13). Mirrors `Task.uncancel` (3.11 to 3.14).
 */
export const uncancel = (world: World, id: number): readonly [World, number] => {
  const task = futureWith(world, id).task
  if (task === null || task.cancelling === 0) return [world, 0]
  const cancelling = task.cancelling - 1
  const dropped = cancelling === 0 && world.python.uncancelDropsCancellation
  return [withTask(world, id, { ...task, cancelling, mustCancel: task.mustCancel && !dropped }), cancelling]
}
