import type { Trace, TraceEvent } from './events.js'

/** A stretch of a task's life. A task that runs does so for no time at all unless it works. */
export interface Interval {
  readonly doing: 'running' | 'waiting'
  readonly from: number
  /** The time of the end; null where the trace closes before it. */
  readonly to: number | null
}

/** The life of one task, in order. */
export interface Lane {
  readonly task: string
  readonly created: number
  readonly intervals: readonly Interval[]
}

/** What each task did from its creation to its end, in order of creation. Tasks that share a name share a lane. */
export const timeline = ({ events }: Trace): readonly Lane[] => {
  const lanes = new Map<string, { readonly task: string; readonly created: number; readonly intervals: Interval[] }>()
  for (const event of events) {
    if (event.event === 'TaskCreated' && !lanes.has(event.created)) {
      const waiting: Interval = { doing: 'waiting', from: event.time, to: null }
      lanes.set(event.created, { task: event.created, created: event.time, intervals: [waiting] })
    }
    const lane = event.task === null ? undefined : lanes.get(event.task)
    const next = after(event)
    if (lane === undefined || next === undefined) continue
    const last = lane.intervals.pop()
    if (last !== undefined) lane.intervals.push({ ...last, to: event.time })
    if (next !== null) lane.intervals.push({ doing: next, from: event.time, to: null })
  }
  return [...lanes.values()]
}

/** What a task does after an event of its own: null where it has ended, undefined where nothing changes. */
const after = ({ event }: TraceEvent): Interval['doing'] | null | undefined => {
  switch (event) {
    case 'TaskStarted':
    case 'TaskResumed':
      return 'running'
    case 'TaskPaused':
      return 'waiting'
    case 'TaskEnded':
      return null
    default:
      return undefined
  }
}
