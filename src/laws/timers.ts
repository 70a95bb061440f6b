import {
  type Agenda,
  hasUnorderedDeadline,
  leftBehind,
  leftBehindAtEnd,
  lifeOf,
  places,
  readyOf,
  type Turn,
} from '../trace/agenda.js'
import { isDue, slack, workBefore } from '../trace/clock.js'
import type { Trace } from '../trace/events.js'
import { isTimer, type TimerLife } from '../trace/handles.js'
import { broken, eventAt, holding, type Law, type LawVerdict } from './law.js'

/** A timer runs when it is due: never before, and later only because of work. */
export const timers: Law = {
  name: 'timers',
  claim:
    'A timer runs in the first turn that begins less than the resolution of the clock before its deadline, or later: ' +
    'never early; behind all that was ready; those of one turn by their deadlines (in any order where these are equal); ' +
    'and it is late by no more than the work since the turn before.',
  source: 'BaseEventLoop._run_once: end_time = self.time() + self._clock_resolution; heapq orders by deadline',
  check: (trace) => {
    if (hasUnorderedDeadline(trace)) return holding(0)
    const work = workBefore(trace.events)
    let cases = 0
    const walk = places(trace)
    let next = walk.next()
    for (; next.done !== true; next = walk.next()) {
      const { event, index, agenda } = next.value
      const left = leftBehind(next.value)
      if (isTimer(left)) return missed(trace, agenda, left, index)
      const life = event.event === 'HandleBegan' ? agenda.lives.get(event.handle) : undefined
      const { turn } = agenda
      if (!isTimer(life) || turn === null || (life.begun[0] ?? index) < index) continue
      const refused =
        refuseTurn(trace, agenda, turn, life, index) ??
        refusePlace(trace, agenda, turn, life, index) ??
        refuseLateness(trace, agenda, turn, life, work)
      if (refused !== null) return refused
      cases += 1
    }
    const left = leftBehindAtEnd(trace, next.value)
    return isTimer(left) ? missed(trace, next.value, left, trace.events.length) : holding(cases)
  },
}

const missed = (
  trace: Trace,
  agenda: Agenda,
  { handle, when, loop, scheduled }: TimerLife,
  index: number,
): LawVerdict => {
  const turn = agenda.turns.get(loop ?? 0)
  const began = turn?.began ?? index
  const message = `handle ${handle} with deadline ${when} s was due in ${eventAt(trace, began)} at ${turn?.time} s and has not run at ${eventAt(trace, index)}`
  return broken(message, scheduled, began, index)
}

const refuseTurn = (trace: Trace, agenda: Agenda, turn: Turn, life: TimerLife, index: number): LawVerdict | null => {
  const began = eventAt(trace, index)
  if (!isDue(life.when, turn.time)) {
    const message = `${began} is early: its deadline is ${life.when} s, and ${eventAt(trace, turn.began)} was at ${turn.time} s`
    return broken(message, life.scheduled, turn.began, index)
  }
  const due = agenda.enqueued.get(life.handle)
  if (due === undefined) {
    const message = `${began} was set in the turn in which it runs: ${eventAt(trace, turn.began)}, ${eventAt(trace, life.scheduled)}`
    return broken(message, turn.began, life.scheduled, index)
  }
  return null
}

const refusePlace = (trace: Trace, agenda: Agenda, turn: Turn, life: TimerLife, index: number): LawVerdict | null => {
  const [oldest] = readyOf(agenda, turn.loop)
  const first = lifeOf(agenda, oldest)
  if (first === undefined || first.handle === life.handle) return null
  const due = agenda.enqueued.get(life.handle) ?? index
  const enqueued = agenda.enqueued.get(first.handle) ?? index
  if (enqueued < due) {
    const message = `${eventAt(trace, index)} came before handle ${first.handle}, which was ready when the timer was due: ${eventAt(trace, first.scheduled)}`
    return broken(message, first.scheduled, due, index)
  }
  if (enqueued > due || !isTimer(first) || first.when >= life.when) return null
  const message = `${eventAt(trace, index)} with deadline ${life.when} s came before handle ${first.handle} with deadline ${first.when} s: ${eventAt(trace, first.scheduled)}`
  return broken(message, first.scheduled, index)
}

/** What is wrong with the time at which a timer was found due. What another loop did meanwhile is no concern of this one. */
const refuseLateness = (
  trace: Trace,
  agenda: Agenda,
  turn: Turn,
  { handle, when, scheduled }: TimerLife,
  work: readonly number[],
): LawVerdict | null => {
  const { events } = trace
  if (agenda.enqueued.get(handle) !== turn.began) return null
  const since = Math.max(scheduled, turn.previous ?? 0)
  if (turn.previousOfAny !== null && turn.previousOfAny > since) return null
  const late = turn.time - Math.max(when, events[scheduled]?.time ?? 0)
  const worked = (work[turn.began] ?? 0) - (work[since] ?? 0)
  if (late <= worked + slack(turn.began - since, turn.time)) return null
  const message = `handle ${handle} with deadline ${when} s is late: ${eventAt(trace, turn.began)} was at ${turn.time} s, with ${worked} s of work since ${eventAt(trace, since)}`
  return broken(message, scheduled, since, turn.began)
}
