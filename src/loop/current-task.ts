import { halt } from './halt.js'
import { withCurrentTask } from './update.js'
import type { Around, World } from './world.js'

/** How deep tasks may begin inside each other's steps. */
const deepest = 100

/**
 * The world inside a step of a task: it is the current one, and where another is in its step, that one is around it.
 * Mirrors `_enter_task` (3.7 to 3.14), and `_swap_current_task` (3.12) where a task begins at once.
 */
export const enterTask = (world: World, task: number, isEager: boolean): World =>
  withCurrentTask(world, task, isEager ? aroundIn(world) : null)

/** The world behind that step. Mirrors `_leave_task`, and `_swap_current_task` back. */
export const leaveTask = (world: World, { currentTask, around }: World): World =>
  withCurrentTask(world, currentTask, around)

/** Whether a task, or the code outside every task, is in the midst of a step. */
export const isExecuting = (world: World, task: number | null): boolean => {
  if (world.currentTask === task) return true
  for (let at = world.around; at !== null; at = at.around) if (at.task === task) return true
  return false
}

const aroundIn = (world: World): Around => {
  const depth = (world.around?.depth ?? 0) + 1
  if (depth <= deepest) return { task: world.currentTask, around: world.around, depth, objects: world.objects.next }
  throw halt(world, { kind: 'unmodelled', reason: 'tasks that begin inside each other, over a hundred deep,' })
}
