import type { Trace } from './events.js'

/** What a trace tells of one task. Places in the trace are indices of its events. */
export interface TaskLife {
  readonly task: string
  readonly created: number
  readonly started: number | null
  readonly ended: number | null
}

/** The tasks whose name no other task has, by name. Of others a trace does not tell which is which. */
export const taskLives = ({ events }: Trace): ReadonlyMap<string, TaskLife> => {
  const lives = new Map<string, TaskLife>()
  const shared = new Set<string>()
  events.forEach((event, index) => {
    if (event.event === 'TaskCreated') {
      if (lives.has(event.created)) shared.add(event.created)
      lives.set(event.created, { task: event.created, created: index, started: null, ended: null })
      return
    }
    const life = event.task === null ? undefined : lives.get(event.task)
    if (life === undefined) return
    if (event.event === 'TaskStarted') lives.set(life.task, { ...life, started: index })
    if (event.event === 'TaskEnded') lives.set(life.task, { ...life, ended: index })
  })
  for (const name of shared) lives.delete(name)
  return lives
}

/**
 * Whether the trace tells of every task: those that show were created in it under that name, and a step was always
 * scheduled for a task that had just been created or had just paused. Otherwise some task was renamed, or not watched.
 */
export const knowsEveryTask = ({ events }: Trace): boolean => {
  const created = new Set(events.flatMap((event) => (event.event === 'TaskCreated' ? [event.created] : [])))
  return events.every((event, index) => {
    if (event.task !== null && !created.has(event.task)) return false
    if (event.event !== 'HandleScheduled' || event.callback !== 'Task.__step') return true
    const before = events[index - 1]?.event
    return before === 'TaskCreated' || before === 'TaskPaused'
  })
}
