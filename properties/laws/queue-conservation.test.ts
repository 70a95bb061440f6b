import { describe, expect, test } from 'vitest'
import { queueConservation } from '../../src/laws/queue-conservation.js'
import { casesOf, evidenceOf, keeps } from './on-programs.js'
import { printing } from './told.js'

keeps(queueConservation, {
  share: 0.01,
  cases: { exhibition: 0, turns: 0, timers: 0, cancellations: 0, days: 0, loops: 0, interruptions: 0, deadlock: 0 },
})

describe('queue conservation', () => {
  test('a queue gives the oldest item', () => {
    const lines = ['makes queue1 2', 'a puts queue1 1', 'a puts queue1 [5]', 'b gets queue1 1', 'b gets queue1 [5]']
    expect(casesOf(queueConservation.check(printing(...lines)))).toBe(2)
  })

  test('a LifoQueue gives the newest', () => {
    const lines = ['makes lifo1 0', 'a puts lifo1 1', 'a puts lifo1 2', 'b gets lifo1 2', 'b gets lifo1 1']
    expect(casesOf(queueConservation.check(printing(...lines)))).toBe(2)
  })
})

describe('queue conservation: traces that break it', () => {
  test.each([
    [
      'an item is gotten twice',
      ['a puts queue1 1', 'b gets queue1 1', 'c gets queue1 1'],
      'c (event 2): 1 is gotten where nothing is',
    ],
    [
      'an item is gotten too early',
      ['a puts queue1 1', 'a puts queue1 2', 'b gets queue1 2'],
      'b (event 2): 2 is gotten where 1 is',
    ],
    [
      'the oldest item of a LifoQueue',
      ['a puts lifo1 1', 'a puts lifo1 2', 'b gets lifo1 1'],
      'b (event 2): 1 is gotten where 2 is',
    ],
  ])('%s', (_, lines, evidence) => {
    const [, name] = / puts (\w+) /.exec(lines[0] ?? '') ?? []
    expect(evidenceOf(queueConservation, printing(...lines))).toBe(`Printed of ${evidence} next in ${name}`)
  })

  test('more items than there is room for', () => {
    const trace = printing('makes queue1 1', 'a puts queue1 1', 'a puts queue1 2')
    expect(evidenceOf(queueConservation, trace)).toBe('Printed of a (event 2): more than 1 items are in queue1')
  })
})
