import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { cancelHandle, isCancelled } from '../../src/loop/handle.js'
import { loopWith, swapIn } from '../../src/loop/loops.js'
import { callAt, callLater, collectDueTimers, dropCancelledTimers, timeout } from '../../src/loop/timer.js'
import { withClock } from '../../src/loop/update.js'
import { clockResolution, type Loop, type Timer, type World } from '../../src/loop/world.js'
import { items } from '../../src/persistent/heap.js'
import { items as queueItems } from '../../src/persistent/queue.js'
import { get } from '../../src/persistent/table.js'
import * as heapq from '../persistent/heapq.js'
import { deepFreeze } from '../persistent/versions.js'
import { rule } from '../rule.js'
import { callback } from './script.js'
import { happened, idleWorld, reached } from './worlds.js'

const when = fc.constantFrom(0, 1, 1, 1, 2, 2 ** -21, 2 ** -20, 1 + 2 ** -21, 1 - 2 ** -21, 100_000)

/** A world with a timer for each deadline; those in `cancelled` are cancelled, and the counter stands where it is put. */
const timed = (deadlines: readonly number[], cancelled: readonly number[], counter?: number): World => {
  const set = deadlines.reduce((world, deadline) => callAt(world, 1, deadline, callback(0), null), idleWorld)
  const world = cancelled.reduce(cancelHandle, set)
  const loop = counter === undefined ? world.loop : { ...world.loop, cancelledTimers: counter }
  return deepFreeze({ ...world, loop })
}

const some = (maxLength: number) =>
  fc.array(fc.tuple(when, fc.boolean()), { maxLength, size: 'max' }).map((timers) => ({
    deadlines: timers.map(([deadline]) => deadline),
    cancelled: timers.flatMap(([, isCancelled], id) => (isCancelled ? [id] : [])),
  }))

const ids = (loop: Loop): readonly number[] => items(loop.timers).map(({ handle }) => handle.id)
const readyIds = (loop: Loop): readonly number[] => queueItems(loop.ready).map(({ id }) => id)

describe(rule('call_at'), () => {
  it.prop([reached, when])('is heappush, and the handle has the next number', ({ world }, when) => {
    const id = world.handles.next
    const later = callAt(world, world.loop.id, when, callback(1), world.context)
    const timer: Timer = { when, handle: { id, callback: callback(1), context: world.context, isTimer: true } }
    expect(items(later.loop.timers)).toEqual(heapq.heappush(items(world.loop.timers), timer))
    expect(get(later.handles, id)).toEqual({ cancelled: false, timerOf: world.loop.id })
    expect(later).toEqual({
      ...world,
      loop: { ...world.loop, timers: later.loop.timers },
      handles: later.handles,
      trail: later.trail,
    })
    expect(happened(later, world)).toMatchObject([{ event: 'TimerScheduled', handle: id + 1, callback: 'f1', when }])
  })

  it.prop([reached, when])('reaches the other loop too', ({ world }, when) => {
    const later = callAt(world, 2, when, callback(1), null)
    const expected = callAt(swapIn(world, 2), 2, when, callback(1), null)
    expect(later.loop).toEqual(world.loop)
    expect(loopWith(later, 2)).toEqual(expected.loop)
    expect(later.handles).toEqual(expected.handles)
  })

  test('a closed loop takes no timer', () => {
    const closed = { ...idleWorld, loop: { ...idleWorld.loop, closed: true } }
    expect(() => callAt(closed, 1, 0, callback(0), null)).toThrow(
      expect.objectContaining({ kind: 'raise new', type: 'RuntimeError', args: ['Event loop is closed'] }),
    )
  })

  test('nothing is recorded where nothing is to be', () => {
    expect(callAt({ ...idleWorld, trail: null }, 1, 0, callback(0), null).trail).toBeNull()
  })
})

describe(rule('call_later'), () => {
  it.prop([reached, when])('is call_at for the time plus the delay', ({ world }, delay) => {
    expect(callLater(world, world.loop.id, delay, callback(1), null)).toEqual(
      callAt(world, world.loop.id, world.clock + delay, callback(1), null),
    )
  })
})

/** `_run_once`'s first part, on plain lists. */
const dropped = (timers: readonly Timer[], counter: number, gone: (id: number) => boolean) => {
  if (timers.length > 100 && counter / timers.length > 0.5) {
    return { timers: heapq.heapify(timers.filter(({ handle }) => !gone(handle.id))), counter: 0 }
  }
  let left = timers
  let count = counter
  for (let head = left[0]; head !== undefined && gone(head.handle.id); head = left[0]) {
    left = heapq.heappop(left)
    count -= 1
  }
  return { timers: left, counter: count }
}

