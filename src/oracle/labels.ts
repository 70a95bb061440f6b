import type { Trace, TraceEvent } from '../trace/events.js'
import { labelsOfCancellations } from './cancellation-labels.js'
import { type Label, labels, tellsOfCancellation } from './label.js'
import { labelsOfPrimitives } from './primitive-labels.js'
import { labelsOfThreads } from './thread-labels.js'

/** The labels of a run, told from its trace alone. */
export const labelsOf = (trace: Trace): readonly Label[] => {
  const found = new Set<Label>([
    ...labelsOfTexts(trace),
    ...labelsOfTimers(trace.events),
    ...labelsOfTimeouts(trace.events),
    ...labelsOfTasks(trace),
    ...labelsOfCancellations(trace.events),
    ...labelsOfPrimitives(trace.events),
    ...labelsOfThreads(trace.events),
  ])
  if (trace.events.some(isDropped)) found.add('generator closed when dropped')
  if (trace.events.some((_, index) => isShutDown(trace.events, index))) found.add('generator shut down by its loop')
  if (trace.verdict.kind === 'deadlock') found.add('deadlock')
  for (const { exception } of trace.reports ?? []) found.add(exception === null ? 'task never ends' : 'never retrieved')
  if (trace.events.filter(({ event }) => event === 'LoopCreated').length > 1) found.add('several runs')
  if (trace.events.some((is, index) => is.event === 'LoopCreated' && isByHand(trace.events, index)))
    found.add('loop by hand')
  return labels.filter((label) => found.has(label))
}

const isDropped = (happened: TraceEvent): boolean =>
  happened.event === 'HandleScheduled' && happened.callback === 'BaseEventLoop.create_task'

/** A task that `asyncio.run` makes behind its first closes what is left before all else. */
const isShutDown = (events: readonly TraceEvent[], index: number): boolean => {
  const [started, created] = [events[index], events[index + 1]]
  if (started?.event !== 'TaskStarted' || created?.event !== 'TaskCreated' || created.task !== started.task)
    return false
  const made = events.findIndex((each) => each.event === 'TaskCreated' && each.created === started.task)
  return events[made]?.turn === 0 && events[made - 1]?.event === 'HandleEnded'
}

/** `asyncio.run` makes its task right behind the loop, and outside every loop. */
const isByHand = (events: readonly TraceEvent[], index: number): boolean => {
  const ended = events.slice(index).findIndex(({ event }) => event === 'TurnBegan')
  const before = events.slice(index + 1, index + (ended < 0 ? 1 : ended))
  return before.length !== 2 || before[0]?.event !== 'TaskCreated'
}

