import type { Trace, TraceEvent } from '../trace/events.js'
import { labelsOfThreads } from './thread-labels.js'

/** Situations that are rare by chance and in which schedulers have had their bugs. */
export const labels = [
  'awaits again in clean-up',
  'callback fails',
  'cancelled before the start',
  'cancelled by itself in the last step',
  'cancelled when woken',
  'cancelled with a message',
  'closed loop',
  'coroutine used twice',
  'day cap',
  'deadlock',
  'due before its time',
  'eager task blocks',
  'eager task ends at once',
  'eager task in an eager task',
  'equal deadlines',
  'foreign future',
  'gather with a cancelled child',
  'gather with a failing child',
  'handle cancelled when due',
  'interrupt leaves the loop',
  'invalid state',
  'late by work',
  'loop by hand',
  'purge',
  'run inside a run',
  'several runs',
  'several waiters woken at once',
  'sleep cancelled when due',
  'stopped before the end',
  'swallowed cancellation',
  'task awaits itself',
  'thread and timer at once',
  'thread cancelled while it works',
  'thread ends behind its loop',
  'thread ends while the loop works',
  'uncancel',
] as const

export type Label = (typeof labels)[number]

/** The labels of a run, told from its trace alone. */
export const labelsOf = (trace: Trace): readonly Label[] => {
  const found = new Set<Label>([
    ...labelsOfTexts(trace),
    ...labelsOfTimers(trace.events),
    ...labelsOfTasks(trace),
    ...labelsOfThreads(trace.events),
  ])
  if (trace.verdict.kind === 'deadlock') found.add('deadlock')
  if (trace.events.filter(({ event }) => event === 'LoopCreated').length > 1) found.add('several runs')
  if (trace.events.some((is, index) => is.event === 'LoopCreated' && isByHand(trace.events, index)))
    found.add('loop by hand')
  return labels.filter((label) => found.has(label))
}

/** `asyncio.run` makes its task right behind the loop, and outside every loop. */
const isByHand = (events: readonly TraceEvent[], index: number): boolean => {
  const ended = events.slice(index).findIndex(({ event }) => event === 'TurnBegan')
  const before = events.slice(index + 1, index + (ended < 0 ? 1 : ended))
  return before.length !== 2 || before[0]?.event !== 'TaskCreated'
}

const telling: readonly (readonly [Label, RegExp])[] = [
  ['callback fails', /^Exception in callback/],
  ['cancelled with a message', /CancelledError\(.+\)/],
  ['closed loop', /Event loop is closed/],
  ['coroutine used twice', /already awaited coroutine|being awaited already|already executing/],
  ['foreign future', /different loop/],
  ['interrupt leaves the loop', /SystemExit|KeyboardInterrupt/],
  ['invalid state', /InvalidStateError/],
  ['run inside a run', /cannot be called from a running event loop/],
  ['stopped before the end', /Event loop stopped before Future completed/],
  ['task awaits itself', /cannot await on itself/],
  ['uncancel', / uncancel \d| [1-9]\d* \d+ \d+$/],
]

const labelsOfTexts = ({ events, verdict }: Trace): readonly Label[] => {
  const texts = [...events.flatMap(textsOf), verdict.kind === 'raised' ? verdict.exception : '']
  return telling.flatMap(([label, pattern]) => (texts.some((text) => pattern.test(text)) ? [label] : []))
}

const textsOf = (happened: TraceEvent): readonly string[] => {
  switch (happened.event) {
    case 'Printed':
      return [happened.text]
    case 'TaskEnded':
      return happened.outcome.kind === 'raised' ? [happened.outcome.exception] : []
    case 'ExceptionReported':
      return [happened.message, happened.exception ?? '']
    default:
      return []
  }
}

/** What shows in when timers run. */
const labelsOfTimers = (events: readonly TraceEvent[]): readonly Label[] => {
  const found: Label[] = []
  const timers = new Map<number, { readonly when: number; readonly sleeps: boolean; cancelled: boolean }>()
  let turnBegan = 0
  let ranInTurn = new Set<number>()
  for (const [index, happened] of events.entries()) {
    const timer = 'handle' in happened ? timers.get(happened.handle) : undefined
    if (happened.event === 'TimerScheduled') {
      const sleeps = happened.callback === '_set_result_unless_cancelled'
      timers.set(happened.handle, { when: happened.when, sleeps, cancelled: false })
    }
    if (happened.event === 'TurnBegan') {
      if (happened.time - turnBegan === 86_400) found.push('day cap')
      const cancelled = [...timers.values()].filter((each) => each.cancelled).length
      if (timers.size > 100 && cancelled / timers.size > 0.5) found.push('purge')
      turnBegan = happened.time
      ranInTurn = new Set()
    }
    if (timer === undefined || !('handle' in happened)) continue
    if (happened.event === 'HandleCancelled') {
      if (timer.when <= turnBegan) found.push('handle cancelled when due')
      timer.cancelled = true
    }
    if (happened.event === 'HandleBegan') {
      if (timer.sleeps && events[index + 1]?.event === 'HandleEnded') found.push('sleep cancelled when due')
      if (ranInTurn.has(timer.when)) found.push('equal deadlines')
      if (turnBegan > timer.when) found.push('late by work')
      if (turnBegan < timer.when) found.push('due before its time')
      ranInTurn.add(timer.when)
      timers.delete(happened.handle)
    }
  }
  return found
}

