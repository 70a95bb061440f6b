import {
  type Agenda,
  hasUnorderedDeadline,
  leftBehind,
  leftBehindAtEnd,
  lifeOf,
  places,
  readyOf,
} from '../trace/agenda.js'
import type { Trace } from '../trace/events.js'
import type { HandleLife } from '../trace/handles.js'
import { broken, eventAt, holding, type Law, type LawVerdict } from './law.js'

/** First come, first served, turn by turn. */
export const fairness: Law = {
  name: 'fairness',
  claim:
    'A loop runs its handles in the order in which they were enqueued, each once, without those that were cancelled. ' +
    'A turn runs exactly what was ready or due when it began: what is scheduled meanwhile waits for the next turn. ' +
    '(Timers that were enqueued together have no order here. SystemExit and KeyboardInterrupt put the rest off.)',
  source: 'BaseEventLoop._run_once: ntodo = len(self._ready), then popleft so many times',
  check: (trace) => {
    if (hasUnorderedDeadline(trace)) return holding(0)
    let cases = 0
    const walk = places(trace)
    let next = walk.next()
    for (; next.done !== true; next = walk.next()) {
      const { event, index, agenda } = next.value
      const left = leftBehind(next.value)
      if (left !== undefined) return forgotten(trace, agenda, left, index)
      if (event.event !== 'HandleBegan') continue
      const refused = refuse(trace, agenda, event.handle, index)
      if (refused !== null) return refused
      if (agenda.turn !== null && readyOf(agenda, agenda.turn.loop).size > 1) cases += 1
    }
    const left = leftBehindAtEnd(trace, next.value)
    return left === undefined ? holding(cases) : forgotten(trace, next.value, left, trace.events.length)
  },
}

/** What is wrong with a handle that begins now. */
const refuse = (trace: Trace, agenda: Agenda, handle: number, index: number): LawVerdict | null => {
  const { turn } = agenda
  const life = lifeOf(agenda, handle)
  if (life === undefined) return broken(`${eventAt(trace, index)} was never scheduled`, index)
  if (turn === null) return broken(`${eventAt(trace, index)} came before any turn began`, index)
  const [before] = life.begun
  if (before !== undefined && before < index) {
    return broken(`${eventAt(trace, index)} had run before: ${eventAt(trace, before)}`, before, index)
  }
  if (life.cancelled !== null && life.cancelled < index) {
    return broken(`${eventAt(trace, index)} runs in spite of ${eventAt(trace, life.cancelled)}`, life.cancelled, index)
  }
  const enqueued = agenda.enqueued.get(handle)
  if (enqueued === undefined) return null // a timer that is not due is for the law of timers
  if (enqueued > turn.began) {
    const message = `${eventAt(trace, index)} runs in the turn in which it was scheduled: ${eventAt(trace, turn.began)}, ${eventAt(trace, enqueued)}`
    return broken(message, turn.began, enqueued, index)
  }
  const [oldest] = readyOf(agenda, turn.loop)
  const first = lifeOf(agenda, oldest)
  if (first === undefined || first.handle === handle || agenda.enqueued.get(first.handle) === enqueued) return null
  const message = `${eventAt(trace, index)} overtakes handle ${first.handle}, which was enqueued before it: ${eventAt(trace, first.scheduled)}`
  return broken(message, first.scheduled, index)
}

const forgotten = (
  trace: Trace,
  agenda: Agenda,
  { handle, scheduled, loop }: HandleLife,
  index: number,
): LawVerdict => {
  const turn = agenda.turns.get(loop ?? 0)?.began ?? index
  const message = `${eventAt(trace, turn)} is over at ${eventAt(trace, index)}, and handle ${handle} has not run in it: ${eventAt(trace, scheduled)}`
  return broken(message, scheduled, turn, index)
}
