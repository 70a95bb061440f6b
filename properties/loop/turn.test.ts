import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { becomeCancelled, createFuture, futureWith, setException, setResult } from '../../src/loop/future.js'
import { callSoon, isCancelled } from '../../src/loop/handle.js'
import { violations } from '../../src/loop/invariant.js'
import { stop } from '../../src/loop/loops.js'
import { makeException, raise } from '../../src/loop/raise.js'
import { callAt, collectDueTimers, dropCancelledTimers, timeout } from '../../src/loop/timer.js'
import { beginTurn, isDeadlocked, runHandle, runUntilCompleteCallback, step, turn } from '../../src/loop/turn.js'
import type { Handle, World } from '../../src/loop/world.js'
import { items } from '../../src/persistent/queue.js'
import { deepFreeze } from '../persistent/versions.js'
import { rule } from '../rule.js'
import { callback, interpreterOf, type Script } from './script.js'
import { happened, having, idleWorld, printed, reached, turnsLater, unlessHalted } from './worlds.js'

const batch = (world: World): readonly Handle[] => items(world.loop.batch)
const began = (world: World, since: World): readonly number[] =>
  happened(world, since).flatMap((event) => (event.event === 'HandleBegan' ? [event.handle - 1] : []))

describe(rule('_run_once'), () => {
  it.prop([reached])('begins, and then takes the first of the batch while there is one', ({ codes, world }) => {
    const interpreter = interpreterOf(codes)
    unlessHalted(() => {
      const whole = turn(interpreter, world)
      let steps = deepFreeze(beginTurn(world))
      while (steps.loop.batch.size > 0 && steps.loop.interrupt === null) {
        expect(violations({ ...steps, loop: { ...steps.loop, running: true } })).toEqual([])
        steps = deepFreeze(step(interpreter, steps))
      }
      expect(whole).toEqual(steps)
      expect(turn(interpreter, world)).toEqual(whole)
    })
  })

  it.prop([reached])('from a clone it goes on in the same way, and nothing but data is needed', ({ codes, world }) => {
    const clone = structuredClone(world)
    expect(clone).toEqual(world)
    unlessHalted(() => {
      expect(turn(interpreterOf(codes), clone)).toEqual(turn(interpreterOf(codes), world))
    })
  })

  it.prop([reached])('what was ready runs in order, once, cancelled handles left out', ({ codes, world }) => {
    const before = beginTurn(world)
    const expected = batch(before).map(({ id }) => id)
    unlessHalted(() => {
      const later = turn(interpreterOf(codes), world)
      const skipped = new Set(expected.filter((id) => isCancelled(later, id) || isCancelled(before, id)))
      const ran = began(later, before)
      expect(expected.filter((id) => ran.includes(id))).toEqual(ran)
      if (later.loop.interrupt === null) {
        expect(expected.filter((id) => !ran.includes(id) && !skipped.has(id))).toEqual([])
        expect(batch(later)).toEqual([])
      }
    })
  })
})

describe(rule('_run_once: batch'), () => {
  it.prop([reached])('all that is ready and due, and the turn is counted', ({ world }) => {
    const dropped = dropCancelledTimers(world)
    const now = world.clock + (timeout(dropped.loop, world.clock) ?? 0)
    const due = collectDueTimers({ ...dropped, clock: now })
    const begun = beginTurn(world)
    expect(batch(begun)).toEqual(items(due.loop.ready))
    expect(begun.clock).toBe(now)
    expect(begun.loop).toEqual({
      ...due.loop,
      turn: world.loop.turn + 1,
      batch: begun.loop.batch,
      ready: idleWorld.loop.ready,
    })
    expect(happened(begun, world)).toMatchObject([
      { event: 'TurnBegan', loop: world.loop.id, time: now, turn: world.loop.turn + 1 },
    ])
  })

  test('what comes to be ready later waits for the next turn', () => {
    const codes: readonly Script[] = [
      [
        { does: 'call soon', code: 1 },
        { does: 'say', text: 'one' },
      ],
      [{ does: 'say', text: 'two' }],
    ]
    const ready = having(idleWorld, { does: 'call soon', code: 0 })
    const one = turnsLater(codes, ready, 1)
    expect(printed(one)).toEqual(['one'])
    expect(printed(turnsLater(codes, one, 1))).toEqual(['one', 'two'])
  })

  test('to wait for more than a day takes a turn more', () => {
    const codes: readonly Script[] = [[{ does: 'say', text: 'late' }]]
    const waiting = having(idleWorld, { does: 'call later', delay: 86_401, code: 0 })
    const day = turnsLater(codes, waiting, 1)
    expect([day.clock, printed(day)]).toEqual([86_400, []])
    const later = turnsLater(codes, day, 1)
    expect([later.clock, printed(later), later.loop.turn]).toEqual([86_401, ['late'], 2])
  })
})

describe('one step, whoever is chosen', () => {
  it.prop([reached, fc.nat(7)])(
    'takes one of the batch and leaves the order of the others',
    ({ codes, world }, choice) => {
      const begun = deepFreeze(beginTurn(world))
      const handles = batch(begun)
      const handle = handles[choice]
      const interpreter = interpreterOf(codes)
      if (handle === undefined) {
        expect(() => step(interpreter, begun, choice)).toThrow(
          new RangeError(`no handle ${choice} in a batch of ${handles.length}`),
        )
        return
      }
      unlessHalted(() => {
        const later = step(interpreter, begun, choice)
        expect(batch(later)).toEqual(handles.filter((_, i) => i !== choice))
        expect(began(later, begun)).toEqual(isCancelled(begun, handle.id) ? [] : [handle.id])
        expect(violations(later)).toEqual([])
        if (choice === 0) expect(later).toEqual(step(interpreter, begun))
      })
    },
  )
})

