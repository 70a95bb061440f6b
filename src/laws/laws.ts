import { cancellations } from './cancellations.js'
import { concurrency } from './concurrency.js'
import { exceptions } from './exceptions.js'
import { exclusivity } from './exclusivity.js'
import { fairness } from './fairness.js'
import { firstComeFirstServed } from './first-come-first-served.js'
import type { Law } from './law.js'
import { mutualExclusion } from './mutual-exclusion.js'
import { noStarvation } from './no-starvation.js'
import { pauseAndResume } from './pause-and-resume.js'
import { queueConservation } from './queue-conservation.js'
import { slots } from './slots.js'
import { structuredConcurrency } from './structured-concurrency.js'
import { timeouts } from './timeouts.js'
import { timers } from './timers.js'
import { wakeUp } from './wake-up.js'
import { workConservation } from './work-conservation.js'

/** The laws that every event loop of asyncio's kind keeps in every run. */
export const laws: readonly Law[] = [
  exclusivity,
  pauseAndResume,
  concurrency,
  fairness,
  noStarvation,
  workConservation,
  timers,
  timeouts,
  wakeUp,
  cancellations,
  exceptions,
  structuredConcurrency,
  mutualExclusion,
  firstComeFirstServed,
  slots,
  queueConservation,
]
