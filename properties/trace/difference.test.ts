import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { programs } from '../../src/oracle/arbitrary-program.js'
import { run } from '../../src/program/run.js'
import { describeDifference, difference } from '../../src/trace/difference.js'
import type { Trace, TraceEvent } from '../../src/trace/events.js'

const traces = programs().map((program) => run(program))

const withEvents = (trace: Trace, events: readonly TraceEvent[]): Trace => ({ ...trace, events })

describe('difference', () => {
  it.prop([traces])('is null of a trace and a copy of it', (trace) => {
    expect(difference(trace, structuredClone(trace))).toBeNull()
  })

  it.prop([traces, fc.nat()])('finds one changed time, and nothing before it', (trace, chosen) => {
    const index = chosen % trace.events.length
    const changed = trace.events.map((event, at) => (at === index ? { ...event, time: event.time + 2 ** -10 } : event))
    const found = difference(trace, withEvents(trace, changed))
    expect(found).toMatchObject({ of: 'events', index, expected: trace.events[index], actual: changed[index] })
    expect(found?.before).toEqual(trace.events.slice(0, index))
  })

  it.prop([traces, fc.nat()])('finds a missing end from both sides', (trace, chosen) => {
    const length = chosen % trace.events.length
    const short = withEvents(trace, trace.events.slice(0, length))
    expect(difference(trace, short)).toMatchObject({ of: 'events', index: length, actual: undefined })
    expect(difference(short, trace)).toMatchObject({ of: 'events', index: length, expected: undefined })
  })

  it.prop([traces])('finds another verdict, and another outcome of a task', (trace) => {
    const limited: Trace = { ...trace, verdict: { kind: 'turn limit', turns: 1 } }
    expect(difference(trace, limited)).toMatchObject({ of: 'verdict', expected: trace.verdict })
    const more: Trace = { ...trace, tasks: [...trace.tasks, { task: 'one more', outcome: { kind: 'pending' } }] }
    expect(difference(trace, more)).toMatchObject({ of: 'tasks', index: trace.tasks.length, expected: undefined })
  })

  it.prop([traces])('finds a report that only one of them has', (trace) => {
    const report = { message: 'Future exception was never retrieved', task: null, exception: 'ValueError()' }
    const more: Trace = { ...trace, reports: [...(trace.reports ?? []), report] }
    const index = trace.reports?.length ?? 0
    expect(difference(trace, more)).toMatchObject({ of: 'reports', index, expected: undefined, actual: report })
    expect(difference(more, trace)).toMatchObject({ of: 'reports', index, expected: report, actual: undefined })
  })

  it.prop([traces, traces])('is null only of equal traces', (a, b) => {
    expect(difference(a, b) === null).toBe(JSON.stringify(a) === JSON.stringify(b))
  })
})

test('a difference is told with what came before and both sides', () => {
  const stamp = { turn: 1, task: 'Task-1' }
  const print = (time: number, text: string): TraceEvent => ({ ...stamp, time, event: 'Printed', text })
  const told = (...events: readonly TraceEvent[]): Trace => ({ events, verdict: { kind: 'finished' }, tasks: [] })
  const found = difference(told(print(0, 'a'), print(1, 'b'), print(2, 'c')), told(print(0, 'a'), print(1, 'b')))
  expect(found === null ? '' : describeDifference(found, 1)).toBe(
    [
      'First difference: event 2',
      '    …',
      '    1s  turn 1  Task-1  Printed  text="b"',
      '  - 2s  turn 1  Task-1  Printed  text="c"',
      '  + (nothing: the trace ends)',
    ].join('\n'),
  )
  const other = difference(told(), { ...told(), verdict: { kind: 'raised', exception: 'E()' } })
  expect(other === null ? '' : describeDifference(other)).toBe(
    ['First difference: the verdict', '  - {"kind":"finished"}', '  + {"kind":"raised","exception":"E()"}'].join('\n'),
  )
})
