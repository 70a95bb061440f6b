import type { Trace } from '../trace/events.js'
import { knowsEveryTask, type TaskLife, taskLives } from '../trace/tasks.js'
import { type Telling, tellingOf, uncancelled } from './cancelling.js'
import { broken, eventAt, holding, type Law, type LawVerdict } from './law.js'

type Stays = Extract<Telling, { readonly tells: 'stays' }>

/** A stay that is not over. */
interface Stay extends Stays {
  /** Whether the task has paused in it, and then gone on. */
  readonly is: 'begun' | 'paused' | 'resumed'
  /** Whether it began in a step in which nothing was told of any cancellation. */
  readonly isQuiet: boolean
}

/** How it stands with a task. */
interface Standing {
  /** The event with which it started. */
  readonly started: number | null
  readonly isRunning: boolean
  /** Whether nothing was told of any cancellation in its present step. */
  readonly isQuiet: boolean
  readonly stay: Stay | null
  /** The first request that is not yet accounted for: later ones come to the same. */
  readonly asked: number | null
}

const unstarted: Standing = { started: null, isRunning: false, isQuiet: true, stay: null, asked: null }

/** Whoever is asked to be cancelled is cancelled, once. */
export const cancellations: Law = {
  name: 'cancellations',
  claim:
    'Every cancellation is accounted for, from what the program tells of who is asked (`cancels`) and who waits for what ' +
    '(`stays`, `goes on`, `meets`). Only a task that has ended refuses. However many ask a task before its next step, in ' +
    'that step it meets one CancelledError where it stays and does not go on; or it never begins, if nobody else had begun ' +
    'its coroutine; or it ends cancelled, if that was its last step; or the task that it waits for was asked in its place. ' +
    'In a deadlock nobody who was asked still waits for a future. And nobody meets a CancelledError in a sleep if he was ' +
    'not asked since it began, by the count of requests, where no task group makes requests anew. (Tasks of which a request is taken back do not count: since 3.13 ' +
    'they may go on. Nor does waiting by other means, such as wait_for, that swallows requests before 3.12.)',
  source: 'Task.cancel, Task.__step: _must_cancel, _fut_waiter',
  check: (trace) => {
    if (!knowsEveryTask(trace)) return holding(0)
    const ledger: Ledger = {
      trace,
      lives: taskLives(trace),
      left: uncancelled(trace),
      hasGroups: trace.events.some((event) => 'callback' in event && event.callback === 'TaskGroup._on_task_done'),
      standings: new Map(),
    }
    let cases = 0
    for (const [index, event] of trace.events.entries()) {
      const refused = event.event === 'Printed' ? listen(ledger, event.task, event.text, index) : watch(ledger, index)
      if (refused !== null) return refused
      if (event.event === 'Printed' && tellingOf(event.text)?.tells === 'cancels') cases += 1
    }
    return refuseDeadlock(ledger) ?? holding(cases)
  },
}

interface Ledger {
  readonly trace: Trace
  readonly lives: ReadonlyMap<string, TaskLife>
  /** The tasks that do not count. */
  readonly left: ReadonlySet<string>
  /** Whether there are task groups: one that fails, with its task being cancelled, takes that request back and makes it anew. */
  readonly hasGroups: boolean
  readonly standings: Map<string, Standing>
}

const standingOf = ({ standings }: Ledger, task: string): Standing => standings.get(task) ?? unstarted

const change = (ledger: Ledger, task: string, changed: Partial<Standing>): void => {
  if (!ledger.lives.has(task) || ledger.left.has(task)) return
  ledger.standings.set(task, { ...standingOf(ledger, task), ...changed })
}

/** Somebody is asked, or in his place who he waits for. */
const ask = (ledger: Ledger, task: string, index: number): void => {
  const passed = new Set<string>()
  let last = task
  for (let next: string | null = task; next !== null && !passed.has(next); next = waitsFor(ledger, next, index)) {
    passed.add(next)
    last = next
  }
  change(ledger, last, { asked: standingOf(ledger, last).asked ?? index })
}

/** The task to which a request goes on, as it has not ended. */
const waitsFor = (ledger: Ledger, task: string, index: number): string | null => {
  const { stay } = standingOf(ledger, task)
  if (stay?.is !== 'paused' || stay.where.kind !== 'task') return null
  return hasEnded(ledger, stay.where.name, index) ? null : stay.where.name
}

/** What is wrong with what is told here. */
const listen = (ledger: Ledger, task: string | null, text: string, index: number): LawVerdict | null => {
  const telling = tellingOf(text)
  const refused = telling === null ? null : hear(ledger, task, telling, index)
  if (/ cancel/.test(text)) disturb(ledger)
  return refused
}

