import { it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { violations } from '../../src/loop/invariant.js'
import { histories, worldsOf } from './worlds.js'

describe('invariant', () => {
  it.prop([histories])('nothing is wrong with any world that can be reached', (history) => {
    for (const world of worldsOf(history)) expect(violations(world)).toEqual([])
  })
})
