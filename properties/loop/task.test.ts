import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import type { Interpreter } from '../../src/loop/coroutine.js'
import { futureWith, isDone, taskOf, withFuture } from '../../src/loop/future.js'
import { isHalt } from '../../src/loop/halt.js'
import { createTask, handleResult, step, wakeup } from '../../src/loop/task.js'
import type { ExceptionValue } from '../../src/loop/value.js'
import type { World } from '../../src/loop/world.js'
import { items } from '../../src/persistent/queue.js'
import { deepFreeze } from '../persistent/versions.js'
import { rule } from '../rule.js'
import { type Act, frameOf, interpreterOf, known, type Script } from './script.js'
import { happened, having, idleWorld, printed, reached, turnsLater } from './worlds.js'

/** A world with future 0 and a task for each code from 1 on, some turns later. */
const begin = (codes: readonly Script[], turns = 1): World =>
  turnsLater(
    codes,
    having(idleWorld, { does: 'future' }, ...codes.map((_, code) => ({ does: 'spawn', code }) as const)),
    turns,
  )

const set: Act = { does: 'set result', which: 0, value: 'it' }

describe(rule('create_task'), () => {
  it.prop([reached, fc.option(fc.string())])('a first step is scheduled, in the present context', ({ world }, name) => {
    const id = world.futures.next
    const later = createTask(world, world.loop.id, frameOf(3), name)
    const number = name === null ? world.defaultNames + 1 : world.defaultNames
    expect(later.defaultNames).toBe(number)
    expect(futureWith(later, id)).toMatchObject({ state: 'pending', loop: world.loop.id, callbacks: [] })
    expect(taskOf(futureWith(later, id))).toEqual({
      name: name ?? `Task-${number}`,
      stack: { frame: frameOf(3), below: null, depth: 1 },
      started: false,
      waiter: null,
      mustCancel: false,
      cancelling: 0,
      logDestroyPending: true,
      context: world.context,
    })
    expect(items(later.loop.ready)).toEqual([
      ...items(world.loop.ready),
      { id: world.handles.next, callback: { name: 'Task.__step', task: id, error: null }, context: null },
    ])
    expect(happened(later, world)).toMatchObject([
      { event: 'TaskCreated', created: name ?? `Task-${number}` },
      { event: 'HandleScheduled', callback: 'Task.__step' },
    ])
  })

  test('a closed loop takes no task', () => {
    const closed = { ...idleWorld, loop: { ...idleWorld.loop, closed: true } }
    expect(() => createTask(closed, 1, frameOf(0), null)).toThrow(expect.objectContaining({ type: 'RuntimeError' }))
  })
})

/** Steps a pending task by itself: nobody else runs. */
const anyStep = fc.record({ at: reached, which: fc.nat(1000) }).map(({ at: { codes, world }, which }) => {
  const waiting = items(world.loop.ready).flatMap(({ callback }) =>
    callback.name === 'Task.__step' && !isDone(futureWith(world, callback.task)) ? [callback] : [],
  )
  return { interpreter: interpreterOf(codes), world, callback: waiting[which % waiting.length] }
})

/** The world behind a step; undefined where that leaves the model, as a cancellation that goes round does. */
const stepped = (
  interpreter: Interpreter,
  world: World,
  id: number,
  error: ExceptionValue | null,
): World | undefined => {
  try {
    return step(interpreter, world, id, null, error)[0]
  } catch (caught) {
    if (isHalt(caught)) return undefined
    throw caught
  }
}

