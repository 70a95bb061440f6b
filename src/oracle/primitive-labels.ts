import type { TraceEvent } from '../trace/events.js'
import { type Label, tellsOfCancellation } from './label.js'

/** What shows where tasks wait for locks, queues and so on, by what random programs print around that. */
export const labelsOfPrimitives = (events: readonly TraceEvent[]): readonly Label[] => {
  const found: Label[] = []
  const waits = new Set<string>()
  for (const [index, happened] of events.entries()) {
    const { task } = happened
    const [before, second] = [events[index - 1], events[index - 2]]
    if (happened.event === 'Printed' && task !== null) {
      if (waitsForSlot.test(happened.text)) waits.add(task)
      else waits.delete(task)
    }
    if (happened.event === 'TaskPaused' && before?.event === 'TaskResumed' && task !== null && waits.has(task)) {
      found.push('barging')
    }
    if (happened.event !== 'Printed' || !tellsOfCancellation(happened.text)) continue
    if (before?.event !== 'Printed' || second?.event !== 'HandleScheduled') continue
    if (second.callback !== 'Task.__wakeup' || !wakes.test(before.text)) continue
    found.push('woken and cancelled')
    if (before.text.includes(' releases condition')) found.push('notified and cancelled')
  }
  return found
}

const waitsForSlot = / waits (?:queue|lifo|priority|semaphore|bounded)\d+$/

const wakes = / (?:releases|puts|gets) [a-z]+\d+/
