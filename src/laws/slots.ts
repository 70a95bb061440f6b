import { broken, eventAt, holding, type Law } from './law.js'
import { crowdOf, meetingsOf, sizeOf } from './meeting.js'

/** A semaphore has so many slots, and no more. */
export const slots: Law = {
  name: 'slots',
  claim:
    'Never are more tasks inside a semaphore than it has slots, from what the program tells of who enters and leaves, until ' +
    'somebody releases a slot in between.',
  source: 'Semaphore.acquire: waits while _value is 0',
  check: (trace) => {
    let cases = 0
    for (const meeting of meetingsOf(trace, ['semaphore', 'bounded'])) {
      const size = sizeOf(meeting)
      if (size === null) continue
      const crowd = crowdOf(meeting, size)
      if (crowd.crowded !== null) {
        const { index } = crowd.crowded
        return broken(`more than ${size} are inside ${meeting.name} at ${eventAt(trace, index)}`, index)
      }
      cases += crowd.cases
    }
    return holding(cases)
  },
}
