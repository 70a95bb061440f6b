import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { pythonAt } from '../../src/asyncio/versions.js'
import { parse } from '../../src/program/parse.js'
import { run } from '../../src/program/run.js'
import { rule } from '../rule.js'
import { inMain, printedBy } from './tasks-at.js'

/** Few times, so that many fall together. */
const seconds = fc.nat(4)

const version = fc.constantFrom('3.10.2', '3.11.3', '3.12.7', '3.13.2', '3.14.2')

const loop = 'loop = asyncio.get_running_loop()'

const time = ['import time']

const verdictOf = (text: string): unknown => run(parse(text), { python: pythonAt('3.14.2') }).verdict

const threads = fc.array(seconds, { minLength: 1, maxLength: 5 })

describe(`${rule('run_in_executor')} and ${rule('_copy_future_state')}`, () => {
  it.prop([threads, version])('all threads work at the same time, and the loop is free', (all, python) => {
    const started = all.map((each) => `loop.run_in_executor(None, time.sleep, ${each})`)
    const main = [loop, `await asyncio.gather(${started.join(', ')})`, 'print(loop.time())']
    expect(printedBy(inMain(time, ...main), python)).toEqual([`${Math.max(...all)}.0`])
  })

  it.prop([threads])('threads end in the order of their times, and of their begin', (all) => {
    const work = ['def work(index, seconds):', '    time.sleep(seconds)', '    print(index)', '    return index']
    const started = all.map((each, index) => `loop.run_in_executor(None, work, ${index}, ${each})`)
    const main = [loop, `print(*await asyncio.gather(${started.join(', ')}))`]
    const order = all.map((_, index) => index).sort((one, other) => (all[one] ?? 0) - (all[other] ?? 0))
    expect(printedBy(inMain([...time, ...work], ...main))).toEqual([
      ...order.map(String),
      all.map((_, i) => i).join(' '),
    ])
  })

  it.prop([seconds, seconds])('the loop works while a thread works', (inThread, inLoop) => {
    const main = [
      loop,
      `future = loop.run_in_executor(None, time.sleep, ${inThread})`,
      `time.sleep(${inLoop})`,
      'await future',
      'print(loop.time())',
    ]
    expect(printedBy(inMain(time, ...main))).toEqual([`${Math.max(inThread, inLoop)}.0`])
  })

  it.prop([seconds, seconds, version])(
    'who is cancelled does not wait; the thread works on',
    (works, waits, python) => {
      const work = ['def work():', `    time.sleep(${works})`, "    print('worked', time.monotonic())"]
      const main = [
        loop,
        'future = loop.run_in_executor(None, work)',
        `loop.call_later(${waits}, future.cancel)`,
        'await asyncio.wait([future])',
      ].slice(0, 3)
      const printed = printedBy(
        inMain([...time, ...work], ...main, 'await asyncio.sleep(9)', 'print(future.cancelled())'),
        python,
      )
      expect(printed).toEqual([`worked ${works}.0`, waits < works ? 'True' : 'False'])
    },
  )

  test('what it raises comes to whoever waits', () => {
    const work = ['def work():', "    raise ValueError('no')"]
    const main = ['try:', '    await asyncio.to_thread(work)', 'except ValueError as error:', '    print(repr(error))']
    expect(printedBy(inMain(work, ...main))).toEqual(["ValueError('no')"])
  })

  test('a future that was set by hand is not set again', () => {
    const main = [
      loop,
      'future = loop.run_in_executor(None, time.sleep, 1)',
      'future.set_result(7)',
      'await asyncio.sleep(2)',
      'print(future.result())',
    ]
    expect(printedBy(inMain(time, ...main))).toEqual(['7'])
  })

  test.each([
    ['six threads', [], ['for _ in range(6):', '    loop.run_in_executor(None, time.sleep, 1)']],
    ['a thread that begins another', [], ['await loop.run_in_executor(None, loop.run_in_executor, None, print)']],
    [
      'a thread that runs a loop',
      ['async def nothing():', '    pass'],
      ['await asyncio.to_thread(asyncio.run, nothing())'],
    ],
    ['a thread that sets a future', [], ['await asyncio.to_thread(loop.create_future().set_result, 1)']],
    [
      'a thread that shares what it changes later',
      ['def work(shared):', '    time.sleep(1)', '    shared.append(1)'],
      ['await asyncio.to_thread(work, [])'],
    ],
  ])('%s is refused', (_, before, lines) => {
    expect(verdictOf(inMain([...time, ...before], loop, ...lines))).toMatchObject({ kind: 'unmodelled' })
  })

  test('what a thread changes before it sleeps, or has for itself, is no race', () => {
    const work = [
      'def work(shared):',
      '    shared.append(1)',
      '    own = []',
      '    time.sleep(1)',
      '    own.append(2)',
      '    return own',
    ]
    const main = ['shared = []', 'print(await asyncio.to_thread(work, shared), shared)']
    expect(printedBy(inMain([...time, ...work], ...main))).toEqual(['[2] [1]'])
  })
})

