import type { TraceEvent } from '../trace/events.js'
import type { Label } from './label.js'

/** What shows of who is asked to be cancelled, and what he told of where he waits. */
export const labelsOfCancellations = (events: readonly TraceEvent[]): readonly Label[] => {
  const found: Label[] = []
  const asked = new Set<string>()
  const withTask = new Set<string>()
  for (const happened of events) {
    const { task } = happened
    if (task !== null && (happened.event === 'TaskStarted' || happened.event === 'TaskResumed')) asked.delete(task)
    if (happened.event !== 'Printed') continue
    const { text } = happened
    const target = / cancels (.+) True$/.exec(text)?.[1]
    if (target !== undefined) {
      if (asked.has(target)) found.push('requests come to the same')
      if (withTask.has(target)) found.push('request goes on to another')
      asked.add(target)
    }
    if (task === null) continue
    if (/ stays task /.test(text)) withTask.add(task)
    if (/ goes on$| meets /.test(text)) withTask.delete(task)
  }
  return found
}