describe(rule('_run_once: cancelled timers'), () => {
  it.prop([fc.oneof(some(12), some(130)), fc.nat(130)])('as on plain lists', ({ deadlines, cancelled }, counter) => {
    const world = timed(deadlines, cancelled, counter)
    const expected = dropped(items(world.loop.timers), counter, (id) => isCancelled(world, id))
    const { loop, handles, ...rest } = dropCancelledTimers(world)
    expect(items(loop.timers)).toEqual(expected.timers)
    expect(loop).toEqual({ ...world.loop, timers: loop.timers, cancelledTimers: expected.counter })
    const left = new Set(ids(loop))
    deadlines.forEach((_, id) => {
      expect(get(handles, id)).toEqual({ cancelled: cancelled.includes(id), timerOf: left.has(id) ? 1 : null })
    })
    expect(rest).toEqual({ ...rest, clock: world.clock, futures: world.futures, trail: world.trail })
  })

  /** The last few of them stay, and the first is one of these, so that no cancelled timer is at the head. */
  const many = (count: number, kept: number, counter?: number): number =>
    dropCancelledTimers(
      timed(
        Array.from({ length: count }, (_, i) => (i < kept ? 0 : 1)),
        Array.from({ length: count - kept }, (_, i) => kept + i),
        counter,
      ),
    ).loop.timers.size

  test('only when there are over 100 and more than half are counted', () => {
    expect(many(101, 50)).toBe(50)
    expect(many(100, 40)).toBe(100)
    expect(many(102, 51)).toBe(102)
    expect(many(102, 50)).toBe(50)
    expect(many(102, 90, 52)).toBe(90)
    expect(many(102, 50, 51)).toBe(102)
  })

  test('a purge changes the order of ties, as it does in CPython', () => {
    const live = (world: World) =>
      readyIds(collectDueTimers(withClock(world, 1)).loop)
        .filter((id) => id >= 112)
        .join(' ')
    const world = timed(
      Array(120).fill(1),
      Array.from({ length: 112 }, (_, id) => id),
    )
    expect(live(dropCancelledTimers(world))).toBe('118 114 112 117 115 113 116 119')
    expect(live(world)).toBe('119 118 117 116 115 114 113 112')
  })

  test('where nothing is cancelled the world is the same one', () => {
    const world = timed([1, 2, 3], [])
    expect(dropCancelledTimers(world)).toBe(world)
  })
})

describe(rule('_run_once: due timers'), () => {
  it.prop([some(20), fc.constantFrom(0, 0.5, 1, 2, 3)])('as on plain lists', ({ deadlines, cancelled }, clock) => {
    const world = withClock(timed(deadlines, cancelled), clock)
    let left = items(world.loop.timers)
    const due: number[] = []
    for (let head = left[0]; head !== undefined && head.when < clock + 2 ** -20; head = left[0]) {
      due.push(head.handle.id)
      left = heapq.heappop(left)
    }
    const collected = collectDueTimers(world)
    expect(items(collected.loop.timers)).toEqual(left)
    expect(readyIds(collected.loop)).toEqual(due)
    expect(collected.loop).toEqual({ ...world.loop, timers: collected.loop.timers, ready: collected.loop.ready })
    expect(due.filter((id) => isCancelled(collected, id))).toEqual(due.filter((id) => isCancelled(world, id)))
    expect(due.filter((id) => (get(collected.handles, id)?.timerOf ?? null) !== null)).toEqual([])
  })

  it.prop([reached])('they stand behind what was ready', ({ world }) => {
    const collected = collectDueTimers(world)
    expect(readyIds(collected.loop).slice(0, world.loop.ready.size)).toEqual(readyIds(world.loop))
  })

  test('a deadline is due below now + 2⁻²⁰, not at it', () => {
    expect(clockResolution).toBe(2 ** -20)
    const due = (when: number) => collectDueTimers(timed([when], [])).loop.ready.size
    expect([due(0), due(2 ** -20 - 2 ** -60), due(2 ** -20), due(-1), due(Number.NaN)]).toEqual([1, 1, 0, 1, 1])
  })

  test('where nothing is due the world is the same one', () => {
    const world = timed([1], [])
    expect(collectDueTimers(world)).toBe(world)
  })

  test('ten timers for one time, and another for a later one behind or before them', () => {
    const order = (...deadlines: readonly number[]) =>
      readyIds(collectDueTimers(withClock(timed(deadlines, []), 1)).loop).join(' ')
    const ten = Array<number>(10).fill(1)
    expect(order(...ten, 2)).toBe('0 2 6 5 9 8 7 1 3 4')
    expect(order(2, ...ten)).toBe('1 2 6 10 9 8 5 3 7 4')
  })

  test('the counter is not told of a cancelled timer that is collected as due: it drifts', () => {
    const world = withClock(timed([0, 1, 2], [1]), 1)
    const collected = collectDueTimers(dropCancelledTimers(world))
    expect(collected.loop.cancelledTimers).toBe(1)
    expect(ids(collected.loop)).toEqual([2])
    expect(isCancelled(collected, 1)).toBe(true)
  })
})

describe(rule('_run_once: timeout'), () => {
  it.prop([reached, fc.constantFrom(0, 1, 2, 200_000)])('at most a day, at least nothing', ({ world }, clock) => {
    const { loop } = world
    const head = items(loop.timers)[0]
    const expected =
      loop.ready.size > 0 || loop.stopping
        ? 0
        : head === undefined
          ? null
          : Math.min(86_400, Math.max(0, head.when - clock))
    expect(timeout(loop, clock)).toBe(expected)
  })

  test('each of the reasons', () => {
    const waiting = timed([100_000], []).loop
    expect(timeout(waiting, 0)).toBe(86_400)
    expect(timeout(waiting, 99_999)).toBe(1)
    expect(timeout(waiting, 100_001)).toBe(0)
    expect(timeout({ ...waiting, stopping: true }, 0)).toBe(0)
    expect(timeout(idleWorld.loop, 0)).toBeNull()
    expect(timeout({ ...idleWorld.loop, stopping: true }, 0)).toBe(0)
  })
})
