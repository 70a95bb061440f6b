import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Build, pythonAt } from '../../src/asyncio/versions.js'
import { cpython } from '../../src/implementations/cpython.js'
import { implementationNamed, implementationNames, isImplementationName } from '../../src/implementations/named.js'
import { python } from '../../src/implementations/python.js'
import { type Implementation, isInconclusive } from '../../src/oracle/implementation.js'
import type { Trace, TraceEvent } from '../../src/trace/events.js'

const BOUNDS = { maxTurns: 200, maxSeconds: 5 }

/** The five builds, and the Python of the machine. */
const names = [...implementationNames, 'python:python3']

const started = new Map<string, Implementation>()

beforeAll(async () => {
  const opened = await Promise.all(names.map((name) => implementationNamed(name, BOUNDS)))
  for (const [index, name] of names.entries()) started.set(name, opened[index] as Implementation)
})

afterAll(async () => {
  for (const implementation of started.values()) await implementation.close()
})

const TRIVIAL = `
import asyncio
async def main():
    print('hi')
asyncio.run(main())
`

const LEAVES_OPEN = `
import asyncio
async def items():
    try:
        yield 1
    finally:
        print('closed')
loop = asyncio.new_event_loop()
stream = items()
loop.run_until_complete(asyncio.ensure_future(stream.asend(None), loop=loop))
`

const WAITS = `
import asyncio
async def main():
    await asyncio.wait([asyncio.create_task(asyncio.sleep(1))])
asyncio.run(main())
`

const SLEEPERS = `
import asyncio
async def sleeper(i):
    await asyncio.sleep(1)
    print(i)
async def main():
    asyncio.get_running_loop().call_later(2, print, 'late')
    await asyncio.gather(*[sleeper(i) for i in range(10)])
asyncio.run(main())
`

const ON_A_LOOP = `
import asyncio
async def waiter(loop):
    await asyncio.gather(loop.create_future())
loop = asyncio.new_event_loop()
loop.run_until_complete(waiter(loop))
`

const LOST = `
import asyncio
async def fails(why):
    raise ValueError(why)
async def main():
    loop = asyncio.get_running_loop()
    kept = loop.create_future()
    kept.set_exception(KeyError('kept'))
    loop.create_future().set_exception(KeyError('lost'))
    asyncio.create_task(fails('task'))
    asyncio.gather(fails('child'))
    await asyncio.sleep(1)
asyncio.run(main())
`

const DEADLOCK = `
import asyncio
async def waiter(future):
    try:
        await future
    finally:
        print('never recorded')
async def main():
    future = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(waiter(future))
    group = asyncio.create_task(waiter(asyncio.gather(waiter(future))))
    await task
asyncio.run(main())
`

const CANCELLED = `
import asyncio
async def sleeper():
    try:
        await asyncio.sleep(5)
    except asyncio.CancelledError as error:
        print(repr(error))
        raise
async def main():
    task = asyncio.create_task(sleeper())
    unstarted = asyncio.create_task(sleeper())
    unstarted.cancel()
    await asyncio.sleep(1)
    task.cancel('enough')
    try:
        await task
    except asyncio.CancelledError:
        print(task.cancelled(), task)
asyncio.run(main())
`

const CALLBACKS = `
import asyncio
def note(text):
    print(text)
def broken():
    raise KeyError('k')
loop = asyncio.new_event_loop()
loop.call_later(1, note, 'later')
loop.call_soon(note, 'soon')
loop.call_soon(broken)
loop.call_soon(note, 'cancelled').cancel()
loop.call_later(0, note, 'at once')
loop.call_later(2, loop.stop)
loop.run_forever()
loop.close()
`

