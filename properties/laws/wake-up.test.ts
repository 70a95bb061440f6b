import { describe, expect, test } from 'vitest'
import { wakeUp } from '../../src/laws/wake-up.js'
import { casesOf, evidenceOf, keeps } from './on-programs.js'
import { told } from './told.js'

keeps(wakeUp, {
  share: 0.2,
  cases: { exhibition: 9, turns: 0, timers: 1, cancellations: 5, days: 1, loops: 3, interruptions: 6, deadlock: 2 },
})

describe('wake-up: traces that break it', () => {
  test('a sleeper does not wake up', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TaskCreated created=a
      0 0 - HandleScheduled 1 Task.__step
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 a TaskStarted
      0 1 a TimerScheduled 2 _set_result_unless_cancelled when=5
      0 1 a TaskPaused
      0 1 - HandleEnded 1
      5 2 - TurnBegan 1
      5 2 - HandleBegan 2
      5 2 - HandleEnded 2
      5 3 - TurnBegan 1
      6 4 - TurnBegan 1
    `)
    expect(evidenceOf(wakeUp, trace)).toMatchInlineSnapshot(
      `"a sleeps since TaskPaused of a (event 7); its timer ran, HandleBegan 2 (event 10), but it did not resume in the turn after that"`,
    )
  })

  test('a sleeper wakes up a turn too late', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TaskCreated created=a
      0 0 - HandleScheduled 1 Task.__step
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 a TaskStarted
      0 1 a TimerScheduled 2 _set_result_unless_cancelled when=5
      0 1 a TaskPaused
      0 1 - HandleEnded 1
      5 2 - TurnBegan 1
      5 2 - HandleBegan 2
      5 2 - HandleEnded 2
      5 2 - HandleScheduled 3 Task.__wakeup
      5 3 - TurnBegan 1
      6 4 - TurnBegan 1
      6 4 - HandleBegan 3
      6 4 a TaskResumed
    `)
    expect(evidenceOf(wakeUp, trace)).toMatchInlineSnapshot(
      `"a sleeps since TaskPaused of a (event 7); its timer ran, HandleBegan 2 (event 10), but it did not resume in the turn after that"`,
    )
  })

  test('a sleeper whose timer ran is caught in a deadlock', () => {
    const trace = told(
      `
      0 0 - LoopCreated 1
      0 0 - TaskCreated created=a
      0 0 - HandleScheduled 1 Task.__step
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 a TaskStarted
      0 1 a TimerScheduled 2 _set_result_unless_cancelled when=5
      0 1 a TaskPaused
      0 1 - HandleEnded 1
      5 2 - TurnBegan 1
      5 2 - HandleBegan 2
      5 2 - HandleEnded 2
    `,
      { kind: 'deadlock', waiting: [{ task: 'a', on: 'future' }] },
    )
    expect(evidenceOf(wakeUp, trace)).toMatchInlineSnapshot(
      `"a sleeps since TaskPaused of a (event 7); its timer ran, HandleBegan 2 (event 10), but it did not resume in the turn after that"`,
    )
  })

  test('a sleeper wakes up of itself', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TaskCreated created=a
      0 0 - HandleScheduled 1 Task.__step
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 a TaskStarted
      0 1 a TimerScheduled 2 _set_result_unless_cancelled when=5
      0 1 a TaskPaused
      0 1 - HandleEnded 1
      0 1 - HandleScheduled 3 Task.__wakeup
      0 2 - TurnBegan 1
      0 2 - HandleBegan 3
      0 2 a TaskResumed
      0 2 a TaskEnded returned
    `)
    expect(evidenceOf(wakeUp, trace)).toMatchInlineSnapshot(
      `"TaskResumed of a (event 12) comes before its timer 2 ran, and not by a cancellation: it does not cancel the timer"`,
    )
  })

  test('a step takes no task further', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TaskCreated created=a
      0 0 - HandleScheduled 1 Task.__step
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 - Printed
      0 1 a TaskStarted
      0 1 a TimerScheduled 2 _set_result_unless_cancelled when=5
      0 1 a TaskPaused
      0 1 - HandleEnded 1
    `)
    expect(evidenceOf(wakeUp, trace)).toMatchInlineSnapshot(
      `"HandleBegan 1 (event 4) is a step of a task, and took no task further"`,
    )
  })

  test('a task waits for nothing', () => {
    const trace = told(
      `
      0 0 - LoopCreated 1
      0 0 - TaskCreated created=a
      0 0 - HandleScheduled 1 Task.__step
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 a TaskStarted
      0 1 a TimerScheduled 2 _set_result_unless_cancelled when=5
      0 1 a TaskPaused
      0 1 - HandleEnded 1
    `,
      { kind: 'deadlock', waiting: [{ task: 'a', on: 'nothing' }] },
    )
    expect(evidenceOf(wakeUp, trace)).toMatchInlineSnapshot(
      `"in the deadlock a waits for nothing, and is not ready either"`,
    )
  })

  test('a task waits for one that has ended', () => {
    const trace = told(
      `
      0 0 - LoopCreated 1
      0 0 - TaskCreated created=a
      0 0 - HandleScheduled 1 Task.__step
      0 0 - TaskCreated created=b
      0 0 - HandleScheduled 2 Task.__step
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 a TaskStarted
      0 1 a TaskPaused
      0 1 - HandleEnded 1
      0 1 - HandleBegan 2
      0 1 b TaskStarted
      0 1 b TaskEnded returned
      0 1 - HandleEnded 2
    `,
      { kind: 'deadlock', waiting: [{ task: 'a', on: 'b' }] },
    )
    expect(evidenceOf(wakeUp, trace)).toMatchInlineSnapshot(
      `"in the deadlock a waits for b, which has ended: TaskEnded of b (event 12)"`,
    )
  })
})

