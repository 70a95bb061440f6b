import { describe, expect, test } from 'vitest'
import { futureWith } from '../../src/loop/future.js'
import { stop } from '../../src/loop/loops.js'
import { beginning, resumeMachine } from '../../src/loop/machine.js'
import { checkRunning, runForever, runUntilComplete } from '../../src/loop/run-until-complete.js'
import type { ExceptionValue } from '../../src/loop/value.js'
import type { World } from '../../src/loop/world.js'
import { rule } from '../rule.js'
import { type Act, callback, interpreterOf } from './script.js'
import { having, idleWorld } from './worlds.js'

const still = (world: World, ...acts: readonly Act[]): World => {
  const done = having(world, ...acts)
  return { ...done, loop: { ...done.loop, running: false } }
}

const oops: ExceptionValue = { kind: 'exception', id: 5, type: 'SystemExit', args: [] }

const forever = (world: World, loop: number, state = 'start') =>
  resumeMachine(interpreterOf([]), runForever, world, { ...beginning(runForever, { loop }), state }, null, null)

const complete = (world: World, state = 'start', error: ExceptionValue | null = null, loop = 1) =>
  resumeMachine(
    interpreterOf([]),
    runUntilComplete,
    world,
    { ...beginning(runUntilComplete, { loop, future: 0 }), state },
    null,
    error,
  )

describe(rule('run_forever'), () => {
  test('the loop becomes the present one and runs; when it has stopped the answer is None', () => {
    const asked = forever(still(idleWorld), 2)
    expect(asked).toMatchObject({ kind: 'runs', world: { loop: { id: 2 } }, frame: { state: 'stopped' } })
    expect(forever(asked.world, 2, 'stopped')).toEqual({ kind: 'returned', world: asked.world, value: null })
  })

  test('one loop at a time, and none that is closed', () => {
    const refused = (world: World, loop: number) => {
      const answer = forever(world, loop)
      return answer.kind === 'raised' ? `${answer.error.type}: ${answer.error.args[0]}` : answer.kind
    }
    expect(refused(idleWorld, 1)).toBe('RuntimeError: This event loop is already running')
    expect(refused(idleWorld, 2)).toBe('RuntimeError: Cannot run the event loop while another loop is running')
    const closed = still(idleWorld)
    expect(refused({ ...closed, loop: { ...closed.loop, closed: true } }, 1)).toBe('RuntimeError: Event loop is closed')
    expect(() => checkRunning(closed, 1)).not.toThrow()
  })
})

describe(rule('run_until_complete'), () => {
  const pending = still(idleWorld, { does: 'future' }, { does: 'add callback', which: 0, code: 4 })

  test('a done callback will stop the loop', () => {
    const context = { variable: 1, value: 'x', older: null }
    const asked = complete({ ...pending, context })
    expect(asked).toMatchObject({ kind: 'runs', world: { loop: { id: 1 } }, frame: { state: 'stopped' } })
    expect(futureWith(asked.world, 0).callbacks).toEqual([
      { callback: callback(4), context: null },
      { callback: { name: '_run_until_complete_cb', future: 0 }, context },
    ])
    expect(complete(pending, 'start', null, 2).world.loop.id).toBe(2)
  })

  test('the result, or what the future raises', () => {
    const watching = complete(pending).world
    const done = having(watching, { does: 'set result', which: 0, value: 'it' })
    expect(complete(done, 'stopped')).toMatchObject({ kind: 'returned', value: 'it' })
    const failed = having(watching, { does: 'set exception', which: 0, type: 'KeyError' })
    const answer = complete(failed, 'stopped')
    expect(answer).toMatchObject({ kind: 'raised', error: { type: 'KeyError' } })
    expect(futureWith(answer.world, 0).retrieved).toBe(true)
    const cancelled = having(watching, { does: 'cancel', which: 0, message: 'why' })
    expect(complete(cancelled, 'stopped')).toMatchObject({
      kind: 'raised',
      error: { type: 'CancelledError', args: ['why'] },
    })
  })

  test('stopped too early is RuntimeError; the callback is taken back, and no other', () => {
    const answer = complete(stop(complete(pending).world), 'stopped')
    expect(answer).toMatchObject({
      kind: 'raised',
      error: { type: 'RuntimeError', args: ['Event loop stopped before Future completed.'] },
    })
    expect(futureWith(answer.world, 0).callbacks).toEqual([{ callback: callback(4), context: null }])
  })

  test('what leaves the loop goes on, and the callback is taken back', () => {
    const answer = complete(complete(pending).world, 'stopped', oops)
    expect(answer).toMatchObject({ kind: 'raised', error: oops })
    expect(futureWith(answer.world, 0).callbacks).toEqual([{ callback: callback(4), context: null }])
  })
})
