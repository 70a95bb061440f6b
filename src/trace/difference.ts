import type { Trace, TraceEvent } from './events.js'

/** The first place where two traces are not the same: what the one has there, and what the other. */
export interface Difference {
  /** The list in which they part, or the verdict. */
  readonly of: 'events' | 'verdict' | 'tasks' | 'reports'
  /** The position in that list; 0 for the verdict. */
  readonly index: number
  /** Undefined where the trace has come to its end. */
  readonly expected: unknown
  readonly actual: unknown
  /** The events that both tell before it. */
  readonly before: readonly TraceEvent[]
}

/** The first difference of two traces under total equality, or null: events first, then verdict, tasks, and reports. */
export const difference = (expected: Trace, actual: Trace): Difference | null => {
  const event = firstDifference(expected.events, actual.events)
  if (event >= 0) {
    const before = expected.events.slice(0, event)
    return { of: 'events', index: event, expected: expected.events[event], actual: actual.events[event], before }
  }
  const before = expected.events
  if (!same(expected.verdict, actual.verdict)) {
    return { of: 'verdict', index: 0, expected: expected.verdict, actual: actual.verdict, before }
  }
  const task = firstDifference(expected.tasks, actual.tasks)
  if (task >= 0) return { of: 'tasks', index: task, expected: expected.tasks[task], actual: actual.tasks[task], before }
  const [reports, others] = [expected.reports ?? [], actual.reports ?? []]
  const report = firstDifference(reports, others)
  if (report < 0) return null
  return { of: 'reports', index: report, expected: reports[report], actual: others[report], before }
}

const firstDifference = (expected: readonly unknown[], actual: readonly unknown[]): number => {
  const length = Math.max(expected.length, actual.length)
  for (let index = 0; index < length; index += 1) if (!same(expected[index], actual[index])) return index
  return -1
}

/** Whether two pieces of plain data are equal: fields in any order, numbers by `Object.is` but for the sign of zero. */
const same = (a: unknown, b: unknown): boolean => {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b)
  const [keys, others] = [Object.keys(a), Object.keys(b)]
  return (
    keys.length === others.length &&
    keys.every((key) => key in b && same(a[key as keyof typeof a], b[key as keyof typeof b]))
  )
}

/** A difference as text for a reader: the last events before it, then both sides. */
export const describeDifference = ({ of, index, expected, actual, before }: Difference, context = 8): string => {
  const from = Math.max(0, before.length - context)
  const where = {
    events: `event ${index}`,
    verdict: 'the verdict',
    tasks: `task ${index} at the end`,
    reports: `report ${index} at the end`,
  }
  return [
    `First difference: ${where[of]}`,
    ...(from > 0 ? ['    …'] : []),
    ...before.slice(from).map((event) => `    ${sentence(event)}`),
    `  - ${sentence(expected)}`,
    `  + ${sentence(actual)}`,
  ].join('\n')
}

/** What happened on one line: time, turn and task, then the event and its fields. */
const sentence = (happened: unknown): string => {
  if (happened === undefined) return '(nothing: the trace ends)'
  if (typeof happened !== 'object' || happened === null || !('event' in happened)) return JSON.stringify(happened)
  const { time, turn, task, event, ...details } = happened as TraceEvent
  const fields = Object.entries(details).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  return [`${time}s`, `turn ${turn}`, task ?? '-', event, ...fields].join('  ')
}
