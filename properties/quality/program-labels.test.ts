import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { programs } from '../../src/oracle/arbitrary-program.js'
import { type Label, labels } from '../../src/oracle/label.js'
import { labelsOf } from '../../src/oracle/labels.js'
import { run } from '../../src/program/run.js'
import { runs, seed } from '../seed.js'

const sample = fc.sample(programs(), { numRuns: runs(3000), seed }).map((program) => run(program))

/** How many of a thousand random programs come into a rare situation, at least. */
const least: Readonly<Record<Label, number>> = {
  'as_completed too late': 0.6,
  'awaits again in clean-up': 11,
  'block left with an exception': 8,
  barging: 2.4,
  'barrier broken': 2.3,
  'bound to another loop': 4.9,
  'callback fails': 20,
  'cancelled before the start': 71,
  'cancelled by itself in the last step': 13,
  'cancelled when woken': 5,
  'cancelled with a message': 53,
  'closed loop': 19,
  'coroutine used twice': 1.8,
  'day cap': 14,
  deadlock: 62,
  'due before its time': 23,
  'eager task blocks': 8,
  'eager task ends at once': 7.2,
  'eager task in an eager task': 0.5,
  'equal deadlines': 52,
  'exception handler fails': 1,
  'exception handler told': 2,
  'failure behind a shield': 0.9,
  'failures in one task group': 4.5,
  'foreign future': 5.2,
  'freed from a shield': 3,
  'gather with a cancelled child': 71,
  'gather with a failing child': 14,
  'generator closed when dropped': 4.1,
  'generator driven by two': 1,
  'generator fails to close': 2.6,
  'generator ignores its end': 2,
  'generator shut down by its loop': 13,
  'generator thrown into': 1,
  'group in a group fails': 1.1,
  'group refuses a task': 4.3,
  'handle cancelled when due': 3.4,
  'interrupt leaves the loop': 4.3,
  'invalid state': 22,
  'items without order': 4.3,
  'late by work': 16,
  'loop by hand': 97,
  'never retrieved': 20,
  'object awaited': 7,
  'own class below CancelledError': 15,
  'own exception in a group': 0.1,
  'not acquired': 15,
  'notified and cancelled': 1.4,
  purge: 5.4,
  'queue empty': 9.2,
  'queue full': 2,
  'queue shut down': 2.6,
  'run inside a run': 5.8,
  'several runs': 43,
  'several waiters woken at once': 12,
  'sleep cancelled when due': 5,
  'stopped before the end': 5.1,
  'swallowed cancellation': 20,
  'task awaits itself': 5,
  'task group aborted': 8,
  'task never ends': 20,
  'task of a group cancelled': 7.1,
  'tasks of groups fail in one turn': 4.6,
  'thread and timer at once': 7,
  'thread cancelled while it works': 3.1,
  'thread ends behind its loop': 0.3,
  'thread ends while the loop works': 0.9,
  'timeout and cancellation at once': 0.6,
  'timeout expires': 17,
  'timeout expires without effect': 0.2,
  'timeout left for another': 0.3,
  'timeout rescheduled': 6.5,
  'timeout that is over is used': 0.3,
  'timeouts expire together': 0.8,
  uncancel: 9,
  'wait for the first': 2.6,
  'wait is over and cancelled at once': 0.9,
  'wait out of time': 2.2,
  'woken and cancelled': 7.3,
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
