import type { Rule } from '../loop/rule.js'
import { kernelRules } from '../loop/rules.js'
import { lockRules } from './rules-of-locks.js'
import { queueRules } from './rules-of-queues.js'
import { taskRules } from './rules-of-tasks.js'
import { threadRules } from './rules-of-threads.js'
import { run } from './run.js'
import { abort, enterTaskGroup, exitTaskGroup, refusesTask, taskDone } from './task-group.js'

/** Every rule of the model by name: those of the kernel and those of the library on top of it. */
export const rules = {
  ...kernelRules,
  ...taskRules,
  ...lockRules,
  ...queueRules,
  ...threadRules,
  'asyncio.run': {
    mirrors: 'runners.run',
    versions: '3.11 to 3.14',
    implementedBy: run,
    says: 'A loop of its own for one coroutine; then what is left is cancelled and the loop closed.',
  },
  'TaskGroup.__aenter__': {
    mirrors: 'taskgroups.TaskGroup.__aenter__',
    versions: '3.12 to 3.14',
    implementedBy: enterTaskGroup,
    says: 'The task that enters is the parent; a group is entered once.',
  },
  'TaskGroup.__aexit__': {
    mirrors: 'taskgroups.TaskGroup.__aexit__',
    versions: '3.13 to 3.14',
    implementedBy: exitTaskGroup,
    says: 'Waits for all tasks; then their errors are raised in a group, or else the cancellation that came from outside.',
  },
  'TaskGroup.create_task': {
    mirrors: 'taskgroups.TaskGroup.create_task',
    versions: '3.11 to 3.14',
    implementedBy: refusesTask,
    says: 'Refused before the group is entered, while it is aborted, and when it has ended.',
  },
  'TaskGroup._abort': {
    mirrors: 'taskgroups.TaskGroup._abort',
    versions: '3.11 to 3.14',
    implementedBy: abort,
    says: 'Cancels each task that has not ended.',
  },
  'TaskGroup: done callback': {
    mirrors: 'taskgroups.TaskGroup._on_task_done',
    versions: '3.11 to 3.14',
    implementedBy: taskDone,
    says: 'The first failure aborts the group and cancels the parent; the last task lets the parent go on.',
  },
} as const satisfies Readonly<Record<string, Rule>>

/** The name of a rule. */
export type RuleName = keyof typeof rules
