import { describe, expect, test } from 'vitest'
import { mutualExclusion } from '../../src/laws/mutual-exclusion.js'
import { casesOf, evidenceOf, keeps } from './on-programs.js'
import { printing } from './told.js'

keeps(mutualExclusion, {
  share: 0.01,
  cases: { exhibition: 0, turns: 0, timers: 0, cancellations: 0, days: 0, loops: 0, interruptions: 0, deadlock: 0 },
})

describe('mutual exclusion', () => {
  test('one after the other', () => {
    const lines = [
      'makes lock1',
      'a waits lock1',
      'b waits lock1',
      'a enters lock1',
      'a leaves lock1',
      'b enters lock1',
    ]
    expect(casesOf(mutualExclusion.check(printing(...lines)))).toBe(2)
  })

  test('each lock has its owner, and a condition, that is left while one waits, does not count', () => {
    const lines = ['a enters lock1', 'b enters lock2', 'a enters condition3', 'b enters condition3']
    expect(casesOf(mutualExclusion.check(printing(...lines)))).toBe(2)
  })

  test.each(['b releases lock1', 'makes lock1'])('behind "%s" nobody can tell who is inside', (line) => {
    const lines = ['makes lock1', 'a enters lock1', line, 'b enters lock1']
    expect(casesOf(mutualExclusion.check(printing(...lines)))).toBe(1)
  })
})

describe('mutual exclusion: traces that break it', () => {
  test('two are inside', () => {
    const trace = printing('makes lock1', 'a enters lock1', 'b enters lock1')
    expect(evidenceOf(mutualExclusion, trace)).toBe('two are inside lock1 at Printed of b (event 2)')
  })

  test('somebody enters what another one has acquired', () => {
    const trace = printing('a acquired lock1 True', 'b enters lock1')
    expect(evidenceOf(mutualExclusion, trace)).toBe('two are inside lock1 at Printed of b (event 1)')
  })
})