describe(rule('Task.__step'), () => {
  it.prop([anyStep])('the task is current while it runs; then it has paused or ended', (at) => {
    const { interpreter, world, callback } = at
    if (callback === undefined) return
    const { task: id } = callback
    const before = taskOf(futureWith(world, id))
    const later = stepped(interpreter, world, id, callback.error)
    if (later === undefined) return
    const told = happened(later, world).filter(({ task }) => task === before.name)
    expect(told[0]?.event).toBe(before.started ? 'TaskResumed' : 'TaskStarted')
    const done = isDone(futureWith(later, id))
    expect(told.filter(({ event }) => event === 'TaskPaused')).toHaveLength(done ? 0 : 1)
    expect(told.filter(({ event }) => event === 'TaskEnded')).toHaveLength(done ? 1 : 0)
    expect(later.currentTask).toBeNull()
    expect(later.context).toBe(world.context)
    if (!done) expect(taskOf(futureWith(later, id)).started).toBe(true)
  })

  it.prop([anyStep])('a cancellation that waits is thrown in first of all', ({ interpreter, world, callback }) => {
    if (callback === undefined) return
    const { task: id } = callback
    const future = futureWith(world, id)
    const asked = { ...future, cancelMessage: 'thrown', task: { ...taskOf(future), mustCancel: true } }
    const before = deepFreeze(withFuture(world, id, asked))
    const later = stepped(interpreter, before, id, null)
    if (later === undefined) return
    const first = happened(later, before).find(({ event }) => event === 'Printed' || event === 'TaskEnded')
    expect(JSON.stringify(first)).toContain('CancelledError(thrown)')
  })

  test('a task that is done is not stepped', () => {
    const world = begin([[]])
    expect(() => step(interpreterOf([[]]), world, 1, null, null)).toThrow(
      expect.objectContaining({ type: 'InvalidStateError', args: ['__step(): already done'] }),
    )
  })

  test('what is set in the context stays with the task', () => {
    const world = begin([[{ does: 'assign', variable: 1, value: 'own' }, { does: 'yield' }]])
    expect(taskOf(futureWith(world, 1)).context).toEqual({ variable: 1, value: 'own', older: null })
    expect(world.context).toBeNull()
  })

  test('a CancelledError that is thrown in anyway stays the same', () => {
    const codes: readonly Script[] = [[{ does: 'await', which: 0, catches: true }]]
    const cancelled = having(
      begin(codes),
      { does: 'cancel', which: 0, message: 'by the future' },
      { does: 'cancel', which: 1, message: 'by the task' },
    )
    expect(taskOf(futureWith(cancelled, 1)).mustCancel).toBe(true)
    const later = turnsLater(codes, cancelled, 1)
    expect(printed(later)).toEqual(['0:0 ! CancelledError(by the future)#0'])
    expect(futureWith(later, 1).state).toBe('finished')
  })

  test('another error gives way to the cancellation', () => {
    const codes: readonly Script[] = [[{ does: 'await', which: 0, catches: true }]]
    const both = having(
      begin(codes),
      { does: 'set exception', which: 0, type: 'ValueError' },
      { does: 'cancel', which: 1, message: 'instead' },
    )
    expect(printed(turnsLater(codes, both, 1))).toEqual(['0:0 ! CancelledError(instead)#1'])
  })
})

describe(rule('Task.__wakeup'), () => {
  test('a value is what the await gives; the task was woken by a callback of its own', () => {
    const codes: readonly Script[] = [
      [
        { does: 'await', which: 0 },
        { does: 'return', value: 'end' },
      ],
    ]
    const paused = begin(codes)
    expect(taskOf(futureWith(paused, 1)).waiter).toBe(0)
    expect(futureWith(paused, 0).callbacks).toEqual([
      { callback: { name: 'Task.__wakeup', task: 1, future: 0 }, context: null },
    ])
    const [later, leaving] = wakeup(interpreterOf(codes), having(paused, set), 1, 0)
    expect(leaving).toBeNull()
    expect(printed(later)).toEqual(['0:0 < it'])
    expect(futureWith(later, 1)).toMatchObject({ state: 'finished', result: 'end' })
  })

  test('an exception is thrown in, and was seen', () => {
    const codes: readonly Script[] = [[{ does: 'await', which: 0 }]]
    const failed = having(begin(codes), { does: 'set exception', which: 0, type: 'KeyError' })
    const [later, leaving] = wakeup(interpreterOf(codes), failed, 1, 0)
    expect(leaving).toBeNull()
    expect(futureWith(later, 0).retrieved).toBe(true)
    expect(futureWith(later, 1)).toMatchObject({ state: 'finished', exception: { type: 'KeyError', id: 0 } })
  })
})

