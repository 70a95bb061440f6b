import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { areWordsReserved, eras, history, isBefore, refusal, versionOf } from '../../src/program/history.js'
import { earliestVersion, needsOf } from '../../src/program/needs.js'
import { parse } from '../../src/program/parse.js'
import { print } from '../../src/program/print.js'
import { SyntaxRefusal } from '../../src/program/source.js'
import { arbitraryModule } from './arbitrary-module.js'
import { ERA_TEXTS } from './era-texts.js'
import { withoutLines } from './tree.js'

const refusalOf = (text: string, python: string): string | null => {
  try {
    parse(text, 'some.py', { python })
    return null
  } catch (caught) {
    if (caught instanceof SyntaxRefusal) return caught.message
    throw caught
  }
}

const minors = Array.from({ length: 12 }, (_, index) => index + 3)
const version = fc
  .record({ minor: fc.constantFrom(...minors), patch: fc.option(fc.nat(20)) })
  .map(({ minor, patch }) => (patch === null ? `3.${minor}` : `3.${minor}.${patch}`))

describe('versions', () => {
  const numbers = (text: string): readonly [number, number] => {
    const [, minor = 0, patch = 0] = text.split('.').map(Number)
    return [minor, patch]
  }

  property.prop([version, version])('are in the order of their numbers', (one, other) => {
    const [[minor, patch], [otherMinor, otherPatch]] = [numbers(one), numbers(other)]
    expect(isBefore(one, other)).toBe(minor < otherMinor || (minor === otherMinor && patch < otherPatch))
    expect(versionOf(one)).toBe(one)
  })

  test.each(['', '3', '3.', '3.2', '3.15', '2.7', '4.0', '3.5.1.2', '3.5a', 'x3.5', ' 3.5', '3.5.100', 'latest'])(
    '%j is none',
    (text) => {
      expect(versionOf(text)).toBeNull()
    },
  )
})

describe('what came with which version', () => {
  test.each(Object.entries(ERA_TEXTS))('%s', (name, [text, line, column, from = '3.3']) => {
    const feature = history[name as keyof typeof history] as (typeof history)[keyof typeof history]
    const at = minors.map((minor) => `3.${minor}`)
    for (const python of at.filter((each) => isBefore(each, from))) expect(refusalOf(text, python)).not.toBeNull()
    for (const python of at.filter((each) => isBefore(each, feature.since) && !isBefore(each, from))) {
      const reason = `${feature.what} came with Python ${feature.since}; this is read as Python ${python}`
      expect(refusalOf(text, python)).toBe(`some.py:${line}:${column}: ${reason}`)
    }
    const rest = at.filter((each) => !isBefore(each, feature.since))
    const answers = new Set(rest.map((each) => refusalOf(text, each)))
    expect([...answers]).toEqual([null])
  })

  test('every feature has a text', () => {
    expect(Object.keys(ERA_TEXTS).sort()).toEqual(Object.keys(history).sort())
  })

  test.each([
    ['import asyncio\nasyncio.run(x)', 'asyncio.run', '3.7', 2, 1],
    ['import asyncio as a\ndef f():\n    return a.create_task(x)', 'asyncio.create_task', '3.7', 3, 12],
    ['from asyncio import sleep, ensure_future', 'asyncio.ensure_future', '3.4.4', 1, 1],
    ['x(asyncio.get_running_loop)\nimport asyncio', 'asyncio.get_running_loop', '3.7', 1, 3],
    ['import asyncio\nasyncio.isfuture(asyncio.current_task())', 'asyncio.current_task', '3.7', 2, 18],
  ])('%j: %s', (text, what, since, line, column) => {
    const before = since === '3.4.4' ? '3.4.3' : '3.6.15'
    const reason = `'${what}' came with Python ${since}; this is read as Python ${before}`
    expect(refusalOf(text, before)).toBe(`some.py:${line}:${column}: ${reason}`)
    expect(refusalOf(text, since)).toBeNull()
  })

  test('a name of asyncio that is no module is nothing of it', () => {
    expect(refusalOf('asyncio = x\nasyncio.run', '3.3')).toBeNull()
    expect(earliestVersion(parse('x.run\nrun'))).toBe('3.3')
  })

  test('asyncio.coroutine came, and went', () => {
    const text = 'import asyncio\n\n\n@asyncio.coroutine\ndef f():\n    yield\n'
    const at = (python: string) => refusalOf(text, python)
    expect(at('3.3')).toBe("some.py:1:1: the module 'asyncio' came with Python 3.4; this is read as Python 3.3")
    expect([at('3.4'), at('3.10.13')]).toEqual([null, null])
    expect(at('3.11')).toBe("some.py:4:2: 'asyncio.coroutine' is gone since Python 3.11; this is read as Python 3.11")
    expect(refusalOf('from asyncio import coroutine', '3.12')).toMatch(/^some\.py:1:1: 'asyncio\.coroutine' is gone/)
    expect(earliestVersion(parse(text, 'some.py', { python: '3.4' }))).toBe('3.4')
    const both = `${text}asyncio.run(f())\n`
    expect(earliestVersion(parse(both, 'some.py', { python: '3.8' }))).toBe('3.7')
    const never = `${text}for x in y:\n    try:\n        pass\n    finally:\n        f'{a['b']}'\n        continue\n`
    expect(() => parse(never, 'some.py', { python: '3.10' })).toThrow('came with Python 3.12')
  })

  test('a program that no version has all of', () => {
    const coroutine = parse('import asyncio\nasyncio.coroutine', 'some.py', { python: '3.8' })
    const later = { ...coroutine, body: [...coroutine.body, ...parse('import contextvars').body] }
    expect(earliestVersion(later)).toBe('3.7')
    expect(needsOf(later).map(({ feature }) => feature.what)).toEqual([
      "the module 'asyncio'",
      "the module 'contextvars'",
      "'asyncio.coroutine'",
    ])
  })

  property.prop([arbitraryModule])('a program is read from the version on that it needs', (module) => {
    const text = print(module)
    const earliest = earliestVersion(module) ?? expect.unreachable('nothing of it is gone')
    const since = [earliest, ...(text.includes('f') ? ['3.12'] : [])].reduce((a, b) => (isBefore(a, b) ? b : a))
    expect(withoutLines(parse(text, 'some.py', { python: since }))).toEqual(module)
    for (const minor of minors) {
      const python = `3.${minor}`
      if (isBefore(python, earliest)) expect(refusalOf(text, python)).toContain(`; this is read as Python ${python}`)
      else if (!isBefore(python, '3.12')) expect(refusalOf(text, python)).toBeNull()
      else expect(refusalOf(text, python) ?? history['any f-string'].what).toContain(history['any f-string'].what)
    }
  })
})

