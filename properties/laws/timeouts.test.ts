import { describe, expect, test } from 'vitest'
import { timeouts } from '../../src/laws/timeouts.js'
import { casesOf, evidenceOf, keeps } from './on-programs.js'
import { told } from './told.js'

keeps(timeouts, {
  share: 0.025,
  cases: { exhibition: 0, turns: 0, timers: 0, cancellations: 0, days: 0, loops: 0, interruptions: 0, deadlock: 0 },
})

const block = `
  0 0 - LoopCreated 1
  0 1 - TurnBegan 1
  0 1 a TimerScheduled 1 Timeout._on_timeout when=2
`

describe('timeouts', () => {
  test('the task of a block whose time is up goes on', () => {
    const trace = told(`${block}
      2 2 - TurnBegan 1
      2 2 - HandleBegan 1
      2 2 - HandleScheduled 2 Task.__wakeup
      2 2 - HandleEnded 1
    `)
    expect(casesOf(timeouts.check(trace))).toBe(1)
  })

  test('what was ready before is enough: the task was about to go on', () => {
    const trace = told(`${block}
      2 1 - HandleScheduled 2 Task.__wakeup
      2 2 - TurnBegan 1
      2 2 - HandleBegan 1
      2 2 - HandleEnded 1
    `)
    expect(casesOf(timeouts.check(trace))).toBe(1)
  })
})

test('timeouts: where several loops are open, what never ran may have been ready in any of them', () => {
  const trace = told(`
    0 0 - LoopCreated 2
    ${block}
    2 2 - TurnBegan 1
    2 2 - HandleBegan 1
    2 2 - HandleScheduled 2 Task.__wakeup
    2 2 - HandleEnded 1
  `)
  expect(casesOf(timeouts.check(trace))).toBe(1)
})

describe('timeouts: traces that break it', () => {
  test('a timeout comes early', () => {
    const trace = told(`${block}
      1 2 - TurnBegan 1
      1 2 - HandleBegan 1
    `)
    expect(evidenceOf(timeouts, trace)).toMatchInlineSnapshot(`"HandleBegan 1 (event 4) is early: its deadline is 2 s"`)
  })

  test('a timeout has no effect', () => {
    const trace = told(`${block}
      2 2 - TurnBegan 1
      2 2 - HandleBegan 1
      2 2 - HandleEnded 1
    `)
    expect(evidenceOf(timeouts, trace)).toMatchInlineSnapshot(
      `"HandleBegan 1 (event 4) had no effect: nothing is ready at HandleEnded 1 (event 5)"`,
    )
  })

  test('a timeout outlives its block', () => {
    const { events, ...rest } = told(`${block}
      2 2 - TurnBegan 1
      2 2 - HandleBegan 1
    `)
    const message = 'Exception in callback Timeout._on_timeout'
    const reported = { time: 2, turn: 2, task: null, event: 'ExceptionReported', message, exception: null } as const
    expect(evidenceOf(timeouts, { ...rest, events: [...events, reported] })).toMatchInlineSnapshot(
      `"ExceptionReported (event 5): a timeout whose block is closed has come"`,
    )
  })
})
