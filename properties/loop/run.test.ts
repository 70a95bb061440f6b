import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { newestPython } from '../../src/asyncio/versions.js'
import { resumeStack } from '../../src/loop/coroutine.js'
import { createFuture } from '../../src/loop/future.js'
import { beginning } from '../../src/loop/machine.js'
import { advance, latestTime, run, waitingTasks } from '../../src/loop/run.js'
import { runForever, runUntilComplete } from '../../src/loop/run-until-complete.js'
import { newWorld, type World } from '../../src/loop/world.js'
import { items } from '../../src/persistent/queue.js'
import { deepFreeze } from '../persistent/versions.js'
import { frameOf, interpreterOf, type Script } from './script.js'
import { happened, having, histories, idleWorld, printed, turnsLater, withOutsideLoop } from './worlds.js'

/** A stopped loop, and outside a script that stands as code 0. */
const outside = (world: World): World => ({
  ...world,
  loop: { ...world.loop, running: false },
  outside: { kind: 'suspended', stack: { frame: frameOf(0), below: null, depth: 1 }, error: null },
})

const runs = (codes: readonly Script[], world = idleWorld, turns = 50) =>
  run(interpreterOf(codes), deepFreeze(outside(world)), { turns })

const forever = { does: 'begin', callee: beginning(runForever, { loop: 1 }) } as const

describe('verdicts', () => {
  test('the module comes to its end, or an exception leaves it', () => {
    expect(runs([[]])).toEqual({
      world: { ...outside(idleWorld), outside: { kind: 'returned', value: null } },
      verdict: { kind: 'finished' },
    })
    const raised = runs([[{ does: 'raise', type: 'KeyError' }]])
    expect(raised.verdict).toEqual({ kind: 'raised', exception: 'KeyError()#0' })
    expect(raised.world.outside).toMatchObject({ kind: 'raised', error: { type: 'KeyError' } })
  })

  test('deadlock: everybody waits, and for whom', () => {
    const codes: readonly Script[] = [
      [forever],
      [{ does: 'await', which: 0 }],
      [{ does: 'await', which: 1 }],
      [
        { does: 'gather', which: [0, 1], returnExceptions: false },
        { does: 'await', which: 6 },
      ],
      [],
    ]
    const acts = [1, 2, 3, 4].map((code) => ({ does: 'spawn', code }) as const)
    const { verdict, world } = runs(
      codes,
      having(idleWorld, { does: 'future' }, ...acts, { does: 'spawn', code: 1, loop: 2 }),
    )
    expect(verdict).toEqual({
      kind: 'deadlock',
      waiting: [
        { task: 'Task-1', on: 'future' },
        { task: 'Task-2', on: 'Task-1' },
        { task: 'Task-3', on: 'gather' },
      ],
    })
    expect(world.loop).toMatchObject({ running: true, turn: 1 })
  })

  test('who waits for a gathering waits for gather; who waits for nothing, for nothing', () => {
    const codes: readonly Script[] = [
      [],
      [
        { does: 'gather', which: [0], returnExceptions: false },
        { does: 'await', which: 2 },
      ],
      [{ does: 'yield' }],
    ]
    const spawned = having(idleWorld, { does: 'future' }, { does: 'spawn', code: 1 })
    expect(waitingTasks(turnsLater(codes, spawned, 1))).toEqual([{ task: 'Task-1', on: 'gather' }])
    const yielding = having(idleWorld, { does: 'spawn', code: 2 })
    expect(waitingTasks(yielding)).toEqual([{ task: 'Task-1', on: 'nothing' }])
    expect(waitingTasks(createFuture(idleWorld, 1))).toEqual([])
  })

  it.prop([fc.integer({ min: 0, max: 12 })])('the bound on turns', (turns) => {
    const codes: readonly Script[] = [[forever], Array(10).fill({ does: 'yield' })]
    const { verdict, world } = runs(codes, having(idleWorld, { does: 'spawn', code: 1 }), turns)
    expect(verdict).toEqual(turns <= 11 ? { kind: 'turn limit', turns } : { kind: 'deadlock', waiting: [] })
    expect(world.loop.turn).toBe(Math.min(turns, 11))
  })

  test('time is bounded too', () => {
    expect(latestTime).toBe(2 ** 31)
    const late = (delay: number) => {
      const acts = Array.from({ length: 1 }, () => ({ does: 'call later', delay, code: 1 }) as const)
      const world = { ...having(idleWorld, ...acts), clock: 2 ** 31 - 4 }
      return runs([[forever], []], world).verdict.kind
    }
    const timed = (clock: number) => {
      const world = having({ ...idleWorld, clock }, { does: 'call later', delay: 2, code: 1 })
      return runs([[forever], []], world).verdict
    }
    expect(late(0)).toBe('deadlock')
    expect(timed(2 ** 31 - 2)).toEqual({ kind: 'deadlock', waiting: [] })
    expect(timed(2 ** 31 - 1)).toEqual({ kind: 'unmodelled', reason: 'times beyond 2147483648 s are not modelled' })
  })

  test('an await where no task is', () => {
    for (const move of [{ does: 'await', which: 0 }, { does: 'yield' }] as const) {
      const { verdict } = runs([[{ does: 'future' }, move]])
      expect(verdict).toEqual({ kind: 'unmodelled', reason: 'an await outside every task' })
    }
  })

  test('a halt keeps the world: nothing of the run is lost', () => {
    const { world } = runs([[{ does: 'say', text: 'before' }, { does: 'yield' }]])
    expect(printed(world)).toEqual(['before'])
  })

  test('a mistake of our own is not hidden', () => {
    const broken = {
      ...interpreterOf([]),
      resume: () => {
        throw new TypeError('broken')
      },
    }
    expect(() => run(broken, outside(idleWorld), { turns: 1 })).toThrow(new TypeError('broken'))
  })
})

