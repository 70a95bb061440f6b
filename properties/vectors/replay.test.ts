import { describe, expect, test } from 'vitest'
import { describeDifference } from '../../src/trace/difference.js'
import { replay } from '../../src/vectors/replay.js'
import { expectedOn, versionsOf } from '../../src/vectors/vector.js'
import { stored } from './vectors.js'

describe.each(stored)('$id', ({ vector }) => {
  test.each(versionsOf(vector))('the model does as %s did', (version) => {
    const found = replay(vector, version)
    expect(found === null ? '' : describeDifference(found)).toBe('')
  })
})

test('a replay tells the first difference', () => {
  const vector = stored.find(({ id }) => id === 'turns/first-in-first-out')?.vector
  if (vector === undefined) throw new Error('no vector turns/first-in-first-out')
  const expected = vector.expected.map(({ versions, trace }) => ({
    versions,
    trace: { ...trace, events: trace.events.toSpliced(3, 1) },
  }))
  expect(replay({ ...vector, expected }, '3.13.2')).toMatchObject({ of: 'events', index: 3 })
  expect(() => replay(vector, '3.9.0')).toThrow('first-in-first-out was not recorded on 3.9.0')
  expect(expectedOn(vector, '3.9.0')).toBeUndefined()
})