describe.each(names)('%s', (which) => {
  const run = async (text: string): Promise<Trace> => {
    const result = await implementation(which).run(text)
    if (isInconclusive(result)) throw new Error(result.inconclusive)
    return result
  }

  test('a trivial asyncio.run takes six turns: two for main, two for each shutdown', async () => {
    const { events, verdict, tasks } = await run(TRIVIAL)
    expect(events.slice(0, 12).map(sentence)).toEqual([
      '0 0 - LoopCreated {"loop":1}',
      '0 0 - TaskCreated {"created":"Task-1"}',
      '0 0 - HandleScheduled {"handle":1,"callback":"Task.__step"}',
      '0 1 - TurnBegan {"loop":1}',
      '0 1 - HandleBegan {"handle":1}',
      '0 1 Task-1 TaskStarted {}',
      '0 1 Task-1 Printed {"text":"hi"}',
      '0 1 Task-1 TaskEnded {"outcome":{"kind":"returned","value":"None"}}',
      '0 1 Task-1 HandleScheduled {"handle":2,"callback":"_run_until_complete_cb"}',
      '0 1 - HandleEnded {"handle":1}',
      '0 2 - TurnBegan {"loop":1}',
      '0 2 - HandleBegan {"handle":2}',
    ])
    expect(turns(events)).toEqual([1, 2, 3, 4, 5, 6])
    expect(sentence(events.at(-1))).toBe('0 0 - LoopClosed {"loop":1}')
    expect(verdict).toEqual({ kind: 'finished' })
    expect(tasks.map(({ task }) => task)).toEqual(['Task-1', 'Task-2', 'Task-3'])
  })

  test('ten equal deadlines run in the order of the heap', async () => {
    const { events } = await run(SLEEPERS)
    expect(printed(events)).toEqual(['0', '1', '5', '9', '8', '7', '4', '2', '6', '3'])
    expect(
      new Set(events.filter(({ event }) => event === 'Printed').map(({ time, turn }) => `${time} ${turn}`)),
    ).toEqual(new Set(['1 4']))
  })

  test('a deadlock names who waits for what, and closes the trace before the teardown', async () => {
    const { events, verdict, tasks } = await run(DEADLOCK)
    expect(verdict).toEqual({
      kind: 'deadlock',
      waiting: [
        { task: 'Task-1', on: 'Task-2' },
        { task: 'Task-2', on: 'future' },
        { task: 'Task-3', on: 'future' },
        { task: 'Task-4', on: 'gather' },
      ],
    })
    expect(printed(events)).toEqual([])
    expect(tasks.map(({ outcome }) => outcome.kind)).toEqual(['pending', 'pending', 'pending', 'pending'])
  })

  test('a cancelled sleep cancels its timer; a task cancelled before its start never enters its body', async () => {
    const { events, tasks } = await run(CANCELLED)
    expect(printed(events)).toEqual(["CancelledError('enough')", 'True <Task>'])
    expect(events.filter(({ event }) => event === 'HandleCancelled').map(sentence)).toEqual([
      '1 5 Task-2 HandleCancelled {"handle":5}',
    ])
    expect(tasks.slice(0, 3).map(({ outcome }) => outcome.kind)).toEqual(['returned', 'cancelled', 'cancelled'])
  })

  test('callbacks run in order of call_soon, then as their timers fall due; an error is reported', async () => {
    const { events } = await run(CALLBACKS)
    expect(printed(events)).toEqual(['soon', 'at once', 'later'])
    expect(events.filter(({ event }) => event === 'ExceptionReported').map(sentence)).toEqual([
      `0 1 - ExceptionReported {"message":"Exception in callback broken","exception":"KeyError('k')"}`,
    ])
    expect(events.filter(({ event }) => event === 'HandleCancelled').map(sentence)).toEqual([
      '0 0 - HandleCancelled {"handle":4}',
    ])
    expect(events.filter(({ event }) => event === 'TimerScheduled').map(sentence)).toEqual([
      '0 0 - TimerScheduled {"handle":1,"callback":"note","when":1}',
      '0 0 - TimerScheduled {"handle":5,"callback":"note","when":0}',
      '0 0 - TimerScheduled {"handle":6,"callback":"BaseEventLoop.stop","when":2}',
    ])
  })

  test('an exception leaves the module; the task that raised it says the same', async () => {
    const { verdict, tasks } = await run('import asyncio\nasync def main():\n    1/0\nasyncio.run(main())')
    const raised = { kind: 'raised', exception: "ZeroDivisionError('division by zero')" }
    expect(verdict).toEqual(raised)
    expect(tasks[0]).toEqual({ task: 'Task-1', outcome: raised })
    expect((await run('raise SystemExit(3)')).verdict).toEqual({ kind: 'raised', exception: 'SystemExit(3)' })
    expect((await run('1 +')).verdict).toEqual({ kind: 'raised', exception: "SyntaxError('invalid syntax')" })
  })

  test('two loops of one program share the clock and the counters, not the turns', async () => {
    const { events } = await run(`
import asyncio, time
asyncio.run(asyncio.sleep(1))
time.sleep(2)
asyncio.run(asyncio.sleep(1))
print(time.monotonic())
`)
    expect(printed(events)).toEqual(['4.0'])
    expect(events.filter(({ event }) => event === 'Worked').map(sentence)).toEqual(['1 0 - Worked {"seconds":2}'])
    expect(turns(events)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8])
    expect(events.filter(({ event }) => event === 'LoopCreated').map(sentence)).toEqual([
      '0 0 - LoopCreated {"loop":1}',
      '3 0 - LoopCreated {"loop":2}',
    ])
  })

  test('the bound on turns ends a program that goes on for ever', async () => {
    const { verdict, events } = await run(
      'import asyncio\nasync def main():\n    while True: await asyncio.sleep(0)\nasyncio.run(main())',
    )
    expect(verdict).toEqual({ kind: 'turn limit', turns: BOUNDS.maxTurns })
    expect(turns(events).length).toBe(BOUNDS.maxTurns)
  })

  test('programs do not influence each other', async () => {
    const programs = [
      SLEEPERS,
      DEADLOCK,
      CANCELLED,
      CALLBACKS,
      TRIVIAL,
      'print = time = None',
      'import time\ntime.sleep = 3',
    ]
    const alone = []
    for (const program of programs) alone.push(await run(program))
    const between = []
    for (const program of programs) {
      await run(CALLBACKS)
      between.unshift(await run(program))
    }
    expect(between.reverse()).toEqual(alone)
    expect(await Promise.all(programs.map(run))).toEqual(alone)
  })

  test('what a program leaves open is not closed in the next one', async () => {
    const alone = await run(WAITS)
    await run(LEAVES_OPEN)
    expect(await run(WAITS)).toEqual(alone)
  })

  test('says what it is', () => {
    const { name, version, python, features } = implementation(which)
    expect([name, python]).toEqual([which, pythonAt(version, { accelerated: version !== '3.10.2' })])
    if (which.startsWith('cpython-')) expect(`cpython-${version}`).toBe(which)
    expect(features.includes('cancellation counts')).toBe(!version.startsWith('3.10.'))
  })
})

