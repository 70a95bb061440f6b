import { places, type Turn } from '../trace/agenda.js'
import type { Trace } from '../trace/events.js'
import { type HandleLife, handleLives, isTaskStep } from '../trace/handles.js'
import { knowsEveryTask, taskLives } from '../trace/tasks.js'
import { broken, eventAt, holding, type Law, type LawVerdict } from './law.js'

/** A task that paused in `asyncio.sleep`, right after it had set its timer. */
interface Sleep {
  readonly task: string
  readonly timer: HandleLife
  readonly paused: number
  readonly resumed: number | null
}

/** Who is woken wakes up, and nobody wakes up of himself. */
export const wakeUp: Law = {
  name: 'wake-up',
  claim:
    'No wake-up is lost, and none comes of itself. A step of a task starts or resumes a task. Who sleeps resumes no later ' +
    'than in the turn after its timer ran; or before it by a cancellation, and then cancels the timer first of all. ' +
    'In a deadlock nobody waits for nothing, for a timer that ran, or for a task that has ended.',
  source: 'Future.__schedule_callbacks, Task.__wakeup and tasks.sleep',
  check: (trace) => {
    if (!knowsEveryTask(trace)) return holding(0)
    const turns = turnsOf(trace)
    const slept = sleeps(trace)
    for (const sleep of slept) {
      const refused = refuse(trace, sleep, turns.get(sleep.timer.loop ?? 0) ?? [])
      if (refused !== null) return refused
    }
    return refuseSteps(trace) ?? refuseDeadlock(trace) ?? holding(slept.length)
  },
}

/** The turns of each loop as they were when they were over. */
const turnsOf = (trace: Trace): ReadonlyMap<number, readonly Turn[]> => {
  const turns = new Map<number, Turn[]>()
  const keep = (turn: Turn | undefined): void => {
    if (turn === undefined) return
    const known = turns.get(turn.loop)
    if (known === undefined) turns.set(turn.loop, [turn])
    else known.push(turn)
  }
  const walk = places(trace)
  let next = walk.next()
  for (; next.done !== true; next = walk.next()) {
    const { event, agenda } = next.value
    if (event.event === 'TurnBegan') keep(agenda.turns.get(event.loop))
  }
  for (const turn of next.value.turns.values()) keep(turn)
  return turns
}

const sleeps = (trace: Trace): readonly Sleep[] => {
  const { events } = trace
  const lives = handleLives(trace)
  const tasks = taskLives(trace)
  const resumptions = new Map<string, number>()
  const found: Sleep[] = []
  for (let index = events.length - 1; index >= 0; index -= 1) {
    const event = events[index]
    if (event === undefined || event.task === null || !tasks.has(event.task)) continue
    if (event.event === 'TaskResumed') resumptions.set(event.task, index)
    if (event.event !== 'TimerScheduled' || event.callback !== '_set_result_unless_cancelled') continue
    const next = events[index + 1]
    const timer = lives.get(event.handle)
    if (next?.event !== 'TaskPaused' || next.task !== event.task || timer === undefined) continue
    found.push({ task: event.task, timer, paused: index + 1, resumed: resumptions.get(event.task) ?? null })
  }
  return found.reverse()
}

const refuse = (trace: Trace, sleep: Sleep, turns: readonly Turn[]): LawVerdict | null => {
  const { task, timer, paused, resumed } = sleep
  const rang = timer.begun[0] ?? null
  if (resumed !== null && (rang === null || resumed < rang)) {
    const next = trace.events[resumed + 1]
    const cancels = next?.event === 'HandleCancelled' && next.handle === timer.handle
    if (cancels || next === undefined || (timer.cancelled !== null && timer.cancelled < resumed)) return null
    const message = `${eventAt(trace, resumed)} comes before its timer ${timer.handle} ran, and not by a cancellation: it does not cancel the timer`
    return broken(message, timer.scheduled, resumed)
  }
  if (rang === null) return null
  const next = firstAfter(turns, rang)
  const [after, late] = [turns[next], turns[next + 1]]
  const overslept =
    after !== undefined && late !== undefined && !after.mayBeLeft && (resumed ?? late.began) >= late.began
  const forgotten =
    resumed === null &&
    trace.verdict.kind === 'deadlock' &&
    trace.verdict.waiting.some((waiting) => waiting.task === task)
  if (!overslept && !forgotten) return null
  const message = `${task} sleeps since ${eventAt(trace, paused)}; its timer ran, ${eventAt(trace, rang)}, but it did not resume in the turn after that`
  return broken(message, paused, rang)
}

/** The position of the first turn that began after an event. Turns are in order. */
const firstAfter = (turns: readonly Turn[], index: number): number => {
  let low = 0
  let high = turns.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((turns[middle]?.began ?? index) > index) high = middle
    else low = middle + 1
  }
  return low
}

const refuseSteps = (trace: Trace): LawVerdict | null => {
  const lives = handleLives(trace)
  for (const [index, event] of trace.events.entries()) {
    const next = trace.events[index + 1]
    if (event.event !== 'HandleBegan' || next === undefined) continue
    if (!isTaskStep(lives.get(event.handle)?.callback ?? '')) continue
    if (!['TaskStarted', 'TaskResumed', 'ExceptionReported'].includes(next.event)) {
      return broken(`${eventAt(trace, index)} is a step of a task, and took no task further`, index, index + 1)
    }
  }
  return null
}

const refuseDeadlock = (trace: Trace): LawVerdict | null => {
  if (trace.verdict.kind !== 'deadlock') return null
  const tasks = taskLives(trace)
  for (const { task, on } of trace.verdict.waiting) {
    if (on === 'nothing') return broken(`in the deadlock ${task} waits for nothing, and is not ready either`)
    const ended = tasks.get(on)?.ended ?? null
    if (ended === null || on === 'future' || on === 'gather') continue
    return broken(`in the deadlock ${task} waits for ${on}, which has ended: ${eventAt(trace, ended)}`, ended)
  }
  return null
}
