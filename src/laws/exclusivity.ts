import { slack, workBefore } from '../trace/clock.js'
import type { Trace, TraceEvent } from '../trace/events.js'
import { knowsEveryTask } from '../trace/tasks.js'
import { usesThreads } from '../trace/threads.js'
import { broken, eventAt, holding, type Law, type LawVerdict } from './law.js'

/** Something that runs: a handle, or a task between a start or resumption and the pause or end. */
interface Run {
  readonly of: 'handle' | 'task'
  readonly handle: number | null
  readonly task: string | null
  readonly began: number
}

/** One thing runs at a time. */
export const exclusivity: Law = {
  name: 'exclusivity',
  claim:
    'One thread, one core: while a handle or a task runs, no other runs. Only an eager start runs inside the run of ' +
    'another, wholly. While it runs the clock moves by the work that is done in it and by nothing else. (Programs that use other threads do not count.)',
  source: 'Handle._run and Task.__step call and return; nothing in asyncio calls back from the outside',
  check: (trace) => {
    if (usesThreads(trace)) return holding(0)
    const { events } = trace
    const work = workBefore(events)
    const named = knowsEveryTask(trace)
    const running: Run[] = []
    /** The task whose run is over, and which is current until asyncio has seen to what it left. */
    let leaving: string | null = null
    let cases = 0
    for (const [index, event] of events.entries()) {
      const refused = refuse(trace, running, index, event)
      if (refused !== null) return refused
      const run = begins(event, index)
      if (run !== null) running.push(run)
      const current = running.findLast(({ of }) => of === 'task')?.task ?? null
      if (named && event.task !== current && event.task !== leaving) {
        const known = current === null ? 'no task is running' : `task ${current} is running`
        return broken(`${eventAt(trace, index)} happened in ${event.task ?? 'no task'}, but ${known}`, index)
      }
      if (run !== null || event.event === 'HandleEnded') leaving = null
      if (!ends(event)) continue
      const over = running.pop()
      if (over === undefined) continue
      if (over.of === 'task') leaving = over.task
      const worked = (work[index] ?? 0) - (work[over.began] ?? 0)
      const busy = event.time - (events[over.began]?.time ?? 0)
      if (Math.abs(busy - worked) > slack(index - over.began, event.time)) {
        const message = `from ${eventAt(trace, over.began)} to ${eventAt(trace, index)} ${busy} s went by, with ${worked} s of work`
        return broken(message, over.began, index)
      }
      cases += 1
    }
    return holding(cases)
  },
}

/** What is wrong with an event at a moment when these run, the innermost last. */
const refuse = (trace: Trace, running: readonly Run[], index: number, event: TraceEvent): LawVerdict | null => {
  const inner = running.at(-1)
  const refused = (why: string): LawVerdict =>
    inner === undefined
      ? broken(`${eventAt(trace, index)} ${why}`, index)
      : broken(`${eventAt(trace, index)} ${why} ${eventAt(trace, inner.began)}`, inner.began, index)
  switch (event.event) {
    case 'TurnBegan':
    case 'HandleBegan':
      return inner === undefined ? null : refused('came during the run that began with')
    case 'TaskResumed':
      if (inner === undefined) return refused('came while no handle ran')
      return inner.of === 'handle' ? null : refused('came during the run that began with')
    case 'TaskStarted':
      return inner === undefined ? refused('came while no handle ran') : null
    case 'HandleEnded':
      if (inner === undefined) return refused('came while no handle ran')
      return inner.handle === event.handle ? null : refused('came before the end of the run that began with')
    case 'TaskPaused':
    case 'TaskEnded':
      if (inner === undefined) return refused('came while no task ran')
      return inner.of === 'task' ? null : refused('came without a start or a resumption after')
    default:
      return null
  }
}

const begins = (event: TraceEvent, index: number): Run | null => {
  switch (event.event) {
    case 'HandleBegan':
      return { of: 'handle', handle: event.handle, task: null, began: index }
    case 'TaskStarted':
    case 'TaskResumed':
      return { of: 'task', handle: null, task: event.task, began: index }
    default:
      return null
  }
}

const ends = ({ event }: TraceEvent): boolean =>
  event === 'HandleEnded' || event === 'TaskPaused' || event === 'TaskEnded'
