import type { Report, Trace } from '../trace/events.js'
import { type HandleLife, handleLives } from '../trace/handles.js'
import { knowsEveryTask, type TaskLife, taskLives } from '../trace/tasks.js'
import { broken, eventAt, holding, type Law, type LawVerdict } from './law.js'

/** No failure of a task is lost. */
export const exceptions: Law = {
  name: 'exceptions',
  claim:
    'Every exception is accounted for. Where the program tells that nobody will ask for a task (`forgets`), and it fails, ' +
    'that is told to the exception handler, or stands once among the reports at the end. And what stands there as never ' +
    'retrieved is the failure of a task that ended with just that, and woke nobody who then went on. (Other tasks may ' +
    'have been asked for their exception, which is no event. A cancellation is no failure.)',
  source: 'Future.__del__: __log_traceback, which result() and exception() take back; runners._cancel_all_tasks',
  check: (trace) => {
    if (!knowsEveryTask(trace)) return holding(0)
    const lives = taskLives(trace)
    const handles = handleLives(trace)
    const reported = (trace.reports ?? []).filter(({ exception }) => exception !== null)
    for (const report of reported) {
      const life = lives.get(report.task ?? '')
      const refused = life === undefined ? null : refuseReport(trace, handles, life, report)
      if (refused !== null) return refused
    }
    const forgotten = isComplete(trace)
      ? forgottenIn(trace, lives).filter((life) => life.ended !== null && failureOf(trace, life) !== null)
      : []
    for (const life of forgotten) {
      const refused = refuseSilence(trace, life, reported)
      if (refused !== null) return refused
    }
    return holding(forgotten.length)
  },
}

/** Whether the run came to its end, where what is left is looked at. */
const isComplete = ({ verdict: { kind } }: Trace): boolean => ['finished', 'raised', 'deadlock'].includes(kind)

/** The exception with which a task has failed. */
const failureOf = ({ events, tasks }: Trace, { task, ended }: TaskLife): string | null => {
  const end = events[ended ?? events.length]
  const outcome = tasks.find((each) => each.task === task)?.outcome ?? (end?.event === 'TaskEnded' ? end.outcome : null)
  return outcome?.kind === 'raised' ? outcome.exception : null
}

/** The tasks of which somebody tells that nobody will ask for them. */
const forgottenIn = ({ events }: Trace, lives: ReadonlyMap<string, TaskLife>): readonly TaskLife[] =>
  events.flatMap((event) => {
    const name = event.event === 'Printed' ? /^\w+ forgets (.+)$/.exec(event.text)?.[1] : undefined
    return name === undefined ? [] : (lives.get(name) ?? [])
  })

/** What is wrong with a report on a task. */
const refuseReport = (
  trace: Trace,
  handles: ReadonlyMap<number, HandleLife>,
  life: TaskLife,
  { exception }: Report,
): LawVerdict | null => {
  const failure = failureOf(trace, life)
  if (life.ended === null || failure !== exception) {
    return broken(`${exception} of ${life.task} was never retrieved, but it came out with ${failure ?? 'no failure'}`)
  }
  const woken = wokenBy(trace, handles, life.ended)
  if (woken === undefined) return null
  return broken(
    `the failure of ${life.task} was never retrieved, and ${eventAt(trace, woken)} woke somebody with it`,
    woken,
  )
}

/** The wake-up that the end of a task has scheduled, and that came. Who begins where it is made has nobody to wake. */
const wokenBy = ({ events }: Trace, handles: ReadonlyMap<number, HandleLife>, ended: number): number | undefined => {
  const task = events[ended]?.task
  const step = events.findLastIndex(
    (event, at) =>
      at < ended && event.task === task && (event.event === 'TaskStarted' || event.event === 'TaskResumed'),
  )
  if (events[step - 1]?.event !== 'HandleBegan') return undefined
  for (let index = ended + 1; ; index += 1) {
    const event = events[index]
    if (event?.event !== 'HandleScheduled') return undefined
    if (event.callback === 'Task.__wakeup' && (handles.get(event.handle)?.begun.length ?? 0) > 0) return index
  }
}

/** What is wrong with the failure of a task that nobody asks for. */
const refuseSilence = (trace: Trace, life: TaskLife, reported: readonly Report[]): LawVerdict | null => {
  const failure = failureOf(trace, life)
  const told = trace.events.some((event) => event.event === 'ExceptionReported' && event.exception === failure)
  const times = reported.filter(({ task }) => task === life.task).length
  if (life.ended === null || told || times === 1) return null
  return broken(
    `${eventAt(trace, life.ended)} with ${failure}: that is told nobody, and reported ${times} times`,
    life.ended,
  )
}
