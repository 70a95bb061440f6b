import { it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { futureWith, taskOf, withFuture } from '../../src/loop/future.js'
import { callSoon, cancelHandle } from '../../src/loop/handle.js'
import { violations } from '../../src/loop/invariant.js'
import { makeException, raise } from '../../src/loop/raise.js'
import { callAt } from '../../src/loop/timer.js'
import type { Future, Loop, World } from '../../src/loop/world.js'
import { enqueue, type Queue } from '../../src/persistent/queue.js'
import { callback } from './script.js'
import { having, histories, idleWorld, turnsLater, worldsOf } from './worlds.js'

describe('invariant', () => {
  it.prop([histories])('nothing is wrong with any world that can be reached', (history) => {
    for (const world of worldsOf(history)) expect(violations(world)).toEqual([])
  })

  const pending = having(idleWorld, { does: 'future' }, { does: 'spawn', code: 0 })
  const waiting = turnsLater([[{ does: 'await', which: 0 }]], pending, 1)
  const error = makeException(idleWorld, raise('ValueError'))[1]
  const ready = callSoon(idleWorld, 1, callback(0), null)
  const timed = callAt(callAt(idleWorld, 1, 1, callback(0), null), 1, 2, callback(0), null)
  const inLoop = (world: World, change: Partial<Loop>): World => ({ ...world, loop: { ...world.loop, ...change } })
  const inFuture = (world: World, change: Partial<Future>, id = 0): World =>
    withFuture(world, id, { ...futureWith(world, id), ...change })
  const twice = <T>(queue: Queue<T>): Queue<T> => (queue.front === null ? queue : enqueue(queue, queue.front.head))
  const swapped = ({ loop }: World) => {
    const { root } = loop.timers
    if (root?.left == null) throw new Error('no second timer')
    return { size: 2, root: { ...root, entry: root.left.entry, left: { ...root.left, entry: root.entry } } }
  }
  const task = taskOf(futureWith(pending, 1))
  const empty = idleWorld.loop.ready

  const broken: [string, World, ...string[]][] = [
    ['the clock went below zero', { ...idleWorld, clock: -1 }, 'the clock shows -1'],
    ['the clock is none', { ...idleWorld, clock: Number.NaN }, 'the clock shows NaN'],
    ['a task is current', { ...waiting, currentTask: 1 }, 'a task is current between two steps'],
    [
      'two loops run',
      { ...idleWorld, otherLoops: idleWorld.otherLoops.map((loop) => ({ ...loop, running: loop.id === 2 })) },
      'a loop runs that is not the present one',
    ],
    ['a handle stands twice', inLoop(ready, { ready: twice(ready.loop.ready) }), 'loop 1: a handle waits twice'],
    [
      'a handle stands in the batch and behind it',
      inLoop(ready, { batch: ready.loop.ready }),
      'loop 1: a handle waits twice',
    ],
    ['a handle has no number', { ...ready, handles: idleWorld.handles }, 'loop 1: a handle nobody made'],
    ['a later timer stands first', inLoop(timed, { timers: swapped(timed) }), 'loop 1: the timers are no heap'],
    [
      'a timer was forgotten',
      { ...timed, handles: { ...timed.handles, root: idleWorld.handles.root } },
      'loop 1: a timer that does not know its loop',
    ],
    [
      'a timer stands among the ready handles',
      inLoop(timed, {
        timers: idleWorld.loop.timers,
        ready: enqueue(empty, { id: 0, callback: callback(0), context: null }),
      }),
      'loop 1: a ready handle that is still a timer',
    ],
    ['a closed loop has work', inLoop(ready, { closed: true, running: false }), 'loop 1 is closed and not at rest'],
    ['a closed loop runs', inLoop(idleWorld, { closed: true }), 'loop 1 is closed and not at rest'],
    [
      'a loop stopped within a turn',
      inLoop(ready, { running: false, ready: empty, batch: ready.loop.ready }),
      'loop 1 rests in the middle of a turn',
    ],
    [
      'a done future keeps callbacks',
      inFuture(having(pending, { does: 'add callback', which: 0, code: 0 }), { state: 'finished' }),
      'future 0 is done and keeps callbacks',
    ],
    ['a pending one has a result', inFuture(pending, { result: 'x' }), 'future 0 is pending and has a result'],
    [
      'a pending one has an exception',
      inFuture(pending, { exception: error }),
      'future 0 is pending and has a result',
      'future 0 has an exception and no end',
    ],
    [
      'a cancelled one has an exception',
      inFuture(pending, { state: 'cancelled', exception: error }),
      'future 0 has an exception and no end',
    ],
    [
      'a finished one has a CancelledError',
      inFuture(pending, { state: 'finished', cancelledError: error }),
      'future 0 keeps an error it did not have',
    ],
    ['a step was dropped', inLoop(pending, { ready: empty }), 'task Task-1 was lost: nothing will wake it up'],
    ['a wake-up was dropped', inFuture(waiting, { callbacks: [] }), 'task Task-1 was lost: nothing will wake it up'],
    [
      'somebody else will be called',
      inFuture(having(waiting, { does: 'add callback', which: 0, code: 0 }), {
        callbacks: [{ callback: { name: 'Task.__wakeup', task: 0, future: 0 }, context: null }],
      }),
      'task Task-1 was lost: nothing will wake it up',
    ],
    [
      'two steps are scheduled',
      callSoon(pending, 1, { name: 'Task.__step', task: 1, error: null }, null),
      'task Task-1 will be woken up more than once',
    ],
    [
      'a step and a wake-up',
      callSoon(waiting, 1, { name: 'Task.__wakeup', task: 1, future: 0 }, null),
      'task Task-1 will be woken up more than once',
    ],
    [
      'more requests were taken back than made',
      inFuture(pending, { task: { ...task, cancelling: -1 } }, 1),
      'task Task-1 has fewer than no requests',
    ],
  ]

  test.each(broken.map(([title, world, ...messages]) => ({ title, world, messages })))('$title', (at) => {
    expect(violations(at.world)).toEqual(at.messages)
  })

  test('nothing is wrong with the worlds that these were made from', () => {
    for (const world of [idleWorld, pending, waiting, ready, timed, cancelHandle(timed, 0)]) {
      expect(violations(world)).toEqual([])
    }
  })

  test('of a closed loop, or one that is not there, nobody expects to be woken', () => {
    expect(violations(inLoop(pending, { closed: true, running: false, ready: empty }))).toEqual([])
    expect(violations(inFuture(inLoop(pending, { ready: empty }), { loop: 9 }, 1))).toEqual([])
    expect(violations(inFuture(inLoop(pending, { ready: empty }), { state: 'finished' }, 1))).toEqual([])
  })

  test('a task of another loop waits there', () => {
    expect(violations(having(idleWorld, { does: 'spawn', code: 0, loop: 2 }))).toEqual([])
    const stepping = inLoop(pending, { ready: empty, batch: pending.loop.ready })
    expect(violations(stepping)).toEqual([])
  })
})
