import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { callbackName, callSoon, cancelHandle, checkClosed, isCancelled, qualifiedName } from '../../src/loop/handle.js'
import { loopWith, swapIn } from '../../src/loop/loops.js'
import { callAt } from '../../src/loop/timer.js'
import { turn } from '../../src/loop/turn.js'
import type { ProgramClass, Value } from '../../src/loop/value.js'
import type { World } from '../../src/loop/world.js'
import { assign, emptyDictionary } from '../../src/persistent/dictionary.js'
import { items } from '../../src/persistent/queue.js'
import { get, push, set } from '../../src/persistent/table.js'
import { rule } from '../rule.js'
import { callback, interpreterOf } from './script.js'
import { happened, idleWorld, reached } from './worlds.js'

describe(rule('call_soon'), () => {
  it.prop([reached])('the callback stands behind all that is ready, in its context', ({ world }) => {
    const context = { variable: 7, value: 'x', older: null }
    const id = world.handles.next
    const later = callSoon(world, world.loop.id, callback(1), context)
    expect(items(later.loop.ready)).toEqual([...items(world.loop.ready), { id, callback: callback(1), context }])
    expect(later.handles).toEqual({ ...world.handles, next: id + 1 })
    expect(later).toEqual({
      ...world,
      loop: { ...world.loop, ready: later.loop.ready },
      handles: later.handles,
      trail: later.trail,
    })
    expect(happened(later, world)).toMatchObject([{ event: 'HandleScheduled', handle: id + 1, callback: 'f1' }])
  })

  it.prop([reached])('reaches the other loop too', ({ world }) => {
    const later = callSoon(world, 2, callback(1), null)
    const expected = callSoon(swapIn(world, 2), 2, callback(1), null)
    expect(later.loop).toEqual(world.loop)
    expect(loopWith(later, 2)).toEqual(expected.loop)
    expect(later.handles).toEqual(expected.handles)
  })

  test('a closed loop takes no callback', () => {
    const closed = { ...idleWorld, loop: { ...idleWorld.loop, closed: true } }
    const refusal = { kind: 'raise new', type: 'RuntimeError', args: ['Event loop is closed'] }
    expect(() => callSoon(closed, 1, callback(0), null)).toThrow(expect.objectContaining(refusal))
    expect(() => checkClosed(closed, closed.loop.id)).toThrow(expect.objectContaining(refusal))
    expect(() => checkClosed(idleWorld, idleWorld.loop.id)).not.toThrow()
  })

  test('nothing is recorded where nothing is to be', () => {
    expect(callSoon({ ...idleWorld, trail: null }, 1, callback(0), null).trail).toBeNull()
  })
})

/** Every handle of a world that waits, and some that do not. */
const anyHandle = fc.record({ at: reached, which: fc.nat(1000) }).map(({ at: { codes, world }, which }) => ({
  codes,
  world,
  id: world.handles.next === 0 ? null : which % world.handles.next,
}))

const waits = (world: World, id: number): boolean =>
  [world.loop, ...world.otherLoops].some((loop) =>
    [...items(loop.ready), ...items(loop.batch)].some((handle) => handle.id === id),
  )

describe(rule('Handle.cancel'), () => {
  it.prop([anyHandle])('stays where it is; only a timer is counted', ({ world, id }) => {
    if (id === null) return
    const state = get(world.handles, id)
    const later = cancelHandle(world, id)
    expect(isCancelled(later, id)).toBe(true)
    if (state?.cancelled) {
      expect(later).toBe(world)
      return
    }
    const timerOf = state?.timerOf ?? null
    expect(get(later.handles, id)).toEqual({ cancelled: true, timerOf })
    for (const loop of [world.loop, ...world.otherLoops]) {
      const counted = loop.cancelledTimers + (loop.id === timerOf ? 1 : 0)
      expect(loopWith(later, loop.id)).toEqual({ ...loop, cancelledTimers: counted })
    }
    const told = timerOf !== null || waits(world, id)
    expect(happened(later, world)).toMatchObject(told ? [{ event: 'HandleCancelled', handle: id + 1 }] : [])
  })

  it.prop([anyHandle])('twice is once', ({ world, id }) => {
    if (id === null) return
    const once = cancelHandle(world, id)
    expect(cancelHandle(once, id)).toBe(once)
  })

  test('what is cancelled is skipped', () => {
    const codes = [[{ does: 'say', text: 'ran' }]] as const
    const ready = callSoon(idleWorld, 1, callback(0), null)
    const told = (world: World) => happened(turn(interpreterOf(codes), world), world).map(({ event }) => event)
    expect(told(ready)).toEqual(['TurnBegan', 'HandleBegan', 'Printed', 'HandleEnded'])
    expect(told(cancelHandle(ready, 0))).toEqual(['TurnBegan'])
  })

  test('a handle of the present batch is told of as well', () => {
    const codes = [[{ does: 'cancel handle', which: 1 }], [{ does: 'say', text: 'ran' }]] as const
    const noted = { ...idleWorld, objects: { next: 2, root: idleWorld.objects.root } }
    const two = callSoon(callSoon(noted, 1, callback(0), null), 1, callback(1), null)
    const cancelledFirst = cancelHandle(two, 1)
    expect(happened(cancelledFirst, two)).toMatchObject([{ event: 'HandleCancelled', handle: 2 }])
    const batch = { ...two, loop: { ...two.loop, batch: two.loop.ready, ready: idleWorld.loop.ready } }
    expect(happened(cancelHandle(batch, 1), batch)).toMatchObject([{ event: 'HandleCancelled', handle: 2 }])
    const ran = turn(interpreterOf(codes), two)
    expect(happened(cancelHandle(ran, 0), ran)).toEqual([])
  })

  test('a timer of another loop is counted there', () => {
    const world = cancelHandle(callAt(idleWorld, 2, 1, callback(0), null), 0)
    expect(loopWith(world, 2).cancelledTimers).toBe(1)
    expect(world.loop.cancelledTimers).toBe(0)
    expect(happened(world, idleWorld)).toMatchObject([
      { event: 'TimerScheduled' },
      { event: 'HandleCancelled', handle: 1 },
    ])
  })
})

