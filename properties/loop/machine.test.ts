import { describe, expect, test } from 'vitest'
import { shutdownDefaultExecutor } from '../../src/asyncio/executor.js'
import { run } from '../../src/asyncio/run.js'
import { shutdownAsyncgens } from '../../src/asyncio/shutdown-asyncgens.js'
import { sleep } from '../../src/asyncio/sleep.js'
import {
  awaits,
  beginning,
  calls,
  machine,
  raised,
  raises,
  resumeMachine,
  returned,
  runs,
  yields,
} from '../../src/loop/machine.js'
import { raise } from '../../src/loop/raise.js'
import { runForever, runUntilComplete } from '../../src/loop/run-until-complete.js'
import type { ExceptionValue, Value } from '../../src/loop/value.js'
import { frameOf, interpreterOf } from './script.js'
import { idleWorld as world } from './worlds.js'

const oops: ExceptionValue = { kind: 'exception', id: 5, type: 'KeyError', args: [] }
const interpreter = interpreterOf([])

const every = machine<string>('every', {
  start: {
    sent: (world, locals, value) => {
      switch (locals) {
        case 'awaits':
          return awaits(world, 3, 'next', 'here')
        case 'yields':
          return yields(world, 'next', 'here')
        case 'calls':
          return calls(world, frameOf(0), 'next', 'here')
        case 'runs':
          return runs(world, 'next', 'here')
        case 'raises':
          return raises({ ...world, clock: 1 }, raise('ValueError'))
        case 'throws':
          throw raise('ValueError', 'thrown')
        case 'breaks':
          throw new TypeError('broken')
        default:
          return returned(world, value)
      }
    },
    thrown: (world, locals, error) =>
      locals === 'throws'
        ? ((): never => {
            throw raise('ValueError')
          })()
        : raised(world, { ...error, id: 6 }),
  },
  open: { sent: (world) => returned(world, null) },
})

const resume = (locals: string, value: Value = null, error: ExceptionValue | null = null, state = 'start') =>
  resumeMachine(interpreter, every, world, { ...beginning(every, locals, 8), state }, value, error)

describe('machine', () => {
  test('those of the library are told apart by their names', () => {
    const library = [sleep, run, shutdownAsyncgens, shutdownDefaultExecutor, runForever, runUntilComplete]
    expect(library.map(({ name }) => name)).toEqual([
      'sleep',
      'asyncio.run',
      'BaseEventLoop.shutdown_asyncgens',
      'BaseEventLoop.shutdown_default_executor',
      'BaseEventLoop.run_forever',
      'BaseEventLoop.run_until_complete',
    ])
  })

  const next = { machine: 'every', state: 'next', locals: 'here', coroutine: 8 }

  test('begins at its start', () => {
    expect(beginning(every, 'x')).toEqual({ machine: 'every', state: 'start', locals: 'x', coroutine: null })
    expect(beginning(every, 'x', 2).coroutine).toBe(2)
  })

  test('an answer has the whole next frame', () => {
    expect(resume('awaits')).toEqual({ kind: 'awaits', world, future: 3, frame: next })
    expect(resume('yields')).toEqual({ kind: 'yields', world, value: null, frame: next })
    expect(resume('calls')).toEqual({ kind: 'calls', world, callee: frameOf(0), frame: next })
    expect(resume('runs')).toEqual({ kind: 'runs', world, frame: next })
  })

  test('ends come as they are', () => {
    expect(resume('', 'value')).toEqual({ kind: 'returned', world, value: 'value' })
    expect(resume('', null, oops)).toEqual({ kind: 'raised', world, error: { ...oops, id: 6 } })
  })

  test('an error goes through a state that does not take it', () => {
    expect(resume('', null, oops, 'open')).toEqual({ kind: 'raised', world, error: oops })
  })

  test('what a rule throws is raised in the world as it was, what it raises in the new one', () => {
    const thrown = { kind: 'raised', error: { type: 'ValueError', args: ['thrown'], id: 0 } }
    expect(resume('throws')).toMatchObject({ ...thrown, world: { ...world, nextIdentity: 1 } })
    expect(resume('throws', null, oops)).toMatchObject({ kind: 'raised', error: { type: 'ValueError', id: 0 } })
    expect(resume('raises')).toMatchObject({ kind: 'raised', world: { clock: 1, nextIdentity: 1 }, error: { id: 0 } })
  })

  test('a mistake of our own is not hidden', () => {
    expect(() => resume('breaks')).toThrow(new TypeError('broken'))
    expect(() => resume('', null, null, 'nowhere')).toThrow(new RangeError('every has no state nowhere'))
  })
})
