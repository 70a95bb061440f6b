import { describe, expect, test } from 'vitest'
import { concurrency } from '../../src/laws/concurrency.js'
import { casesOf, evidenceOf, keeps } from './on-programs.js'
import { told } from './told.js'

keeps(concurrency, {
  share: 0.3,
  cases: { exhibition: 3, turns: 3, timers: 0, cancellations: 3, days: 0, loops: 0, interruptions: 8, deadlock: 2 },
})

describe('concurrency: traces that break it', () => {
  test('there is more work than time', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - Worked seconds=2
      1 0 - Printed
    `)
    expect(evidenceOf(concurrency, trace)).toMatchInlineSnapshot(
      `"from the first event to the last (event 2) 1 s went by, with 2 s of work"`,
    )
  })

  test('there is more work than time while a task lives', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TaskCreated created=a
      5 1 a TaskStarted
      5 1 a Worked seconds=2
      6 1 a Worked seconds=2
      8 1 a TaskEnded returned
    `)
    expect(evidenceOf(concurrency, trace)).toMatchInlineSnapshot(
      `"from TaskStarted of a (event 2) to TaskEnded of a (event 5) 3 s went by, with 4 s of work"`,
    )
  })

  test('a task lives longer than the whole', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TaskCreated created=a
      -5 1 a TaskStarted
      2 1 a TaskEnded returned
      2 0 - Printed
    `)
    expect(evidenceOf(concurrency, trace)).toMatchInlineSnapshot(
      `"a lived for 7 s, from TaskStarted of a (event 2) on, but the whole took 2 s"`,
    )
  })
})

describe('concurrency: traces that keep it', () => {
  test('an empty trace', () => {
    const trace = told(`

    `)
    expect(casesOf(concurrency.check(trace))).toBe(0)
  })

  test('lives overlap, work does not', () => {
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
      1 1 a TaskPaused
      1 1 - HandleEnded 1
      1 1 - HandleBegan 2
      1 1 b TaskStarted
      1 1 b Worked seconds=1
      2 1 b TaskEnded returned
    `)
    expect(casesOf(concurrency.check(trace))).toBe(1)
  })

  test('a task that never started', () => {
    const trace = told(`
      0 0 - LoopCreated 1
      0 0 - TaskCreated created=a
    `)
    expect(casesOf(concurrency.check(trace))).toBe(0)
  })
})