describe('wake-up: traces that keep it', () => {
  test('a sleeper wakes up when its timer has run', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TaskCreated created=a
      0 0 - HandleScheduled 1 Task.__step
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 a TaskStarted
      0 1 a TimerScheduled 2 _set_result_unless_cancelled when=5
      0 1 a TaskPaused
      0 1 - HandleEnded 1
      5 2 - TurnBegan 1
      5 2 - HandleBegan 2
      5 2 - HandleEnded 2
      5 2 - HandleScheduled 3 Task.__wakeup
      5 3 - TurnBegan 1
      5 3 - HandleBegan 3
      5 3 a TaskResumed
      5 3 a TaskEnded returned
      5 3 - HandleEnded 3
    `)
    expect(casesOf(wakeUp.check(trace))).toBe(1)
  })

  test('a cancelled sleeper cancels its timer', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TaskCreated created=a
      0 0 - HandleScheduled 1 Task.__step
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 a TaskStarted
      0 1 a TimerScheduled 2 _set_result_unless_cancelled when=5
      0 1 a TaskPaused
      0 1 - HandleEnded 1
      0 1 - HandleScheduled 3 Task.__wakeup
      0 2 - TurnBegan 1
      0 2 - HandleBegan 3
      0 2 a TaskResumed
      0 2 a HandleCancelled 2
    `)
    expect(casesOf(wakeUp.check(trace))).toBe(1)
  })

  test('a step may fail before it takes a task further', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TaskCreated created=a
      0 0 - HandleScheduled 1 Task.__step
      0 0 - TaskCreated created=b
      0 0 - HandleScheduled 2 Task.__step
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 - ExceptionReported
      0 1 - HandleEnded 1
    `)
    expect(casesOf(wakeUp.check(trace))).toBe(0)
  })

  test('a sleeper whose loop is left', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TaskCreated created=a
      0 0 - HandleScheduled 1 Task.__step
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 a TaskStarted
      0 1 a TimerScheduled 2 _set_result_unless_cancelled when=5
      0 1 a TaskPaused
      0 1 - HandleEnded 1
      5 2 - TurnBegan 1
      5 2 - HandleBegan 2
      5 2 - HandleEnded 2
      5 0 - LoopClosed 1
    `)
    expect(casesOf(wakeUp.check(trace))).toBe(1)
  })

  test('a deadlock on a future, on a gather or on a task that lives', () => {
    const trace = told(
      `
      0 0 - LoopCreated 1
      0 0 - TaskCreated created=a
      0 0 - HandleScheduled 1 Task.__step
      0 0 - TaskCreated created=b
      0 0 - HandleScheduled 2 Task.__step
      0 1 - TurnBegan 1
    `,
      {
        kind: 'deadlock',
        waiting: [
          { task: 'a', on: 'future' },
          { task: 'b', on: 'gather' },
          { task: 'a', on: 'b' },
        ],
      },
    )
    expect(casesOf(wakeUp.check(trace))).toBe(0)
  })

  test('of a trace that does not tell of every task nothing is asked', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - HandleScheduled 1 Task.__step
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 - Printed
    `)
    expect(casesOf(wakeUp.check(trace))).toBe(0)
  })
})
