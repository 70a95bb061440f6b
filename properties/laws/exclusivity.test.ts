import { describe, expect, test } from 'vitest'
import { exclusivity } from '../../src/laws/exclusivity.js'
import { casesOf, evidenceOf, keeps } from './on-programs.js'
import { told } from './told.js'

keeps(exclusivity, {
  share: 0.8,
  cases: {
    exhibition: 47,
    turns: 41,
    timers: 24,
    cancellations: 36,
    days: 12,
    loops: 22,
    interruptions: 60,
    deadlock: 12,
  },
})

describe('exclusivity: traces that break it', () => {
  test('a handle begins while another runs', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - HandleScheduled 1 note
      0 0 - HandleScheduled 2 note
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 - HandleBegan 2
    `)
    expect(evidenceOf(exclusivity, trace)).toMatchInlineSnapshot(
      `"HandleBegan 2 (event 5) came during the run that began with HandleBegan 1 (event 4)"`,
    )
  })

  test('a turn begins while a handle runs', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - HandleScheduled 1 note
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 2 - TurnBegan 1
    `)
    expect(evidenceOf(exclusivity, trace)).toMatchInlineSnapshot(
      `"TurnBegan 1 (event 4) came during the run that began with HandleBegan 1 (event 3)"`,
    )
  })

  test('a task resumes inside the run of another', () => {
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
      0 1 - HandleBegan 2
      0 1 b TaskStarted
      0 1 a TaskResumed
    `)
    expect(evidenceOf(exclusivity, trace)).toMatchInlineSnapshot(
      `"TaskResumed of a (event 12) came during the run that began with TaskStarted of b (event 11)"`,
    )
  })

  test('a task runs though no handle does', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TaskCreated created=a
      0 0 - HandleScheduled 1 Task.__step
      0 0 - TaskCreated created=b
      0 0 - HandleScheduled 2 Task.__step
      0 1 - TurnBegan 1
      0 1 a TaskStarted
    `)
    expect(evidenceOf(exclusivity, trace)).toMatchInlineSnapshot(
      `"TaskStarted of a (event 6) came while no handle ran"`,
    )
  })

  test('a task resumes though no handle runs', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TaskCreated created=a
      0 0 - HandleScheduled 1 Task.__step
      0 0 - TaskCreated created=b
      0 0 - HandleScheduled 2 Task.__step
      0 1 - TurnBegan 1
      0 1 a TaskResumed
    `)
    expect(evidenceOf(exclusivity, trace)).toMatchInlineSnapshot(
      `"TaskResumed of a (event 6) came while no handle ran"`,
    )
  })

  test('a task pauses that does not run', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TaskCreated created=a
      0 0 - HandleScheduled 1 Task.__step
      0 0 - TaskCreated created=b
      0 0 - HandleScheduled 2 Task.__step
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 - TaskPaused
    `)
    expect(evidenceOf(exclusivity, trace)).toMatchInlineSnapshot(
      `"TaskPaused (event 7) came without a start or a resumption after HandleBegan 1 (event 6)"`,
    )
  })

  test('a task ends while nothing runs', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TaskCreated created=a
      0 0 - HandleScheduled 1 Task.__step
      0 0 - TaskCreated created=b
      0 0 - HandleScheduled 2 Task.__step
      0 1 - TurnBegan 1
      0 1 - TaskEnded returned
    `)
    expect(evidenceOf(exclusivity, trace)).toMatchInlineSnapshot(`"TaskEnded (event 6) came while no task ran"`)
  })

  test('a handle ends while nothing runs', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TaskCreated created=a
      0 0 - HandleScheduled 1 Task.__step
      0 0 - TaskCreated created=b
      0 0 - HandleScheduled 2 Task.__step
      0 1 - TurnBegan 1
      0 1 - HandleEnded 1
    `)
    expect(evidenceOf(exclusivity, trace)).toMatchInlineSnapshot(`"HandleEnded 1 (event 6) came while no handle ran"`)
  })

  test('a handle ends in the midst of a step', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TaskCreated created=a
      0 0 - HandleScheduled 1 Task.__step
      0 0 - TaskCreated created=b
      0 0 - HandleScheduled 2 Task.__step
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 a TaskStarted
      0 1 - HandleEnded 1
    `)
    expect(evidenceOf(exclusivity, trace)).toMatchInlineSnapshot(
      `"HandleEnded 1 (event 8) came before the end of the run that began with TaskStarted of a (event 7)"`,
    )
  })

  test('another handle ends than began', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TaskCreated created=a
      0 0 - HandleScheduled 1 Task.__step
      0 0 - TaskCreated created=b
      0 0 - HandleScheduled 2 Task.__step
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 - HandleEnded 2
    `)
    expect(evidenceOf(exclusivity, trace)).toMatchInlineSnapshot(
      `"HandleEnded 2 (event 7) came before the end of the run that began with HandleBegan 1 (event 6)"`,
    )
  })

  test('something happens in a task that does not run', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TaskCreated created=a
      0 0 - HandleScheduled 1 Task.__step
      0 0 - TaskCreated created=b
      0 0 - HandleScheduled 2 Task.__step
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 a TaskStarted
      0 1 b Printed
    `)
    expect(evidenceOf(exclusivity, trace)).toMatchInlineSnapshot(
      `"Printed of b (event 8) happened in b, but task a is running"`,
    )
  })

  test('a task is still current when its handle is over', () => {
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
      0 1 a Printed
    `)
    expect(evidenceOf(exclusivity, trace)).toMatchInlineSnapshot(
      `"Printed of a (event 10) happened in a, but no task is running"`,
    )
  })

  test('time goes by while a task runs and does not work', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TaskCreated created=a
      0 0 - HandleScheduled 1 Task.__step
      0 0 - TaskCreated created=b
      0 0 - HandleScheduled 2 Task.__step
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 a TaskStarted
      0 1 a Worked seconds=1
      3 1 a TaskEnded returned
    `)
    expect(evidenceOf(exclusivity, trace)).toMatchInlineSnapshot(
      `"from TaskStarted of a (event 7) to TaskEnded of a (event 9) 3 s went by, with 1 s of work"`,
    )
  })
})

describe('exclusivity: traces that keep it', () => {
  test('an eager start runs inside the run of its creator, wholly', () => {
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
      0 1 eager Worked seconds=2
      2 1 eager TaskPaused
      2 1 a Worked seconds=1
      3 1 a TaskEnded returned
      3 1 a HandleScheduled 3 _run_until_complete_cb
      3 1 - HandleEnded 1
    `)
    expect(casesOf(exclusivity.check(trace))).toBe(3)
  })

  test('of a task that is not told of nothing is asked', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 someone Printed
    `)
    expect(casesOf(exclusivity.check(trace))).toBe(0)
  })

  test('work without end', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - HandleScheduled 1 note
      0 1 - TurnBegan 1
      0 1 - HandleBegan 1
      0 1 - Worked seconds=Infinity
      Infinity 1 - HandleEnded 1
    `)
    expect(casesOf(exclusivity.check(trace))).toBe(1)
  })
})
