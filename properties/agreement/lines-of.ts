import type { Trace } from '../../src/trace/events.js'

/** What a run shows from outside: what it prints and what is reported, and how it ended where it did not reach its end. */
export const linesOf = ({ events, verdict, reports = [] }: Trace): readonly string[] => [
  ...events.flatMap((event) => {
    if (event.event === 'Printed') return [event.text]
    return event.event === 'ExceptionReported' ? [`${event.message}: ${event.exception}`] : []
  }),
  ...reports.map(({ message, exception }) => `${message}: ${exception}`),
  ...(verdict.kind === 'finished' ? [] : [verdict.kind === 'raised' ? `raised ${verdict.exception}` : verdict.kind]),
]
