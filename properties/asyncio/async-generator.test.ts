import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { rule } from '../rule.js'
import { inMain, printedBy } from './tasks-at.js'

const version = fc.constantFrom('3.8.18', '3.10.2', '3.11.3', '3.12.7', '3.13.2', '3.14.2')

/** A generator of so many items, which waits so long before each. */
const items = (count: number, wait: number): readonly string[] => [
  'async def items(name):',
  '    try:',
  `        for item in range(${count}):`,
  `            await asyncio.sleep(${wait})`,
  '            yield item',
  '    finally:',
  "        print(name, 'closes')",
  '        await asyncio.sleep(1)',
  "        print(name, 'closed')",
]

describe(rule('async generator'), () => {
  it.prop([version, fc.nat(4), fc.nat(2)])('async for goes through all items, each way', (python, count, wait) => {
    const expected = Array.from({ length: count }, (_, item) => item)
    const ways = [
      'print([item async for item in items("a")])',
      'print(sorted({item async for item in items("a")}))',
      'print(list({item: 1 async for item in items("a")}))',
      'print([item async for item in (item async for item in items("a"))])',
    ]
    for (const way of ways) {
      expect(printedBy(inMain(items(count, wait), way), python)).toEqual([
        'a closes',
        'a closed',
        `[${expected.join(', ')}]`,
      ])
    }
    const loop = ['async for item in items("a"):', '    print(item)', 'else:', "    print('no more')"]
    expect(printedBy(inMain(items(count, wait), ...loop), python)).toEqual([
      ...expected.map(String),
      'a closes',
      'a closed',
      'no more',
    ])
  })

  it.prop([version, fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 5 })])(
    'what is sent is what the yield gives',
    (python, sent) => {
      const echo = ['async def echo():', '    got = None', '    while True:', '        got = yield got']
      const sends = sent.map((value) => `print(await g.asend(${value}))`)
      expect(printedBy(inMain(echo, 'g = echo()', 'await g.asend(None)', ...sends), python)).toEqual(sent.map(String))
    },
  )

  it.prop([version, fc.integer({ min: 2, max: 4 }), fc.constantFrom('aclose()', 'athrow(ValueError)')])(
    'only one at a time may await it',
    (python, tasks, other) => {
      const take = [
        'async def take(awaitable):',
        '    try:',
        '        return await awaitable',
        '    except RuntimeError as error:',
        '        return str(error)',
      ]
      const takes = Array.from({ length: tasks }, () => 'take(g.__anext__())').join(', ')
      const lines = [`for each in await asyncio.gather(${takes}, take(g.${other})):`, '    print(each)']
      const what = other.slice(0, other.indexOf('('))
      expect(
        printedBy(inMain([...items(2, 1), 'g = items("a")', ...take], ...lines, 'await g.aclose()'), python),
      ).toEqual([
        '0',
        ...Array.from({ length: tasks - 1 }, () => 'anext(): asynchronous generator is already running'),
        `${what}(): asynchronous generator is already running`,
        'a closes',
        'a closed',
      ])
    },
  )

  it.prop([version, fc.constantFrom('__anext__()', 'asend(None)', 'aclose()', 'athrow(ValueError)')])(
    'what it gives is awaited once',
    (python, asked) => {
      const lines = [
        `asked = g.${asked}`,
        'for attempt in range(2):',
        '    try:',
        '        print(await asked)',
        '    except (ValueError, RuntimeError) as error:',
        '        print(repr(error))',
      ]
      const [, again] = printedBy(inMain(['async def one():', '    yield 1', 'g = one()'], ...lines), python)
      const name = asked.startsWith('a') && !asked.startsWith('asend') ? 'aclose()/athrow()' : '__anext__()/asend()'
      expect(again).toBe(`RuntimeError('cannot reuse already awaited ${name}')`)
    },
  )

  test.each([
    ['StopIteration', "RuntimeError('async generator raised StopIteration')"],
    ['StopAsyncIteration', "RuntimeError('async generator raised StopAsyncIteration')"],
    ['KeyError', 'KeyError()'],
  ])('%s leaves it as %s', (raised, got) => {
    const failing = ['async def failing():', '    yield 1', `    raise ${raised}`]
    const lines = [
      'try:',
      '    async for item in failing():',
      '        print(item)',
      'except Exception as error:',
      '    print(repr(error))',
    ]
    expect(printedBy(inMain(failing, ...lines))).toEqual(['1', got])
  })

  test('a yield is no answer to GeneratorExit', () => {
    const stubborn = [
      'async def stubborn():',
      '    try:',
      '        yield 1',
      '    except GeneratorExit:',
      '        yield 2',
    ]
    const lines = [
      'g = stubborn()',
      'await g.__anext__()',
      'try:',
      '    await g.aclose()',
      'except RuntimeError as error:',
      '    print(error)',
    ]
    expect(printedBy(inMain(stubborn, ...lines))).toEqual(['async generator ignored GeneratorExit'])
  })

  test('what has ended gives nothing more, and may be closed', () => {
    const lines = [
      'g = one()',
      'print([item async for item in g], await anext(g, 0), await g.aclose(), await g.athrow(ValueError))',
    ]
    expect(printedBy(inMain(['async def one():', '    yield 1'], ...lines))).toEqual(['[1] 0 None None'])
  })

  test('a value cannot be sent to what has not begun', () => {
    const lines = [
      'g = one()',
      'try:',
      '    await g.asend(1)',
      'except TypeError as error:',
      '    print(error)',
      'print(await g.__anext__())',
    ]
    expect(printedBy(inMain(['async def one():', '    yield 1'], ...lines))).toEqual([
      "can't send non-None value to a just-started async generator",
      '1',
    ])
  })
})

