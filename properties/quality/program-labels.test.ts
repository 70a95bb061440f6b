import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { programs } from '../../src/oracle/arbitrary-program.js'
import { type Label, labels, labelsOf } from '../../src/oracle/labels.js'
import { run } from '../../src/program/run.js'
import { runs, seed } from '../seed.js'

const sample = fc.sample(programs(), { numRuns: runs(3000), seed }).map((program) => run(program))

/** How many of a thousand random programs come into a rare situation, at least. */
const least: Readonly<Record<Label, number>> = {
  'awaits again in clean-up': 11,
  'callback fails': 20,
  'cancelled before the start': 71,
  'cancelled by itself in the last step': 25,
  'cancelled when woken': 8,
  'cancelled with a message': 53,
  'closed loop': 19,
  'coroutine used twice': 6,
  'day cap': 14,
  deadlock: 62,
  'due before its time': 23,
  'eager task blocks': 8,
  'eager task ends at once': 15,
  'eager task in an eager task': 0.5,
  'equal deadlines': 52,
  'foreign future': 7,
  'gather with a cancelled child': 71,
  'gather with a failing child': 14,
  'handle cancelled when due': 8,
  'interrupt leaves the loop': 6,
  'invalid state': 54,
  'late by work': 16,
  'loop by hand': 98,
  purge: 12,
  'run inside a run': 10,
  'several runs': 43,
  'several waiters woken at once': 12,
  'sleep cancelled when due': 5,
  'stopped before the end': 14,
  'swallowed cancellation': 20,
  'task awaits itself': 14,
  'thread and timer at once': 8,
  'thread cancelled while it works': 6,
  'thread ends behind its loop': 0.5,
  'thread ends while the loop works': 2,
  uncancel: 26,
}

describe('rare situations are not rare in random programs', () => {
  const found = sample.flatMap(labelsOf)
  test.each(labels)('%s', (label) => {
    const share = (found.filter((each) => each === label).length * 1000) / sample.length
    expect(share).toBeGreaterThanOrEqual(least[label])
  })
})

test('few random programs lie outside the model, and none is endless', () => {
  const ends = sample.map(({ verdict }) => verdict.kind)
  expect(ends.filter((kind) => kind === 'unmodelled').length / ends.length).toBeLessThan(0.005)
  const known: readonly (typeof ends)[number][] = ['deadlock', 'finished', 'raised', 'unmodelled']
  expect(ends.filter((kind) => !known.includes(kind))).toEqual([])
})
