import { test as property } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { introduction, pythonNumber, secondsOf, termsOf } from '../../src/exhibition/exhibition.js'
import {
  add,
  fromDecimal,
  fromDouble,
  isAtLeast,
  max,
  min,
  negative,
  over,
  type Rational,
  rational,
  times,
  toDouble,
} from '../../src/exhibition/rational.js'
import { parse } from '../../src/program/parse.js'
import { run } from '../../src/program/run.js'

const doubles = fc.oneof(fc.constant(0), fc.double({ noNaN: true, min: 1e-9, max: 1e12 }))
const fractions: fc.Arbitrary<Rational> = fc
  .tuple(fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }), fc.bigInt({ min: 1n, max: 10n ** 6n }))
  .map(([numerator, denominator]) => rational(numerator, denominator))
const decimals = fc
  .tuple(fc.nat(10 ** 6), fc.nat(10 ** 6), fc.integer({ min: -9, max: 9 }))
  .map(([whole, part, power]) => `${whole}.${part}e${power}`)

describe('fractions', () => {
  property.prop([doubles])('a double is a fraction, and that fraction is the double', (value) => {
    expect(toDouble(fromDouble(value))).toBe(value)
  })

  property.prop([decimals])('a decimal text is the fraction whose nearest double JavaScript reads', (text) => {
    const exact = fromDecimal(text)
    if (exact === null) throw new Error(text)
    const read = Number(text)
    expect(Math.abs(toDouble(exact) - read)).toBeLessThanOrEqual(Math.abs(read) * 2 ** -52)
  })

  property.prop([fractions, fractions, fractions])('they are a field, in order', (a, b, c) => {
    expect(add(a, b)).toEqual(add(b, a))
    expect(times(a, add(b, c))).toEqual(add(times(a, b), times(a, c)))
    expect(add(a, negative(a))).toEqual(rational(0n))
    if (b.numerator !== 0n) expect(times(over(a, b), b)).toEqual(a)
    expect(add(min(a, b), max(a, b))).toEqual(add(a, b))
    expect(isAtLeast(max(a, b), min(a, b))).toBe(true)
    if (isAtLeast(a, b) && isAtLeast(b, c)) expect(isAtLeast(a, c)).toBe(true)
  })

  test('what is no number', () => {
    for (const text of ['', '.', 'x', '1e', '-1', '1_000', '0x1', 'NaN', 'Infinity', ' 1', '1e9999']) {
      expect(fromDecimal(text)).toBeNull()
    }
    expect(() => fromDouble(Number.NaN)).toThrow(RangeError)
    expect(() => fromDouble(Number.POSITIVE_INFINITY)).toThrow(RangeError)
    expect(() => termsOf({ ...introduction, ours: 'x' })).toThrow("not 'x'")
    expect(() => termsOf({ ...introduction, theirs: '1e400' })).toThrow("not '1e400'")
  })

  test('0.3 is 3/10', () => {
    expect(fromDecimal('0.3')).toEqual({ numerator: 3n, denominator: 10n })
    expect(fromDecimal('.5')).toEqual(fromDecimal('5e-1'))
    expect(fromDecimal('5.')).toEqual(fromDecimal('0005'))
    expect(secondsOf('0'.repeat(41))).toBeNull()
  })

  test.each(['5', '05', '0', '00', '5.', '.5', '05.5', '1e3', '1E-3', '007e1'])(
    '%s is a number of Python, too',
    (text) => {
      const { events } = run(parse(`print(float(${pythonNumber(text)}))\n`))
      expect(events.flatMap((event) => (event.event === 'Printed' ? [Number(event.text)] : []))).toEqual([Number(text)])
    },
  )
})