/** What comes of a generator that was left: its closing comes two turns after it was dropped, among `ticks`. */
const ticks = ['for tick in range(4):', '    await asyncio.sleep(0)', '    print(tick)']

const closing = ['0', 'a closes', '1', '2', '3']

describe(rule('_asyncgen_finalizer_hook'), () => {
  it.prop([
    version,
    fc.constantFrom<readonly string[]>(
      ['async for item in items("a"):', '    break'],
      ['try:', '    async for item in items("a"):', '        raise ValueError', 'except ValueError:', '    pass'],
      ['async def first():', '    async for item in items("a"):', '        return item', 'await first()'],
      ['g = items("a")', 'await g.__anext__()', 'g = None'],
      ['g = items("a")', 'await g.__anext__()', 'del g'],
      ['g = [items("a")]', 'await g[0].__anext__()', 'g.clear()'],
      ['await items("a").__anext__()'],
    ),
  ])('one that nobody knows any more is closed two turns later', (python, lines) => {
    expect(printedBy(inMain(items(2, 0), ...lines, ...ticks, 'await asyncio.sleep(1)'), python)).toEqual([
      ...closing,
      'a closed',
    ])
  })

  it.prop([
    version,
    fc.constantFrom<readonly string[]>(
      ['g = items("a")', 'async for item in g:', '    break'],
      ['g = {1: items("a")}', 'async for item in g[1]:', '    break'],
      ['g = items("a")', 'h = (g, 1)', 'await g.__anext__()', 'del g'],
      ['g = items("a")', 'await g.__anext__()', 'def f():', '    return g'],
      [
        'async def wait(g):',
        '    await asyncio.sleep(1)',
        'g = items("a")',
        'await g.__anext__()',
        't = asyncio.create_task(wait(g))',
        'del g',
      ],
    ),
  ])('one that somebody knows is left alone', (python, lines) => {
    expect(printedBy(inMain(items(2, 0), ...lines, ...ticks, 'await asyncio.sleep(3)'), python).slice(0, 4)).toEqual([
      '0',
      '1',
      '2',
      '3',
    ])
  })
})

describe(rule('_asyncgen_firstiter_hook'), () => {
  it.prop([version, fc.boolean()])('a loop closes only what was first iterated in it', (python, begins) => {
    const lines = begins ? ['await g.__anext__()'] : []
    const text = inMain([...items(2, 0), 'g = items("a")'], ...lines, "print('main')")
    expect(printedBy(text, python)).toEqual(['main', ...(begins ? ['a closes', 'a closed'] : [])])
  })
})

describe('shutdown_asyncgens', () => {
  it.prop([version, fc.nat(4)])(
    'all that are left are closed at once, in the order of their beginnings',
    (python, count) => {
      const names = Array.from({ length: count }, (_, index) => String(index))
      const lines = ['for name in range(len(kept) - 1, -1, -1):', '    await kept[name].__anext__()']
      const made = `kept = [${names.map((name) => `items(${name})`).join(', ')}]`
      const printed = printedBy(inMain([...items(2, 0), made], ...lines), python)
      expect(printed.slice(0, count)).toEqual(names.toReversed().map((name) => `${name} closes`))
      expect(printed.slice(count).sort()).toEqual(names.map((name) => `${name} closed`))
    },
  )
})

describe(rule('shutdown_asyncgens'), () => {
  it.prop([version, fc.nat(4)])('what the loop still knows is closed, all at once, and only then', (python, count) => {
    const lines = [
      `kept = [items(name) for name in range(${count})]`,
      'for each in kept:',
      '    print(await each.__anext__())',
      'loop = asyncio.get_running_loop()',
      'await loop.shutdown_asyncgens()',
      'print(loop.time())',
      'await loop.shutdown_asyncgens()',
      'print(loop.time(), [[item async for item in each] for each in kept])',
    ]
    const names = Array.from({ length: count }, (_, name) => name)
    const later = count === 0 ? '0.0' : '1.0'
    // Who wakes up first of those who sleep until one moment is the heap's to say.
    const order = (line: string): string => (line.endsWith('closed') ? 'closed' : line)
    expect(printedBy(inMain(items(2, 0), ...lines), python).map(order)).toEqual([
      ...names.map(() => '0'),
      ...names.map((name) => `${name} closes`),
      ...names.map(() => 'closed'),
      later,
      `${later} [${names.map(() => '[]').join(', ')}]`,
    ])
  })
})
