import { describe, expect, test } from 'vitest'
import { timers } from '../../src/laws/timers.js'
import { casesOf, evidenceOf, keeps } from './on-programs.js'
import { told } from './told.js'

keeps(timers, {
  share: 0.2,
  cases: { exhibition: 9, turns: 0, timers: 18, cancellations: 7, days: 1, loops: 5, interruptions: 8, deadlock: 2 },
})

describe('timers: traces that break it', () => {
  test('a timer runs early', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TimerScheduled 1 note when=5
      4 1 - TurnBegan 1
      4 1 - HandleBegan 1
    `)
    expect(evidenceOf(timers, trace)).toMatchInlineSnapshot(
      `"HandleBegan 1 (event 3) is early: its deadline is 5 s, and TurnBegan 1 (event 2) was at 4 s"`,
    )
  })

  test('work in the same turn does not make a timer due', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - HandleScheduled 1 note
      0 0 - TimerScheduled 2 note when=1
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 - Worked seconds=2
      2 1 - HandleEnded 1
      2 1 - HandleBegan 2
    `)
    expect(evidenceOf(timers, trace)).toMatchInlineSnapshot(
      `"HandleBegan 2 (event 7) is early: its deadline is 1 s, and TurnBegan 1 (event 3) was at 0 s"`,
    )
  })

  test('a timer runs in the turn in which it was set', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - HandleScheduled 1 note
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 - TimerScheduled 2 note when=0
      0 1 - HandleEnded 1
      0 1 - HandleBegan 2
    `)
    expect(evidenceOf(timers, trace)).toMatchInlineSnapshot(
      `"HandleBegan 2 (event 6) was set in the turn in which it runs: TurnBegan 1 (event 2), TimerScheduled 2 (event 4)"`,
    )
  })

  test('a timer runs before what was ready', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - HandleScheduled 1 note
      0 0 - TimerScheduled 2 note when=0
      0 1 - TurnBegan 1
      0 1 - HandleBegan 2
    `)
    expect(evidenceOf(timers, trace)).toMatchInlineSnapshot(
      `"HandleBegan 2 (event 4) came before handle 1, which was ready when the timer was due: HandleScheduled 1 (event 1)"`,
    )
  })

  test('the later deadline runs first', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TimerScheduled 1 note when=5
      0 0 - TimerScheduled 2 note when=7
      5 0 - Printed
      9 1 - TurnBegan 1
      9 1 - HandleBegan 2
    `)
    expect(evidenceOf(timers, trace)).toMatchInlineSnapshot(
      `"HandleBegan 2 (event 5) with deadline 7 s came before handle 1 with deadline 5 s: TimerScheduled 1 (event 1)"`,
    )
  })

  test('a timer is late and nobody worked', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TimerScheduled 1 note when=5
      0 0 - TimerScheduled 2 note when=7
      6 1 - TurnBegan 1
      6 1 - HandleBegan 1
    `)
    expect(evidenceOf(timers, trace)).toMatchInlineSnapshot(
      `"handle 1 with deadline 5 s is late: TurnBegan 1 (event 3) was at 6 s, with 0 s of work since TimerScheduled 1 (event 1)"`,
    )
  })

  test('a timer is later than the work', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TimerScheduled 1 note when=5
      0 0 - Worked seconds=1
      8 1 - TurnBegan 1
      8 1 - HandleBegan 1
    `)
    expect(evidenceOf(timers, trace)).toMatchInlineSnapshot(
      `"handle 1 with deadline 5 s is late: TurnBegan 1 (event 3) was at 8 s, with 1 s of work since TimerScheduled 1 (event 1)"`,
    )
  })

  test('a due timer does not run', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TimerScheduled 1 note when=5
      5 1 - TurnBegan 1
      5 2 - TurnBegan 1
    `)
    expect(evidenceOf(timers, trace)).toMatchInlineSnapshot(
      `"handle 1 with deadline 5 s was due in TurnBegan 1 (event 2) at 5 s and has not run at TurnBegan 1 (event 3)"`,
    )
  })

  test('a due timer does not run in the last turn', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TimerScheduled 1 note when=5
      5 1 - TurnBegan 1
    `)
    expect(evidenceOf(timers, trace)).toMatchInlineSnapshot(
      `"handle 1 with deadline 5 s was due in TurnBegan 1 (event 2) at 5 s and has not run at the end (event 3)"`,
    )
  })
})

describe('timers: traces that keep it', () => {
  test('work makes a timer late', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TimerScheduled 1 note when=5
      0 0 - Worked seconds=8
      8 1 - TurnBegan 1
      8 1 - HandleBegan 1
      8 1 - HandleEnded 1
    `)
    expect(casesOf(timers.check(trace))).toBe(1)
  })

  test('less than the resolution before its deadline a timer is due', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TimerScheduled 1 note when=5
      4.9999999 1 - TurnBegan 1
      4.9999999 1 - HandleBegan 1
    `)
    expect(casesOf(timers.check(trace))).toBe(1)
  })

  test('what another loop waits for makes a timer late', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TimerScheduled 1 note when=5
      0 0 - LoopCreated 2
      9 1 - TurnBegan 2
      9 1 - TurnBegan 1
      9 1 - HandleBegan 1
    `)
    expect(casesOf(timers.check(trace))).toBe(1)
  })

  test('of deadlines that are not numbers nothing is asked', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TimerScheduled 1 note when=NaN
      0 0 - TimerScheduled 2 note when=5
      0 1 - TurnBegan 1
      0 1 - HandleBegan 2
    `)
    expect(casesOf(timers.check(trace))).toBe(0)
  })
})