describe('a loop that is run from outside', () => {
  test('ends with the turn in which it is stopped; the code outside goes on', () => {
    const codes: readonly Script[] = [
      [forever, { does: 'say', text: 'outside' }],
      [{ does: 'stop' }, { does: 'call soon', code: 2 }, { does: 'say', text: 'one' }],
      [{ does: 'say', text: 'two' }],
    ]
    const { world, verdict } = runs(
      codes,
      having(idleWorld, { does: 'call soon', code: 1 }, { does: 'call soon', code: 2 }),
    )
    expect(verdict).toEqual({ kind: 'finished' })
    expect(printed(world)).toEqual(['one', 'two', '0:0 < None', 'outside'])
    expect(world.loop).toMatchObject({ running: false, stopping: false, turn: 1, ready: { size: 1 } })
  })

  test('stopped before it runs it runs one turn', () => {
    const { world, verdict } = runs([[{ does: 'stop' }, forever]])
    expect(verdict).toEqual({ kind: 'finished' })
    expect(world.loop.turn).toBe(1)
  })

  test('an interrupt is raised outside; the rest of the batch stands before what came later', () => {
    const codes: readonly Script[] = [
      [{ ...forever, catches: true }],
      [
        { does: 'call soon', code: 2 },
        { does: 'raise', type: 'KeyboardInterrupt' },
      ],
      [{ does: 'say', text: 'never' }],
    ]
    const ready = having(idleWorld, { does: 'call soon', code: 1 }, { does: 'call soon', code: 2 })
    const { world, verdict } = runs(codes, ready)
    expect(verdict).toEqual({ kind: 'finished' })
    expect(printed(world)).toEqual(['0:0 ! KeyboardInterrupt()#0'])
    expect(world.loop).toMatchObject({ running: false, interrupt: null, batch: { size: 0 } })
    expect(items(world.loop.ready).map(({ id }) => id)).toEqual([1, 2])
  })

  test('run_until_complete gives the result of a task', () => {
    const codes: readonly Script[] = [
      [{ does: 'begin', callee: beginning(runUntilComplete, { loop: 1, future: 0 }) }],
      [
        { does: 'sleep', delay: 3 },
        { does: 'return', value: 'slept well' },
      ],
    ]
    const { world, verdict } = runs(codes, having(idleWorld, { does: 'spawn', code: 1 }))
    expect(verdict).toEqual({ kind: 'finished' })
    expect(printed(world)).toEqual(['1:0 < slept', '0:0 < slept well'])
    expect([world.clock, world.loop.turn]).toEqual([3, 4])
  })

  test('nothing goes on where the code outside has ended', () => {
    const over: World = { ...outside(idleWorld), outside: { kind: 'returned', value: null } }
    expect(advance(interpreterOf([]), over)).toBe(over)
    const stopping = having({ ...over, loop: { ...idleWorld.loop, stopping: true } })
    expect(advance(interpreterOf([]), stopping).loop.stopping).toBe(true)
  })

  it.prop([histories])('the whole run of a world and of its clone is the same', ({ codes, acts }) => {
    const world = acts.reduce((before, act) => (act.does === 'turn' ? before : having(before, act)), idleWorld)
    const going = (from: World) => run(withOutsideLoop(codes), from, { turns: 5 })
    const { world: ended, verdict } = going(world)
    expect(going(structuredClone(world))).toEqual({ world: ended, verdict })
    expect(happened(ended).length).toBeGreaterThanOrEqual(happened(world).length)
  })

  test('a stack that is begun outside is begun with nothing', () => {
    const rest = resumeStack(interpreterOf([[]]), newWorld(null, true, newestPython), null, null, null)
    expect(rest).toMatchObject({ kind: 'returned', value: null })
  })
})