describe(rule('to_thread'), () => {
  it.prop([fc.nat(9), seconds])('is a call, with arguments by name and in a copy of the context', (value, delay) => {
    const work = [
      'import contextvars',
      "level = contextvars.ContextVar('level')",
      'def work(one, *, two):',
      `    time.sleep(${delay})`,
      '    level.set(level.get() + 1)',
      '    return one, two, level.get()',
    ]
    const main = [`level.set(${value})`, 'print(await asyncio.to_thread(work, 1, two=2), level.get())']
    expect(printedBy(inMain([...time, ...work], ...main))).toEqual([`(1, 2, ${value + 1}) ${value}`])
  })
})

describe(`${rule('call_soon_threadsafe')} and ${rule('select')}`, () => {
  it.prop([seconds, seconds])('what a thread calls comes before the timers of that moment', (calls, timer) => {
    const work = [
      'def work(loop):',
      `    time.sleep(${calls})`,
      "    loop.call_soon_threadsafe(print, 'thread')",
      '    time.sleep(9)',
    ]
    const main = [
      loop,
      'future = loop.run_in_executor(None, work, loop)',
      `loop.call_later(${timer}, print, 'timer')`,
      'await future',
    ]
    const order = calls <= timer ? ['thread', 'timer'] : ['timer', 'thread']
    expect(printedBy(inMain([...time, ...work], ...main))).toEqual(order)
  })

  test('in the thread of the loop it is call_soon', () => {
    const main = [
      loop,
      "loop.call_soon(print, 'one')",
      "loop.call_soon_threadsafe(print, 'two')",
      "loop.call_soon_threadsafe(print, 'never').cancel()",
      'await asyncio.sleep(0)',
    ]
    expect(printedBy(inMain([], ...main))).toEqual(['one', 'two'])
  })

  test('into a loop that is closed meanwhile is refused', () => {
    const text = [
      'import asyncio',
      'import time',
      'loop = asyncio.new_event_loop()',
      'def work():',
      '    time.sleep(2)',
      '    loop.call_soon_threadsafe(print)',
      'loop.run_in_executor(None, work)',
      'loop.close()',
      '',
    ].join('\n')
    expect(verdictOf(text)).toMatchObject({ kind: 'unmodelled' })
  })
})

describe(rule('shutdown_default_executor'), () => {
  it.prop([threads, version])('asyncio.run waits for the threads', (all, python) => {
    const started = all.map((each) => `loop.run_in_executor(None, time.sleep, ${each})`)
    const text = `${inMain(time, loop, ...started)}print(time.monotonic())\n`
    expect(printedBy(text, python)).toEqual([`${Math.max(...all)}.0`])
  })

  it.prop([fc.integer({ min: 295, max: 305 }), version])(
    'but no longer than five minutes (3.12.3)',
    (works, python) => {
      const text = `${inMain(time, loop, `loop.run_in_executor(None, time.sleep, ${works})`)}print(time.monotonic())\n`
      const isPatient = python === '3.10.2' || python === '3.11.3'
      expect(printedBy(text, python)).toEqual([`${isPatient ? works : Math.min(works, 300)}.0`])
    },
  )

  test('the interpreter ends when its threads have ended', () => {
    const text = [
      'import asyncio',
      'import time',
      'loop = asyncio.new_event_loop()',
      'def work():',
      '    time.sleep(2)',
      "    print('worked', time.monotonic())",
      'loop.run_in_executor(None, work)',
      'loop.close()',
      "print('last', time.monotonic())",
      '',
    ].join('\n')
    expect(printedBy(text)).toEqual(['last 0.0', 'worked 2.0'])
  })
})
