import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { rule } from '../rule.js'
import { inMain, printedBy } from './tasks-at.js'

const versions = ['3.11.3', '3.12.7', '3.14.2'] as const

const version = fc.constantFrom(...versions)

/** Few times, so that many fall together. */
const seconds = fc.constantFrom(0, 1, 2, 3)

const caught = (...lines: readonly string[]): readonly string[] => [
  'loop = asyncio.get_running_loop()',
  'try:',
  ...lines.map((line) => `    ${line}`),
  'except BaseException as error:',
  '    print(repr(error), loop.time())',
]

/** A block under a timeout. */
const under = (limit: string, ...lines: readonly string[]): readonly string[] => [
  `async with ${limit} as limit:`,
  ...lines.map((line) => `    ${line}`),
]

describe(`${rule('Timeout')} and ${rule('Timeout.__aenter__')}`, () => {
  it.prop([version, fc.array(seconds, { maxLength: 3 }), fc.option(seconds)])(
    'a timeout of any time is nothing',
    (python, sleeps, cancelled) => {
      const body = sleeps.flatMap((delay) => [`await asyncio.sleep(${delay})`, 'print(loop.time())'])
      const block = body.length === 0 ? ['pass'] : body
      const task = (lines: readonly string[]): string =>
        inMain(
          ['async def block():', ...caught(...lines).map((line) => `    ${line}`)],
          'task = asyncio.create_task(block())',
          ...(cancelled === null ? [] : [`asyncio.get_running_loop().call_later(${cancelled}, task.cancel)`]),
          'await task',
        )
      const plain = printedBy(task(block), python)
      expect(printedBy(task(under('asyncio.timeout(None)', ...block)), python)).toEqual(plain)
      expect(printedBy(task(under('asyncio.timeout(99)', ...block)), python)).toEqual(plain)
    },
  )

  it.prop([version, fc.constantFrom('timeout', 'timeout_at', 'Timeout')])('its states', (python, maker) => {
    const lines = printedBy(
      inMain(
        [],
        `limit = asyncio.${maker}(2.0004)`,
        'print(limit, limit.when(), limit.expired())',
        'async with limit as entered:',
        '    print(limit, entered is limit)',
        'print(limit, limit.expired())',
        'try:',
        '    async with asyncio.timeout(0) as limit:',
        '        try:',
        '            await asyncio.sleep(1)',
        '        finally:',
        '            print(limit, limit.expired())',
        'except TimeoutError:',
        '    print(limit, limit.expired())',
      ),
      python,
    )
    expect(lines).toEqual([
      '<Timeout [created]> 2.0004 False',
      '<Timeout [active] when=2.0> True',
      '<Timeout [finished]> False',
      '<Timeout [expiring]> True',
      '<Timeout [expired]> True',
    ])
  })

  test.each([
    ['3.11.3', 'inside'],
    ['3.11.7', "RuntimeError('Timeout has already been entered') 0.0"],
    ['3.12.0', 'inside'],
    ['3.12.1', "RuntimeError('Timeout has already been entered') 0.0"],
  ])('entered twice, in %s', (python, expected) => {
    const text = inMain(
      [],
      'limit = asyncio.timeout(1)',
      'async with limit:',
      '    pass',
      ...caught(...under('limit', "print('inside')")),
    )
    expect(printedBy(text, python)).toEqual([expected])
  })

  test('entered within itself it is left once (3.11.3)', () => {
    const text = inMain(
      [],
      'limit = asyncio.timeout(1)',
      ...caught('async with limit:', '    async with limit:', '        pass'),
    )
    expect(printedBy(text, '3.11.3')).toEqual(['AssertionError() 0.0'])
  })
})

