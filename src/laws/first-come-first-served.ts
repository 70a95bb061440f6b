import { broken, eventAt, holding, type Law } from './law.js'
import { type Meeting, meetingsOf, type Told } from './meeting.js'

/** Who waits first for a lock has it first. */
export const firstComeFirstServed: Law = {
  name: 'first come, first served',
  claim:
    'Those who wait for a lock, and are not cancelled meanwhile, enter it in the order in which they came, from what the ' +
    'program tells of who waits and enters.',
  source: 'Lock.acquire: waits behind those who wait already; Lock._wake_up_first: the first of them is woken',
  check: (trace) => {
    let cases = 0
    for (const meeting of meetingsOf(trace, ['lock', 'condition'])) {
      const entries = entriesOf(meeting)
      for (const [index, entry] of entries.entries()) {
        const before = entries[index - 1]
        if (before === undefined) continue
        if (before.came.index > entry.came.index) {
          return broken(
            `who came to ${meeting.name} at ${eventAt(trace, entry.came.index)} entered behind who came at ` +
              eventAt(trace, before.came.index),
            entry.came.index,
            before.came.index,
            entry.entered,
          )
        }
        cases += 1
      }
    }
    return holding(cases)
  },
}

interface Entry {
  readonly came: Told
  /** Index of the event. */
  readonly entered: number
}

/** Who entered, in that order, and when each had come: a task waits for one thing at a time. */
const entriesOf = ({ told }: Meeting): readonly Entry[] => {
  const waiting = new Map<string | null, Told>()
  return told.flatMap((each) => {
    if (each.verb === 'waits') waiting.set(each.task, each)
    const came = each.verb === 'enters' ? waiting.get(each.task) : undefined
    return came === undefined ? [] : [{ came, entered: each.index }]
  })
}
