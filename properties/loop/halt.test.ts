import { describe, expect, test } from 'vitest'
import { halt, isHalt } from '../../src/loop/halt.js'
import { idleWorld } from './worlds.js'

describe('halt', () => {
  test('keeps the world and is told from everything else', () => {
    const halted = halt(idleWorld, { kind: 'turn limit', turns: 3 })
    expect(halted).toEqual({ kind: 'halt', world: idleWorld, verdict: { kind: 'turn limit', turns: 3 } })
    expect(isHalt(halted)).toBe(true)
    expect([null, undefined, 'halt', new Error('halt'), {}, { kind: 'raise' }].some(isHalt)).toBe(false)
  })
})
