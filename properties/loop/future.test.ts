import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import {
  addDoneCallback,
  becomeCancelled,
  createFuture,
  exceptionOf,
  finish,
  forget,
  futureWith,
  isDone,
  keepCancelledError,
  makeCancelledError,
  removeDoneCallback,
  requestCancel,
  result,
  setException,
  setResult,
  setResultUnlessCancelled,
  taskOf,
  withFuture,
  withTask,
} from '../../src/loop/future.js'
import { loopWith } from '../../src/loop/loops.js'
import { makeException, raise } from '../../src/loop/raise.js'
import type { ExceptionValue, Value } from '../../src/loop/value.js'
import type { Future, Task, World } from '../../src/loop/world.js'
import { items } from '../../src/persistent/queue.js'
import { deepFreeze } from '../persistent/versions.js'
import { rule } from '../rule.js'
import { callback, isCall, known } from './script.js'
import { having, idleWorld, reached } from './worlds.js'

const context = { variable: 3, value: 'there', older: null }
const oops: ExceptionValue = { kind: 'exception', id: 77, type: 'ValueError', args: ['oops'] } as ExceptionValue
const pendingFuture = deepFreeze(createFuture(idleWorld, 1))
const watched = deepFreeze(
  [0, 1, 0].reduce((world, code) => addDoneCallback(world, 0, callback(code), context), pendingFuture),
)
const finished = deepFreeze(setResult(pendingFuture, 0, 'done'))
const failed = deepFreeze(setException(pendingFuture, 0, oops))
const cancelled = deepFreeze(becomeCancelled(pendingFuture, 0, 'why'))

const refusal = (type: string, ...args: readonly Value[]) => expect.objectContaining({ kind: 'raise new', type, args })

/** A future of a world that can be reached. */
const anyFuture = fc.record({ at: reached, which: fc.nat(1000) }).map(({ at: { world }, which }) => {
  const all = known(world, 'future')
  return { world: all.length === 0 ? pendingFuture : world, id: all[which % all.length] ?? 0 }
})

const readyIn = (world: World, loop: number) => items(loopWith(world, loop).ready)

/** Whether setting it does what is said: the callbacks stand behind what was ready, and the future is as told. */
const expectEnded = (before: World, later: World, id: number, ended: Partial<Future>) => {
  const future = futureWith(before, id)
  expect(futureWith(later, id)).toEqual({ ...future, callbacks: [], ...ended })
  expect(readyIn(later, future.loop)).toEqual([
    ...readyIn(before, future.loop),
    ...future.callbacks.map((registered, i) => ({ id: before.handles.next + i, ...registered })),
  ])
  expect(later.handles.next).toBe(before.handles.next + future.callbacks.length)
}

describe(rule('create_future'), () => {
  it.prop([reached])('has the next number and nothing else', ({ world }) => {
    const later = createFuture(world, 2)
    expect(later).toEqual({ ...world, futures: later.futures })
    expect(futureWith(later, world.futures.next)).toEqual({
      loop: 2,
      state: 'pending',
      result: null,
      exception: null,
      callbacks: [],
      cancelMessage: null,
      cancelledError: null,
      retrieved: true,
      task: null,
      children: null,
      cancelRequested: false,
      refused: false,
    })
    expect(() => futureWith(world, world.futures.next)).toThrow(new RangeError(`no future ${world.futures.next}`))
  })
})

describe(rule('Future.done'), () => {
  it.prop([anyFuture])('is what is not pending', ({ world, id }) => {
    expect(isDone(futureWith(world, id))).toBe(['finished', 'cancelled'].includes(futureWith(world, id).state))
  })
})

describe(rule('Future.set_result'), () => {
  it.prop([anyFuture])('ends a pending one only', ({ world, id }) => {
    if (isDone(futureWith(world, id))) {
      expect(() => setResult(world, id, 'new')).toThrow(refusal('InvalidStateError', 'invalid state'))
    } else {
      expectEnded(world, setResult(world, id, 'new'), id, { state: 'finished', result: 'new' })
    }
  })
})

