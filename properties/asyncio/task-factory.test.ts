import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { createTaskIn, isEagerFactory, setTaskFactory } from '../../src/asyncio/task-factory.js'
import { pythonAt } from '../../src/asyncio/versions.js'
import { futureWith, taskOf } from '../../src/loop/future.js'
import { frameOf, interpreterOf } from '../loop/script.js'
import { idleWorld } from '../loop/worlds.js'
import { rule } from '../rule.js'
import { inMain, printedBy } from './tasks-at.js'

const eager = { kind: 'builtin', name: 'asyncio.eager_task_factory' } as const
const factory = 'asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)'

describe(rule('set_task_factory'), () => {
  test('each loop has its own', () => {
    const first = setTaskFactory(idleWorld, 1, eager)
    expect(first.loop.taskFactory).toBe(eager)
    expect(first.otherLoops.map(({ taskFactory }) => taskFactory)).toEqual(idleWorld.otherLoops.map(() => null))
    expect(setTaskFactory(first, 1, null)).toEqual(idleWorld)
    expect(isEagerFactory(eager) && !isEagerFactory(null)).toBe(true)
  })

  test('what is no callable is refused', () => {
    const tried = ['try:', '    asyncio.get_running_loop().set_task_factory(5)', 'except TypeError as error:']
    expect(printedBy(inMain([], ...tried, '    print(error)'))).toEqual(['task factory must be a callable or None'])
  })
})

describe(rule('create_task: factory'), () => {
  const named = (python: string, factory: typeof eager | null, name: string | null) => {
    const world = setTaskFactory({ ...idleWorld, python: pythonAt(python) }, 1, factory)
    const code = [{ does: 'yield' }] as const
    const [later] = createTaskIn(interpreterOf([code]), world, 1, frameOf(0), { name })
    return taskOf(futureWith(later, world.futures.next)).name
  }

  it.prop([fc.constantFrom('3.12.7', '3.13.2', '3.14.2'), fc.string()])(
    'a name that is given is that of the task',
    (python, name) => {
      expect(named(python, eager, name)).toBe(name)
      expect(named(python, null, name)).toBe(name)
    },
  )

  test('without a name it is counted, but in 3.13.2 a factory makes None of it', () => {
    expect(named('3.12.7', eager, null)).toBe('Task-1')
    expect(named('3.13.2', eager, null)).toBe('None')
    expect(named('3.13.2', null, null)).toBe('Task-1')
    expect(named('3.14.2', eager, null)).toBe('Task-1')
  })

  /** Children that wait for some turns, one after the other. */
  const waits = fc.array(fc.nat(2), { minLength: 1, maxLength: 4 })

  it.prop([waits])('what does not wait is done where it is made, in the order of the makers', (turns) => {
    const child = ['async def child(index, turns):', "    print('begins', index)"]
    const waiting = ['    for turn in range(turns):', '        await asyncio.sleep(0)', '    return index']
    const made = turns.flatMap((count, index) => [
      `tasks.append(asyncio.create_task(child(${index}, ${count})))`,
      `print('made', tasks[${index}].done())`,
    ])
    const lines = [factory, 'tasks = []', ...made, 'print(await asyncio.gather(*tasks))']
    expect(printedBy(inMain([...child, ...waiting], ...lines))).toEqual([
      ...turns.flatMap((count, index) => [`begins ${index}`, `made ${count === 0 ? 'True' : 'False'}`]),
      `[${turns.map((_, index) => index).join(', ')}]`,
    ])
  })

  it.prop([fc.nat(6)])('one inside the other: each maker goes on where its child pauses', (depth) => {
    const nested = [
      'async def nested(depth):',
      "    print('in', depth)",
      '    if depth > 0:',
      '        task = asyncio.create_task(nested(depth - 1))',
      '    await asyncio.sleep(0)',
      "    print('out', depth)",
    ]
    const down = Array.from({ length: depth + 1 }, (_, index) => depth - index)
    expect(
      printedBy(inMain(nested, factory, `asyncio.create_task(nested(${depth}))`, 'await asyncio.sleep(1)')),
    ).toEqual([...down.map((at) => `in ${at}`), ...down.toReversed().map((at) => `out ${at}`)])
  })
})
