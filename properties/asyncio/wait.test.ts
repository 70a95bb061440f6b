import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { returnWhens } from '../../src/asyncio/wait.js'
import { rule } from '../rule.js'
import { inMain, printedBy } from './tasks-at.js'

const work = [
  'async def work(index, delay, fails):',
  '    await asyncio.sleep(delay)',
  '    if fails:',
  '        raise ValueError(index)',
  '    return index',
]

/** Tasks that take a time of their own, and fail then or do not. */
const tasks = fc.array(fc.record({ delay: fc.nat(4), fails: fc.boolean() }), { minLength: 1, maxLength: 5 })

const made = (all: readonly { readonly delay: number; readonly fails: boolean }[]): readonly string[] => [
  'loop = asyncio.get_running_loop()',
  'tasks = []',
  ...all.map(
    ({ delay, fails }, index) =>
      `tasks.append(asyncio.create_task(work(${index}, ${delay}, ${fails ? 'True' : 'False'})))`,
  ),
]

describe(`${rule('wait')} ${rule('wait: done callback')}`, () => {
  it.prop([tasks, fc.constantFrom(...returnWhens), fc.option(fc.nat(5)), fc.constantFrom('3.10.2', '3.14.2')])(
    'what is done and what is not are all, in the order in which they were given, at the time that was asked for',
    (all, returnWhen, timeout, python) => {
      const lines = printedBy(
        inMain(
          work,
          ...made(all),
          `done, pending = await asyncio.wait(tasks + tasks, timeout=${timeout ?? 'None'}, return_when='${returnWhen}')`,
          'print(loop.time(), *[tasks.index(task) for task in done])',
          'print(0, *[tasks.index(task) for task in pending])',
          'print(0, *[tasks.index(task) for task in tasks if task.done()])',
          'print(await asyncio.gather(*tasks, return_exceptions=True))',
        ),
        python,
      )
      const [[time = 0, ...done] = [], [, ...pending] = [], [, ...actual] = []] = lines
        .slice(0, 3)
        .map((line) => line.split(' ').map(Number))
      const last = Math.max(...all.map(({ delay }) => delay))
      const failures = all.flatMap(({ delay, fails }) => (fails ? [delay] : []))
      const enough = {
        FIRST_COMPLETED: Math.min(...all.map(({ delay }) => delay)),
        FIRST_EXCEPTION: Math.min(last, ...failures),
        ALL_COMPLETED: last,
      }
      expect(time).toBe(Math.min(enough[returnWhen], timeout ?? last))
      expect(done).toEqual(actual)
      expect([...done, ...pending].toSorted()).toEqual(all.map((_, index) => index))
      for (const [index, { delay }] of all.entries()) {
        if (delay < time) expect(done).toContain(index)
        if (delay > time) expect(pending).toContain(index)
      }
      expect(lines[3]).toBe(`[${all.map(({ fails }, index) => (fails ? `ValueError(${index})` : index)).join(', ')}]`)
    },
  )

  it.prop([tasks, fc.nat(4), fc.constantFrom(...returnWhens)])(
    'who is cancelled while it waits leaves no callback behind, and all else goes on',
    (all, when, returnWhen) => {
      const lines = printedBy(
        inMain(
          work,
          ...made(all),
          `waiting = asyncio.create_task(asyncio.wait(tasks, timeout=9, return_when='${returnWhen}'))`,
          `loop.call_later(${when}, waiting.cancel)`,
          `await asyncio.sleep(${when})`,
          'await asyncio.gather(waiting, return_exceptions=True)',
          'await asyncio.gather(*tasks, return_exceptions=True)',
          'print(loop.time(), *[task.cancelled() for task in tasks])',
        ),
      )
      const last = Math.max(when, ...all.map(({ delay }) => delay))
      expect(lines).toEqual([
        `${last === 0 ? '0' : `${last}.0`} ${all.map(() => 'False').join(' ')}`.replace(/^0 /, '0.0 '),
      ])
    },
  )

  test('a set of the program’s own has no order, and neither has what comes of it', () => {
    const text = (use: string): string =>
      inMain(
        work,
        ...made([0, 1].map((delay) => ({ delay, fails: false }))),
        'done, pending = await asyncio.wait(set(tasks))',
        use,
      )
    expect(() => printedBy(text('print([task for task in done])'))).toThrow("the order of a set's elements")
    expect(printedBy(text('print(len(done), tasks[0] in done)'))).toEqual(['2 True'])
    const failed = made([0, 0].map((delay) => ({ delay, fails: true })))
    const wait = "await asyncio.wait(set(tasks), return_when='FIRST_EXCEPTION')"
    expect(() => printedBy(inMain(work, ...failed, 'await asyncio.sleep(1)', wait))).toThrow("the order of a set's")
  })

  test.each([
    ['[]', "ValueError('Set of Tasks/Futures is empty.')"],
    ['None', "ValueError('Set of Tasks/Futures is empty.')"],
    ['tasks[0]', "TypeError('expect a list of futures, not Task')"],
    ['work(0, 0, False)', "TypeError('expect a list of futures, not coroutine')"],
    ['[work(0, 0, False)]', "TypeError('Passing coroutines is forbidden, use tasks explicitly.')"],
    ['[tasks[0], 5]', `AttributeError("'int' object has no attribute 'add_done_callback'")`],
    ['5', `TypeError("'int' object is not iterable")`],
    ["tasks, return_when='never'", "ValueError('Invalid return_when value: never')"],
  ])('wait(%s) fails', (args, error) => {
    const lines = ['try:', `    await asyncio.wait(${args})`, 'except Exception as error:', '    print(repr(error))']
    expect(printedBy(inMain(work, ...made([{ delay: 0, fails: false }]), ...lines))).toEqual([error])
  })

  test('a timer that nobody waits for any more is cancelled', () => {
    const lines = ['await asyncio.wait(tasks, timeout=100)', 'await asyncio.sleep(1)', 'print(loop.time())']
    expect(printedBy(inMain(work, ...made([{ delay: 1, fails: false }]), ...lines))).toEqual(['2.0'])
  })
})
