import { it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { rule } from '../rule.js'
import { comers, inMain, letCome, printedBy } from './tasks-at.js'

const task = [
  'async def task(lock, index, works):',
  "    print('came', index)",
  '    async with lock:',
  "        print('in', index, lock.locked())",
  '        try:',
  '            await asyncio.sleep(works)',
  '        finally:',
  "            print('out', index)",
]

describe(`${rule('Lock.acquire')} and ${rule('Lock.release')}`, () => {
  it.prop([comers])('one at a time, in the order in which they came, and nobody is forgotten', (all) => {
    const lines = printedBy(inMain(task, ...letCome(all, 'shared = asyncio.Lock()'), 'print(shared.locked())'))
    const came = lines.filter((line) => line.startsWith('came')).map((line) => line.split(' ')[1])
    const inside = lines.filter((line) => line.startsWith('in ')).map((line) => line.split(' ')[1])
    expect(inside).toEqual(came.filter((index) => inside.includes(index)))
    const between = lines.filter((line) => !line.startsWith('came')).map((line) => line.split(' ')[0])
    expect(between).toEqual([...inside.flatMap(() => ['in', 'out']), 'False'])
    for (const [index, { cancelled }] of all.entries()) if (cancelled === null) expect(inside).toContain(String(index))
  })

  test('who was woken and is cancelled hands the wake-up on', () => {
    const lines = printedBy(
      inMain(
        task,
        'lock = asyncio.Lock()',
        'await lock.acquire()',
        'first, second = [asyncio.create_task(task(lock, index, 0)) for index in (1, 2)]',
        'await asyncio.sleep(1)',
        'lock.release()',
        'first.cancel()',
        'await second',
      ),
    )
    expect(lines).toEqual(['came 1', 'came 2', 'in 2 True', 'out 2'])
  })

  test('no turn is given away for a free lock, and a free lock cannot be released', () => {
    const lines = printedBy(
      inMain(
        [],
        'lock = asyncio.Lock()',
        "asyncio.get_running_loop().call_soon(print, 'next turn')",
        'print(await lock.acquire())',
        'lock.release()',
        'try:',
        '    lock.release()',
        'except RuntimeError as error:',
        '    print(error)',
      ),
    )
    expect(lines).toEqual(['True', 'Lock is not acquired.', 'next turn'])
  })
})

describe(`${rule('locks: async with')} and ${rule('locks: end of async with')}`, () => {
  it.each(['Lock', 'Condition', 'Semaphore', 'BoundedSemaphore'])('%s', (name) => {
    const lines = printedBy(
      inMain(
        [],
        `lock = asyncio.${name}()`,
        'try:',
        '    async with lock as entered:',
        '        print(entered, lock.locked())',
        '        raise KeyError(1)',
        'except KeyError:',
        '    print(lock.locked())',
      ),
    )
    expect(lines).toEqual(['None True', 'False'])
  })
})

describe(rule('locks: loop'), () => {
  it.each(['Lock', 'Semaphore', 'BoundedSemaphore'])('%s may be used in many loops until somebody waits', (name) => {
    const text = [
      'import asyncio',
      `lock = asyncio.${name}()`,
      'async def alone():',
      '    async with lock:',
      '        pass',
      'async def two():',
      '    await lock.acquire()',
      '    task = asyncio.create_task(lock.acquire())',
      '    await asyncio.sleep(1)',
      '    lock.release()',
      '    print(await asyncio.gather(task, return_exceptions=True))',
      '    lock.release()',
      ...['alone', 'two', 'alone'].map((main) => `asyncio.run(${main}())`),
      'try:',
      '    asyncio.run(two())',
      'except RuntimeError as error:',
      '    print(error)',
      '',
    ].join('\n')
    const other = `RuntimeError('<${name}> is bound to a different event loop')`
    const released = { Lock: 'Lock is not acquired.', BoundedSemaphore: 'BoundedSemaphore released too many times' }
    const last = Object.entries(released).find(([kind]) => kind === name)?.[1]
    if (name === 'BoundedSemaphore') expect(() => printedBy(text)).toThrow(last)
    else expect(printedBy(text)).toEqual(['[True]', `[${other}]`, ...(last === undefined ? [] : [last])])
  })
})
