import { describe, expect, test } from 'vitest'
import { run } from '../../src/asyncio/run.js'
import { newestPython } from '../../src/asyncio/versions.js'
import { begin, coroutineFrame, newCoroutine } from '../../src/loop/coroutine-object.js'
import { futureWith } from '../../src/loop/future.js'
import { violations } from '../../src/loop/invariant.js'
import { createLoop } from '../../src/loop/loops.js'
import { beginning } from '../../src/loop/machine.js'
import { eventsOf } from '../../src/loop/record.js'
import { run as runLoop } from '../../src/loop/run.js'
import { createTask } from '../../src/loop/task.js'
import type { Value } from '../../src/loop/value.js'
import { newWorld } from '../../src/loop/world.js'
import { entries } from '../../src/persistent/table.js'
import { frameOf, interpreterOf, type Script } from '../loop/script.js'
import { happened, printed } from '../loop/worlds.js'
import { deepFreeze } from '../persistent/versions.js'
import { rule } from '../rule.js'

const locals = (main: Value) => ({ main, loop: -1, value: null, error: null, left: [] })

/** `asyncio.run` of code 1, from a module that is code 0, which goes on with what else is to be done there. */
const ran = (codes: readonly Script[], module: Script = [], turns = 100) => {
  const [world, main] = newCoroutine(newWorld(null, true, newestPython), 'main', frameOf(1))
  const [both] = newCoroutine(world, 'second', frameOf(2))
  const callee = beginning(run, locals(main))
  const stack = { frame: frameOf(0), below: null, depth: 1 }
  const begun = deepFreeze({ ...both, outside: { kind: 'suspended', stack, error: null } as const })
  return runLoop(interpreterOf([[{ does: 'begin', callee, catches: true }, ...module], ...codes]), begun, { turns })
}

const tasks = ({ world }: ReturnType<typeof ran>): readonly string[] =>
  entries(world.futures).flatMap(([, { task, state }]) => (task === null ? [] : [`${task.name} ${state}`]))

