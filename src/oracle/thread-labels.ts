import type { TraceEvent } from '../trace/events.js'
import type { Label } from './label.js'

const OUTCOME = '_chain_future.<locals>._set_state'
const DONE = '_chain_future.<locals>._call_check_cancel'

/** What shows of threads. The functions that random programs run in threads say when they end. */
export const labelsOfThreads = (events: readonly TraceEvent[]): readonly Label[] => {
  const found: Label[] = []
  const deadlines = new Set(events.flatMap((happened) => (happened.event === 'TimerScheduled' ? [happened.when] : [])))
  let [workEnds, closed, giving] = [-1, false, false]
  const outcomes = new Set<number>()
  for (const happened of events) {
    if (happened.event === 'Worked') workEnds = happened.time + happened.seconds
    if (happened.event === 'LoopCreated') closed = false
    if (happened.event === 'LoopClosed') closed = true
    if (happened.event === 'HandleBegan') giving = outcomes.has(happened.handle)
    if (happened.event === 'Printed' && closed && /^thread\d+ ends/.test(happened.text)) {
      found.push('thread ends behind its loop')
    }
    if (happened.event !== 'HandleScheduled') continue
    if (happened.callback === DONE && !giving) found.push('thread cancelled while it works')
    if (happened.callback !== OUTCOME) continue
    outcomes.add(happened.handle)
    if (deadlines.has(happened.time)) found.push('thread and timer at once')
    if (happened.time < workEnds) found.push('thread ends while the loop works')
  }
  return found
}
