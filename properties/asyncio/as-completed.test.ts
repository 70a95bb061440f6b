import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { rule } from '../rule.js'
import { inMain, printedBy } from './tasks-at.js'

const work = [
  'async def work(index, delay):',
  "    print('starts', index)",
  '    await asyncio.sleep(delay)',
  '    return index',
  'async def outcome(one):',
  '    try:',
  '        return await one',
  '    except (asyncio.TimeoutError, asyncio.CancelledError) as error:',
  '        return error',
]

/** Times that no two tasks share, in any order. */
const delays = fc.shuffledSubarray([1, 2, 3, 4, 5, 6], { minLength: 1 })

const children = (all: readonly number[]): string =>
  `[${all.map((delay, index) => `work(${index}, ${delay})`).join(', ')}]`

const python = fc.constantFrom('3.10.2', '3.12.7', '3.13.2', '3.14.2')

describe(`${rule('as_completed')} ${rule('as_completed: done callback')} ${rule('as_completed: timeout')}`, () => {
  it.prop([delays, fc.option(fc.nat(7)), python])(
    'the outcomes come in the order in which the tasks end, and late ones as TimeoutError',
    (all, timeout, version) => {
      const limit = timeout === null ? null : timeout + 0.5
      const lines = printedBy(
        inMain(
          work,
          `for one in asyncio.as_completed(${children(all)}, timeout=${limit ?? 'None'}):`,
          '    print(repr(await outcome(one)), asyncio.get_running_loop().time())',
        ),
        version,
      )
      const inTime = all
        .map((delay, index) => ({ delay, index }))
        .filter(({ delay }) => limit === null || delay < limit)
        .toSorted((a, b) => a.delay - b.delay)
      const late = Array.from({ length: all.length - inTime.length }, () => `TimeoutError() ${limit}`)
      expect(lines.filter((line) => !line.startsWith('starts'))).toEqual([
        ...inTime.map(({ delay, index }) => `${index} ${delay}.0`),
        ...late,
      ])
      expect(lines.filter((line) => line.startsWith('starts'))).toEqual(all.map((_, index) => `starts ${index}`))
    },
  )

  test('the same is given once', () => {
    const lines = ['task = asyncio.create_task(work(0, 1))', 'print(len(list(asyncio.as_completed([task, task]))))']
    expect(printedBy(inMain(work, ...lines))).toEqual(['1', 'starts 0'])
  })

  test('a set of coroutines, and several that are done, are refused', () => {
    const coroutines = ['for one in asyncio.as_completed({work(0, 1), work(1, 2)}):', '    pass']
    expect(() => printedBy(inMain(work, ...coroutines))).toThrow("the order of a set's elements")
    const done = [
      'tasks = [asyncio.create_task(work(index, 0)) for index in range(2)]',
      'await asyncio.sleep(1)',
      'asyncio.as_completed(tasks)',
    ]
    expect(() => printedBy(inMain(work, ...done))).toThrow("the order of a set's elements")
  })

  test.each([
    ['3.12.7', 'expect an iterable of futures, not'],
    ['3.13.2', 'expects an iterable of awaitables, not'],
  ])('what can be awaited itself is no iterable (%s)', (version, text) => {
    const tried = (fs: string): readonly string[] => [
      'try:',
      `    next(asyncio.as_completed(${fs}))`,
      'except TypeError as error:',
      '    print(error)',
    ]
    const lines = ['task = asyncio.create_task(work(0, 1))', ...['task', 'work(1, 1)', '5', '[None]'].flatMap(tried)]
    expect(printedBy(inMain(work, ...lines), version)).toEqual([
      `${text} Task`,
      `${text} coroutine`,
      "'int' object is not iterable",
      'An asyncio.Future, a coroutine or an awaitable is required',
      'starts 0',
    ])
  })
})

describe(rule('as_completed: next'), () => {
  it.prop([delays, fc.nat(6), fc.nat(5)])(
    'who awaits first gets the first; who is cancelled takes nothing away',
    (all, when, which) => {
      const index = which % all.length
      const lines = printedBy(
        inMain(
          work,
          `tasks = [asyncio.create_task(outcome(one)) for one in asyncio.as_completed(${children(all)})]`,
          `asyncio.get_running_loop().call_later(${when}, tasks[${index}].cancel)`,
          `await asyncio.sleep(${Math.max(...all, when)} + 1)`,
          'for task in tasks:',
          "    print(repr(task.result()) if task.done() else 'waits')",
        ),
      )
      const order = all.map((delay, at) => ({ delay, at })).toSorted((a, b) => a.delay - b.delay)
      const told = lines.filter((line) => !line.startsWith('starts'))
      const isCancelled = told[index] === 'CancelledError()'
      const others = told.filter((_, at) => !isCancelled || at !== index)
      expect(others).toEqual(order.slice(0, others.length).map(({ at }) => String(at)))
      expect(isCancelled).toBe(when < (order[index]?.delay ?? 0) || (when === order[index]?.delay && isCancelled))
    },
  )

  test('who was woken and is cancelled hands the wake-up on', () => {
    const lines = printedBy(
      inMain(
        work,
        `tasks = [asyncio.create_task(outcome(one)) for one in asyncio.as_completed(${children([1, 2])})]`,
        'future = asyncio.get_running_loop().create_future()',
        'both = list(asyncio.as_completed([future, asyncio.sleep(9)]))',
        'first, second = [asyncio.create_task(outcome(one)) for one in both]',
        'await asyncio.sleep(5)',
        "future.set_result('handed on')",
        'await asyncio.sleep(0)',
        'first.cancel()',
        'print(await asyncio.gather(first, second))',
      ),
    )
    expect(lines.at(-1)).toBe("[CancelledError(), 'handed on']")
  })
})

describe(rule('as_completed: async for'), () => {
  it.prop([delays, fc.nat(6), fc.constantFrom('3.13.2', '3.14.2')])(
    'the tasks come themselves in the order in which they end, behind those whose outcome was asked for',
    (all, taken, version) => {
      const lines = printedBy(
        inMain(
          work,
          `tasks = [asyncio.create_task(each) for each in ${children(all)}]`,
          'coming = asyncio.as_completed(tasks)',
          `for one in range(${Math.min(taken, all.length)}):`,
          '    print(await next(coming))',
          'async for task in coming:',
          '    print(tasks.index(task), task.done())',
          'print(list(coming), [task async for task in coming])',
        ),
        version,
      )
      const ended = all.map((delay, index) => ({ delay, index })).toSorted((a, b) => a.delay - b.delay)
      expect(lines.filter((line) => !line.startsWith('starts'))).toEqual([
        ...ended.map(({ index }, at) => (at < taken ? `${index}` : `${index} True`)),
        '[] []',
      ])
    },
  )

  test.each(['3.8.18', '3.10.2', '3.12.7'])('before 3.13 there is none: %s', (version) => {
    const lines = [
      'try:',
      '    async for task in asyncio.as_completed([]):',
      '        pass',
      'except TypeError as error:',
      '    print(error)',
    ]
    expect(printedBy(inMain([], ...lines), version)).toEqual([
      "'async for' requires an object with __aiter__ method, got generator",
    ])
  })
})
