import { describe, expect, test } from 'vitest'
import { structuredConcurrency } from '../../src/laws/structured-concurrency.js'
import { casesOf, evidenceOf, keeps } from './on-programs.js'
import { told } from './told.js'

keeps(structuredConcurrency, {
  share: 0.015,
  cases: { exhibition: 0, turns: 0, timers: 0, cancellations: 0, days: 0, loops: 0, interruptions: 0, deadlock: 0 },
})

/** A task makes another, which is one of a group; they end in this order. */
const ending = (...order: readonly string[]): string =>
  [
    '0 0 - LoopCreated 1',
    '0 0 - TaskCreated created=parent',
    '0 0 - HandleScheduled 1 Task.__step',
    '0 1 - TurnBegan 1',
    '0 1 - HandleBegan 1',
    '0 1 parent TaskStarted',
    '0 1 parent TaskCreated created=child',
    '0 1 parent HandleScheduled 2 Task.__step',
    ...order.map((task) =>
      task === 'child'
        ? '0 1 child TaskEnded returned\n0 1 child HandleScheduled 3 TaskGroup._on_task_done'
        : '0 1 parent TaskEnded returned',
    ),
  ].join('\n')

describe('structured concurrency', () => {
  test('a task of a group that ends behind its parent breaks it', () => {
    expect(evidenceOf(structuredConcurrency, told(ending('parent', 'child')))).toMatchInlineSnapshot(
      `"TaskEnded of child (event 9), of a TaskGroup, came when all that led to it had ended, with TaskEnded of parent (event 8)"`,
    )
  })

  test('one that ends before, or whose parent never ends, keeps it', () => {
    expect(casesOf(structuredConcurrency.check(told(ending('child', 'parent'))))).toBe(1)
    expect(casesOf(structuredConcurrency.check(told(ending('child'))))).toBe(1)
    expect(casesOf(structuredConcurrency.check(told(ending('parent'))))).toBe(0)
  })
})
