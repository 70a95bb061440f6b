import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import type { Value } from '../../src/loop/value.js'
import { binary, unary } from '../../src/program/arithmetic.js'
import type { BinaryOperator } from '../../src/program/syntax.js'
import { attempt, int, list, noLists, number, tuple } from './worlds.js'

const nonzero = int.filter((n) => n !== 0n)
const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
const run = (op: BinaryOperator, a: Value, b: Value, augmented?: boolean): Value | undefined =>
  attempt(() => binary(op, a, b, augmented))

describe('arithmetic', () => {
  test.prop([int, nonzero])('a == a // b * b + a % b, and the remainder has the sign of b', (a, b) => {
    const [quotient, rest] = [binary('FloorDiv', a, b), binary('Mod', a, b)]
    expect(BigInt(String(quotient)) * b + BigInt(String(rest))).toBe(a)
    expect(b > 0n ? 0n <= Number(rest) && BigInt(String(rest)) < b : BigInt(String(rest)) <= 0n).toBe(true)
  })

  test.prop([finite, finite.filter((n) => n !== 0)])('a remainder of floats has the sign of the divisor', (a, b) => {
    const rest = Number(binary('Mod', a, b))
    expect(Math.abs(rest)).toBeLessThanOrEqual(Math.abs(b))
    expect(Object.is(Math.sign(rest), b < 0 ? -0 : 0) || Math.sign(rest) === Math.sign(b)).toBe(true)
  })

  test.prop([fc.maxSafeInteger(), fc.maxSafeInteger()])('division of small ints is that of floats', (a, b) => {
    if (b !== 0) expect(Number(binary('Div', BigInt(a), BigInt(b))) + 0).toBe(a / b + 0)
  })

  test.prop([int, nonzero, nonzero])(
    'division of ints is rounded once, so a common factor changes nothing',
    (a, b, c) => {
      expect(Number(binary('Div', a * c, b * c)) + 0).toBe(Number(binary('Div', a, b)) + 0)
    },
  )

  test.prop([fc.bigInt(-50n, 50n), fc.nat({ max: 40 })])('int ** int multiplies', (a, n) => {
    expect(binary('Pow', a, BigInt(n))).toBe(Array.from({ length: n }, () => a).reduce((x, y) => x * y, 1n))
  })

  test.prop([fc.integer({ min: -999, max: 999 }), fc.nat({ max: 5 })])('float ** int is exact if it can be', (a, n) => {
    expect(binary('Pow', a, n)).toBe(Number(BigInt(a) ** BigInt(n)))
  })

  test.prop([number])('a bool counts as an int', (a) => {
    expect(run('Add', true, a)).toEqual(run('Add', 1n, a))
    expect(run('Mult', a, false)).toEqual(run('Mult', a, 0n))
  })

  it.each<[BinaryOperator, Value, Value, Value]>([
    ['Add', 'a', 'b', 'ab'],
    ['Mult', 'ab', 2n, 'abab'],
    ['Mult', true, 'ab', 'ab'],
    ['Mult', 'ab', -1n, ''],
    ['Add', tuple(1n), tuple(2n), tuple(1n, 2n)],
    ['Mult', 2n, tuple(1n), tuple(1n, 1n)],
    ['Mult', tuple(), 10n ** 9n, tuple()],
    ['FloorDiv', 1, 0.1, 9],
    ['FloorDiv', 0, -1, -0],
    ['FloorDiv', -7, Number.POSITIVE_INFINITY, -1],
    ['Mod', -2, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    ['Mod', 0, -2, -0],
    ['Div', 1n, 3n, 1 / 3],
    ['Div', 10n ** 400n, 10n ** 399n, 10],
    ['Div', 0n, -(10n ** 30n), -0],
    ['Div', 1n, 10n ** 400n, 0],
    ['Div', 1n, 2n ** 1074n, 5e-324],
    ['Div', 2n ** 60n + 1n, 1n, 2 ** 60],
    ['Pow', 2n, -1n, 0.5],
    ['Pow', -1n, 10n ** 30n + 1n, -1n],
    ['Pow', 0n, 0n, 1n],
    ['Pow', 2, 0.5, Math.SQRT2],
    ['Pow', -2, -3, -0.125],
    ['Pow', 1, Number.NaN, 1],
    ['Pow', -1, Number.POSITIVE_INFINITY, 1],
    ['Pow', Number.NEGATIVE_INFINITY, -3, -0],
    ['Pow', 134217729, 2, 18014398777917440],
    ['Pow', 1.5, 1e-300, 1],
    ['Pow', 2, -1074, 5e-324],
    ['Pow', 1 + Number.EPSILON, 2 ** 53, 7.389056098930649],
  ])('%s of %o and %o', (op, a, b, result) => {
    expect(run(op, a, b)).toEqual(result)
  })

  it.each<[BinaryOperator, Value, Value, string]>([
    ['FloorDiv', 1n, 0n, 'ZeroDivisionError: division by zero'],
    ['Mod', 1n, 0n, 'ZeroDivisionError: division by zero'],
    ['Div', 1n, 0n, 'ZeroDivisionError: division by zero'],
    ['Div', 1, 0n, 'ZeroDivisionError: division by zero'],
    ['FloorDiv', 1, 0n, 'ZeroDivisionError: division by zero'],
    ['Mod', 1, 0n, 'ZeroDivisionError: division by zero'],
    ['Pow', 0n, -1n, 'ZeroDivisionError: zero to a negative power'],
    ['Pow', 10, 400n, 'OverflowError: 34, Numerical result out of range'],
    ['Pow', -8n, 0.5, 'Unmodelled: a complex number is not in the modelled subset'],
    ['Pow', 10n, 10n ** 9n, 'Unmodelled: an integer of more than a million digits is not in the modelled subset'],
    ['Div', 10n ** 400n, 1n, 'OverflowError: integer division result too large for a float'],
    ['Add', 10n ** 400n, 1, 'OverflowError: int too large to convert to float'],
    ['Add', 1n, 'a', "TypeError: unsupported operand type(s) for +: 'int' and 'str'"],
    ['Pow', 'a', 1n, "TypeError: unsupported operand type(s) for ** or pow(): 'str' and 'int'"],
    [
      'Sub',
      { kind: 'task', id: 1 },
      null,
      "TypeError: unsupported operand type(s) for -: '_asyncio.Task' and 'NoneType'",
    ],
    ['Add', 'a', 1n, 'TypeError: can only concatenate str (not "int") to str'],
    ['Add', tuple(), list(0), 'TypeError: can only concatenate tuple (not "list") to tuple'],
    ['Add', list(0), 1n, 'TypeError: can only concatenate list (not "int") to list'],
    ['Mult', list(0), 1.5, "TypeError: can't multiply sequence by non-int of type 'float'"],
    ['Mult', 'a', 'b', "TypeError: can't multiply sequence by non-int of type 'str'"],
    ['Mult', 'a', 2n ** 63n, "OverflowError: cannot fit 'int' into an index-sized integer"],
    ['Mult', 'a', 10n ** 9n, 'Unmodelled: so long a string is not in the modelled subset'],
    ['Mult', tuple(1n), 10n ** 9n, 'Unmodelled: so long a tuple is not in the modelled subset'],
  ])('%s of %o and %o raises', (op, a, b, text) => {
    expect(run(op, a, b)).toBe(text)
  })

  it('an augmented operation says so in its error', () => {
    expect(run('Pow', 'a', 1n, true)).toBe("TypeError: unsupported operand type(s) for **=: 'str' and 'int'")
  })

  it('sums that grow too long are refused', () => {
    const [text, items] = [run('Mult', 'x', 6_000_000n), run('Mult', tuple(null), 600_000n)]
    expect(run('Add', text ?? null, text ?? null)).toMatch(/so long a string/)
    expect(run('Add', items ?? null, items ?? null)).toMatch(/so long a tuple/)
  })

  it('products that grow too long are refused', () => {
    expect(run('Mult', 2n ** 2_000_000n, -(2n ** 2_000_000n))).toMatch(/^Unmodelled: an integer of more than/)
    expect(run('Mult', 2n ** 70n, -(2n ** 70n))).toBe(-(2n ** 140n))
  })

  it('what makes a new list is left to the caller', () => {
    expect(binary('Add', list(0), list(1))).toBeUndefined()
    expect(binary('Mult', list(0), 2n)).toBeUndefined()
    expect(binary('Mult', true, list(0))).toBeUndefined()
  })

  it('unary operators', () => {
    expect(unary('USub', true, noLists)).toBe(-1n)
    expect(unary('UAdd', true, noLists)).toBe(1n)
    expect(unary('USub', 0, noLists)).toBe(-0)
    expect(unary('Not', '', noLists)).toBe(true)
    expect(attempt(() => unary('USub', 'a', noLists))).toBe("TypeError: bad operand type for unary -: 'str'")
    expect(attempt(() => unary('UAdd', null, noLists))).toBe("TypeError: bad operand type for unary +: 'NoneType'")
  })
})