/** What shows in the steps of tasks. */
const labelsOfTasks = ({ events, tasks }: Trace): readonly Label[] => {
  const found: Label[] = []
  const returned = new Set<string>()
  const mentioned = new Set<string>()
  let wakeUps: string[] = []
  events.forEach((happened, index) => {
    const before = events[index - 1]
    const { task } = happened
    if (happened.event === 'HandleScheduled') {
      if (
        happened.callback === 'Task.__wakeup' &&
        before?.event === 'HandleScheduled' &&
        before.callback === 'Task.__wakeup'
      ) {
        found.push('several waiters woken at once')
      }
      if (happened.callback === GATHER && before?.event === 'TaskEnded' && before.outcome.kind === 'raised') {
        const cancelled = before.outcome.exception.startsWith('CancelledError')
        found.push(cancelled ? 'gather with a cancelled child' : 'gather with a failing child')
      }
    }
    if (happened.event === 'TaskStarted' && isEager(events, index)) {
      const next = events.slice(index + 1).find((after) => after.task === task && ends.has(after.event))
      if (next !== undefined) found.push(next.event === 'TaskPaused' ? 'eager task blocks' : 'eager task ends at once')
      if (isInsideEager(events, index)) found.push('eager task in an eager task')
    }
    if (task === null) return
    const isCancelled = textsOf(happened).some((text) => text.includes('CancelledError('))
    if (happened.event === 'TaskEnded') {
      if (happened.outcome.kind === 'returned') returned.add(task)
      if (isCancelled && before?.event === 'TaskStarted') found.push('cancelled before the start')
    }
    if (happened.event === 'TaskResumed' && isWakeUp(events, index)) wakeUps = [task]
    if (isCancelled && wakeUps.includes(task) && before?.event === 'TaskResumed' && wasToGetResult(events, index)) {
      found.push('cancelled when woken')
    }
    if (isCancelled && happened.event === 'Printed') mentioned.add(task)
    if (happened.event === 'TaskPaused' && mentioned.has(task)) found.push('awaits again in clean-up')
  })
  for (const { task, outcome } of tasks) {
    if (outcome.kind === 'cancelled' && returned.has(task)) found.push('cancelled by itself in the last step')
    if (outcome.kind === 'returned' && mentioned.has(task)) found.push('swallowed cancellation')
  }
  return found
}

const ends: ReadonlySet<TraceEvent['event']> = new Set(['TaskPaused', 'TaskEnded'])

/** Whether a task starts where it is made, and not in a handle of its own. */
const isEager = (events: readonly TraceEvent[], index: number): boolean => {
  const before = events[index - 1]
  return before?.event === 'TaskCreated' && before.created === events[index]?.task
}

/** Whether the task that makes a task has itself started where it was made, and not yet paused. */
const isInsideEager = (events: readonly TraceEvent[], index: number): boolean => {
  const maker = events[index - 1]?.task
  if (maker === null || maker === undefined) return false
  const entered = events.findLastIndex(
    ({ event, task }, at) => at < index && task === maker && (event === 'TaskStarted' || event === 'TaskResumed'),
  )
  return events[entered]?.event === 'TaskStarted' && isEager(events, entered)
}

const GATHER = 'gather.<locals>._done_callback'

const isWakeUp = (events: readonly TraceEvent[], index: number): boolean => {
  const began = events[index - 1]
  if (began?.event !== 'HandleBegan') return false
  return events.some(
    (happened) =>
      happened.event === 'HandleScheduled' && happened.handle === began.handle && happened.callback === 'Task.__wakeup',
  )
}

/** Whether the future that woke a task got a result: it was set, or it is a task that returned. */
const wasToGetResult = (events: readonly TraceEvent[], index: number): boolean => {
  const began = events[index - 2]
  const scheduled = events.findIndex(
    (happened) =>
      happened.event === 'HandleScheduled' && began?.event === 'HandleBegan' && happened.handle === began.handle,
  )
  const cause = events[scheduled - 1]
  const asked = events
    .slice(scheduled, index)
    .some(({ event, ...rest }) => event === 'Printed' && / cancel True$/.test('text' in rest ? String(rest.text) : ''))
  return asked && cause !== undefined && !(cause.event === 'TaskEnded' && cause.outcome.kind === 'raised')
}