describe(rule('asyncio.run'), () => {
  test('trivial: six turns, three tasks, a closed loop', () => {
    const trivial = ran([[{ does: 'return', value: 'done' }]])
    expect(trivial.verdict).toEqual({ kind: 'finished' })
    expect(printed(trivial.world)).toEqual(['0:0 < done'])
    expect(trivial.world.loop).toMatchObject({ id: 1, turn: 6, closed: true, running: false })
    expect(tasks(trivial)).toEqual(['Task-1 finished', 'Task-2 finished', 'Task-3 finished'])
    expect(violations(trivial.world)).toEqual([])
    expect(eventsOf(trivial.world).map(({ event }) => event)).toEqual([
      'LoopCreated',
      ...Array(3)
        .fill([
          'TaskCreated',
          'HandleScheduled',
          'TurnBegan',
          'HandleBegan',
          'TaskStarted',
          'TaskEnded',
          'HandleScheduled',
          'HandleEnded',
          'TurnBegan',
          'HandleBegan',
          'HandleEnded',
        ])
        .flat(),
      'LoopClosed',
      'Printed',
    ])
  })

  test('the exception of the coroutine comes out, after the shutdown', () => {
    const failed = ran([[{ does: 'raise', type: 'KeyError' }]])
    expect(printed(failed.world)).toEqual(['0:0 ! KeyError()#0'])
    expect(failed.world.loop).toMatchObject({ turn: 6, closed: true })
  })

  test('tasks that are left are cancelled, in order of creation, and waited for', () => {
    const codes: readonly Script[] = [
      [{ does: 'spawn', code: 2 }, { does: 'spawn', code: 3 }, { does: 'yield' }, { does: 'return', value: 'over' }],
      [{ does: 'sleep', delay: 10 }],
      [
        { does: 'sleep', delay: 10, catches: true },
        { does: 'sleep', delay: 1 },
        { does: 'say', text: 'tidied up' },
      ],
    ]
    const left = ran(codes)
    expect(printed(left.world)).toEqual([
      '1:2 < None',
      expect.stringMatching(/^2:0 ! CancelledError\(\)/),
      expect.stringMatching(/^3:0 ! CancelledError\(\)/),
      '3:1 < slept',
      'tidied up',
      '0:0 < over',
    ])
    expect(tasks(left)).toEqual([
      'Task-1 finished',
      'Task-2 cancelled',
      'Task-3 finished',
      'Task-4 finished',
      'Task-5 finished',
    ])
    expect(left.world.clock).toBe(1)
    expect(happened(left.world).some(({ event }) => event === 'ExceptionReported')).toBe(false)
  })

  test('one that fails meanwhile is reported; one that was done before is left alone', () => {
    const codes: readonly Script[] = [
      [{ does: 'spawn', code: 2 }, { does: 'spawn', code: 3 }, { does: 'yield' }],
      [
        { does: 'sleep', delay: 10, catches: true },
        { does: 'raise', type: 'KeyError' },
      ],
      [{ does: 'raise', type: 'ValueError' }],
    ]
    const left = ran(codes)
    const reported = happened(left.world).filter(({ event }) => event === 'ExceptionReported')
    expect(reported).toMatchObject([
      {
        message: 'unhandled exception during asyncio.run() shutdown',
        exception: expect.stringMatching(/^KeyError/),
      },
    ])
    expect(futureWith(left.world, 1).retrieved).toBe(true)
    expect(futureWith(left.world, 2).retrieved).toBe(false)
    expect(left.verdict).toEqual({ kind: 'finished' })
  })

  test('an interrupt leaves the loop, and comes out after the shutdown', () => {
    const interrupted = ran([[{ does: 'spawn', code: 2 }, { does: 'yield' }], [{ does: 'raise', type: 'SystemExit' }]])
    expect(printed(interrupted.world)).toEqual([
      expect.stringMatching(/^1:1 ! CancelledError/),
      expect.stringMatching(/^0:0 ! SystemExit/),
    ])
    expect(tasks(interrupted)[0]).toBe('Task-1 cancelled')
    expect(interrupted.world.loop.closed).toBe(true)
  })

  test.each([
    [2, 3],
    [3, 2],
    [4, 2],
    [5, 3],
    [6, 3],
  ])('an interrupt in turn %d comes out when the loop is closed; there were %d tasks', (turn, count) => {
    const chain = Array.from({ length: turn - 2 }, (_, i): Script => [{ does: 'call soon', code: i + 3 }])
    const ended = ran([[{ does: 'call soon', code: 2 }], ...chain, [{ does: 'raise', type: 'SystemExit' }]])
    expect(printed(ended.world)).toEqual(['0:0 ! SystemExit()#0'])
    expect(ended.world.loop).toMatchObject({ closed: true, running: false })
    expect(tasks(ended)).toHaveLength(count)
  })

  test('an interrupt while tasks are being cancelled closes the loop at once', () => {
    const codes: readonly Script[] = [
      [{ does: 'spawn', code: 2 }, { does: 'yield' }],
      [
        { does: 'sleep', delay: 9, catches: true },
        { does: 'raise', type: 'SystemExit' },
      ],
    ]
    const ended = ran(codes)
    expect(printed(ended.world).at(-1)).toMatch(/^0:0 ! SystemExit/)
    expect(ended.world.loop).toMatchObject({ closed: true, running: false })
    expect(tasks(ended)).toHaveLength(2)
  })

  test('tasks of other loops are left alone', () => {
    const [world, main] = newCoroutine(newWorld(null, true, newestPython), 'main', frameOf(1))
    const [other, loop] = createLoop(world)
    const task = createTask(other, loop, frameOf(1), 'elsewhere')
    const callee = beginning(run, locals(main))
    const stack = { frame: frameOf(0), below: null, depth: 1 }
    const begun = deepFreeze({ ...task, outside: { kind: 'suspended', stack, error: null } as const })
    const ended = runLoop(interpreterOf([[{ does: 'begin', callee }], []]), begun, { turns: 100 })
    expect(tasks(ended)).toEqual(['elsewhere pending', 'Task-1 finished', 'Task-2 finished', 'Task-3 finished'])
  })

  test('a coroutine that another task is in the middle of: not modelled', () => {
    const [world, main] = newCoroutine(newWorld(null, true, newestPython), 'main', frameOf(1))
    const [awaited] = begin({ ...world, currentTask: 9 }, coroutineFrame(main.id, 'await'))
    const callee = beginning(run, locals(main))
    const stack = { frame: { ...frameOf(0) }, below: null, depth: 1 }
    const begun = { ...awaited, currentTask: null, outside: { kind: 'suspended', stack, error: null } as const }
    expect(runLoop(interpreterOf([[{ does: 'begin', callee }]]), begun, { turns: 9 }).verdict.kind).toBe('unmodelled')
  })

  test('a second run has a loop of its own', () => {
    const second = { does: 'begin', callee: beginning(run, locals({ kind: 'coroutine', id: 1 })) } as const
    const { world } = ran([[{ does: 'return', value: 1n }], [{ does: 'return', value: 2n }]], [second])
    expect(printed(world)).toEqual(['0:0 < 1', '0:1 < 2'])
    expect(world.loop).toMatchObject({ id: 2, turn: 6 })
  })

  test('within a loop that runs it is refused', () => {
    const inside = { does: 'begin', callee: beginning(run, locals(null)) } as const
    expect(printed(ran([[inside]]).world)).toEqual([
      expect.stringMatching(/^1:0 ! RuntimeError\(asyncio\.run\(\) cannot be called from a running event loop\)/),
      expect.stringMatching(/^0:0 ! RuntimeError/),
    ])
  })

  test.each([null, 'text', { kind: 'list', id: 0 } as const])(
    'what is no coroutine is refused, after the shutdown: %j',
    (main) => {
      const callee = beginning(run, locals(main))
      const { world } = ran([[]], [{ does: 'begin', callee, catches: true }])
      expect(printed(world).at(-1)).toMatch(
        /^0:1 ! TypeError\(An asyncio.Future, a coroutine or an awaitable is required\)/,
      )
      expect(world.loop).toMatchObject({ id: 2, closed: true, turn: 4 })
    },
  )
})
