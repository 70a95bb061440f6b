import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { chooseFactor, chooseSeed } from '../seed.js'

const seeds = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })

describe('the seed of a run', () => {
  property.prop([seeds])('is SEED, in CI as elsewhere', (seed) => {
    expect(chooseSeed({ SEED: String(seed) })).toBe(seed)
    expect(chooseSeed({ SEED: String(seed), CI: 'true' })).toBe(seed)
  })

  test('is fixed in CI, and random elsewhere', () => {
    expect(chooseSeed({ CI: 'true' })).toBe(chooseSeed({ CI: '1' }))
    expect(new Set([1, 2, 3, 4].map(() => chooseSeed({ CI: 'false' }))).size).toBeGreaterThan(1)
  })

  property.prop([seeds, fc.integer({ min: 2, max: 50 })])('is another one for each shard', (seed, count) => {
    const indices = Array.from({ length: count }, (_, index) => index + 1)
    const chosen = indices.map((index) => chooseSeed({ SEED: String(seed) }, { index, count }))
    expect(chosen[0]).toBe(seed)
    expect(new Set(chosen).size).toBe(count)
    for (const each of chosen) expect(chooseSeed({ SEED: String(each) })).toBe(each)
  })

  test('what is no seed is told', () => {
    for (const SEED of ['x', '1.5', String(2 ** 31)])
      expect(() => chooseSeed({ SEED })).toThrow('SEED must be a whole number')
  })
})

describe('how often properties are tried', () => {
  test('RUNS times, and as many times more as there are shards', () => {
    expect([chooseFactor({}), chooseFactor({ RUNS: '3' })]).toEqual([1, 3])
    const shard = { index: 2, count: 4 }
    expect([chooseFactor({}, shard), chooseFactor({ RUNS: '3' }, shard)]).toEqual([4, 12])
    expect(() => chooseFactor({ RUNS: '0' })).toThrow('RUNS must be a whole number from 1')
  })
})
