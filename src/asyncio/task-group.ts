import { cancel, cancelling, uncancel } from '../loop/cancellation.js'
import type { Interpreter } from '../loop/coroutine.js'
import { isCancellation, isInstance, leavesLoop } from '../loop/exception.js'
import { groupOf } from '../loop/exception-group.js'
import { tell } from '../loop/exception-handler.js'
import { addDoneCallback, createFuture, exceptionOf, forget, futureWith, isDone, setResult } from '../loop/future.js'
import { awaits, machine, type Reply, raised, returned } from '../loop/machine.js'
import { raise, UNMODELLED } from '../loop/raise.js'
import { withObjects } from '../loop/update.js'
import type { ExceptionValue, Reference } from '../loop/value.js'
import type { World } from '../loop/world.js'
import { get, push, set } from '../persistent/table.js'

/** `asyncio.TaskGroup`: tasks that end before their group does. */
export interface TaskGroup {
  readonly kind: 'task group'
  readonly entered: boolean
  readonly exiting: boolean
  readonly aborting: boolean
  readonly loop: number | null
  /** `_parent_task`, by id; null before the group is entered and, since 3.13, when it has ended. */
  readonly parent: number | null
  readonly parentCancelRequested: boolean
  /** `_tasks`, by id, in the order in which they were made. CPython's is a set. */
  readonly tasks: readonly number[]
  /** Null when they have been raised or, since 3.13, the group has ended. */
  readonly errors: readonly ExceptionValue[] | null
  readonly baseError: ExceptionValue | null
  /** `_on_completed_fut`: what the parent waits for. */
  readonly completed: number | null
}

/** A group that is not entered yet. */
export const newTaskGroup = (world: World): readonly [World, Reference] => {
  const group: TaskGroup = {
    kind: 'task group',
    entered: false,
    exiting: false,
    aborting: false,
    loop: null,
    parent: null,
    parentCancelRequested: false,
    tasks: [],
    errors: [],
    baseError: null,
    completed: null,
  }
  return [withObjects(world, push<unknown>(world.objects, group)), { kind: 'task group', id: world.objects.next }]
}

/** What is known of a group. */
export const taskGroupWith = (world: World, id: number): TaskGroup => get(world.objects, id) as TaskGroup

const changed = (world: World, id: number, change: Partial<TaskGroup>): World =>
  withObjects(world, set<unknown>(world.objects, id, { ...taskGroupWith(world, id), ...change }))

/** Mirrors `TaskGroup.__repr__` (3.11 to 3.14). */
export const showTaskGroup = (world: World, id: number): string => {
  const { tasks, errors, aborting, entered } = taskGroupWith(world, id)
  const about = [
    ...(tasks.length === 0 ? [] : [`tasks=${tasks.length}`]),
    ...(errors === null || errors.length === 0 ? [] : [`errors=${errors.length}`]),
    ...(aborting ? ['cancelling'] : entered ? ['entered'] : []),
  ]
  return `<${['TaskGroup', ...about].join(' ')}>`
}

/** `async def __aenter__`: the task that enters is the parent. Mirrors `TaskGroup.__aenter__` (3.11 to 3.14). */
export const enterTaskGroup = machine<number>('TaskGroup.__aenter__', {
  start: {
    sent: (world, id) => {
      if (taskGroupWith(world, id).entered) {
        const already = world.python.textsSayAlreadyBeen ? 'already been' : 'been already'
        throw raise('RuntimeError', `TaskGroup ${showTaskGroup(world, id)} has ${already} entered`)
      }
      const parent = world.currentTask
      if (parent === null) {
        throw raise('RuntimeError', `TaskGroup ${showTaskGroup(world, id)} cannot determine the parent task`)
      }
      return returned(changed(world, id, { entered: true, loop: world.loop.id, parent }), { kind: 'task group', id })
    },
  },
})

interface Leaving {
  readonly group: number
  /** What the body raised. */
  readonly error: ExceptionValue | null
  /** The CancelledError that goes on when all tasks have ended and none has failed. */
  readonly cancellation: ExceptionValue | null
}

