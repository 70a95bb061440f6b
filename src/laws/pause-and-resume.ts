import { type Agenda, places, readyOf } from '../trace/agenda.js'
import type { Trace } from '../trace/events.js'
import { isTaskStep } from '../trace/handles.js'
import { knowsEveryTask, taskLives } from '../trace/tasks.js'
import { broken, eventAt, holding, type Law, type LawVerdict } from './law.js'

/** How many tasks of one name are in which state. */
interface Count {
  readonly created: number
  readonly running: number
  readonly paused: number
}

/** A pause that is not yet over. */
interface Pause {
  readonly index: number
  /** Another task that was ready then. */
  readonly ready: number | null
  /** The steps of tasks that had begun until then. */
  readonly steps: number
}

/** A routine stops at an await that suspends, and nowhere else, and goes on there. */
export const pauseAndResume: Law = {
  name: 'pause and resume',
  claim:
    'Each task starts once, then pauses and resumes by turns, and ends once. It resumes in a step of its own that was ' +
    'scheduled after its pause; and if another task was ready when it paused, some other task runs before it resumes.',
  source: 'Task.__step: the coroutine is sent on until it yields; PEP 492, "await"',
  check: (trace) => {
    if (!knowsEveryTask(trace)) return holding(0)
    return countStates(trace) ?? checkPauses(trace)
  },
}

const countStates = (trace: Trace): LawVerdict | null => {
  const counts = new Map<string, Count>()
  const count = (name: string): Count => counts.get(name) ?? { created: 0, running: 0, paused: 0 }
  for (const [index, event] of trace.events.entries()) {
    const name = event.event === 'TaskCreated' ? event.created : event.task
    if (name === null) continue
    const { created, running, paused } = count(name)
    const refused = (what: string): LawVerdict => broken(`${eventAt(trace, index)}: no task ${name} was ${what}`, index)
    switch (event.event) {
      case 'TaskCreated':
        counts.set(name, { created: created + 1, running, paused })
        break
      case 'TaskStarted':
        if (created === 0) return refused('waiting for its start')
        counts.set(name, { created: created - 1, running: running + 1, paused })
        break
      case 'TaskResumed':
        if (paused === 0) return refused('paused')
        counts.set(name, { created, running: running + 1, paused: paused - 1 })
        break
      case 'TaskPaused':
      case 'TaskEnded':
        if (running === 0) return refused('running')
        counts.set(name, { created, running: running - 1, paused: paused + (event.event === 'TaskPaused' ? 1 : 0) })
        break
      default:
        break
    }
  }
  return null
}

const checkPauses = (trace: Trace): LawVerdict => {
  const known = taskLives(trace)
  const pauses = new Map<string, Pause>()
  let steps = 0
  let began: number | null = null
  let cases = 0
  for (const { event, index, agenda } of places(trace)) {
    if (event.event === 'HandleBegan') began = event.handle
    if (event.event === 'HandleBegan' && isTaskStep(agenda.lives.get(event.handle)?.callback ?? '')) steps += 1
    if (event.event === 'HandleEnded') began = null
    const { task } = event
    if (task === null || !known.has(task)) continue
    if (event.event === 'TaskPaused') pauses.set(task, { index, ready: readyTask(agenda), steps })
    const pause = pauses.get(task)
    if (event.event !== 'TaskResumed' || pause === undefined) continue
    pauses.delete(task)
    const handle = began === null ? undefined : agenda.lives.get(began)
    if (handle === undefined || !isTaskStep(handle.callback)) {
      return broken(`${eventAt(trace, index)} is not in a step of a task`, index)
    }
    if (handle.scheduled < pause.index) {
      const message = `${eventAt(trace, index)} is in ${eventAt(trace, handle.scheduled)}, from before ${eventAt(trace, pause.index)}`
      return broken(message, handle.scheduled, pause.index, index)
    }
    if (pause.ready === null) continue
    if (steps - pause.steps < 2) {
      const message = `${eventAt(trace, pause.index)} and ${eventAt(trace, index)}: no other task ran between them, though one was ready since ${eventAt(trace, pause.ready)}`
      return broken(message, pause.ready, pause.index, index)
    }
    cases += 1
  }
  return holding(cases)
}

/** Where a step was scheduled that the running loop still has to run. */
const readyTask = (agenda: Agenda): number | null => {
  for (const handle of agenda.turn === null ? [] : readyOf(agenda, agenda.turn.loop)) {
    const life = agenda.lives.get(handle)
    if (life !== undefined && isTaskStep(life.callback)) return life.scheduled
  }
  return null
}