describe(`${rule('Timeout.__aexit__')} and ${rule('Timeout._on_timeout')}`, () => {
  it.prop([version, fc.constantFrom(-1, 0, 1, 2, 3), fc.constantFrom(1, 2, 3)])(
    'never early: a block ends in time, or at its deadline',
    (python, delay, takes) => {
      const text = inMain(
        [],
        ...caught(
          ...under(`asyncio.timeout(${delay})`, `await asyncio.sleep(${takes})`),
          "print('in time', loop.time())",
        ),
      )
      const end = Math.max(0, delay)
      expect(printedBy(text, python)).toEqual([delay > takes ? `in time ${takes}.0` : `TimeoutError() ${end}.0`])
    },
  )

  it.prop([version, seconds, seconds, seconds])(
    'of two, the earlier counts; at the same time, the outer',
    (python, outer, inner, takes) => {
      const text = inMain(
        [],
        'try:',
        `    async with asyncio.timeout(${outer}):`,
        '        try:',
        `            async with asyncio.timeout(${inner}):`,
        `                await asyncio.sleep(${takes})`,
        "                print('none')",
        '        except TimeoutError:',
        "            print('inner')",
        'except TimeoutError:',
        "    print('outer')",
      )
      const first = Math.min(outer, inner)
      const expected = first > takes || (takes === 0 && first > 0) ? 'none' : inner < outer ? 'inner' : 'outer'
      expect(printedBy(text, python)).toEqual([expected])
    },
  )

  it.prop([version, fc.constantFrom(1, 2, 3), fc.constantFrom(1, 2, 3), fc.boolean()])(
    'a cancellation by somebody else goes on, also where the time is up in the same turn',
    (python, delay, cancelled, isFirst) => {
      const cancelling = `loop.call_later(${cancelled}, asyncio.current_task().cancel, 'by hand')`
      const text = inMain(
        [],
        ...caught(
          ...(isFirst ? [cancelling] : []),
          ...under(`asyncio.timeout(${delay})`, ...(isFirst ? [] : [cancelling]), 'await asyncio.sleep(9)'),
        ),
        'print(limit)',
      )
      const isLate = cancelled > delay
      const [first, second] = printedBy(text, python)
      expect(first?.startsWith(isLate ? 'TimeoutError' : 'CancelledError')).toBe(true)
      expect(second).toBe(cancelled < delay ? '<Timeout [finished]>' : '<Timeout [expired]>')
    },
  )

  it.prop([version])('what the block swallows or raises itself is left alone, and no request is left', (python) => {
    const text = (answer: string): string =>
      inMain(
        [],
        ...caught(
          ...under(
            'asyncio.timeout(1)',
            'try:',
            '    await asyncio.sleep(9)',
            'except asyncio.CancelledError:',
            `    ${answer}`,
          ),
          "print('goes on')",
        ),
        'print(limit, asyncio.current_task().cancelling())',
      )
    expect(printedBy(text('pass'), python)).toEqual(['goes on', '<Timeout [expired]> 0'])
    expect(printedBy(text("raise ValueError('own')"), python)).toEqual([
      "ValueError('own') 1.0",
      '<Timeout [expired]> 0',
    ])
  })

  it.prop([version, fc.constantFrom(1, 2)])('in a task that was cancelled before', (python, delay) => {
    const text = inMain(
      [],
      'loop = asyncio.get_running_loop()',
      'asyncio.current_task().cancel()',
      'try:',
      '    await asyncio.sleep(1)',
      'except asyncio.CancelledError:',
      '    pass',
      ...caught(...under(`asyncio.timeout(${delay})`, 'await asyncio.sleep(9)')),
      'print(asyncio.current_task().cancelling())',
    )
    expect(printedBy(text, python)).toEqual([`TimeoutError() ${delay}.0`, '1'])
  })
})

describe(rule('Timeout.reschedule'), () => {
  it.prop([version, fc.array(fc.option(fc.constantFrom(-1, 0, 1, 2, 3, 4)), { minLength: 1, maxLength: 4 })])(
    'the last deadline counts, and no other',
    (python, deadlines) => {
      const moves = deadlines.flatMap((when) => [`limit.reschedule(${when ?? 'None'})`, 'print(limit.when())'])
      const text = inMain(
        [],
        ...caught(...under('asyncio.timeout(2)', ...moves, 'await asyncio.sleep(9)'), "print('in time')"),
      )
      const last = deadlines.at(-1) ?? null
      const end = last === null ? 'in time' : `TimeoutError() ${Math.max(0, last)}.0`
      expect(printedBy(text, python)).toEqual([...deadlines.map((when) => String(when ?? 'None')), end])
    },
  )

  test.each([
    ['3.11.3', 'AssertionError() 0.0'],
    ['3.14.2', "RuntimeError('Timeout has not been entered') 0.0"],
  ])('only while it is active, in %s', (python, refusal) => {
    const text = inMain(
      [],
      ...caught('asyncio.timeout(1).reschedule(2)'),
      ...caught(...under('asyncio.timeout(0)', 'pass'), 'limit.reschedule(2)'),
      ...caught(
        ...under('asyncio.timeout(0)', 'try:', '    await asyncio.sleep(1)', 'finally:', '    limit.reschedule(2)'),
      ),
    )
    expect(printedBy(text, python)).toEqual([
      refusal,
      "RuntimeError('Cannot change state of finished Timeout') 0.0",
      "RuntimeError('Cannot change state of expiring Timeout') 0.0",
    ])
  })
})
