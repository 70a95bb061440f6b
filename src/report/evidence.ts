import type { Agreement, Comparison, Evidence } from '../oracle/agree.js'
import type { Implementation } from '../oracle/implementation.js'
import type { Difference } from '../trace/difference.js'
import type { Trace, TraceEvent } from '../trace/events.js'
import { countText } from './number.js'
import { eventText } from './text.js'
import { turnLanesText } from './turn-lanes.js'

/** What came of the comparison of many programs, as text. */
export const agreementText = (agreement: Agreement): string => {
  const { implementation, version, compared, inconclusive, skipped, evidence } = agreement
  const doubts = [...counts('inconclusive', inconclusive), ...counts('skipped', skipped)]
  const told = compared - inconclusive.length - skipped.length
  const who = implementation.endsWith(version) ? implementation : `${implementation} (${version})`
  const outcome = evidence === null ? 'no difference' : 'a difference'
  const lines = [`${who}: ${countText(told, 'random program')}, ${outcome}`, ...doubts]
  return `${lines.join('\n')}\n${evidence === null ? '' : `\n${evidenceText(evidence)}`}`
}

/** `  3 inconclusive: no answer within 20 s`, most frequent first. */
const counts = (what: string, doubts: readonly { readonly reason: string }[]): readonly string[] => {
  const found = new Map<string, number>()
  for (const { reason } of doubts) found.set(reason, (found.get(reason) ?? 0) + 1)
  return [...found].sort(([, a], [, b]) => b - a).map(([reason, count]) => `  ${count} ${what}: ${reason}`)
}

/** A difference with all that shows it: the program, both traces, when each task ran on both sides, the command. */
export const evidenceText = (evidence: Evidence): string => {
  const { implementation, text, expected, actual, difference, command, shrinks } = evidence
  return [
    `The smallest program found (after ${countText(shrinks, 'smaller one')}):\n`,
    ...text.split('\n').map((line) => `    ${line}`.trimEnd()),
    tracesText(difference, expected, actual, implementation),
    `The model, turn by turn\n${turnLanesText(expected)}`,
    `${implementation}, turn by turn\n${turnLanesText(actual)}`,
    `Again: ${command}\n`,
  ].join('\n')
}

/** What came of the comparison of one program, as text. */
export const comparisonText = (comparison: Comparison, { name }: Pick<Implementation, 'name'>): string => {
  switch (comparison.kind) {
    case 'same': {
      const { events, verdict } = comparison.actual
      return `${name}: the model agrees on ${events.length === 1 ? 'the only event' : `all ${events.length} events`}, ${verdict.kind}\n`
    }
    case 'different': {
      const { difference, expected, actual } = comparison
      return `${name}: the model differs\n\n${tracesText(difference, expected, actual, name)}`
    }
    case 'inconclusive':
      return `${name}: inconclusive: ${comparison.reason}\n`
    case 'skipped':
      return `${name}: skipped: ${comparison.reason}\n`
  }
}

/** How many events are shown before the first difference, and of each side from there on. */
const context = 12

/** Two traces as one up to their first difference, and each from there on. */
const tracesText = (difference: Difference, expected: Trace, actual: Trace, name: string): string => {
  const { of, index, before } = difference
  const shown = before.slice(-context)
  const where = {
    events: `event ${index + 1}`,
    verdict: 'the verdict',
    tasks: `task ${index + 1} at the end`,
    reports: `report ${index + 1} at the end`,
  }[of]
  const above = before.length > shown.length ? [`    (${countText(before.length - shown.length, 'event')} before)`] : []
  return [
    `First difference: ${where}`,
    ...above,
    ...shown.map((event) => `    ${eventText(event)}`),
    '  the model',
    ...rest(difference, expected, '  - '),
    `  ${name}`,
    ...rest(difference, actual, '  + '),
    '',
  ].join('\n')
}

const rest = ({ of, index }: Difference, trace: Trace, mark: string): readonly string[] => {
  if (of === 'verdict') return [`${mark}${JSON.stringify(trace.verdict)}`]
  if (of !== 'events') return [`${mark}${JSON.stringify(trace[of]?.[index] ?? null)}`]
  const following: readonly TraceEvent[] = trace.events.slice(index, index + context)
  const more = trace.events.length - index - following.length
  return [
    ...(following.length === 0 ? [`${mark}(nothing: ${JSON.stringify(trace.verdict)})`] : []),
    ...following.map((event, at) => `${at === 0 ? mark : '    '}${eventText(event)}`),
    ...(more > 0 ? [`    (${countText(more, 'event')} more)`] : []),
  ]
}
