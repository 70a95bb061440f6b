import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { newestPython } from '../../src/asyncio/versions.js'
import type { Value } from '../../src/loop/value.js'
import { repr, str } from '../../src/program/representation.js'
import { truth } from '../../src/program/truth.js'
import { fullTypeName, typeName } from '../../src/program/type-name.js'
import { attempt, error, list, listsOf, noLists, range, tuple, value } from './worlds.js'

const shown = (one: Value): Value | undefined => attempt(() => repr(one, noLists))
const builtin = (name: string): Value => ({ kind: 'builtin', name })
const method = (receiver: Value, name: string): Value => ({ kind: 'method', receiver, name })

describe('repr', () => {
  test.prop([fc.double({ noNaN: true })])('of a float reads back as the same float', (n) => {
    const text = repr(n, noLists)
    expect(Number(text.replace('inf', 'Infinity'))).toBe(n)
    expect(text).toMatch(/\.|e|inf/)
  })

  test.prop([fc.string({ unit: 'binary' })])('of a string is printable and reads back as the same string', (text) => {
    const literal = repr(text, noLists)
    expect(literal).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u)
    const body = literal.slice(1, -1).replace(/\\U(.{8})/g, '\\u{$1}')
    const named: Record<string, string> = { n: '\n', r: '\r', t: '\t' }
    const read = body.replace(/\\(?:x(..)|u\{(.+?)\}|u(.{4})|(.))/gu, (_, x, braced, u, other) =>
      other === undefined ? String.fromCodePoint(Number.parseInt(x ?? braced ?? u, 16)) : (named[other] ?? other),
    )
    expect(read).toBe(text)
  })

  test.prop([value])('is what str gives, but for strings and exceptions', (one) => {
    if (typeof one === 'string') expect(str(one, noLists)).toBe(one)
    else if (!(typeof one === 'object' && one?.kind === 'exception')) expect(str(one, noLists)).toBe(repr(one, noLists))
  })

  it.each<[Value, string]>([
    [null, 'None'],
    [true, 'True'],
    [false, 'False'],
    [-12n, '-12'],
    [1e16, '1e+16'],
    [123456789012345.6, '123456789012345.6'],
    [1e-5, '1e-05'],
    [1e-4, '0.0001'],
    [-0, '-0.0'],
    [0, '0.0'],
    [-2.5e300, '-2.5e+300'],
    [Number.POSITIVE_INFINITY, 'inf'],
    [Number.NEGATIVE_INFINITY, '-inf'],
    [Number.NaN, 'nan'],
    ["it's", '"it\'s"'],
    ['\'"\n\t\r\\\x00\xa0\u2028\u{e0001}😀', "'\\'\"\\n\\t\\r\\\\\\x00\\xa0\\u2028\\U000e0001😀'"],
    [tuple(), '()'],
    [tuple(1n), '(1,)'],
    [tuple(1n, tuple(2.0, 'x')), "(1, (2.0, 'x'))"],
    [range(0n, 3n), 'range(0, 3)'],
    [range(0n, 3n, 2n), 'range(0, 3, 2)'],
    [error('ValueError'), 'ValueError()'],
    [error('ValueError', 'a', 1n), "ValueError('a', 1)"],
    [{ kind: 'class', name: 'ValueError' }, "<class 'ValueError'>"],
    [{ kind: 'class', name: 'TimeoutError' }, "<class 'TimeoutError'>"],
    [{ kind: 'class', name: 'CancelledError' }, "<class 'asyncio.exceptions.CancelledError'>"],
    [{ kind: 'function', id: 1, name: 'f', code: 0, cells: [] }, '<function f>'],
    [{ kind: 'module', name: 'asyncio' }, "<module 'asyncio'>"],
    [builtin('print'), '<built-in function print>'],
    [builtin('int'), "<class 'int'>"],
    [builtin('asyncio.Future'), "<class '_asyncio.Future'>"],
    [builtin('asyncio.sleep'), '<function sleep>'],
    [builtin('asyncio.get_running_loop'), '<built-in function get_running_loop>'],
    [method({ kind: 'task', id: 1 }, 'cancel'), '<built-in method cancel of _asyncio.Task object>'],
    [method({ kind: 'handle', id: 1 }, 'cancel'), '<bound method Handle.cancel of <handle 1>>'],
    [method({ kind: 'loop', id: 1 }, 'stop'), '<bound method BaseEventLoop.stop of <loop 1>>'],
    [{ kind: 'future', id: 4 }, '<future 4>'],
    [list(0), '[]'],
  ])('of %o', (one, text) => {
    expect(repr(one, noLists)).toBe(text)
  })

  it('of a list within itself stops there', () => {
    const contents = listsOf([1n, list(1)], [list(0), list(2), list(2)], [])
    expect(repr(list(0), contents)).toBe('[1, [[...], [], []]]')
  })

  it('has the limits of CPython', () => {
    expect(shown(-(10n ** 4300n) + 1n)).toHaveLength(4301)
    expect(shown(10n ** 4300n)).toMatch(/^ValueError: Exceeds the limit \(4300 digits\) for integer string conversion;/)
    let nested: Value = tuple()
    for (let depth = 0; depth < 2000; depth += 1) nested = tuple(nested)
    expect(shown(nested)).toMatch(/^RecursionError: maximum recursion depth exceeded while getting the repr/)
  })
})

it.each<[Value, string]>([
  [error('ValueError'), ''],
  [error('ValueError', 'a'), 'a'],
  [error('ValueError', 'a', 1n), "('a', 1)"],
  [error('KeyError', 'a'), "'a'"],
  [error('KeyError', 'a', 'b'), "('a', 'b')"],
  [error('TimeoutError', 1n, 'late'), '[Errno 1] late'],
  [tuple('a'), "('a',)"],
])('str of %o', (one, text) => {
  expect(str(one, noLists)).toBe(text)
})

it.each<[Value, string, string]>([
  [null, 'NoneType', 'NoneType'],
  [true, 'bool', 'bool'],
  [1n, 'int', 'int'],
  [1, 'float', 'float'],
  ['', 'str', 'str'],
  [tuple(), 'tuple', 'tuple'],
  [error('KeyError'), 'KeyError', 'KeyError'],
  [{ kind: 'class', name: 'KeyError' }, 'type', 'type'],
  [{ kind: 'module', name: 'asyncio' }, 'module', 'module'],
  [builtin('range'), 'type', 'type'],
  [builtin('len'), 'builtin_function_or_method', 'builtin_function_or_method'],
  [builtin('asyncio.gather'), 'function', 'function'],
  [method(list(0), 'append'), 'builtin_function_or_method', 'builtin_function_or_method'],
  [method({ kind: 'loop', id: 0 }, 'time'), 'method', 'method'],
  [{ kind: 'task', id: 0 }, 'Task', '_asyncio.Task'],
  [{ kind: 'coroutine', id: 0 }, 'coroutine', 'coroutine'],
])('the type of %o', (one, short, full) => {
  expect(typeName(one, newestPython)).toBe(short)
  expect(fullTypeName(one, newestPython)).toBe(full)
})

it('nothing, zero and what is empty is false', () => {
  const contents = listsOf([], [null])
  const empty = [null, false, 0n, 0, -0, '', tuple(), range(1n, 1n), range(1n, 2n, -1n), list(0)]
  expect(empty.filter((one) => truth(one, contents))).toEqual([])
  const full = [true, 1n, Number.NaN, 'a', tuple(null), range(0n, 1n), range(1n, 0n, -1n), list(1), error('KeyError')]
  expect(full.filter((one) => !truth(one, contents))).toEqual([])
})
