import { slack, timeAfter } from './clock.js'
import type { Trace, TraceEvent } from './events.js'

/** What hands the outcome of a thread over to the loop. */
const SET_STATE = '_chain_future.<locals>._set_state'

/** Whether threads work beside the loop: then time goes by without it, and things happen in no handle of it. */
export const usesThreads = ({ events }: Trace): boolean =>
  events.some((happened) => happened.event === 'HandleScheduled' && happened.callback === SET_STATE) ||
  printsBehindItsLoop(events)

/** Whether a thread outlives its loop: nothing else prints at a time of its own when a loop is closed. */
const printsBehindItsLoop = (events: readonly TraceEvent[]): boolean => {
  const closed = events.findIndex(({ event }) => event === 'LoopClosed')
  if (closed === -1) return false
  return events.some((happened, index) => {
    const before = events[index - 1]
    if (before === undefined || index <= closed || happened.event !== 'Printed' || happened.task !== null) return false
    const due = timeAfter(before)
    return Math.abs(happened.time - due) >= slack(0, due)
  })
}
