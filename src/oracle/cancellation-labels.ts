import { tellingOf } from '../laws/cancelling.js'
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
    const telling = tellingOf(happened.text)
    if (telling?.tells === 'cancels' && telling.accepted) {
      if (asked.has(telling.target)) found.push('requests come to the same')
      if (withTask.has(telling.target)) found.push('request goes on to another')
      asked.add(telling.target)
    }
    if (task === null) continue
    if (telling?.tells === 'stays' && telling.where.kind === 'task') withTask.add(task)
    if (telling?.tells === 'goes on' || telling?.tells === 'meets') withTask.delete(task)
  }
  return found
}
