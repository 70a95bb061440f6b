import type { TraceEvent } from './events.js'

/** The clock resolution of the loops that are watched, in seconds: 2⁻²⁰, in the model as in the judge. */
export const clockResolution = 2 ** -20

/** The time when an event is over. Work is the only one that takes any. */
export const timeAfter = (event: TraceEvent): number =>
  event.event === 'Worked' ? event.time + Number(event.seconds) : event.time

/** Whether a deadline is due. Written as `_run_once` writes it: of a deadline that is not a number it is true. */
export const isDue = (when: number, now: number): boolean => !(when >= now + clockResolution)

/** One resolution, and what may be lost or won by rounding in a sum of so many times up to `largest`. */
export const slack = (times: number, largest: number): number =>
  clockResolution + (1 + times) * Math.abs(largest) * Number.EPSILON

/** The work done before each event, and at the end before the end. */
export const workBefore = (events: readonly TraceEvent[]): readonly number[] => {
  const sums = [0]
  let sum = 0
  for (const event of events) {
    if (event.event === 'Worked') sum += Number(event.seconds)
    sums.push(sum)
  }
  return sums
}
