import { describe, expect, test } from 'vitest'
import { pauseAndResume } from '../../src/laws/pause-and-resume.js'
import { casesOf, evidenceOf, keeps } from './on-programs.js'
import { told } from './told.js'

keeps(pauseAndResume, {
  share: 0.25,
  cases: { exhibition: 3, turns: 13, timers: 0, cancellations: 3, days: 0, loops: 0, interruptions: 8, deadlock: 1 },
})

describe('pause-and-resume: traces that break it', () => {
  test('a task starts twice', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TaskCreated created=a
      0 0 - HandleScheduled 1 Task.__step
      0 0 - TaskCreated created=b
      0 0 - HandleScheduled 2 Task.__step
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 a TaskStarted
      0 1 a TaskPaused
      0 1 a HandleScheduled 3 Task.__step
      0 1 - HandleEnded 1
      0 1 - HandleBegan 3
      0 1 a TaskStarted
    `)
    expect(evidenceOf(pauseAndResume, trace)).toMatchInlineSnapshot(
      `"TaskStarted of a (event 12): no task a was waiting for its start"`,
    )
  })

  test('a task resumes that has not started', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TaskCreated created=a
      0 0 - HandleScheduled 1 Task.__step
      0 0 - TaskCreated created=b
      0 0 - HandleScheduled 2 Task.__step
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 a TaskResumed
    `)
    expect(evidenceOf(pauseAndResume, trace)).toMatchInlineSnapshot(
      `"TaskResumed of a (event 7): no task a was paused"`,
    )
  })

  test('a task pauses twice', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TaskCreated created=a
      0 0 - HandleScheduled 1 Task.__step
      0 0 - TaskCreated created=b
      0 0 - HandleScheduled 2 Task.__step
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 a TaskStarted
      0 1 a TaskPaused
      0 1 a TaskPaused
    `)
    expect(evidenceOf(pauseAndResume, trace)).toMatchInlineSnapshot(
      `"TaskPaused of a (event 9): no task a was running"`,
    )
  })

  test('a task resumes after its end', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TaskCreated created=a
      0 0 - HandleScheduled 1 Task.__step
      0 0 - TaskCreated created=b
      0 0 - HandleScheduled 2 Task.__step
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 a TaskStarted
      0 1 a TaskEnded returned
      0 1 - HandleEnded 1
      0 1 - HandleBegan 2
      0 1 a TaskResumed
    `)
    expect(evidenceOf(pauseAndResume, trace)).toMatchInlineSnapshot(
      `"TaskResumed of a (event 11): no task a was paused"`,
    )
  })

  test('a task resumes without a step of its own', () => {
    const trace = told(`
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
      0 1 - HandleScheduled 3 note
      0 2 - TurnBegan 1
      0 2 - HandleBegan 3
      0 2 a TaskResumed
    `)
    expect(evidenceOf(pauseAndResume, trace)).toMatchInlineSnapshot(
      `"TaskResumed of a (event 13) is not in a step of a task"`,
    )
  })

  test('a task goes on in the step in which it paused', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TaskCreated created=a
      0 0 - HandleScheduled 1 Task.__step
      0 0 - TaskCreated created=b
      0 0 - HandleScheduled 2 Task.__step
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 a TaskStarted
      0 1 a TaskPaused
      0 1 a TaskResumed
    `)
    expect(evidenceOf(pauseAndResume, trace)).toMatchInlineSnapshot(
      `"TaskResumed of a (event 9) is in HandleScheduled 1 (event 2), from before TaskPaused of a (event 8)"`,
    )
  })

  test('a task resumes while no handle runs', () => {
    const trace = told(`
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
      0 1 a TaskResumed
    `)
    expect(evidenceOf(pauseAndResume, trace)).toMatchInlineSnapshot(
      `"TaskResumed of a (event 10) is not in a step of a task"`,
    )
  })

  test('nobody else runs though another task is ready', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TaskCreated created=a
      0 0 - HandleScheduled 1 Task.__step
      0 0 - TaskCreated created=b
      0 0 - HandleScheduled 2 Task.__step
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 a TaskStarted
      0 1 a TaskPaused
      0 1 a HandleScheduled 3 Task.__step
      0 1 - HandleEnded 1
      0 1 - HandleBegan 3
      0 1 a TaskResumed
    `)
    expect(evidenceOf(pauseAndResume, trace)).toMatchInlineSnapshot(
      `"TaskPaused of a (event 8) and TaskResumed of a (event 12): no other task ran between them, though one was ready since HandleScheduled 2 (event 4)"`,
    )
  })
})

describe('pause-and-resume: traces that keep it', () => {
  test('where another task was ready some task ran', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TaskCreated created=a
      0 0 - HandleScheduled 1 Task.__step
      0 0 - TaskCreated created=b
      0 0 - HandleScheduled 2 Task.__step
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 a TaskStarted
      0 1 a TaskPaused
      0 1 a HandleScheduled 3 Task.__step
      0 1 - HandleEnded 1
      0 1 - HandleBegan 2
      0 1 b TaskStarted
      0 1 b TaskEnded returned
      0 1 - HandleEnded 2
      0 2 - TurnBegan 1
      0 2 - HandleBegan 3
      0 2 a TaskResumed
    `)
    expect(casesOf(pauseAndResume.check(trace))).toBe(1)
  })

  test('of two tasks of one name it is not told which one goes on', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TaskCreated created=a
      0 0 - HandleScheduled 1 Task.__step
      0 0 - TaskCreated created=a
      0 0 - HandleScheduled 2 Task.__step
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 a TaskStarted
      0 1 a TaskPaused
      0 1 - HandleEnded 1
      0 1 - HandleBegan 2
      0 1 a TaskStarted
      0 1 a TaskPaused
      0 1 - HandleEnded 2
    `)
    expect(casesOf(pauseAndResume.check(trace))).toBe(0)
  })

  test('of a trace that does not tell of every task nothing is asked', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - HandleScheduled 1 Task.__step
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 someone TaskResumed
    `)
    expect(casesOf(pauseAndResume.check(trace))).toBe(0)
  })
})
