import { it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { isRaise, makeException, raise, raiseAgain, raiseIn, UNMODELLED } from '../../src/loop/raise.js'
import { idleWorld, reached } from './worlds.js'

const error = { kind: 'exception', id: 5, type: 'KeyError', args: ['k'] } as const

describe('raise', () => {
  it.prop([reached])('a new exception has the next identity', ({ world }) => {
    const [made, exception] = makeException(world, raise('ValueError', 'a', 1n))
    expect(exception).toMatchObject({ kind: 'exception', id: world.nextIdentity, type: 'ValueError', args: ['a', 1n] })
    expect(made).toEqual({ ...world, nextIdentity: world.nextIdentity + 1 })
  })

  it.prop([reached])('the same one again changes nothing', ({ world }) => {
    expect(makeException(world, raiseAgain(error))).toEqual([world, error])
    expect(makeException(world, raiseAgain(error))[1]).toBe(error)
  })

  it.prop([reached])('raised in a world that has changed, that is the world', ({ world }) => {
    const [made, exception] = makeException(idleWorld, raiseIn(world, 'RuntimeError', 'x'))
    expect(made).toEqual({ ...world, nextIdentity: world.nextIdentity + 1 })
    expect(exception).toMatchObject({ id: world.nextIdentity, type: 'RuntimeError', args: ['x'] })
  })

  test('a line is kept', () => {
    expect(makeException(idleWorld, raise('ValueError'), 12)[1].line).toBe(12)
    expect(makeException(idleWorld, raise('ValueError'))[1].line).toBe(0)
  })

  test('what the model does not know halts the run', () => {
    expect(() => makeException(idleWorld, raise(UNMODELLED, 'why'), 3)).toThrow(
      expect.objectContaining({
        kind: 'halt',
        world: idleWorld,
        verdict: { kind: 'unmodelled', reason: 'why', line: 3 },
      }),
    )
    expect(UNMODELLED).toBe('Unmodelled')
  })

  test('is told from everything else', () => {
    expect([raise('X'), raiseAgain(error), raiseIn(idleWorld, 'X')].every(isRaise)).toBe(true)
    expect([null, undefined, 'raise', new Error('raise'), {}, { kind: 'other' }, error].some(isRaise)).toBe(false)
  })
})
