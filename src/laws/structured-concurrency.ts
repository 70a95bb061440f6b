import type { Trace } from '../trace/events.js'
import { knowsEveryTask, type TaskLife, taskLives } from '../trace/tasks.js'
import { broken, eventAt, holding, type Law } from './law.js'

/** A task of a group ends before that task does which has entered the group. */
export const structuredConcurrency: Law = {
  name: 'structured concurrency',
  claim:
    'No task outlives its group: when a task of a TaskGroup ends, not all of those have ended that led to it, the one ' +
    'that made it, the one that made that, and so on. One of them has entered the group, unless it was lent to others.',
  source: 'TaskGroup.__aexit__: waits until no task is left',
  check: (trace) => {
    if (!knowsEveryTask(trace)) return holding(0)
    const lives = taskLives(trace)
    let cases = 0
    for (const member of membersOf(trace, lives)) {
      const makers = makersOf(trace, lives, member)
      const end = member.ended ?? trace.events.length
      const last = Math.max(...makers.map(({ ended }) => ended ?? end))
      if (makers.length === 0) continue
      if (last < end) {
        return broken(
          `${eventAt(trace, end)}, of a TaskGroup, came when all that led to it had ended, with ${eventAt(trace, last)}`,
          last,
          end,
        )
      }
      cases += 1
    }
    return holding(cases)
  },
}

/** The tasks of groups: each tells its group when it ends. */
const membersOf = ({ events }: Trace, lives: ReadonlyMap<string, TaskLife>): readonly TaskLife[] =>
  events.flatMap((event, index) => {
    const before = events[index - 1]
    const tells = event.event === 'HandleScheduled' && event.callback === 'TaskGroup._on_task_done'
    const life = tells && before?.event === 'TaskEnded' && before.task !== null ? lives.get(before.task) : undefined
    return life === undefined ? [] : [life]
  })

/** The task that made a task, the one that made that, and so on; none where a callback, or nobody in the trace, made one. */
const makersOf = ({ events }: Trace, lives: ReadonlyMap<string, TaskLife>, member: TaskLife): readonly TaskLife[] => {
  const makers: TaskLife[] = []
  for (let maker = events[member.created]?.task ?? null; maker !== null; ) {
    const life = lives.get(maker)
    if (life === undefined) return []
    makers.push(life)
    maker = events[life.created]?.task ?? null
  }
  return makers
}