const hear = (ledger: Ledger, task: string | null, telling: Telling, index: number): LawVerdict | null => {
  const here = eventAt(ledger.trace, index)
  const { started, stay, asked, isQuiet } = task === null ? unstarted : standingOf(ledger, task)
  const refused = (what: string): LawVerdict =>
    broken(`${task} was asked at ${eventAt(ledger.trace, asked ?? 0)}, and ${what} at ${here}`, asked ?? 0, index)
  switch (telling.tells) {
    case 'cancels': {
      const { target, accepted } = telling
      if (ledger.lives.has(target) && hasEnded(ledger, target, index) === accepted) {
        return broken(`${here}: ${target} ${accepted ? 'had ended' : 'refused, and had not ended'}`, index)
      }
      if (accepted) ask(ledger, target, index)
      return null
    }
    case 'stays':
      if (asked !== null && started !== null && asked < started) return refused('has begun')
      if (task !== null) change(ledger, task, { stay: { ...telling, is: 'begun', isQuiet } })
      return null
    case 'goes on':
      if (asked !== null && stay?.is === 'resumed') return refused('goes on')
      if (task !== null) change(ledger, task, { stay: null })
      return null
    case 'meets':
      if (stay !== null && !ledger.hasGroups && isUncalledFor(stay, telling)) {
        return broken(`${here}: since ${task} stays there nobody has asked`, index)
      }
      if (task !== null && stay !== null) change(ledger, task, { stay: null, asked: null })
      return null
    case 'uncancels':
      return null
  }
}

/** What is wrong with a step of a task. */
const watch = (ledger: Ledger, index: number): LawVerdict | null => {
  const event = ledger.trace.events[index]
  if (event === undefined || event.task === null) return null
  const { task } = event
  const { asked, stay } = standingOf(ledger, task)
  switch (event.event) {
    case 'TaskStarted':
      change(ledger, task, { started: index, isRunning: true })
      return null
    case 'TaskResumed': {
      const goesOn = stay === null ? { asked: null } : { stay: { ...stay, is: 'resumed' } as const }
      change(ledger, task, { isRunning: true, isQuiet: true, ...goesOn })
      return null
    }
    case 'TaskPaused':
      change(ledger, task, { isRunning: false, stay: stay?.is === 'begun' ? { ...stay, is: 'paused' } : null })
      if (asked !== null && stay?.is === 'begun' && stay.where.kind === 'task') {
        change(ledger, task, { asked: null })
        ask(ledger, task, index)
      }
      return null
    case 'TaskEnded': {
      const refused = event.outcome.kind === 'returned' ? refuseEnd(ledger, task, index) : null
      change(ledger, task, { isRunning: false, stay: null, asked: null })
      return refused
    }
    default:
      return null
  }
}

const hasEnded = ({ lives }: Ledger, task: string, index: number): boolean => (lives.get(task)?.ended ?? index) < index

/** What is wrong with a task that returns and was asked in its last step: only what it was asked before is out of its hands. */
const refuseEnd = (ledger: Ledger, task: string, index: number): LawVerdict | null => {
  const { asked, started, stay } = standingOf(ledger, task)
  const outcome = ledger.trace.tasks.find((each) => each.task === task)?.outcome.kind ?? 'cancelled'
  if (asked === null || started === null || asked < started || stay?.is === 'resumed' || outcome === 'cancelled')
    return null
  return broken(
    `${task} was asked at ${eventAt(ledger.trace, asked)} in its last step, and is not cancelled`,
    asked,
    index,
  )
}

/** Whether a sleep in which nobody was asked ends with a CancelledError. */
const isUncalledFor = (
  { where, requests: before, isQuiet }: Stay,
  { exception, requests: after }: Extract<Telling, { readonly tells: 'meets' }>,
): boolean =>
  isQuiet &&
  where.kind === 'sleep' &&
  exception.startsWith('CancelledError(') &&
  before !== null &&
  after !== null &&
  after <= before

/** From here on those who run may have been asked without being told of. */
const disturb = ({ standings }: Ledger): void => {
  for (const [task, standing] of standings) {
    if (standing.isRunning) standings.set(task, { ...standing, isQuiet: false })
  }
}

const refuseDeadlock = (ledger: Ledger): LawVerdict | null => {
  const { verdict } = ledger.trace
  if (verdict.kind !== 'deadlock') return null
  for (const { task, on } of verdict.waiting) {
    const { asked } = standingOf(ledger, task)
    if (asked === null || (on !== 'future' && on !== 'nothing')) continue
    return broken(`in the deadlock ${task} waits for ${on}, and was asked at ${eventAt(ledger.trace, asked)}`, asked)
  }
  return null
}
