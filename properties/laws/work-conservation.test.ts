import { describe, expect, test } from 'vitest'
import { workConservation } from '../../src/laws/work-conservation.js'
import { casesOf, evidenceOf, keeps } from './on-programs.js'
import { told } from './told.js'

keeps(workConservation, {
  share: 0.1,
  cases: { exhibition: 5, turns: 0, timers: 3, cancellations: 4, days: 3, loops: 4, interruptions: 2, deadlock: 1 },
})

describe('work-conservation: traces that break it', () => {
  test('time goes by where nobody works', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      1 0 - Printed
    `)
    expect(evidenceOf(workConservation, trace)).toMatchInlineSnapshot(
      `"Printed (event 1): 1 s went by, and nobody worked"`,
    )
  })

  test('work takes longer than it says', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - Worked seconds=1
      3 0 - Printed
    `)
    expect(evidenceOf(workConservation, trace)).toMatchInlineSnapshot(
      `"Printed (event 2): 2 s went by, and nobody worked"`,
    )
  })

  test('the clock goes back', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      -1 0 - Printed
    `)
    expect(evidenceOf(workConservation, trace)).toMatchInlineSnapshot(
      `"Printed (event 1): the clock went back from 0 s to -1 s"`,
    )
  })

  test('time goes by where nobody works, with a loop closed and nothing printed', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - LoopClosed 1
      0 0 - LoopCreated 2
      1 0 - HandleScheduled 1 note
    `)
    expect(evidenceOf(workConservation, trace)).toMatchInlineSnapshot(
      `"HandleScheduled 1 (event 3): 1 s went by, and nobody worked"`,
    )
  })

  test('the loop idles though a handle is ready', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TimerScheduled 1 note when=5
      0 0 - TimerScheduled 2 note when=7
      0 0 - HandleScheduled 3 note
      5 1 - TurnBegan 1
    `)
    expect(evidenceOf(workConservation, trace)).toMatchInlineSnapshot(
      `"TurnBegan 1 (event 4): the loop idled from 0 s to 5 s, and handle 3 was ready: HandleScheduled 3 (event 3)"`,
    )
  })

  test('the loop oversleeps', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TimerScheduled 1 note when=5
      0 0 - TimerScheduled 2 note when=7
      6 1 - TurnBegan 1
    `)
    expect(evidenceOf(workConservation, trace)).toMatchInlineSnapshot(
      `"TurnBegan 1 (event 3): the loop idled from 0 s to 6 s, and the earliest deadline was 5 s: TimerScheduled 1 (event 1)"`,
    )
  })

  test('the loop sleeps to a later deadline', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TimerScheduled 1 note when=5
      0 0 - TimerScheduled 2 note when=7
      7 1 - TurnBegan 1
    `)
    expect(evidenceOf(workConservation, trace)).toMatchInlineSnapshot(
      `"TurnBegan 1 (event 3): the loop idled from 0 s to 7 s, and the earliest deadline was 5 s: TimerScheduled 1 (event 1)"`,
    )
  })

  test('the loop wakes up for nothing', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TimerScheduled 1 note when=5
      0 0 - TimerScheduled 2 note when=7
      3 1 - TurnBegan 1
    `)
    expect(evidenceOf(workConservation, trace)).toMatchInlineSnapshot(
      `"TurnBegan 1 (event 3): the loop idled from 0 s to 3 s, and the earliest deadline was 5 s: TimerScheduled 1 (event 1)"`,
    )
  })

  test('the loop wakes up for a cancelled timer', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TimerScheduled 1 note when=5
      0 0 - TimerScheduled 2 note when=7
      0 0 - HandleCancelled 1
      5 1 - TurnBegan 1
    `)
    expect(evidenceOf(workConservation, trace)).toMatchInlineSnapshot(
      `"TurnBegan 1 (event 4): the loop idled from 0 s to 5 s, and the earliest deadline was 7 s: TimerScheduled 2 (event 2)"`,
    )
  })

  test('the loop idles without any timer', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      5 1 - TurnBegan 1
    `)
    expect(evidenceOf(workConservation, trace)).toMatchInlineSnapshot(
      `"TurnBegan 1 (event 1): the loop idled from 0 s to 5 s, and no timer was set"`,
    )
  })

  test('the loop idles longer than a day', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TimerScheduled 1 note when=90000
      90000 1 - TurnBegan 1
    `)
    expect(evidenceOf(workConservation, trace)).toMatchInlineSnapshot(
      `"TurnBegan 1 (event 2): the loop idled from 0 s to 90000 s, which is more than a day"`,
    )
  })

  test('the loop gives up with a handle ready', () => {
    const trace = told(
      `
      0 0 - LoopCreated 1
      0 0 - HandleScheduled 1 note
    `,
      { kind: 'deadlock', waiting: [] },
    )
    expect(evidenceOf(workConservation, trace)).toMatchInlineSnapshot(
      `"the loop gave up, but handle 1 was still to run: HandleScheduled 1 (event 1)"`,
    )
  })

  test('the loop gives up with a timer to come', () => {
    const trace = told(
      `
      0 0 - LoopCreated 1
      0 0 - TimerScheduled 1 note when=5
      0 0 - TimerScheduled 2 note when=7
    `,
      { kind: 'deadlock', waiting: [] },
    )
    expect(evidenceOf(workConservation, trace)).toMatchInlineSnapshot(
      `"the loop gave up, but handle 1 was still to run: TimerScheduled 1 (event 1)"`,
    )
  })
})

describe('work-conservation: traces that keep it', () => {
  test('to the earliest deadline', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TimerScheduled 1 note when=5
      0 0 - TimerScheduled 2 note when=7
      5 1 - TurnBegan 1
      5 1 - HandleBegan 1
      5 1 - HandleEnded 1
      7 2 - TurnBegan 1
    `)
    expect(casesOf(workConservation.check(trace))).toBe(2)
  })

  test('a day at most', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TimerScheduled 1 note when=90000
      86400 1 - TurnBegan 1
      90000 2 - TurnBegan 1
    `)
    expect(casesOf(workConservation.check(trace))).toBe(2)
  })

  test('less than the resolution does not count', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - HandleScheduled 1 note
      0.0000005 1 - TurnBegan 1
    `)
    expect(casesOf(workConservation.check(trace))).toBe(0)
  })

  test('with several loops open any of their timers may be the one', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - LoopCreated 2
      0 0 - TimerScheduled 1 note when=5
      0 0 - TimerScheduled 2 note when=7
      5 1 - TurnBegan 1
    `)
    expect(casesOf(workConservation.check(trace))).toBe(1)
  })

  test('with several loops open it is not told which one gave up', () => {
    const trace = told(
      `
      0 0 - LoopCreated 1
      0 0 - LoopCreated 2
      0 0 - TimerScheduled 1 note when=5
      0 0 - TimerScheduled 2 note when=7
    `,
      { kind: 'deadlock', waiting: [] },
    )
    expect(casesOf(workConservation.check(trace))).toBe(0)
  })

  test('a thread that outlives its loop', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      1 0 - LoopClosed 1
      1 0 - Worked seconds=4
      3 0 - Printed
    `)
    expect(casesOf(workConservation.check(trace))).toBe(0)
  })

  test('of deadlines that are not numbers nothing is asked', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TimerScheduled 1 note when=NaN
      5 1 - TurnBegan 1
    `)
    expect(casesOf(workConservation.check(trace))).toBe(0)
  })

  test('a deadlock of a closed loop', () => {
    const trace = told(
      `
      0 0 - LoopCreated 1
      0 0 - LoopClosed 1
    `,
      { kind: 'deadlock', waiting: [] },
    )
    expect(casesOf(workConservation.check(trace))).toBe(0)
  })
})
