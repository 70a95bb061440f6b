import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { pythonAt } from '../../src/asyncio/versions.js'
import { parse } from '../../src/program/parse.js'
import { run } from '../../src/program/run.js'
import { rule } from '../rule.js'
import { inMain, printedBy } from './tasks-at.js'

const work = [
  'async def work(delay, error):',
  '    await asyncio.sleep(delay)',
  '    if error is not None:',
  '        raise error',
  "    return 'worked'",
  'async def waits(task):',
  '    return await asyncio.shield(task)',
]

const outcomes = { None: "'worked'", "ValueError('failed')": "ValueError('failed')" }

const error = fc.constantFrom(...(Object.keys(outcomes) as (keyof typeof outcomes)[]))

const reports = (text: string, python: string): readonly string[] =>
  run(parse(text), { python: pythonAt(python) }).events.flatMap((event) =>
    event.event === 'ExceptionReported' ? [event.message] : [],
  )

describe(`${rule('shield')} ${rule('shield: inner done callback')} ${rule('shield: outer done callback')}`, () => {
  it.prop([fc.nat(3), error, fc.array(fc.option(fc.nat(4)), { minLength: 1, maxLength: 4 })])(
    'who is cancelled before it is done hears of that, the others of the outcome, and the task of nothing',
    (delay, fails, cancelled) => {
      const lines = printedBy(
        inMain(
          work,
          'loop = asyncio.get_running_loop()',
          `task = asyncio.create_task(work(${delay}, ${fails}))`,
          `all = [asyncio.create_task(waits(task)) for _ in range(${cancelled.length})]`,
          ...cancelled.map((when, index) =>
            when === null ? '' : `loop.call_later(${when} + 0.5, all[${index}].cancel)`,
          ),
          'print(await asyncio.gather(*all, return_exceptions=True))',
          'print(await asyncio.gather(task, return_exceptions=True))',
        ),
      )
      const outcome = outcomes[fails]
      const heard = cancelled.map((when) => (when !== null && when + 0.5 < delay ? "CancelledError('')" : outcome))
      expect(lines).toEqual([`[${heard.join(', ')}]`, `[${outcome}]`])
    },
  )

  test('what is done is given as it is, and what is cancelled cancels who waits', () => {
    const lines = printedBy(
      inMain(
        work,
        'task = asyncio.create_task(work(2, None))',
        'waiting = asyncio.create_task(waits(task))',
        'await asyncio.sleep(1)',
        "task.cancel('by itself')",
        'print(await asyncio.gather(waiting, task, return_exceptions=True))',
        'print(asyncio.shield(task) is task)',
      ),
    )
    expect(lines).toEqual(["[CancelledError(''), CancelledError('')]", 'True'])
  })

  test.each(['3.13.2', '3.14.2'])(
    'cancelled in the turn in which the other fails, nobody hears of it (%s)',
    (python) => {
      const text = inMain(
        work,
        'future = asyncio.get_running_loop().create_future()',
        'shield = asyncio.shield(future)',
        "future.set_exception(ValueError('unheard'))",
        'shield.cancel()',
        'print(await asyncio.gather(shield, return_exceptions=True))',
      )
      expect(printedBy(text, python)).toEqual(["[CancelledError('')]"])
      expect(reports(text, python)).toEqual([])
    },
  )
})

describe(rule('shield: failure'), () => {
  const text = (error: string, cancels: number): string =>
    inMain(
      work,
      `task = asyncio.create_task(work(2, ${error}))`,
      'all = [asyncio.create_task(waits(task)) for _ in range(3)]',
      'await asyncio.sleep(1)',
      `for one in all[0], all[1], all[2]:`,
      `    if all.index(one) < ${cancels}:`,
      '        one.cancel()',
      'await asyncio.gather(*all, task, return_exceptions=True)',
    )

  test('is reported once, however many were cancelled, since 3.14', () => {
    for (const cancels of [0, 1, 2, 3]) {
      const told = cancels === 0 ? [] : ['ValueError exception in shielded future']
      expect(reports(text("ValueError('failed')", cancels), '3.14.2')).toEqual(told)
      expect(reports(text("ValueError('failed')", cancels), '3.13.2')).toEqual([])
    }
  })

  test('nothing is reported where it does not fail', () => {
    expect(reports(text('None', 3), '3.14.2')).toEqual([])
    expect(reports(text("asyncio.CancelledError('gave up')", 3), '3.14.2')).toEqual([])
  })
})
