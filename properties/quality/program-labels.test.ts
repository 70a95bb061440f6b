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
  'as_completed too late': 2,
  'awaits again in clean-up': 11,
  'block left with an exception': 8,
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
  'failure behind a shield': 2,
  'failures in one task group': 6,
  'foreign future': 7,
  'freed from a shield': 4,
  'gather with a cancelled child': 71,
  'gather with a failing child': 14,
  'generator closed when dropped': 8,
  'generator driven by two': 1,
  'generator fails to close': 3,
  'generator ignores its end': 2,
  'generator shut down by its loop': 25,
  'generator thrown into': 1,
  'group in a group fails': 5,
  'group refuses a task': 5,
  'handle cancelled when due': 8,
  'interrupt leaves the loop': 6,
  'invalid state': 54,
  'late by work': 16,
  'loop by hand': 98,
  'object awaited': 7,
  'own class below CancelledError': 30,
  'own exception in a group': 0.4,
  purge: 12,
  'run inside a run': 10,
  'several runs': 43,
  'several waiters woken at once': 12,
  'sleep cancelled when due': 5,
  'stopped before the end': 14,
  'swallowed cancellation': 20,
  'task awaits itself': 14,
  'timeout and cancellation at once': 1,
  'timeout expires': 50,
  'timeout expires without effect': 0.3,
  'timeout left for another': 0.6,
  'timeout rescheduled': 15,
  'timeout that is over is used': 0.3,
  'timeouts expire together': 2,
  'task group aborted': 20,
  'task of a group cancelled': 20,
  'tasks of groups fail in one turn': 8,
  uncancel: 26,
  'wait is over and cancelled at once': 1,
  'wait for the first': 4,
  'wait out of time': 4,
}

describe('rare situations are not rare in random programs', () => {
  const found = sample.flatMap(labelsOf)
  test.each(labels)('%s', (label) => {
    const share = (found.filter((each) => each === label).length * 1000) / sample.length
    expect(share).toBeGreaterThanOrEqual(least[label])
  })
})

test('no random program lies outside the model, and none is endless', () => {
  const ends = new Set(sample.map(({ verdict }) => verdict.kind))
  expect([...ends].sort()).toEqual(['deadlock', 'finished', 'raised'])
})
