import { entries } from '../persistent/table.js'
import type { Report } from '../trace/events.js'
import { className } from './future.js'
import type { Value } from './value.js'
import type { Future, World } from './world.js'

/**
 * What asyncio says of what a run has left when that is collected as garbage: exceptions that nobody has asked for, and
 * tasks that did not end. When that is, Python leaves open; so the order is that of the texts.
 */
export const reportsOf = (world: World, show: (value: Value) => string): readonly Report[] =>
  entries(world.futures)
    .flatMap(([, future]) => (isReported(future) ? [reportOf(future, show)] : []))
    .map((report) => [textOf(report), report] as const)
    .sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
    .map(([, report]) => report)

const isReported = ({ state, task, retrieved }: Future): boolean =>
  state === 'pending' ? task?.logDestroyPending === true : !retrieved

/** What is said of one of them. Mirrors `Future.__del__` and `Task.__del__` (3.4 to 3.14). */
export const reportOf = (future: Future, show: (value: Value) => string): Report => {
  const task = future.task?.name ?? null
  return future.state === 'pending'
    ? { message: 'Task was destroyed but it is pending!', task, exception: null }
    : { message: `${className(future)} exception was never retrieved`, task, exception: show(future.exception) }
}

const textOf = ({ message, task, exception }: Report): string => [message, task ?? '', exception ?? ''].join('\n')
