import { it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { cancel } from '../../src/loop/cancellation.js'
import { exceptionOf, result, setException, withoutDestroyReport } from '../../src/loop/future.js'
import { reportsOf } from '../../src/loop/reports.js'
import type { ExceptionValue, Value } from '../../src/loop/value.js'
import type { World } from '../../src/loop/world.js'
import { entries } from '../../src/persistent/table.js'
import { rule } from '../rule.js'
import { having, idleWorld, reached } from './worlds.js'

const oops = (why: string): ExceptionValue => ({ kind: 'exception', id: 7, type: 'ValueError', args: [why] })

const show = (value: Value): string => JSON.stringify(value)

const messages = (world: World): readonly string[] => reportsOf(world, show).map(({ message }) => message)

describe(rule('never retrieved'), () => {
  it.prop([reached])('a report for each failure with the flag, and for each task without an end', ({ world }) => {
    const futures = entries(world.futures).map(([, future]) => future)
    const failed = futures.filter(({ exception, retrieved }) => exception !== null && !retrieved)
    const pending = futures.filter(({ task, state }) => task !== null && state === 'pending')
    expect(reportsOf(world, show)).toHaveLength(failed.length + pending.length)
    const named = reportsOf(world, show).flatMap(({ task, exception }) => (exception === null ? [task] : []))
    expect([...named].sort()).toEqual(pending.map(({ task }) => task?.name).sort())
  })

  test('whoever asks for the result or the exception, or would cancel, has taken note', () => {
    const failed = setException(having(idleWorld, { does: 'future' }), 0, oops('a'))
    expect(reportsOf(failed, show)).toEqual([
      { message: 'Future exception was never retrieved', task: null, exception: show(oops('a')) },
    ])
    for (const asked of [result(failed, 0).world, exceptionOf(failed, 0).world, cancel(failed, 0, null)[0]]) {
      expect(reportsOf(asked, show)).toEqual([])
    }
  })

  test('they stand in the order of their texts', () => {
    const made = having(idleWorld, { does: 'future' }, { does: 'spawn', code: 0 }, { does: 'future' })
    const failed = setException(setException(made, 0, oops('later')), 2, oops('earlier'))
    const gathering = having(failed, { does: 'gather', which: [1], returnExceptions: false })
    const told = reportsOf(setException(gathering, 3, oops('last')), show)
    expect(told.map(({ exception }) => exception)).toEqual([
      show(oops('earlier')),
      show(oops('later')),
      null,
      show(oops('last')),
    ])
    expect(told[2]).toEqual({ message: 'Task was destroyed but it is pending!', task: 'Task-1', exception: null })
    expect(told[3]?.message).toBe('_GatheringFuture exception was never retrieved')
  })

  test('a task that asyncio made by itself may stay pending', () => {
    const spawned = having(idleWorld, { does: 'spawn', code: 0 })
    expect(messages(spawned)).toEqual(['Task was destroyed but it is pending!'])
    expect(messages(withoutDestroyReport(spawned, 0))).toEqual([])
  })
})
