import { broken, eventAt, holding, type Law } from './law.js'
import { crowdOf, meetingsOf } from './meeting.js'

/** A lock has one owner. */
export const mutualExclusion: Law = {
  name: 'mutual exclusion',
  claim:
    'Nobody enters a lock while another one is inside, from what the program tells of who enters and leaves, until somebody ' +
    'releases it in between.',
  source: 'Lock.acquire: waits while _locked',
  check: (trace) => {
    let cases = 0
    for (const meeting of meetingsOf(trace, ['lock'])) {
      const crowd = crowdOf(meeting, 1)
      if (crowd.crowded !== null) {
        const { index } = crowd.crowded
        return broken(`two are inside ${meeting.name} at ${eventAt(trace, index)}`, index)
      }
      cases += crowd.cases
    }
    return holding(cases)
  },
}