describe(rule('Task.__step_run_and_handle_result'), () => {
  const rest = { kind: 'returned', world: idleWorld, value: 'end' } as const

  test('a return is the result, unless a cancellation still waits', () => {
    const codes: readonly Script[] = [
      [
        { does: 'cancel', which: 1, message: 'late' },
        { does: 'return', value: 'end' },
      ],
    ]
    expect(futureWith(begin(codes), 1)).toMatchObject({
      state: 'cancelled',
      result: null,
      cancelMessage: 'late',
      task: { mustCancel: false },
    })
    expect(futureWith(begin([[{ does: 'return', value: 'end' }]]), 1)).toMatchObject({
      state: 'finished',
      result: 'end',
    })
  })

  test('a CancelledError that leaves it cancels it, and is kept, without a message of its own', () => {
    const world = begin([[{ does: 'raise', type: 'CancelledError' }]])
    expect(futureWith(world, 1)).toMatchObject({
      state: 'cancelled',
      cancelMessage: null,
      cancelledError: { type: 'CancelledError', id: 0 },
    })
  })

  test('any other exception is its own; SystemExit and KeyboardInterrupt leave the loop as well', () => {
    const ended = (type: string) => {
      const codes: readonly Script[] = [[{ does: 'raise', type }]]
      const spawned = having(idleWorld, { does: 'spawn', code: 0 })
      const [later, leaving] = step(interpreterOf(codes), spawned, 0, null, null)
      return [futureWith(later, 0).exception?.type, leaving?.type]
    }
    expect(ended('ValueError')).toEqual(['ValueError', undefined])
    expect(ended('SystemExit')).toEqual(['SystemExit', 'SystemExit'])
    expect(ended('KeyboardInterrupt')).toEqual(['KeyboardInterrupt', 'KeyboardInterrupt'])
  })

  test('a bare yield costs a turn', () => {
    const world = begin([[{ does: 'yield' }, { does: 'yield' }]])
    expect(taskOf(futureWith(world, 1))).toMatchObject({ waiter: null, started: true })
    expect(items(world.loop.ready)).toMatchObject([{ callback: { name: 'Task.__step', task: 1, error: null } }])
  })

  test('an awaited future that is done does not pause', () => {
    const codes: readonly Script[] = [[{ does: 'await', which: 0 }]]
    const ready = having(idleWorld, { does: 'future' }, set, { does: 'spawn', code: 0 })
    const later = turnsLater(codes, ready, 1)
    expect(happened(later).some(({ event }) => event === 'TaskPaused')).toBe(false)
    expect(printed(later)).toEqual(['0:0 < it'])
  })

  test('to wait for itself, or for a future of another loop, is refused one turn later', () => {
    const self: readonly Script[] = [[{ does: 'await', which: 1 }]]
    expect(printed(begin(self, 2))).toEqual(['0:0 ! RuntimeError(Task cannot await on itself: <Task>)#0'])
    const alien = (act: Act) =>
      printed(turnsLater([[{ does: 'await', which: 0 }]], having(idleWorld, act, { does: 'spawn', code: 0 }), 2))
    expect(alien({ does: 'future', loop: 2 })).toEqual([
      '0:0 ! RuntimeError(Task <Task> got Future <Future> attached to a different loop)#0',
    ])
    expect(alien({ does: 'spawn', code: 0, loop: 2 })).toEqual([
      '0:0 ! RuntimeError(Task <Task> got Future <Task> attached to a different loop)#0',
    ])
    const group = having(idleWorld, { does: 'future', loop: 2 })
    const spawned = having(withFuture(group, 0, { ...futureWith(group, 0), children: [] }), { does: 'spawn', code: 0 })
    expect(printed(turnsLater([[{ does: 'await', which: 0 }]], spawned, 2))).toEqual([
      '0:0 ! RuntimeError(Task <Task> got Future <_GatheringFuture> attached to a different loop)#0',
    ])
  })

  test('a future that was refused once cannot be waited for any more', () => {
    const codes: readonly Script[] = [
      [
        { does: 'await', which: 0, catches: true },
        { does: 'await', which: 0 },
      ],
    ]
    const world = turnsLater(codes, having(idleWorld, { does: 'future', loop: 2 }, { does: 'spawn', code: 0 }), 2)
    expect(futureWith(world, 0).refused).toBe(true)
    expect(printed(world).at(-1)).toBe("0:1 ! RuntimeError(await wasn't used with future)#1")
  })

  test('a cancellation that came while it ran goes to what it then waits for', () => {
    const codes: readonly Script[] = [
      [
        { does: 'cancel', which: 1, message: 'now' },
        { does: 'await', which: 0 },
      ],
    ]
    const world = begin(codes)
    expect(futureWith(world, 0)).toMatchObject({ state: 'cancelled', cancelMessage: 'now' })
    expect(taskOf(futureWith(world, 1))).toMatchObject({ mustCancel: false, waiter: 0 })
  })

  test('where what it waits for does not accept, it stays pending', () => {
    const codes: readonly Script[] = [
      [
        { does: 'gather', which: [0], returnExceptions: true },
        { does: 'set result', which: 0, value: null },
        { does: 'cancel', which: 1, message: 'now' },
        { does: 'await', which: 2 },
      ],
    ]
    expect(taskOf(futureWith(begin(codes), 1))).toMatchObject({ mustCancel: true, waiter: 2 })
  })

  test('a task runs no loop', () => {
    const runs = { kind: 'runs', world: idleWorld, stack: null } as const
    expect(() => handleResult(interpreterOf([]), runs, 0)).toThrow(new Error('a task cannot run a loop'))
  })

  test('without a trace nothing is made into text', () => {
    const silent = { ...having(idleWorld, { does: 'spawn', code: 0 }), trail: null }
    const interpreter = {
      ...interpreterOf([]),
      show: () => {
        throw new Error('asked')
      },
    }
    const [later] = handleResult(interpreter, { ...rest, world: silent }, 0)
    expect(futureWith(later, 0).result).toBe('end')
    expect(known(later, 'future')).toEqual([0])
  })

  test('its end is told as it came', () => {
    const outcomes = (script: Script) =>
      happened(begin([script])).flatMap((event) => (event.event === 'TaskEnded' ? [event.outcome] : []))
    expect(outcomes([{ does: 'return', value: 'end' }])).toEqual([{ kind: 'returned', value: 'end' }])
    expect(outcomes([{ does: 'raise', type: 'KeyError' }])).toEqual([{ kind: 'raised', exception: 'KeyError()#0' }])
  })
})
