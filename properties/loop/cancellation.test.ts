import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { cancel, uncancel } from '../../src/loop/cancellation.js'
import { futureWith, isDone, taskOf } from '../../src/loop/future.js'
import { isHalt } from '../../src/loop/halt.js'
import type { World } from '../../src/loop/world.js'
import { deepFreeze } from '../persistent/versions.js'
import { rule } from '../rule.js'
import { known, type Script } from './script.js'
import { having, idleWorld, printed, reached, turnsLater } from './worlds.js'

const anyFuture = fc.record({ at: reached, which: fc.nat(1000) }).map(({ at: { world }, which }) => {
  const all = known(world, 'future')
  return all.length === 0
    ? { world: having(idleWorld, { does: 'future' }), id: 0 }
    : { world, id: all[which % all.length] ?? 0 }
})

/** The world and the answer; nothing where a cancellation would go round. */
const asked = (world: World, id: number): readonly [World, boolean] | undefined => {
  try {
    return cancel(world, id, 'why')
  } catch (caught) {
    if (isHalt(caught)) return undefined
    throw caught
  }
}

const begin = (codes: readonly Script[], turns: number, ...spawned: readonly number[]): World =>
  turnsLater(
    codes,
    having(idleWorld, { does: 'future' }, ...spawned.map((code) => ({ does: 'spawn', code }) as const)),
    turns,
  )

describe(rule('Future.cancel'), () => {
  it.prop([anyFuture])('a done one says no and stays; a pending plain one is cancelled', ({ world, id }) => {
    const future = futureWith(world, id)
    if (isDone(future)) {
      const [later, accepted] = cancel(world, id, 'why')
      expect(accepted).toBe(false)
      expect(later).toEqual({ ...world, futures: later.futures })
      expect(futureWith(later, id)).toEqual({ ...future, retrieved: future.retrieved || future.children === null })
    } else if (future.task === null && future.children === null) {
      const [later, accepted] = cancel(world, id, 'why')
      expect(accepted).toBe(true)
      expect(futureWith(later, id)).toEqual({ ...future, state: 'cancelled', cancelMessage: 'why', callbacks: [] })
    }
  })

  it.prop([anyFuture])('what gathers passes it on to its children and stays pending', ({ world, id }) => {
    const future = futureWith(world, id)
    const answer = asked(world, id)
    if (isDone(future) || future.children === null || answer === undefined) return
    const [later, accepted] = answer
    expect(accepted).toBe(
      future.children.some((child) => !isDone(futureWith(world, child)) && asked(world, child)?.[1]),
    )
    expect(futureWith(later, id)).toEqual({ ...future, cancelRequested: future.cancelRequested || accepted })
    const alone = future.children.filter((child) => futureWith(world, child).task === null)
    for (const child of alone.filter((child) => futureWith(world, child).children === null)) {
      expect(isDone(futureWith(later, child))).toBe(true)
    }
  })

  test('a gathering of futures that are done says no', () => {
    const world = having(
      idleWorld,
      { does: 'future' },
      { does: 'gather', which: [0], returnExceptions: true },
      { does: 'set result', which: 0, value: null },
    )
    expect(cancel(world, 1, null)).toEqual([world, false])
  })
})