describe(rule('Future.set_exception'), () => {
  it.prop([anyFuture])('ends a pending one only', ({ world, id }) => {
    if (isDone(futureWith(world, id))) {
      expect(() => setException(world, id, oops)).toThrow(refusal('InvalidStateError', 'invalid state'))
    } else {
      const ended = { state: 'finished', result: null, exception: oops, retrieved: false } as const
      expectEnded(world, setException(world, id, oops), id, ended)
    }
  })

  test('StopIteration would end a coroutine, so RuntimeError stands in', () => {
    const [world, stop] = makeException(pendingFuture, raise('StopIteration', 'x'))
    expect(futureWith(setException(world, 0, stop), 0).exception).toMatchObject({
      id: stop.id + 1,
      type: 'RuntimeError',
      args: ['StopIteration interacts badly with generators and cannot be raised into a Future'],
    })
  })
})

describe(rule('Future.result'), () => {
  test('each of the states', () => {
    expect(() => result(pendingFuture, 0)).toThrow(refusal('InvalidStateError', 'Result is not set.'))
    expect(result(finished, 0)).toEqual({ world: finished, value: 'done', error: null })
    expect(result(failed, 0)).toMatchObject({ value: null, error: oops })
    expect(result(cancelled, 0).error).toMatchObject({ type: 'CancelledError', args: ['why'] })
  })

  it.prop([anyFuture])('of a finished one changes nothing but that its exception was seen', ({ world, id }) => {
    const future = futureWith(world, id)
    if (future.state !== 'finished') return
    for (const ask of [result, exceptionOf]) {
      const later = ask(world, id).world
      expect(later).toEqual({ ...world, futures: later.futures })
      expect(futureWith(later, id)).toEqual({ ...future, retrieved: true })
      expect(ask(later, id).world).toBe(later)
    }
  })
})

describe(rule('Future.exception'), () => {
  test('each of the states', () => {
    expect(() => exceptionOf(pendingFuture, 0)).toThrow(refusal('InvalidStateError', 'Exception is not set.'))
    expect(exceptionOf(finished, 0)).toEqual({ world: finished, value: null, error: null })
    expect(exceptionOf(failed, 0)).toMatchObject({ value: oops, error: null })
    expect(exceptionOf(cancelled, 0).error).toMatchObject({ type: 'CancelledError', args: ['why'] })
  })
})

describe(rule('Future._make_cancelled_error'), () => {
  test('the error that is kept is taken once; then new ones with the message', () => {
    const kept = keepCancelledError(cancelled, 0, oops)
    expect(futureWith(kept, 0)).toEqual({ ...futureWith(cancelled, 0), cancelledError: oops })
    const first = makeCancelledError(kept, 0)
    expect(first).toMatchObject({ value: null, error: oops })
    expect(futureWith(first.world, 0)).toEqual(futureWith(cancelled, 0))
    const second = makeCancelledError(first.world, 0)
    const third = makeCancelledError(second.world, 0)
    expect(second).toMatchObject({ value: null, error: { type: 'CancelledError', args: ['why'] } })
    expect(third.error.id).toBe(second.error.id + 1)
  })

  test('without a message there is none', () => {
    expect(makeCancelledError(becomeCancelled(pendingFuture, 0, null), 0).error.args).toEqual([])
  })
})

describe(rule('Future.add_done_callback'), () => {
  it.prop([anyFuture])('is remembered, or scheduled where the future is done', ({ world, id }) => {
    const future = futureWith(world, id)
    const later = addDoneCallback(world, id, callback(2), context)
    const added = { callback: callback(2), context }
    if (isDone(future)) {
      expect(futureWith(later, id)).toBe(future)
      expect(readyIn(later, future.loop)).toEqual([
        ...readyIn(world, future.loop),
        { id: world.handles.next, ...added },
      ])
    } else {
      expect(later).toEqual({ ...world, futures: later.futures })
      expect(futureWith(later, id)).toEqual({ ...future, callbacks: [...future.callbacks, added] })
    }
  })
})