/**
 * `async def __aexit__`: waits for the tasks; where the body has failed, or is cancelled, they are cancelled first. Raises
 * their errors in a group, or else the cancellation. Mirrors `TaskGroup.__aexit__` (3.11 to 3.14).
 */
export const exitTaskGroup = machine<Leaving>('TaskGroup.__aexit__', {
  start: { sent: (world, { group, error }) => beginExit(world, group, error) },
  waiting: {
    sent: (world, leaving) => waitForTasks(withoutWaiter(world, leaving.group), leaving),
    thrown: (world, leaving, error) => {
      if (!isInstance(error, 'CancelledError')) return ended(raised(world, error), leaving.group)
      const left = withoutWaiter(world, leaving.group)
      if (taskGroupWith(left, leaving.group).aborting) return waitForTasks(left, leaving)
      return waitForTasks(abort(left, leaving.group), { ...leaving, cancellation: error })
    },
  },
})

const beginExit = (world: World, id: number, error: ExceptionValue | null): Reply => {
  const { baseError, aborting } = taskGroupWith(world, id)
  const isBase = error !== null && leavesLoop(error) && baseError === null
  const leaving = changed(world, id, { exiting: true, baseError: isBase ? error : baseError })
  const cancellation = error !== null && isCancellation(error, world.python) ? error : null
  const begun: Leaving = { group: id, error, cancellation }
  const [counted, left] = world.python.taskGroupsKeepCancellation
    ? ([leaving, begun] as const)
    : takeBack(leaving, begun)
  return waitForTasks(error === null || aborting ? counted : abort(counted, id), left)
}

const waitForTasks = (world: World, leaving: Leaving): Reply => {
  const { tasks, loop } = taskGroupWith(world, leaving.group)
  if (tasks.length === 0) return finish(world, leaving)
  const completed = world.futures.next
  const created = changed(createFuture(world, loop ?? world.loop.id), leaving.group, { completed })
  return awaits(created, completed, 'waiting', leaving)
}

const withoutWaiter = (world: World, id: number): World => {
  const { completed } = taskGroupWith(world, id)
  return completed === null ? world : changed(forget(world, completed), id, { completed: null })
}

/** The group has cancelled its parent and takes that back: the cancellation ends here, unless others have asked for it too. */
const takeBack = (world: World, leaving: Leaving): readonly [World, Leaving] => {
  const { parentCancelRequested, parent } = taskGroupWith(world, leaving.group)
  if (!parentCancelRequested || parent === null) return [world, leaving]
  const [counted, count] = uncancel(world, parent)
  return [counted, count === 0 ? { ...leaving, cancellation: null } : leaving]
}

const finish = (world: World, before: Leaving): Reply => {
  const { group, error } = before
  const { baseError, errors, parent } = taskGroupWith(world, group)
  if (baseError !== null) return ended(raised(world, baseError), group)
  const [counted, { cancellation }] = world.python.taskGroupsKeepCancellation
    ? takeBack(world, before)
    : ([world, before] as const)
  if (errors === null) throw raise(UNMODELLED, 'the end of a TaskGroup that has ended is not in the modelled subset')
  if (cancellation !== null && errors.length === 0) return ended(raised(counted, cancellation), group)
  const all = error === null || isCancellation(error, counted.python) ? errors : [...errors, error]
  if (all.length === 0) return ended(returned(counted, null), group)
  const [made, failure] = groupOf(cancelAgain(counted, parent), 'unhandled errors in a TaskGroup', all)
  return ended(raised(changed(made, group, { errors: null }), failure), group)
}

/** Who was cancelled from outside as well as failed gets the CancelledError at the next await (3.13). */
const cancelAgain = (world: World, parent: number | null): World => {
  if (!world.python.taskGroupsKeepCancellation || parent === null || cancelling(world, parent) === 0) return world
  return cancel(uncancel(world, parent)[0], parent, null)[0]
}

