import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { rule } from '../rule.js'
import { inMain, printedBy } from './tasks-at.js'

const versions = ['3.9.18', '3.10.2', '3.11.3', '3.12.7', '3.14.2'] as const

const version = fc.constantFrom(...versions)

/** A coroutine that waits for some time, and may need some more to clean up. */
const work = [
  'async def work(seconds, cleanUp):',
  '    loop = asyncio.get_running_loop()',
  '    try:',
  '        await asyncio.sleep(seconds)',
  "        return 'worked'",
  '    except asyncio.CancelledError as error:',
  '        await asyncio.sleep(cleanUp)',
  "        print('clean', loop.time())",
  '        raise',
]

/** Prints how an await comes out, and when. */
const outcomeOf = (awaited: string): readonly string[] => [
  'loop = asyncio.get_running_loop()',
  'try:',
  `    print(${awaited}, loop.time())`,
  'except (asyncio.TimeoutError, asyncio.CancelledError) as error:',
  '    print(repr(error), loop.time())',
]

const seconds = fc.constantFrom(0, 1, 2, 3)

/** A task that awaits something, and may be cancelled at some time. */
const inTask = (awaited: string, cancelled: number | null): string =>
  inMain(
    [...work, 'async def waiting():', ...outcomeOf(`await ${awaited}`).map((line) => `    ${line}`)],
    'task = asyncio.create_task(waiting())',
    ...(cancelled === null ? [] : [`asyncio.get_running_loop().call_later(${cancelled}, task.cancel)`]),
    'await task',
  )

describe(rule('wait_for'), () => {
  it.prop([version, seconds, seconds, fc.option(seconds)])(
    'of any time it is to await',
    (python, takes, cleanUp, cancelled) => {
      const [plain, waited] = [`work(${takes}, ${cleanUp})`, `asyncio.wait_for(work(${takes}, ${cleanUp}), None)`]
      expect(printedBy(inTask(waited, cancelled), python)).toEqual(printedBy(inTask(plain, cancelled), python))
    },
  )

  it.prop([seconds, fc.option(seconds)])('of much time it is to await (since 3.12)', (takes, cancelled) => {
    const [plain, waited] = [`work(${takes}, 1)`, `asyncio.wait_for(work(${takes}, 1), 99)`]
    expect(printedBy(inTask(waited, cancelled))).toEqual(printedBy(inTask(plain, cancelled)))
  })

  it.prop([version, fc.constantFrom(-1, 0, 1, 2, 3), fc.constantFrom(0.5, 1.5, 2.5), seconds])(
    'it is never too early, nor later than the clean-up takes',
    (python, timeout, takes, cleanUp) => {
      const lines = printedBy(inTask(`asyncio.wait_for(work(${takes}, ${cleanUp}), ${timeout})`, null), python)
      const end = `${timeout + cleanUp}.0`
      if (timeout > takes) expect(lines).toEqual([`worked ${takes}`])
      else if (timeout > 0) expect(lines).toEqual([`clean ${end}`, `TimeoutError() ${end}`])
      else expect(lines).toEqual(['TimeoutError() 0.0'])
    },
  )

  test.each(versions)('what is done in the turn in which who waits is cancelled, in %s', (python) => {
    const text = inMain(
      [],
      'future = asyncio.get_running_loop().create_future()',
      'async def waiting():',
      ...outcomeOf('await asyncio.wait_for(future, 5)').map((line) => `    ${line}`),
      'task = asyncio.create_task(waiting())',
      'await asyncio.sleep(1)',
      "future.set_result('result')",
      'task.cancel()',
      'await task',
    )
    const isLost = !['3.12.7', '3.14.2'].includes(python)
    expect(printedBy(text, python)).toEqual([isLost ? 'result 1.0' : 'CancelledError() 1.0'])
  })

  test.each(versions)('what cannot be awaited is refused, in %s', (python) => {
    const lines = ['None', '0', '1'].flatMap((timeout) => [
      'try:',
      `    await asyncio.wait_for(7, ${timeout})`,
      'except TypeError as error:',
      '    print(error)',
    ])
    const required = 'An asyncio.Future, a coroutine or an awaitable is required'
    const await7 =
      python === '3.14.2' ? "'int' object can't be awaited" : "object int can't be used in 'await' expression"
    expect(printedBy(inMain([], ...lines), python)).toEqual([
      await7,
      required,
      ['3.12.7', '3.14.2'].includes(python) ? await7 : required,
    ])
  })
})

describe(`${rule('_cancel_and_wait')} and ${rule('_release_waiter')}`, () => {
  it.prop([version, seconds, fc.constantFrom(0, -1)])('what runs cleans up first', (python, cleanUp, timeout) => {
    const text = inMain(
      work,
      `task = asyncio.create_task(work(9, ${cleanUp}))`,
      'await asyncio.sleep(0)',
      ...outcomeOf(`await asyncio.wait_for(task, ${timeout})`),
    )
    expect(printedBy(text, python)).toEqual([`clean ${cleanUp}.0`, `TimeoutError() ${cleanUp}.0`])
  })

  it.prop([version, fc.constantFrom(1, 2)])('who waits for the clean-up can be cancelled', (python, at) => {
    const text = inMain(
      [...work, 'async def waiting():', ...outcomeOf('await asyncio.wait_for(other, 0)').map((line) => `    ${line}`)],
      'global other',
      'other = asyncio.create_task(work(9, 3))',
      'await asyncio.sleep(0)',
      'task = asyncio.create_task(waiting())',
      `asyncio.get_running_loop().call_later(${at}, task.cancel)`,
      'await task',
      'await asyncio.sleep(5)',
    )
    expect(printedBy(text, python)).toEqual([`CancelledError() ${at}.0`, 'clean 3.0'])
  })

  test.each([
    ['returns', 'kept 1.0'],
    ['raises', "ValueError('own') 1.0"],
  ])('a task that %s all the same has the last word', (how, expected) => {
    const answer = how === 'returns' ? "return 'kept'" : "raise ValueError('own')"
    for (const [python, delay] of versions.flatMap((each) => [[each, 1] as const, [each, 0] as const])) {
      const text = inMain(
        [
          'async def stubborn():',
          '    try:',
          '        await asyncio.sleep(9)',
          '    except asyncio.CancelledError:',
          `        ${answer}`,
        ],
        'loop = asyncio.get_running_loop()',
        'task = asyncio.create_task(stubborn())',
        `await asyncio.sleep(${1 - delay})`,
        'try:',
        `    print(await asyncio.wait_for(task, ${delay}), loop.time())`,
        'except ValueError as error:',
        '    print(repr(error), loop.time())',
      )
      expect(printedBy(text, python)).toEqual([expected])
    }
  })
})
