import { describe, expect, test } from 'vitest'
import { fairness } from '../../src/laws/fairness.js'
import { casesOf, evidenceOf, keeps } from './on-programs.js'
import { told } from './told.js'

keeps(fairness, {
  share: 0.55,
  cases: { exhibition: 2, turns: 15, timers: 14, cancellations: 6, days: 0, loops: 3, interruptions: 34, deadlock: 4 },
})

describe('fairness: traces that break it', () => {
  test('the newer handle runs first', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - HandleScheduled 1 note
      0 0 - HandleScheduled 2 note
      0 1 - TurnBegan 1
      0 1 - HandleBegan 2
    `)
    expect(evidenceOf(fairness, trace)).toMatchInlineSnapshot(
      `"HandleBegan 2 (event 4) overtakes handle 1, which was enqueued before it: HandleScheduled 1 (event 1)"`,
    )
  })

  test('a handle runs that nobody scheduled', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - HandleScheduled 1 note
      0 0 - HandleScheduled 2 note
      0 1 - TurnBegan 1
      0 1 - HandleBegan 3
    `)
    expect(evidenceOf(fairness, trace)).toMatchInlineSnapshot(`"HandleBegan 3 (event 4) was never scheduled"`)
  })

  test('a handle runs outside every turn', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - HandleScheduled 1 note
      0 0 - HandleScheduled 2 note
      0 1 - HandleBegan 1
    `)
    expect(evidenceOf(fairness, trace)).toMatchInlineSnapshot(`"HandleBegan 1 (event 3) came before any turn began"`)
  })

  test('a handle runs twice', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - HandleScheduled 1 note
      0 0 - HandleScheduled 2 note
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 - HandleEnded 1
      0 1 - HandleBegan 1
    `)
    expect(evidenceOf(fairness, trace)).toMatchInlineSnapshot(
      `"HandleBegan 1 (event 6) had run before: HandleBegan 1 (event 4)"`,
    )
  })

  test('a cancelled handle runs', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - HandleScheduled 1 note
      0 0 - HandleScheduled 2 note
      0 0 - HandleCancelled 1
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
    `)
    expect(evidenceOf(fairness, trace)).toMatchInlineSnapshot(
      `"HandleBegan 1 (event 5) runs in spite of HandleCancelled 1 (event 3)"`,
    )
  })

  test('a handle runs in the turn in which it was scheduled', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - HandleScheduled 1 note
      0 0 - HandleScheduled 2 note
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 - HandleEnded 1
      0 1 - HandleBegan 2
      0 1 - HandleScheduled 3 note
      0 1 - HandleEnded 2
      0 1 - HandleBegan 3
    `)
    expect(evidenceOf(fairness, trace)).toMatchInlineSnapshot(
      `"HandleBegan 3 (event 9) runs in the turn in which it was scheduled: TurnBegan 1 (event 3), HandleScheduled 3 (event 7)"`,
    )
  })

  test('a turn forgets a handle', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - HandleScheduled 1 Task.__step
      0 0 - HandleScheduled 2 note
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 - HandleEnded 1
      0 2 - TurnBegan 1
    `)
    expect(evidenceOf(fairness, trace)).toMatchInlineSnapshot(
      `"TurnBegan 1 (event 3) is over at TurnBegan 1 (event 6), and handle 2 has not run in it: HandleScheduled 2 (event 2)"`,
    )
  })

  test('the last turn of a loop forgets a handle', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - HandleScheduled 1 Task.__step
      0 0 - HandleScheduled 2 note
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 - HandleEnded 1
      0 0 - LoopClosed 1
    `)
    expect(evidenceOf(fairness, trace)).toMatchInlineSnapshot(
      `"TurnBegan 1 (event 3) is over at LoopClosed 1 (event 6), and handle 2 has not run in it: HandleScheduled 2 (event 2)"`,
    )
  })

  test('the last turn of all forgets a handle', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - HandleScheduled 1 Task.__step
      0 0 - HandleScheduled 2 note
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 - HandleEnded 1
    `)
    expect(evidenceOf(fairness, trace)).toMatchInlineSnapshot(
      `"TurnBegan 1 (event 3) is over at the end (event 6), and handle 2 has not run in it: HandleScheduled 2 (event 2)"`,
    )
  })

  test('a handle that was put off runs behind a newer one', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - HandleScheduled 1 note
      0 0 - HandleScheduled 2 note
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 - HandleEnded 1
      0 0 - HandleScheduled 3 note
      0 2 - TurnBegan 1
      0 2 - HandleBegan 3
    `)
    expect(evidenceOf(fairness, trace)).toMatchInlineSnapshot(
      `"HandleBegan 3 (event 8) overtakes handle 2, which was enqueued before it: HandleScheduled 2 (event 2)"`,
    )
  })

  test('a due timer runs before what was ready', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - HandleScheduled 1 note
      0 0 - HandleScheduled 2 note
      0 0 - TimerScheduled 3 note when=0
      0 1 - TurnBegan 1
      0 1 - HandleBegan 3
    `)
    expect(evidenceOf(fairness, trace)).toMatchInlineSnapshot(
      `"HandleBegan 3 (event 5) overtakes handle 1, which was enqueued before it: HandleScheduled 1 (event 1)"`,
    )
  })
})

describe('fairness: traces that keep it', () => {
  test('SystemExit in a callback puts the rest off', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - HandleScheduled 1 note
      0 0 - HandleScheduled 2 note
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 - HandleEnded 1
      0 2 - TurnBegan 1
      0 2 - HandleBegan 2
      0 2 - HandleEnded 2
    `)
    expect(casesOf(fairness.check(trace))).toBe(1)
  })

  test('SystemExit in a task puts the rest off', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TaskCreated created=a
      0 0 - HandleScheduled 1 Task.__step
      0 0 - TaskCreated created=b
      0 0 - HandleScheduled 2 Task.__step
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 a TaskStarted
      0 1 a TaskEnded left
      0 1 - HandleEnded 1
      0 2 - TurnBegan 1
      0 2 - HandleBegan 2
    `)
    expect(casesOf(fairness.check(trace))).toBe(1)
  })

  test('timers of one turn in any order', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TimerScheduled 1 note when=0
      0 0 - TimerScheduled 2 note when=0
      0 1 - TurnBegan 1
      0 1 - HandleBegan 2
      0 1 - HandleEnded 2
      0 1 - HandleBegan 1
    `)
    expect(casesOf(fairness.check(trace))).toBe(1)
  })

  test('a step limit may come in the midst of a turn', () => {
    const trace = told(
      `
      0 0 - LoopCreated 1
      0 0 - HandleScheduled 1 Task.__step
      0 0 - HandleScheduled 2 note
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 - HandleEnded 1
    `,
      { kind: 'step limit', steps: 1 },
    )
    expect(casesOf(fairness.check(trace))).toBe(1)
  })

  test('with several loops open it is not told whose an unrun handle is', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - LoopCreated 2
      0 0 - HandleScheduled 1 note
      0 0 - HandleScheduled 2 note
      0 1 - TurnBegan 1
      0 1 - HandleBegan 2
      0 1 - HandleEnded 2
      0 2 - TurnBegan 1
    `)
    expect(casesOf(fairness.check(trace))).toBe(0)
  })

  test('of deadlines that are not numbers nothing is asked', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - HandleScheduled 1 note
      0 0 - HandleScheduled 2 note
      0 0 - TimerScheduled 3 note when=NaN
      0 1 - TurnBegan 1
      0 1 - HandleBegan 2
    `)
    expect(casesOf(fairness.check(trace))).toBe(0)
  })

  test('an early timer is for another law', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TimerScheduled 1 note when=5
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
    `)
    expect(casesOf(fairness.check(trace))).toBe(0)
  })
})
