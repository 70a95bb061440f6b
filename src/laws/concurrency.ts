import { slack, timeAfter, workBefore } from '../trace/clock.js'
import { taskLives } from '../trace/tasks.js'
import { broken, eventAt, holding, type Law } from './law.js'

/** Lifetimes overlap and work does not. */
export const concurrency: Law = {
  name: 'concurrency',
  claim:
    'Concurrency is not parallelism: tasks live at the same time but work one after the other. From the start of a ' +
    'task to its end at least as much time goes by as all tasks work meanwhile; and the whole takes at least as long as ' +
    'all the work together, and as the longest life.',
  source: 'one thread: work holds it, and waiting does not',
  check: (trace) => {
    const { events } = trace
    const [first] = events
    const last = events.at(-1)
    if (first === undefined || last === undefined) return holding(0)
    const end = events.length - 1
    const work = workBefore(events)
    const allowed = slack(events.length, timeAfter(last))
    const makespan = timeAfter(last) - first.time
    const total = work.at(-1) ?? 0
    if (total > makespan + allowed) {
      return broken(
        `from the first event to the last (event ${end}) ${makespan} s went by, with ${total} s of work`,
        0,
        end,
      )
    }
    let cases = 0
    let latestEnd = -1
    for (const life of taskLives(trace).values()) {
      const start = life.started === null ? undefined : events[life.started]
      if (start === undefined || life.started === null) continue
      const finish = life.ended ?? end
      const lasted = timeAfter(events[finish] ?? last) - start.time
      const worked = (work[finish + 1] ?? 0) - (work[life.started] ?? 0)
      if (worked > lasted + allowed) {
        const message = `from ${eventAt(trace, life.started)} to ${eventAt(trace, finish)} ${lasted} s went by, with ${worked} s of work`
        return broken(message, life.started, finish)
      }
      if (lasted > makespan + allowed) {
        const message = `${life.task} lived for ${lasted} s, from ${eventAt(trace, life.started)} on, but the whole took ${makespan} s`
        return broken(message, life.started, finish)
      }
      if (latestEnd > life.started) cases += 1
      latestEnd = Math.max(latestEnd, finish)
    }
    return holding(cases)
  },
}
