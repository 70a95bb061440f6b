import { describe, expect, test } from 'vitest'
import { slots } from '../../src/laws/slots.js'
import { casesOf, evidenceOf, keeps } from './on-programs.js'
import { printing } from './told.js'

keeps(slots, {
  share: 0.02,
  cases: { exhibition: 0, turns: 0, timers: 0, cancellations: 0, days: 0, loops: 0, interruptions: 0, deadlock: 0 },
})

describe('slots', () => {
  test('as many inside as there are slots', () => {
    const lines = ['makes semaphore1 2', 'a enters semaphore1', 'b acquired semaphore1 True', 'a leaves semaphore1']
    expect(casesOf(slots.check(printing(...lines, 'a enters semaphore1')))).toBe(3)
  })

  test('of a semaphore whose slots nobody tells, nothing is known', () => {
    expect(casesOf(slots.check(printing('a enters semaphore1', 'b enters semaphore1')))).toBe(0)
  })

  test('behind a release nobody can tell how many are inside', () => {
    const lines = ['makes bounded1 1', 'a enters bounded1', 'b releases bounded1', 'b enters bounded1']
    expect(casesOf(slots.check(printing(...lines)))).toBe(1)
  })
})

describe('slots: traces that break it', () => {
  test.each(['semaphore', 'bounded'])('three in two slots of a %s', (kind) => {
    const entering = ['a', 'b', 'c'].map((task) => `${task} enters ${kind}1`)
    expect(evidenceOf(slots, printing(`makes ${kind}1 2`, ...entering))).toBe(
      `more than 2 are inside ${kind}1 at Printed of c (event 3)`,
    )
  })
})
