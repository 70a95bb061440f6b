import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { newestPython } from '../../src/asyncio/versions.js'
import { callSoon, cancelHandle } from '../../src/loop/handle.js'
import { close, createLoop, inLoop, loopWith, stop, swapIn } from '../../src/loop/loops.js'
import { withLoop } from '../../src/loop/update.js'
import { newLoop, newWorld } from '../../src/loop/world.js'
import { get } from '../../src/persistent/table.js'
import { rule } from '../rule.js'
import { callback } from './script.js'
import { happened, idleWorld, reached } from './worlds.js'

const loop = fc.constantFrom(0, 1, 2)

describe(rule('new_event_loop'), () => {
  test('they are numbered from 1 on, and stand behind the others', () => {
    const first = newWorld(null, true, newestPython)
    const [one, id] = createLoop(first)
    expect(id).toBe(1)
    expect(one.otherLoops).toEqual([newLoop(1)])
    expect(one.loop).toBe(first.loop)
    expect(happened(one)).toMatchObject([{ event: 'LoopCreated', loop: 1 }])
    expect(createLoop(swapIn(one, 1))[1]).toBe(2)
    expect(loopWith(createLoop(idleWorld)[0], 3)).toEqual({ ...newLoop(3), closed: false })
  })
})

describe('loops', () => {
  it.prop([reached, loop])('to swap one in is to exchange it with the present one', ({ world }, id) => {
    const there = swapIn(world, id)
    expect(there.loop).toBe(loopWith(world, id))
    expect(there.otherLoops).toHaveLength(world.otherLoops.length)
    for (const other of [0, 1, 2]) expect(loopWith(there, other)).toBe(loopWith(world, other))
    expect(there).toEqual({ ...world, loop: there.loop, otherLoops: there.otherLoops })
    if (id === world.loop.id) expect(there).toBe(world)
  })

  it.prop([reached, loop])('what is done in one is done to it alone', ({ world }, id) => {
    const there = inLoop(world, id, (inside) => withLoop(inside, { ...inside.loop, turn: 99 }))
    expect(there.loop.id).toBe(world.loop.id)
    for (const other of [0, 1, 2]) {
      expect(loopWith(there, other)).toEqual(
        other === id ? { ...loopWith(world, other), turn: 99 } : loopWith(world, other),
      )
    }
  })

  test('there is none but those that were made', () => {
    expect(() => loopWith(idleWorld, 3)).toThrow(new RangeError('no loop 3'))
  })
})

describe(rule('stop'), () => {
  it.prop([reached])('a flag, and nothing more', ({ world }) => {
    expect(stop(world)).toEqual({ ...world, loop: { ...world.loop, stopping: true } })
  })
})

describe('what a closed loop has dropped', () => {
  test('a handle that never ran can still be cancelled, and that is told; one that was is cancelled already', () => {
    const two = callSoon(callSoon(idleWorld, 2, callback(0), null), 2, callback(0), null)
    const closed = close(cancelHandle(two, 0), 2)
    expect([0, 1].map((id) => get(closed.handles, id))).toEqual([
      { cancelled: true, timerOf: null },
      { cancelled: false, timerOf: null },
    ])
    expect(cancelHandle(closed, 0)).toBe(closed)
    const later = cancelHandle(closed, 1)
    expect(get(later.handles, 1)).toEqual({ cancelled: true, timerOf: null })
    expect(happened(later, closed)).toMatchObject([{ event: 'HandleCancelled', handle: 2 }])
  })
})

describe(rule('close'), () => {
  it.prop([reached, fc.constantFrom(1, 2)])('drops all that waits, unless the loop runs', ({ world }, id) => {
    const before = loopWith(world, id)
    if (before.running) {
      expect(() => close(world, id)).toThrow(
        expect.objectContaining({ type: 'RuntimeError', args: ['Cannot close a running event loop'] }),
      )
      return
    }
    const later = close(world, id)
    expect(loopWith(later, id)).toEqual({ ...newLoop(id), turn: before.turn, closed: true })
    expect(later.loop.id).toBe(world.loop.id)
    expect(happened(later, world)).toMatchObject([{ event: 'LoopClosed', loop: id }])
    expect(close(later, id)).toBe(later)
  })
})