const telling: readonly (readonly [Label, RegExp])[] = [
  ['block left with an exception', / leaves \w+\(/],
  ['object awaited', / objects? /],
  ['own exception in a group', /'unhandled errors in a TaskGroup', \[.*\b(?:Gone|Problem)\(/],
  ['own class below CancelledError', /\bGone\(/],
  ['barrier broken', /BrokenBarrierError/],
  ['bound to another loop', /is bound to a different event loop/],
  ['items without order', /'<' not supported between/],
  ['not acquired', /Lock is not acquired|un-acquired lock|released too many times|task_done\(\) called too many/],
  ['queue empty', /QueueEmpty\(/],
  ['queue full', /QueueFull\(/],
  ['queue shut down', /QueueShutDown\(/],
  ['exception handler fails', /^Unhandled error in exception handler/],
  ['exception handler told', / told \w/],
  ['callback fails', /^Exception in callback/],
  ['cancellation met where it is told', / meets CancelledError\(/],
  ['cancelled with a message', /CancelledError\(.+\)/],
  ['closed loop', /Event loop is closed/],
  ['coroutine used twice', /already awaited coroutine|being awaited already|already executing/],
  ['failure while a run shuts down', /^unhandled exception during asyncio\.run\(\) shutdown/],
  ['request refused', / cancels .+ False$/],
  ['failure behind a shield', /exception in shielded future/],
  ['foreign future', /different loop/],
  ['generator driven by two', /asynchronous generator is already running/],
  ['generator fails to close', /^an error occurred during closing of asynchronous generator/],
  ['generator ignores its end', /ignored GeneratorExit/],
  ['generator thrown into', /^items\d* ValueError\('thrown'\)/],
  ['failures in one task group', /'unhandled errors in a TaskGroup', \[\w+\([^()]*\), /],
  ['group in a group fails', /'unhandled errors in a TaskGroup', \[.*'unhandled errors in a TaskGroup', \[/],
  ['group refuses a task', /TaskGroup <.*> (?:is finished|is shutting down|has not been entered)/],
  ['task group aborted', /unhandled errors in a TaskGroup/],
  ['interrupt leaves the loop', /SystemExit|KeyboardInterrupt/],
  ['invalid state', /InvalidStateError/],
  ['run inside a run', /cannot be called from a running event loop/],
  ['stopped before the end', /Event loop stopped before Future completed/],
  ['task awaits itself', /cannot await on itself/],
  ['timeout and cancellation at once', /CancelledError\(.*\) <Timeout \[expired\]>/],
  ['timeout expires without effect', / left <Timeout \[expired\]>/],
  ['timeout left for another', /CancelledError\(.*\) <Timeout \[finished\]>/],
  ['timeout that is over is used', /Timeout has already been entered|Cannot change state of/],
  ['wait for the first', / waited \d+ [1-9]/],
  ['uncancel', / uncancels .* [1-9]\d* \d+$/],
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

const SLEEP = '_set_result_unless_cancelled'

/** The timers that run when time is up, whose running tells something. */
const dueLabels: ReadonlyMap<string, Label> = new Map([
  ['_AsCompletedIterator._handle_timeout', 'as_completed too late'],
  ['_release_waiter', 'wait out of time'],
])

/** What shows in when timers run. */
const labelsOfTimers = (events: readonly TraceEvent[]): readonly Label[] => {
  const found: Label[] = []
  const timers = new Map<number, { readonly when: number; readonly callback: string; cancelled: boolean }>()
  let turnBegan = 0
  let ranInTurn = new Set<number>()
  for (const [index, happened] of events.entries()) {
    const timer = 'handle' in happened ? timers.get(happened.handle) : undefined
    if (happened.event === 'TimerScheduled') {
      const { callback, when } = happened
      timers.set(happened.handle, { callback, when, cancelled: false })
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
      const label = dueLabels.get(timer.callback)
      const nothingCame = events[index + 1]?.event === 'HandleEnded'
      if (timer.callback === SLEEP && nothingCame) found.push('sleep cancelled when due')
      if (label !== undefined) found.push(label)
      if (ranInTurn.has(timer.when)) found.push('equal deadlines')
      if (turnBegan > timer.when) found.push('late by work')
      if (turnBegan < timer.when) found.push('due before its time')
      ranInTurn.add(timer.when)
      timers.delete(happened.handle)
    }
  }
  return found
}

/** What shows in when the time is up. */
const labelsOfTimeouts = (events: readonly TraceEvent[]): readonly Label[] => {
  const found: Label[] = []
  const callbacks = new Map<number, string>()
  let expired = 0
  let isOver = false
  for (const [index, happened] of events.entries()) {
    if (happened.event === 'TurnBegan') {
      expired = 0
      isOver = false
    }
    if (happened.event === 'TimerScheduled' || happened.event === 'HandleScheduled') {
      callbacks.set(happened.handle, happened.callback)
      const before = events[index - 1]
      const replaced = before?.event === 'HandleCancelled' && callbacks.get(before.handle) === ON_TIMEOUT
      if (replaced && happened.callback === ON_TIMEOUT) found.push('timeout rescheduled')
    }
    const begun = happened.event === 'HandleBegan' ? callbacks.get(happened.handle) : undefined
    if (begun === 'Future.set_result') isOver = events[index + 1]?.event === 'HandleScheduled'
    if (begun === 'Task.cancel' && isOver) found.push('wait is over and cancelled at once')
    if (begun === ON_TIMEOUT) {
      expired += 1
      found.push('timeout expires')
      if (expired > 1) found.push('timeouts expire together')
    }
  }
  return found
}

const ON_TIMEOUT = 'Timeout._on_timeout'

/** What shows in the steps of tasks. */
const labelsOfTasks = ({ events, tasks }: Trace): readonly Label[] => {
  const found: Label[] = []
  const returned = new Set<string>()
  const mentioned = new Set<string>()
  let wakeUps: string[] = []
  let failuresOfGroups = 0
  events.forEach((happened, index) => {
    const before = events[index - 1]
    const { task } = happened
    if (happened.event === 'TurnBegan') failuresOfGroups = 0
    if (isEndInGroup(happened, before)) {
      if (before.outcome.exception.startsWith('CancelledError')) found.push('task of a group cancelled')
      else failuresOfGroups += 1
      if (failuresOfGroups > 1) found.push('tasks of groups fail in one turn')
    }
    if (happened.event === 'HandleScheduled') {
      if (
        happened.callback === 'Task.__wakeup' &&
        before?.event === 'HandleScheduled' &&
        before.callback === 'Task.__wakeup'
      ) {
        found.push('several waiters woken at once')
      }
      if (happened.callback === '_log_on_exception') found.push('freed from a shield')
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

type Raised = TraceEvent & { readonly event: 'TaskEnded'; readonly outcome: { readonly kind: 'raised' } }

/** Whether a task that has just raised tells its group so. */
const isEndInGroup = (happened: TraceEvent, before: TraceEvent | undefined): before is Raised =>
  happened.event === 'HandleScheduled' &&
  happened.callback === 'TaskGroup._on_task_done' &&
  before?.event === 'TaskEnded' &&
  before.outcome.kind === 'raised'
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
    .some((happened) => happened.event === 'Printed' && tellsOfCancellation(happened.text))
  return asked && cause !== undefined && !(cause.event === 'TaskEnded' && cause.outcome.kind === 'raised')
}