describe(rule('Handle.cancelled'), () => {
  it.prop([anyHandle])('whatever is told of as cancelled is so for ever', ({ world, id }) => {
    const told = happened(world).some((event) => event.event === 'HandleCancelled' && event.handle - 1 === id)
    if (told && id !== null) expect(isCancelled(world, id)).toBe(true)
    expect(isCancelled(world, world.handles.next)).toBe(false)
  })

  test('also of one that ran', () => {
    const ran = turn(interpreterOf([[]]), callSoon(idleWorld, 1, callback(0), null))
    expect(isCancelled(ran, 0)).toBe(false)
    expect(isCancelled(cancelHandle(ran, 0), 0)).toBe(true)
  })
})

describe('names of callbacks', () => {
  const names: readonly (readonly [Value, string])[] = [
    [null, 'NoneType'],
    ['text', 'str'],
    [1n, 'int'],
    [1.5, 'float'],
    [true, 'bool'],
    [{ kind: 'function', id: 0, name: 'main.<locals>.inner', code: 0, cells: [] }, 'inner'],
    [{ kind: 'function', id: 0, name: 'main', code: 0, cells: [] }, 'main'],
    [{ kind: 'class', name: 'ValueError' }, 'ValueError'],
    [{ kind: 'builtin', name: 'print' }, 'print'],
    [{ kind: 'builtin', name: 'asyncio.gather.<locals>._done_callback' }, 'gather.<locals>._done_callback'],
    [{ kind: 'method', receiver: { kind: 'future', id: 1 }, name: 'set_result' }, 'Future.set_result'],
    [{ kind: 'method', receiver: { kind: 'task', id: 1 }, name: 'cancel' }, 'Task.cancel'],
    [{ kind: 'method', receiver: { kind: 'handle', id: 1 }, name: 'cancel' }, 'Handle.cancel'],
    [{ kind: 'method', receiver: { kind: 'loop', id: 1 }, name: 'stop' }, 'BaseEventLoop.stop'],
    [{ kind: 'method', receiver: { kind: 'context variable', id: 1 }, name: 'set' }, 'ContextVar.set'],
    [{ kind: 'method', receiver: { kind: 'list', id: 1 }, name: 'append' }, 'list.append'],
    [{ kind: 'method', receiver: 'text', name: 'upper' }, 'str.upper'],
    [{ kind: 'method', receiver: null, name: '__bool__' }, 'NoneType.__bool__'],
    [{ kind: 'method', receiver: { kind: 'group', id: 1 }, name: 'cancel' }, '_GatheringFuture.cancel'],
    [{ kind: 'method', receiver: { kind: 'timer', id: 1 }, name: 'when' }, 'TimerHandle.when'],
    [{ kind: 'module', name: 'asyncio' }, 'module'],
  ]

  test("are Python's, without the functions around", () => {
    for (const [callee, name] of names) {
      expect(qualifiedName(idleWorld, callee)).toBe(name)
      expect(callbackName(idleWorld, { name: 'call', callee, args: [] })).toBe(name)
    }
  })

  test('are those that a function or an instance was given', () => {
    const values = assign<Value>(emptyDictionary, '__qualname__', 'main.<locals>.given')
    const objects = push<unknown>(idleWorld.objects, { kind: 'attributes', values, args: null })
    const world: World = { ...idleWorld, objects }
    const attributes = idleWorld.objects.next
    const callee: Value = { kind: 'function', id: 0, name: 'own', code: 0, cells: [], attributes }
    const of: ProgramClass = { kind: 'program class', id: 0, name: 'main.<locals>.C', base: null }
    const method: Value = { kind: 'bound method', receiver: null, function: callee }
    const partial: Value = { kind: 'partial', id: 1, function: method, args: [], keywords: [] }
    for (const given of [callee, method, partial, { kind: 'instance', id: attributes, class: of } as const]) {
      expect(qualifiedName(world, given)).toBe('given')
      expect(qualifiedName({ ...world, objects: set(objects, attributes, { values: emptyDictionary }) }, given)).toBe(
        given.kind === 'instance' ? 'C' : 'own',
      )
    }
    expect(qualifiedName(world, { kind: 'static method', id: 1, function: callee })).toBe('given')
  })

  test("the kernel's own have theirs", () => {
    expect(callbackName(idleWorld, { name: 'Task.__step', task: 0, error: null })).toBe('Task.__step')
    expect(callbackName(idleWorld, { name: '_run_until_complete_cb', future: 0 })).toBe('_run_until_complete_cb')
  })
})