test.each(['cpython-3.14.2', 'python:python3'])(
  'a loop without turns is inconclusive on %s, and the next program runs in a fresh process',
  async (which) => {
    expect(await implementation(which).run('while True: pass')).toEqual({ inconclusive: 'no answer within 5 s' })
    expect(await implementation(which).run(TRIVIAL)).toMatchObject({ verdict: { kind: 'finished' } })
  },
)

test('all of them tell the same of programs that no version has changed', async () => {
  for (const program of [TRIVIAL, SLEEPERS, ON_A_LOOP, CALLBACKS]) {
    const first = await implementation('cpython-3.14.2').run(program)
    for (const name of names) expect(await implementation(name).run(program)).toEqual(first)
  }
})

test('what is collected before the end is reported like what is collected after it', async () => {
  for (const name of names) {
    const told = await implementation(name).run(LOST)
    expect('reports' in told && told.reports).toEqual([
      { message: 'Future exception was never retrieved', task: null, exception: "KeyError('kept')" },
      { message: 'Future exception was never retrieved', task: null, exception: "KeyError('lost')" },
      { message: 'Task exception was never retrieved', task: 'Task-2', exception: "ValueError('task')" },
      { message: '_GatheringFuture exception was never retrieved', task: null, exception: "ValueError('child')" },
    ])
  }
})

test('a name that is none is told, with those that are', async () => {
  await expect(implementationNamed('cpython-2.7')).rejects.toThrow(
    'there is no cpython-2.7; there are cpython-3.10.2, ',
  )
  await expect(implementationNamed('python:')).rejects.toThrow('and python:EXECUTABLE')
  expect(['cpython-3.13.2', 'python:pypy', 'python:', 'cpython-', 'all', ''].map(isImplementationName)).toEqual([
    ...[true, true, false, false, false, false],
  ])
})

test('a child that cannot start, or that dies, is told by its reason', async () => {
  await expect(python('no-such-python')).rejects.toThrow('cannot be started: there is no program no-such-python')
  await expect(cpython('3.9.0' as Build)).rejects.toThrow('cpython-3.9.0 is not installed: npm install pyodide-3.9.0@')
  const native = await python('python3', BOUNDS)
  expect(await native.run('import os\nos._exit(7)')).toEqual({ inconclusive: 'crash: exit 7' })
  expect(await native.run("import os\nos.write(1, b'noise\\n')")).toEqual({ inconclusive: 'not JSON: noise' })
  expect(await native.run(TRIVIAL)).toMatchObject({ verdict: { kind: 'finished' } })
  await native.close()
  expect(await native.run(TRIVIAL)).toEqual({ inconclusive: 'closed' })
})

function implementation(which: string): Implementation {
  const found = started.get(which)
  if (found === undefined) throw new Error(`${which} has not started`)
  return found
}

/** An event on one line: time, turn, task, name and details. */
function sentence(happened: TraceEvent | undefined): string {
  if (happened === undefined) return 'nothing'
  const { time, turn, task, event, ...details } = happened
  return `${time} ${turn} ${task ?? '-'} ${event} ${JSON.stringify(details)}`
}

const turns = (events: readonly TraceEvent[]): number[] =>
  events.filter(({ event }) => event === 'TurnBegan').map(({ turn }) => turn)

const printed = (events: readonly TraceEvent[]): string[] =>
  events.flatMap((happened) => (happened.event === 'Printed' ? [happened.text] : []))