describe(rule('Handle._run'), () => {
  it.prop([reached])('in its own context, and the present one comes back', ({ codes, world }) => {
    const context = { variable: 5, value: 'mine', older: null }
    const handle = { id: 4, callback: callback(0), context }
    const interpreter = interpreterOf([
      [
        { does: 'assign', variable: 6, value: 'x' },
        { does: 'call soon', code: 1 },
      ],
      ...codes,
    ])
    const later = runHandle(interpreter, world, handle)
    expect(later.context).toBe(world.context)
    expect(items(later.loop.ready).at(-1)?.context).toEqual({ variable: 6, value: 'x', older: context })
    expect(happened(later, world)).toMatchObject([
      { event: 'HandleBegan', handle: 5 },
      { event: 'HandleScheduled' },
      { event: 'HandleEnded', handle: 5 },
    ])
  })

  const raising = (type: string) => {
    const codes: readonly Script[] = [[{ does: 'raise', type }], [{ does: 'say', text: 'next' }]]
    const world = having(idleWorld, { does: 'call soon', code: 0 }, { does: 'call soon', code: 1 })
    return { codes, later: turn(interpreterOf(codes), world), world }
  }

  test('an exception is reported and the others run', () => {
    const { later, world } = raising('ValueError')
    expect(later.loop.interrupt).toBeNull()
    expect(printed(later)).toEqual(['next'])
    expect(happened(later, world)).toContainEqual(
      expect.objectContaining({
        event: 'ExceptionReported',
        message: 'Exception in callback f0',
        exception: 'ValueError()#0',
      }),
    )
  })

  test.each(['SystemExit', 'KeyboardInterrupt'])('%s cuts the batch, and the rest runs in the next turn', (type) => {
    const { codes, later, world } = raising(type)
    expect(later.loop.interrupt?.type).toBe(type)
    expect(printed(later)).toEqual([])
    expect(batch(later).map(({ id }) => id)).toEqual([1])
    expect(happened(later, world).some(({ event }) => event === 'ExceptionReported')).toBe(false)
    const entered = turnsLater(codes, world, 1)
    expect(items(entered.loop.ready).map(({ id }) => id)).toEqual([1])
    expect(printed(turnsLater(codes, entered, 1))).toEqual(['next'])
  })

  test('what a rule of the kernel refuses is reported too', () => {
    const done = setResult(createFuture(idleWorld, 1), 0, null)
    const told = (handle: Handle) => happened(runHandle(interpreterOf([]), done, handle), done)[1]
    const setting = { name: '_set_result_unless_cancelled', future: 0, value: 1n } as const
    expect(told({ id: 0, callback: setting, context: null })).toMatchObject({
      event: 'ExceptionReported',
      message: 'Exception in callback _set_result_unless_cancelled',
      exception: 'InvalidStateError(invalid state)#0',
    })
  })

  test('what no program does is not hidden', () => {
    const handle = {
      id: 0,
      callback: { name: '_set_result_unless_cancelled', future: 9, value: null },
      context: null,
    } as const
    expect(() => runHandle(interpreterOf([]), idleWorld, handle)).toThrow(new RangeError('no future 9'))
  })

  test('a timer of a sleep sets its result', () => {
    const callback = { name: '_set_result_unless_cancelled', future: 0, value: 'slept' } as const
    const timed = callAt(createFuture(idleWorld, 1), 1, 1, callback, null)
    expect(futureWith(turn(interpreterOf([]), timed), 0).result).toBe('slept')
  })
})

describe(rule('_run_until_complete_cb'), () => {
  const pending = createFuture(idleWorld, 1)
  const failed = (type: string) => {
    const [made, error] = makeException(pending, raise(type))
    return setException(made, 0, error)
  }

  test('stops the loop, whatever became of the future', () => {
    const cancelled = becomeCancelled(pending, 0, null)
    expect(runUntilCompleteCallback(cancelled, 0)).toEqual(stop(cancelled))
    for (const world of [setResult(pending, 0, 'x'), cancelled, failed('ValueError')]) {
      expect(runUntilCompleteCallback(world, 0).loop).toEqual({ ...world.loop, stopping: true })
    }
    const told = callSoon(setResult(pending, 0, 'x'), 1, { name: '_run_until_complete_cb', future: 0 }, null)
    expect(turn(interpreterOf([]), told).loop.stopping).toBe(true)
  })

  test('a result that is an exception, or anything else, is no interrupt', () => {
    const exit = { kind: 'class', name: 'SystemExit' } as const
    expect(runUntilCompleteCallback(setResult(pending, 0, exit), 0).loop.stopping).toBe(true)
  })

  test('not for what has left the loop already, which was seen', () => {
    for (const type of ['SystemExit', 'KeyboardInterrupt']) {
      const later = runUntilCompleteCallback(failed(type), 0)
      expect(later.loop.stopping).toBe(false)
      expect(futureWith(later, 0).retrieved).toBe(true)
    }
  })
})

describe('deadlock', () => {
  it.prop([reached])('is: nothing ready, no live timer, not stopping', ({ world }) => {
    const dropped = dropCancelledTimers(world).loop
    const nothing = dropped.ready.size === 0 && dropped.timers.size === 0 && !dropped.stopping
    expect(isDeadlocked(world)).toBe(nothing)
  })

  test('a turn that is under way is none', () => {
    const ready = callSoon(idleWorld, 1, callback(0), null)
    expect(isDeadlocked(idleWorld)).toBe(true)
    expect(
      isDeadlocked({ ...ready, loop: { ...ready.loop, batch: ready.loop.ready, ready: idleWorld.loop.ready } }),
    ).toBe(false)
  })
})
