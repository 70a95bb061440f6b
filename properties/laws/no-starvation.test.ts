import { describe, expect, test } from 'vitest'
import { noStarvation } from '../../src/laws/no-starvation.js'
import { casesOf, evidenceOf, keeps } from './on-programs.js'
import { told } from './told.js'

keeps(noStarvation, {
  share: 0.1,
  cases: { exhibition: 2, turns: 12, timers: 0, cancellations: 1, days: 0, loops: 0, interruptions: 8, deadlock: 1 },
})

describe('no-starvation: traces that break it', () => {
  test('a task runs twice while another waits', () => {
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
      0 2 - TurnBegan 1
      0 2 - HandleBegan 3
      0 2 a TaskResumed
      0 2 a TaskEnded returned
      0 2 - HandleEnded 3
      0 2 - HandleBegan 2
      0 2 b TaskStarted
    `)
    expect(evidenceOf(noStarvation, trace)).toMatchInlineSnapshot(
      `"task a ran twice, at events 6 and 12, while handle 2 waited: HandleScheduled 2 (event 4) to HandleBegan 2 (event 16)"`,
    )
  })

  test('a task runs twice while another waits for ever', () => {
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
      0 2 - TurnBegan 1
      0 2 - HandleBegan 3
      0 2 a TaskResumed
      0 2 a TaskEnded returned
      0 2 - HandleEnded 3
    `)
    expect(evidenceOf(noStarvation, trace)).toMatchInlineSnapshot(
      `"task a ran twice, at events 6 and 12, while handle 2 waited: HandleScheduled 2 (event 4) to the end (event 16)"`,
    )
  })
})

describe('no-starvation: traces that keep it', () => {
  test('of a trace that does not tell of every task nothing is asked', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TaskCreated created=a
      0 0 - HandleScheduled 1 Task.__step
      0 0 - Printed
      0 0 - HandleScheduled 2 Task.__step
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 a TaskStarted
      0 1 a TaskPaused
      0 1 a HandleScheduled 3 Task.__step
      0 1 - HandleEnded 1
      0 2 - TurnBegan 1
      0 2 - HandleBegan 3
      0 2 a TaskResumed
      0 2 a TaskEnded returned
      0 2 - HandleEnded 3
    `)
    expect(casesOf(noStarvation.check(trace))).toBe(0)
  })

  test('of a task of no name of its own nothing is asked', () => {
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
      0 1 a HandleScheduled 3 Task.__step
      0 1 - HandleEnded 1
      0 2 - TurnBegan 1
      0 2 - HandleBegan 3
      0 2 a TaskResumed
      0 2 a TaskEnded returned
      0 2 - HandleEnded 3
    `)
    expect(casesOf(noStarvation.check(trace))).toBe(0)
  })

  test('an eager start is no run', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TaskCreated created=a
      0 0 - HandleScheduled 1 Task.__step
      0 0 - TaskCreated created=b
      0 0 - HandleScheduled 2 Task.__step
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 a TaskStarted
      0 1 a TaskCreated created=eager
      0 1 eager TaskStarted
      0 1 eager TaskPaused
      0 1 eager HandleScheduled 3 Task.__step
      0 1 a TaskEnded returned
      0 1 - HandleEnded 1
      0 1 - HandleBegan 2
      0 1 b TaskStarted
      0 1 b TaskEnded returned
      0 1 - HandleEnded 2
    `)
    expect(casesOf(noStarvation.check(trace))).toBe(0)
  })
})
