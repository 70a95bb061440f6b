import { describe, expect, test } from 'vitest'
import { firstComeFirstServed } from '../../src/laws/first-come-first-served.js'
import { casesOf, evidenceOf, keeps } from './on-programs.js'
import { printing } from './told.js'

keeps(firstComeFirstServed, {
  share: 0.005,
  cases: { exhibition: 0, turns: 0, timers: 0, cancellations: 0, days: 0, loops: 0, interruptions: 0, deadlock: 0 },
})

describe('first come, first served', () => {
  test('who is cancelled meanwhile does not count', () => {
    const lines = ['a waits lock1', 'b waits lock1', 'c waits lock1', 'a enters lock1', 'c enters lock1']
    expect(casesOf(firstComeFirstServed.check(printing(...lines)))).toBe(1)
  })

  test('who comes again comes anew', () => {
    const first = ['a waits condition1', 'b waits condition1', 'a waits condition1']
    expect(casesOf(firstComeFirstServed.check(printing(...first, 'b enters condition1', 'a enters condition1')))).toBe(
      1,
    )
  })

  test('there are semaphores that one can come to before others, in old versions', () => {
    const lines = ['a waits semaphore1', 'b waits semaphore1', 'b enters semaphore1', 'a enters semaphore1']
    expect(casesOf(firstComeFirstServed.check(printing(...lines)))).toBe(0)
  })
})

test('first come, first served: a trace that breaks it', () => {
  const trace = printing('a waits lock1', 'b waits lock1', 'b enters lock1', 'a enters lock1')
  expect(evidenceOf(firstComeFirstServed, trace)).toBe(
    'who came to lock1 at Printed of a (event 0) entered behind who came at Printed of b (event 1)',
  )
})
