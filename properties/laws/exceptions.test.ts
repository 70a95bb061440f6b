import { describe, expect, test } from 'vitest'
import { exceptions } from '../../src/laws/exceptions.js'
import type { Report, Trace, Verdict } from '../../src/trace/events.js'
import { casesOf, evidenceOf, keeps } from './on-programs.js'
import { told } from './told.js'

keeps(exceptions, {
  share: 0.002,
  among: 1000,
  cases: { exhibition: 0, turns: 0, timers: 0, cancellations: 0, days: 0, loops: 0, interruptions: 0, deadlock: 0 },
})

const failing = (behind: string, reports: readonly Report[], verdict?: Verdict): Trace => ({
  ...told(
    `
    0 0 - LoopCreated 1
    0 0 - TaskCreated created=a
    0 0 - HandleScheduled 1 Task.__step
    0 1 - HandleBegan 1
    0 1 a TaskStarted
    0 1 a Printed main forgets a
    0 1 a TaskEnded failed
    ${behind}
  `,
    verdict,
  ),
  reports,
})

const report = (message: string, exception: string | null = "ValueError('x')"): Report => ({
  message,
  task: 'a',
  exception,
})
const never = report('Task exception was never retrieved')

describe('exceptions', () => {
  test('a failure that nobody asks for is reported once', () => {
    expect(casesOf(exceptions.check(failing('', [never])))).toBe(1)
    expect(evidenceOf(exceptions, failing('', []))).toMatchInlineSnapshot(
      `"TaskEnded of a (event 6) with ValueError('x'): that is told nobody, and reported 0 times"`,
    )
    expect(evidenceOf(exceptions, failing('', [never, never]))).toMatchInlineSnapshot(
      `"TaskEnded of a (event 6) with ValueError('x'): that is told nobody, and reported 2 times"`,
    )
  })

  test('or it is told to the exception handler', () => {
    const { events, ...rest } = failing('', [])
    const message = 'unhandled exception during asyncio.run() shutdown'
    const exception = "ValueError('x')"
    const handled = { time: 0, turn: 1, task: null, event: 'ExceptionReported', message, exception } as const
    expect(evidenceOf(exceptions, { ...rest, events: [...events, handled] })).toBeNull()
  })

  test('a run that was cut short tells nothing of what is left', () => {
    expect(casesOf(exceptions.check(failing('', [], { kind: 'turn limit', turns: 1 })))).toBe(0)
  })

  test('nor does a cancellation, or who is not known', () => {
    const cancelled = { task: 'a', outcome: { kind: 'cancelled' } } as const
    expect(casesOf(exceptions.check({ ...failing('', []), tasks: [cancelled] }))).toBe(0)
    expect(casesOf(exceptions.check(told('0 0 - LoopCreated 1\n0 1 - Printed main forgets stranger')))).toBe(0)
    expect(casesOf(exceptions.check(told('0 1 stranger Printed main forgets stranger')))).toBe(0)
    const other: Report = { ...never, task: null, message: 'Future exception was never retrieved' }
    expect(casesOf(exceptions.check(failing('', [other, never, report('Task was destroyed', null)])))).toBe(1)
  })

  test('what is reported is what the task ended with', () => {
    const wrong = failing('', [report(never.message, "KeyError('y')")])
    expect(evidenceOf(exceptions, wrong)).toMatchInlineSnapshot(
      `"KeyError('y') of a was never retrieved, but it came out with ValueError('x')"`,
    )
    const pending = { ...told('0 0 - TaskCreated created=a'), reports: [never] }
    expect(evidenceOf(exceptions, pending)).toMatchInlineSnapshot(
      `"ValueError('x') of a was never retrieved, but it came out with no failure"`,
    )
  })

  test('who is woken by a failure has asked for it when he goes on', () => {
    const woken = '0 1 - HandleScheduled 2 print\n0 1 - HandleScheduled 3 Task.__wakeup\n'
    expect(evidenceOf(exceptions, failing(woken, [never]))).toBeNull()
    expect(evidenceOf(exceptions, failing(`${woken}0 2 - HandleBegan 3`, [never]))).toMatchInlineSnapshot(
      `"the failure of a was never retrieved, and HandleScheduled 3 (event 8) woke somebody with it"`,
    )
  })

  test('who began where it was made has nobody to wake', () => {
    const eager = told(`
      0 1 - TaskCreated created=a
      0 1 a TaskStarted
      0 1 a TaskEnded failed
      0 1 - HandleScheduled 1 Task.__wakeup
      0 2 - HandleBegan 1
    `)
    expect(evidenceOf(exceptions, { ...eager, reports: [never] })).toBeNull()
  })
})