describe(rule('Future.remove_done_callback'), () => {
  it.prop([anyFuture, fc.nat(2)])('takes out all that are equal and counts them', ({ world, id }, code) => {
    const future = futureWith(world, id)
    const [later, count] = removeDoneCallback(world, id, isCall(code))
    const kept = future.callbacks.filter(({ callback }) => !isCall(code)(callback))
    expect(futureWith(later, id)).toEqual({ ...future, callbacks: kept })
    expect(count).toBe(future.callbacks.length - kept.length)
    expect(later).toEqual({ ...world, futures: later.futures })
  })

  test('one that stands there twice goes twice', () => {
    const [later, count] = removeDoneCallback(watched, 0, isCall(0))
    expect(count).toBe(2)
    expect(futureWith(later, 0).callbacks).toEqual([{ callback: callback(1), context }])
  })

  test('once the future is done it does nothing: what is scheduled stays', () => {
    const done = setResult(watched, 0, null)
    const [later, count] = removeDoneCallback(done, 0, isCall(0))
    expect(count).toBe(0)
    expect(later).toEqual(done)
  })
})

describe(rule('Future.__schedule_callbacks'), () => {
  it.prop([anyFuture])('in order, each in its context, and then there are none', ({ world, id }) => {
    const future = futureWith(world, id)
    expectEnded(world, finish(world, id, { ...future, state: 'finished', callbacks: [] }), id, { state: 'finished' })
  })

  test('in a closed loop they are lost, and the future is done all the same', () => {
    const closed = deepFreeze({ ...watched, loop: { ...watched.loop, closed: true } })
    expect(() => setResult(closed, 0, 'late')).toThrow(refusal('RuntimeError', 'Event loop is closed'))
    const later = having(closed, { does: 'future' }, { does: 'set result', which: 0, value: 'late' })
    expect(futureWith(later, 1)).toMatchObject({ state: 'finished', result: 'late' })
    const [unwatched] = removeDoneCallback(closed, 0, () => true)
    expect(futureWith(setResult(unwatched, 0, 'late'), 0).result).toBe('late')
    try {
      setResult(closed, 0, 'late')
    } catch (raised) {
      expect(futureWith(makeException(closed, raised as ReturnType<typeof raise>)[0], 0)).toMatchObject({
        state: 'finished',
        result: 'late',
        callbacks: [],
      })
    }
  })
})

describe(rule('_set_result_unless_cancelled'), () => {
  it.prop([anyFuture])('sets, does nothing, or is refused', ({ world, id }) => {
    const { state } = futureWith(world, id)
    const setting = () => setResultUnlessCancelled(world, id, 'timer')
    if (state === 'cancelled') expect(setting()).toBe(world)
    else if (state === 'finished') expect(setting).toThrow(refusal('InvalidStateError', 'invalid state'))
    else expect(setting()).toEqual(setResult(world, id, 'timer'))
  })
})

describe('what else is done with futures', () => {
  it.prop([anyFuture])('a cancelled one has the message and no result', ({ world, id }) => {
    if (isDone(futureWith(world, id))) return
    const ended = { state: 'cancelled', cancelMessage: 'why' } as const
    expectEnded(world, becomeCancelled(world, id, 'why'), id, ended)
  })

  it.prop([anyFuture])('a request is remembered', ({ world, id }) => {
    const later = requestCancel(world, id)
    expect(later).toEqual({ ...world, futures: later.futures })
    expect(futureWith(later, id)).toEqual({ ...futureWith(world, id), cancelRequested: true })
  })

  it.prop([anyFuture])('another state of its task is put in', ({ world, id }) => {
    const future = futureWith(world, id)
    const task: Task = {
      name: 'new',
      stack: null,
      started: true,
      waiter: null,
      mustCancel: true,
      cancelling: 3,
      logDestroyPending: true,
      context: null,
    }
    const later = withTask(world, id, task)
    expect(futureWith(later, id)).toEqual({ ...future, task })
    expect(taskOf(futureWith(later, id))).toBe(task)
    expect(withFuture(later, id, future)).toEqual(world)
  })

  test('a future that is no task has none, and what is forgotten is gone', () => {
    expect(() => taskOf(futureWith(pendingFuture, 0))).toThrow(new TypeError('not a task'))
    expect(() => futureWith(forget(pendingFuture, 0), 0)).toThrow(new RangeError('no future 0'))
  })
})
