import { describe, expect, test } from 'vitest'
import {
  begin,
  COROUTINE,
  closeCoroutine,
  coroutineFrame,
  coroutineWith,
  newCoroutine,
} from '../../src/loop/coroutine-object.js'
import { createTask } from '../../src/loop/task.js'
import type { World } from '../../src/loop/world.js'
import { deepFreeze } from '../persistent/versions.js'
import { rule } from '../rule.js'
import { frameOf, type Script } from './script.js'
import { having, idleWorld, printed, turnsLater } from './worlds.js'

const [made, reference] = newCoroutine(idleWorld, 'work', frameOf(0))
const created = deepFreeze(made)
const { id } = reference

/** A world some turns later, with a task for the coroutine and the script of another for the second task. */
const driven = (codes: readonly Script[], turns: number): World => {
  const one = createTask(created, 1, coroutineFrame(id, 'task'), null)
  return turnsLater(codes, deepFreeze(createTask(one, 1, frameOf(1), null)), turns)
}

describe(rule('coroutine object'), () => {
  test('a new one keeps its frame, under its own number', () => {
    expect(reference).toEqual({ kind: 'coroutine', id: idleWorld.objects.next })
    const [again] = newCoroutine(idleWorld, 'work', frameOf(0))
    expect(again).toEqual(created)
    expect(coroutineWith(again, id)).toEqual({
      kind: 'coroutine',
      name: 'work',
      frame: frameOf(0, id),
      task: null,
      closed: false,
    })
    expect(COROUTINE).toBe('coroutine')
    expect(coroutineFrame(id, 'await')).toEqual({ machine: COROUTINE, state: 'await', locals: id, coroutine: null })
  })

  test('it begins once', () => {
    const running = { ...created, currentTask: 3 }
    const [begun, frame] = begin(running, coroutineFrame(id, 'await'))
    expect(frame).toEqual(frameOf(0, id))
    expect(coroutineWith(begun, id)).toEqual({ kind: 'coroutine', name: 'work', frame: null, task: 3, closed: false })
    expect(() => begin(begun, coroutineFrame(id, 'await'))).toThrow(
      expect.objectContaining({ type: 'ValueError', args: ['coroutine already executing'] }),
    )
    expect(() => begin({ ...begun, currentTask: 4 }, coroutineFrame(id, 'await'))).toThrow(
      expect.objectContaining({ type: 'RuntimeError', args: ['coroutine is being awaited already'] }),
    )
    expect(() => begin({ ...begun, currentTask: 4 }, coroutineFrame(id, 'task'))).toThrow(
      expect.objectContaining({
        kind: 'halt',
        verdict: { kind: 'unmodelled', reason: 'a coroutine that is awaited and driven by a task as well' },
      }),
    )
  })

  test('one that has ended, or was closed before it began, does not begin', () => {
    const closed = closeCoroutine(created, id)
    expect(coroutineWith(closed, id)).toEqual({
      kind: 'coroutine',
      name: 'work',
      frame: null,
      task: null,
      closed: true,
    })
    for (const by of ['task', 'await'] as const) {
      expect(() => begin(closed, coroutineFrame(id, by))).toThrow(
        expect.objectContaining({ type: 'RuntimeError', args: ['cannot reuse already awaited coroutine'] }),
      )
    }
  })

  test('a task drives it, and whoever awaits it meanwhile is refused', () => {
    const await_ = { does: 'begin', callee: coroutineFrame(id, 'await'), catches: true } as const
    const paused = driven([[{ does: 'yield' }, { does: 'return', value: 1n }], [await_]], 1)
    expect(printed(paused)).toEqual(['1:0 ! RuntimeError(coroutine is being awaited already)#0'])
    const ended = driven([[{ does: 'return', value: 1n }], [await_]], 1)
    expect(printed(ended)).toEqual(['1:0 ! RuntimeError(cannot reuse already awaited coroutine)#0'])
    expect(coroutineWith(ended, id).closed).toBe(true)
  })

  test('the end of the one that was awaited is its value', () => {
    const begun = having(created, { does: 'say', text: 'start' })
    const task = deepFreeze(createTask(begun, 1, frameOf(1), null))
    const codes: readonly Script[] = [
      [{ does: 'yield' }, { does: 'return', value: 'worked' }],
      [{ does: 'begin', callee: coroutineFrame(id, 'await') }],
    ]
    expect(printed(turnsLater(codes, task, 2))).toEqual(['start', '0:0 < None', '1:0 < worked'])
  })
})
