import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { newestPython } from '../../src/asyncio/versions.js'
import type { Value } from '../../src/loop/value.js'
import { absoluteValue, floatOf, intOf, round } from '../../src/program/conversion.js'
import { repr } from '../../src/program/representation.js'
import { attempt, int, noLists } from './worlds.js'

const finite = fc.double({ noNaN: true, noDefaultInfinity: true })

describe('conversion', () => {
  test.prop([int])('an int reads back from its text', (n) => {
    expect(intOf(` ${n}\n`, newestPython)).toBe(n)
    expect(intOf(n, newestPython)).toBe(n)
  })

  test.prop([fc.double()])('a float reads back from its text', (n) => {
    expect(floatOf(repr(n, noLists))).toBe(n)
  })

  test.prop([finite])('int cuts off, round goes to the nearest', (n) => {
    expect(Number(intOf(n, newestPython))).toBe(Math.trunc(n) + 0)
    expect(Math.abs(Number(round(n)) - n)).toBeLessThanOrEqual(0.5)
    if (Math.abs(n % 1) === 0.5) expect(BigInt(round(n)) % 2n).toBe(0n)
  })

  test.prop([finite, fc.integer({ min: 0, max: 330 })])('rounding twice is rounding once', (n, places) => {
    const once = round(n, BigInt(places))
    expect(round(once, BigInt(places))).toBe(once)
  })

  test.prop([int, fc.integer({ min: -50, max: 5 })])(
    'an int rounds to a multiple, halves to an even one',
    (n, places) => {
      const unit = places < 0 ? 10n ** BigInt(-places) : 1n
      const rounded = BigInt(round(n, BigInt(places)))
      const distance = rounded > n ? rounded - n : n - rounded
      expect(rounded % unit).toBe(0n)
      expect(2n * distance <= unit).toBe(true)
      if (2n * distance === unit) expect((rounded / unit) % 2n).toBe(0n)
    },
  )

  it.each<[string, () => Value, Value]>([
    ['int(True)', () => intOf(true, newestPython), 1n],
    ['int(-2.9)', () => intOf(-2.9, newestPython), -2n],
    ['int("+1_000")', () => intOf('+1_000', newestPython), 1000n],
    ['int in other digits', () => intOf('\u3000-٣٤\u{1d7ce}', newestPython), -340n],
    ['float(True)', () => floatOf(true), 1],
    ['float("1_0.5e-1")', () => floatOf('1_0.5e-1'), 1.05],
    ['float(".5")', () => floatOf('.5'), 0.5],
    ['float("-Infinity")', () => floatOf('-Infinity'), Number.NEGATIVE_INFINITY],
    ['float("inf")', () => floatOf('inf'), Number.POSITIVE_INFINITY],
    ['float("+NaN")', () => floatOf('+NaN'), Number.NaN],
    ['float("1e400")', () => floatOf('1e400'), Number.POSITIVE_INFINITY],
    ['abs(True)', () => absoluteValue(true), 1n],
    ['abs(-3)', () => absoluteValue(-3n), 3n],
    ['abs(-0.0)', () => absoluteValue(-0), 0],
    ['round(2.675, 2)', () => round(2.675, 2n), 2.67],
    ['round(0.5)', () => round(0.5), 0n],
    ['round(-1.5)', () => round(-1.5), -2n],
    ['round(-0.4, 0)', () => round(-0.4, 0n), -0],
    ['round(25, -1)', () => round(25n, -1n), 20n],
    ['round(-35, -1)', () => round(-35n, -1n), -40n],
    ['round(5, -10**9)', () => round(5n, -(10n ** 9n)), 0n],
    ['round(1234.5, -2)', () => round(1234.5, -2n), 1200],
    ['round(-1.5, -400)', () => round(-1.5, -400n), -0],
    ['round(inf, 2)', () => round(Number.POSITIVE_INFINITY, 2n), Number.POSITIVE_INFINITY],
    ['int("x")', () => intOf("it's", newestPython), 'ValueError: invalid literal for int() with base 10: "it\'s"'],
    ['int("1__0")', () => intOf('1__0', newestPython), "ValueError: invalid literal for int() with base 10: '1__0'"],
    [
      'int("\\ufeff1")',
      () => intOf('\ufeff1', newestPython),
      "ValueError: invalid literal for int() with base 10: '\\ufeff1'",
    ],
    ['int(nan)', () => intOf(Number.NaN, newestPython), 'ValueError: cannot convert float NaN to integer'],
    [
      'int(inf)',
      () => intOf(Number.POSITIVE_INFINITY, newestPython),
      'OverflowError: cannot convert float infinity to integer',
    ],
    [
      'int(None)',
      () => intOf(null, newestPython),
      "TypeError: int() argument must be a string, a bytes-like object or a real number, not 'NoneType'",
    ],
    ['float("x")', () => floatOf('x'), "ValueError: could not convert string to float: 'x'"],
    ['float("1__0")', () => floatOf('1__0'), "ValueError: could not convert string to float: '1__0'"],
    ['float("nanity")', () => floatOf('nanity'), "ValueError: could not convert string to float: 'nanity'"],
    [
      'float(None)',
      () => floatOf(null),
      "TypeError: float() argument must be a string or a real number, not 'NoneType'",
    ],
    ['float(10**400)', () => floatOf(10n ** 400n), 'OverflowError: int too large to convert to float'],
    ['abs("a")', () => absoluteValue('a'), "TypeError: bad operand type for abs(): 'str'"],
    ['round("a")', () => round('a'), "TypeError: type str doesn't define __round__ method"],
    ['round(1, 1.5)', () => round(1n, 1.5), "TypeError: 'float' object cannot be interpreted as an integer"],
    ['round(1.7e308, -308)', () => round(1.7e308, -308n), 'OverflowError: rounded value too large to represent'],
  ])('%s', (_, run, result) => {
    expect(attempt(run)).toBe(result)
  })

  it('int refuses texts of more digits than CPython reads', () => {
    expect(attempt(() => intOf('9'.repeat(4301), newestPython))).toMatch(
      /^ValueError: Exceeds the limit .*: value has 4301 digits;/,
    )
    expect(String(attempt(() => intOf('a'.repeat(300), newestPython)))).toHaveLength(
      'ValueError: invalid literal for int() with base 10: '.length + 200,
    )
  })
})
