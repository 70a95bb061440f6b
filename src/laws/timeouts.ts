import { type Agenda, places, readyOf } from '../trace/agenda.js'
import { isDue } from '../trace/clock.js'
import type { Trace } from '../trace/events.js'
import { isTimer } from '../trace/handles.js'
import { broken, eventAt, holding, type Law } from './law.js'

const ON_TIMEOUT = 'Timeout._on_timeout'

/** A timeout ends its block when the time is up: not before, not after the block, and not without effect. */
export const timeouts: Law = {
  name: 'timeouts',
  claim:
    'When the time of a block is up its task goes on: the callback of the timeout comes never early, only while the block ' +
    'is open, and leaves something ready to run.',
  source: 'Timeout._on_timeout: self._task.cancel(), in the state that __aenter__ sets and __aexit__ takes back',
  check: (trace) => {
    let cases = 0
    /** Where the callback of a timeout began that has not ended. */
    let begun: number | null = null
    for (const { event, index, agenda } of places(trace)) {
      if (event.event === 'HandleBegan') {
        const life = agenda.lives.get(event.handle)
        begun = life?.callback === ON_TIMEOUT ? index : null
        if (begun === null || !isTimer(life) || isDue(life.when, agenda.turn?.time ?? event.time)) continue
        return broken(`${eventAt(trace, index)} is early: its deadline is ${life.when} s`, life.scheduled, index)
      }
      if (event.event === 'ExceptionReported' && event.message.endsWith(` ${ON_TIMEOUT}`)) {
        return broken(`${eventAt(trace, index)}: a timeout whose block is closed has come`, index)
      }
      if (event.event !== 'HandleEnded' || begun === null) continue
      if (isIdle(trace, index, readyOf(agenda, agenda.turn?.loop ?? 0)) && !mayBeReady(agenda, index)) {
        return broken(
          `${eventAt(trace, begun)} had no effect: nothing is ready at ${eventAt(trace, index)}`,
          begun,
          index,
        )
      }
      begun = null
      cases += 1
    }
    return holding(cases)
  },
}

/** Whether nothing is ready behind a handle that ends here. */
const isIdle = (trace: Trace, index: number, ready: ReadonlySet<number>): boolean => {
  const ended = trace.events[index]
  return [...ready].every((handle) => ended !== undefined && 'handle' in ended && ended.handle === handle)
}

/** Whether something that never ran may be ready here: of that nobody can tell in which of several loops it was. */
const mayBeReady = ({ lives }: Agenda, index: number): boolean =>
  [...lives.values()].some(({ loop, when, scheduled }) => loop === null && when === null && scheduled < index)