describe('async and await as names', () => {
  const NAMES: readonly string[] = [
    'async = 1',
    'await = async',
    'def async(await):\n    return await',
    'def f():\n    await = 1\n    return await + async.await',
    'x.async.await(await=1)[async]',
    'for async in await:\n    pass',
    'global await',
    'try:\n    pass\nexcept async as await:\n    pass',
    'import asyncio as async',
    '[await for await in async]',
    'async def f():\n    await x\n\n\nawait = 1',
    'async def f():\n    pass\n\n\ndef g():\n    await = 2',
    'if x:\n    async def f():\n        await x\n\n    await = 1',
    "x = 'async' + async",
    'await(x)',
    'async(x)',
  ]

  test.each(NAMES)('%j is a program of 3.6, and none of 3.7', (text) => {
    expect(print(parse(text, 'some.py', { python: '3.6' }))).toBe(`${text}\n`)
    for (const python of ['3.7', '3.10', '3.14']) expect(refusalOf(text, python)).not.toBeNull()
  })

  test.each(NAMES.filter((text) => !/^ *async def/m.test(text)))('%j is a program of 3.3 and 3.4', (text) => {
    const expected = text.includes('import') ? '3.4' : '3.3'
    expect(print(parse(text, 'some.py', { python: expected }))).toBe(`${text}\n`)
  })

  test.each([
    ['async def f():\n    async = 1', 2, 11, "unexpected '='"],
    ['async def f():\n    def g():\n        await = 1', 3, 15, "unexpected '='"],
    ['async def f(await): pass', 1, 13, "unexpected 'await'"],
    ['async def f(): x.await', 1, 18, "'await' is a keyword"],
    ['async def await(): pass', 1, 11, "unexpected 'await'"],
    ['async x', 1, 7, "unexpected 'x'"],
    ['def f():\n    await x', 2, 11, "unexpected 'x'"],
  ])('%j is no program of 3.6', (text, line, column, why) => {
    expect(refusalOf(text, '3.6')).toBe(`some.py:${line}:${column}: this is not Python: ${why}`)
  })

  test('comments, strings and longer words are left alone', () => {
    const text = "asynchronous = awaited = 'async def await'  # async def await\nasync = f'{awaited}async {async}'\n"
    expect(print(parse(text, 'some.py', { python: '3.6' }))).toBe(
      "asynchronous = awaited = 'async def await'\nasync = f'{awaited}async {async}'\n",
    )
  })

  test('the words are reserved from 3.7 on', () => {
    expect(['3.3', '3.5.2', '3.6.15', '3.7', '3.7.0', '3.14'].map(areWordsReserved)).toEqual([
      ...[false, false, false],
      ...[true, true, true],
    ])
  })
})

test('a version has a feature or says why not', () => {
  const since = { what: 'it', since: '3.5', until: '3.11', proof: 'documentation' } as const
  expect([...eras, '3.10.9'].map((era) => refusal(since, era) === null)).toEqual([false, false, true, true, true, true])
  expect(refusal(since, '3.4')).toBe('it came with Python 3.5; this is read as Python 3.4')
  expect(refusal(since, '3.11.0')).toBe('it is gone since Python 3.11; this is read as Python 3.11.0')
})