/** Since 3.13 a group that has ended forgets its parent and its errors. */
const ended = (reply: Reply, group: number): Reply =>
  reply.world.python.taskGroupsKeepCancellation
    ? { ...reply, world: changed(reply.world, group, { parent: null, errors: null, baseError: null }) }
    : reply

/** Cancels the tasks that have not ended. Mirrors `TaskGroup._abort` (3.11 to 3.14). */
export const abort = (world: World, id: number): World =>
  taskGroupWith(world, id).tasks.reduce(
    (aborting, task) => (isDone(futureWith(aborting, task)) ? aborting : cancel(aborting, task, null)[0]),
    changed(world, id, { aborting: true }),
  )

/** Why a group takes no task; null where it does. Mirrors the beginning of `TaskGroup.create_task` (3.11 to 3.14). */
export const refusesTask = (world: World, id: number): string | null => {
  const { entered, exiting, aborting, tasks } = taskGroupWith(world, id)
  const group = `TaskGroup ${showTaskGroup(world, id)}`
  if (!entered) return `${group} has not been entered`
  if (exiting && tasks.length === 0) return `${group} is finished`
  return aborting ? `${group} is shutting down` : null
}

/** The name of the done callback of a group's tasks. Its arguments are the group and the task. */
export const taskDoneCallback = 'asyncio.TaskGroup._on_task_done'

/**
 * A new task belongs to the group. One that is done already, as an eager one can be, tells so at once before 3.13.2.
 * Mirrors the end of `TaskGroup.create_task` (3.11 to 3.14).
 */
export const addTask = (world: World, id: number, task: number, interpreter: Interpreter): World => {
  if (isDone(futureWith(world, task)) && !world.python.taskGroupsScheduleDone)
    return taskDone(world, id, task, interpreter)
  const added = changed(world, id, { tasks: [...taskGroupWith(world, id).tasks, task] })
  const args = [{ kind: 'task group', id } as const, { kind: 'task', id: task } as const]
  const callee = { kind: 'builtin', name: taskDoneCallback } as const
  return addDoneCallback(added, task, { name: 'call', callee, args }, world.context)
}

/**
 * A task of a group is done: the last one lets the parent go on; the first that has failed aborts the group and cancels
 * the parent. Mirrors `TaskGroup._on_task_done` (3.11 to 3.14).
 */
export const taskDone = (world: World, id: number, task: number, interpreter: Interpreter): World => {
  const { tasks, completed } = taskGroupWith(world, id)
  const others = tasks.filter((other) => other !== task)
  const removed = changed(world, id, { tasks: others })
  const isLast = completed !== null && others.length === 0 && !isDone(futureWith(removed, completed))
  const woken = isLast ? setResult(removed, completed, true) : removed
  if (futureWith(woken, task).state === 'cancelled') return woken
  const asked = exceptionOf(woken, task)
  return asked.value === null
    ? asked.world
    : taskFailed(asked.world, id, task, asked.value as ExceptionValue, interpreter)
}

const taskFailed = (world: World, id: number, task: number, error: ExceptionValue, interpreter: Interpreter): World => {
  const { errors, baseError, parent, aborting, parentCancelRequested } = taskGroupWith(world, id)
  if (errors === null || parent === null) {
    throw raise(UNMODELLED, 'a task that outlives its TaskGroup is not in the modelled subset')
  }
  const isBase = leavesLoop(error) && baseError === null
  const kept = changed(world, id, { errors: [...errors, error], baseError: isBase ? error : baseError })
  if (isDone(futureWith(kept, parent))) {
    const message = 'Task <Task> has errored out but its parent task <Task> is already completed'
    const entries = [
      ['message', message],
      ['exception', error],
      ['task', { kind: 'task', id: task }],
    ] as const
    const { loop } = futureWith(kept, parent)
    return tell(interpreter, kept, { loop, message, exception: error, told: { entries }, of: { task } })
  }
  if (aborting || parentCancelRequested) return kept
  return cancel(changed(abort(kept, id), id, { parentCancelRequested: true }), parent, null)[0]
}
