import type { Trace } from './events.js'

/** What hands the outcome of a thread over to the loop. */
const SET_STATE = '_chain_future.<locals>._set_state'

/** Whether threads work beside the loop: then time goes by without it, and things happen in no handle of it. */
export const usesThreads = ({ events }: Trace): boolean =>
  events.some((happened) => happened.event === 'HandleScheduled' && happened.callback === SET_STATE)
