import { recursionLimit } from './coroutine.js'
import { becomeCancelled, futureWith, isDone, requestCancel, taskOf, withFuture, withTask } from './future.js'
import { halt } from './halt.js'
import type { Value } from './value.js'
import type { Task, World } from './world.js'

/**
 * Asks for a cancellation. Says whether it was accepted. Mirrors the three `cancel` methods: `Future.cancel` and
 * `Task.cancel` (msg since 3.9; `Task.cancelling` counts the requests, 3.11), `_GatheringFuture.cancel` (3.4 to 3.14).
 */
export const cancel = (world: World, id: number, message: Value): readonly [World, boolean] =>
  passOn(world, id, message, 0)

/** Asks for a cancellation that so many others have asked for in a row. */
const passOn = (world: World, id: number, message: Value, depth: number): readonly [World, boolean] => {
  if (depth > recursionLimit) throw halt(world, { kind: 'unmodelled', reason: 'a cancellation that goes round' })
  const future = futureWith(world, id)
  if (isDone(future)) return [world, false]
  if (future.task !== null) return [cancelTask(world, id, future.task, message, depth), true]
  if (future.children !== null) return cancelChildren(world, id, future.children, message, depth)
  return [becomeCancelled(world, id, message), true]
}

/**
 * Counts the request and cancels what the task waits for; a task that waits for nothing, or whose awaited future is
 * done, has the CancelledError thrown in at its next step. Mirrors `Task.cancel` (count since 3.11).
 */
const cancelTask = (world: World, id: number, task: Task, message: Value, depth: number): World => {
  const counted = withTask(world, id, { ...task, cancelling: task.cancelling + 1 })
  if (task.waiter !== null && world.currentTask !== id) {
    const [passedOn, accepted] = passOn(counted, task.waiter, message, depth + 1)
    if (accepted) return passedOn
  }
  return mustCancel(counted, id, message)
}

/** The CancelledError is thrown into the task at its next step. */
const mustCancel = (world: World, id: number, message: Value): World => {
  const future = futureWith(world, id)
  return withFuture(world, id, { ...future, cancelMessage: message, task: { ...taskOf(future), mustCancel: true } })
}

const cancelChildren = (
  world: World,
  id: number,
  children: readonly number[],
  message: Value,
  depth: number,
): readonly [World, boolean] => {
  let asked = world
  let accepted = false
  for (const child of children) {
    const [next, childAccepted] = passOn(asked, child, message, depth + 1)
    asked = next
    accepted ||= childAccepted
  }
  return accepted ? [requestCancel(asked, id), true] : [asked, false]
}

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