describe(rule('Task.cancel'), () => {
  it.prop([anyFuture])('a pending task counts it, and is pending still', ({ world, id }) => {
    const future = futureWith(world, id)
    const answer = asked(world, id)
    if (isDone(future) || future.task === null || answer === undefined) return
    const { waiter, cancelling } = future.task
    const [later, accepted] = answer
    expect(accepted).toBe(true)
    const passedOn = waiter === null ? undefined : asked(world, waiter)
    const task = { ...future.task, cancelling: cancelling + 1 }
    expect(futureWith(later, id)).toEqual(
      passedOn?.[1]
        ? { ...future, task: { ...task, cancelling: taskOf(futureWith(later, id)).cancelling } }
        : { ...future, cancelMessage: 'why', task: { ...task, mustCancel: true } },
    )
  })

  test('before its first step: the body never runs', () => {
    const codes = [[{ does: 'say', text: 'body' }]] as const
    const spawned = having(idleWorld, { does: 'spawn', code: 0 }, { does: 'cancel', which: 0, message: 'early' })
    expect(taskOf(futureWith(spawned, 0))).toMatchObject({ mustCancel: true, cancelling: 1, waiter: null })
    const ended = turnsLater(codes, spawned, 3)
    expect(printed(ended)).toEqual([])
    expect(futureWith(ended, 0)).toMatchObject({ state: 'cancelled', cancelledError: { args: ['early'] } })
  })

  test('what it waits for is cancelled, with the message', () => {
    const codes = [[{ does: 'await', which: 0, catches: true }]] as const
    const paused = begin(codes, 1, 0)
    const [later, accepted] = cancel(paused, 1, 'why')
    expect(accepted).toBe(true)
    expect(futureWith(later, 0)).toMatchObject({ state: 'cancelled', cancelMessage: 'why' })
    expect(taskOf(futureWith(later, 1))).toMatchObject({ mustCancel: false, cancelling: 1 })
    const ended = turnsLater(codes, deepFreeze(later), 1)
    expect(printed(ended)).toEqual(['0:0 ! CancelledError(why)#0'])
    expect(futureWith(ended, 1)).toMatchObject({ state: 'finished', result: null })
  })

  test('one whose wake-up is under way has it thrown in at its next step', () => {
    const codes = [[{ does: 'await', which: 0, catches: true }, { does: 'yield' }]] as const
    const woken = having(begin(codes, 1, 0), { does: 'set result', which: 0, value: 'too late' })
    const [later] = cancel(woken, 1, 'why')
    expect(taskOf(futureWith(later, 1))).toMatchObject({ mustCancel: true, cancelling: 1 })
    expect(printed(turnsLater(codes, deepFreeze(later), 1))).toEqual(['0:0 ! CancelledError(why)#0'])
  })

  test('one that runs and cancels itself is hit at its next pause', () => {
    const codes = [
      [
        { does: 'sleep', delay: 1 },
        { does: 'cancel', which: 1, message: 'self' },
        { does: 'say', text: 'goes on' },
        { does: 'sleep', delay: 1, catches: true },
      ],
    ] as const
    expect(printed(begin(codes, 4, 0))).toEqual(['0:0 < slept', 'goes on', '0:3 ! CancelledError(self)#0'])
  })

  test('two requests before the next step are one CancelledError, and count two', () => {
    const codes = [
      [
        { does: 'yield', catches: true },
        { does: 'yield', catches: true },
      ],
    ] as const
    const twice = having(
      begin(codes, 1, 0),
      { does: 'cancel', which: 1, message: 'one' },
      { does: 'cancel', which: 1, message: 'two' },
    )
    expect(taskOf(futureWith(twice, 1)).cancelling).toBe(2)
    expect(printed(turnsLater(codes, twice, 2))).toEqual(['0:0 ! CancelledError(two)#0', '0:1 < None'])
  })

  test('tasks that wait for one another: that it goes round is not modelled', () => {
    const codes = [[{ does: 'await', which: 2 }], [{ does: 'await', which: 1 }]] as const
    const waiting = begin(codes, 1, 0, 1)
    expect(() => cancel(waiting, 1, null)).toThrow(
      expect.objectContaining({ verdict: { kind: 'unmodelled', reason: 'a cancellation that goes round' } }),
    )
  })

  test('a row of a thousand tasks is not: further than that nobody knows', () => {
    const codes = Array.from({ length: 1001 }, (_, i): Script => [{ does: 'await', which: i }])
    const waiting = begin(codes, 1, ...codes.keys())
    expect(() => cancel(waiting, 1001, 'far')).toThrow(expect.objectContaining({ kind: 'halt' }))
    const [later] = cancel(waiting, 1000, 'far')
    expect(futureWith(later, 0)).toMatchObject({ state: 'cancelled', cancelMessage: 'far' })
    expect(taskOf(futureWith(later, 1)).cancelling).toBe(1)
  })
})

describe(rule('Task.cancelling'), () => {
  it.prop([fc.array(fc.boolean(), { maxLength: 20 })])(
    'requests less those taken back, never below none',
    (requests) => {
      const start = having(idleWorld, { does: 'spawn', code: 0 })
      let world = start
      let expected = 0
      for (const request of requests) {
        expected = request ? expected + 1 : Math.max(0, expected - 1)
        world = having(world, request ? { does: 'cancel', which: 0, message: null } : { does: 'uncancel', which: 0 })
        expect(taskOf(futureWith(world, 0)).cancelling).toBe(expected)
        expect(taskOf(futureWith(world, 0)).mustCancel).toBe(expected > 0)
      }
    },
  )
})

describe(rule('Task.uncancel'), () => {
  it.prop([anyFuture])('one less and how many are left; none drops what was not thrown yet', ({ world, id }) => {
    const future = futureWith(world, id)
    const [later, left] = uncancel(world, id)
    if (future.task === null || future.task.cancelling === 0) {
      expect([later, left]).toEqual([world, 0])
      return
    }
    expect(left).toBe(future.task.cancelling - 1)
    const mustCancel = future.task.mustCancel && left > 0
    expect(futureWith(later, id)).toEqual({ ...future, task: { ...future.task, cancelling: left, mustCancel } })
    expect(later).toEqual({ ...world, futures: later.futures })
  })

  test('taken back to none before the next step: nothing is thrown (3.13)', () => {
    const codes = [[{ does: 'yield', catches: true }]] as const
    const cancelled = having(begin(codes, 1, 0), { does: 'cancel', which: 1, message: null })
    expect(printed(turnsLater(codes, cancelled, 1))).toEqual(['0:0 ! CancelledError()#0'])
    expect(printed(turnsLater(codes, having(cancelled, { does: 'uncancel', which: 1 }), 1))).toEqual(['0:0 < None'])
    const twice = having(cancelled, { does: 'cancel', which: 1, message: null }, { does: 'uncancel', which: 1 })
    expect(printed(turnsLater(codes, twice, 1))).toEqual(['0:0 ! CancelledError()#0'])
  })
})
