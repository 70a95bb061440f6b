import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import type { Value } from '../../src/loop/value.js'
import { format } from '../../src/program/format.js'
import { str } from '../../src/program/representation.js'
import { attempt, int, list, noLists, value } from './worlds.js'

const run = (one: Value, text: string): Value | undefined => attempt(() => format(one, text, noLists))
const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
const width = fc.integer({ min: 1, max: 60 })

describe('format', () => {
  test.prop([value])('without a specification is str', (one) => {
    expect(format(one, '', noLists)).toBe(str(one, noLists))
  })

  test.prop([fc.string(), width, fc.constantFrom('<', '>', '^')])(
    'fills a field and keeps the text',
    (text, n, align) => {
      const field = format(text, `${align}${n}`, noLists)
      expect(field.length).toBe(Math.max(n, text.length))
      expect(field).toContain(text)
    },
  )

  test.prop([int, width, fc.constantFrom(',', '_')])('groups digits by three', (n, least, separator) => {
    expect(format(n, separator, noLists).replaceAll(separator, '')).toBe(String(n))
    const field = format(n, `0${least}${separator}`, noLists)
    expect(field).toMatch(/^-?\d{1,3}([,_]\d{3})*$/)
    expect(field.length).toBeGreaterThanOrEqual(least)
    expect(BigInt(field.replaceAll(separator, ''))).toBe(n)
  })

  test.prop([int, fc.constantFrom('b', 'o', 'x', 'X')])('writes other bases as literals', (n, type) => {
    const text = format(n, `#${type}`, noLists)
    expect(text.startsWith('-') ? -BigInt(text.slice(1)) : BigInt(text)).toBe(n)
  })

  test.prop([finite])('17 digits tell every float', (n) => {
    for (const type of ['.16e', '.17g', '#.17G', '.17']) expect(Number(format(n, type, noLists))).toBe(n)
  })

  test.prop([finite, fc.nat({ max: 20 })])('a fixed number of places is as near as it can be', (n, places) => {
    const text = format(n, `.${places}f`, noLists)
    expect(text.split('.')[1]?.length ?? 0).toBe(places)
    const half = 10 ** -places / 2
    expect(Math.abs(Number(text) - n)).toBeLessThanOrEqual(half + Math.abs(n) * Number.EPSILON)
  })

  it.each<[Value, string, string]>([
    ['ab', '*^7.1', '***a***'],
    ['ab', '05', 'ab000'],
    ['😀', '>3', '  😀'],
    ['ab', '<<4s', 'ab<<'],
    [5n, '+#010b', '+0b0000101'],
    [255n, '#X', '0XFF'],
    [-5n, '=5', '-   5'],
    [1n, '04,', '0,001'],
    [10n ** 9n, '_x', '3b9a_ca00'],
    [97n, '3c', '  a'],
    [true, '', 'True'],
    [true, '3', '  1'],
    [3n, '.1f', '3.0'],
    [0.5, '.0f', '0'],
    [1.5, '.0f', '2'],
    [2.675, '.2f', '2.67'],
    [1e22, 'f', '10000000000000000000000.000000'],
    [1234.5, '012,.1f', '00,001,234.5'],
    [0.25, '.0%', '25%'],
    [1e20, 'g', '1e+20'],
    [100000, 'g', '100000'],
    [0.0001, '#.3G', '0.000100'],
    [123.456, '.2', '1.2e+02'],
    [12, '.3', '12.0'],
    [1e16, '#', '1.e+16'],
    [1e5, ',', '100,000.0'],
    [9.99, '.0e', '1e+01'],
    [0, '.3e', '0.000e+00'],
    [-0.4, '.0f', '-0'],
    [-0.4, 'z.0f', '0'],
    [1, '#.0f', '1.'],
    [1, '#.0e', '1.e+00'],
    [1, ' ', ' 1.0'],
    [Number.NEGATIVE_INFINITY, '06F', '-00INF'],
    [Number.NaN, '+,', '+nan'],
    ['a', '+', 'ValueError: Sign not allowed in string format specifier'],
    ['a', ' ', 'ValueError: Space not allowed in string format specifier'],
    ['a', 'z', 'ValueError: Negative zero coercion (z) not allowed in string format specifier'],
    ['a', '#', 'ValueError: Alternate form (#) not allowed in string format specifier'],
    ['a', '=4', "ValueError: '=' alignment not allowed in string format specifier"],
    ['a', 'd', "ValueError: Unknown format code 'd' for object of type 'str'"],
    ['a', ',', "ValueError: Cannot specify ',' with 's'."],
    [1n, ',_', "ValueError: Cannot specify both ',' and '_'."],
    [1n, ',x', "ValueError: Cannot specify ',' with 'x'."],
    [1n, 's', "ValueError: Unknown format code 's' for object of type 'int'"],
    [1n, '.2', 'ValueError: Precision not allowed in integer format specifier'],
    [1n, 'z', 'ValueError: Negative zero coercion (z) not allowed in integer format specifier'],
    [1n, '+c', "ValueError: Sign not allowed with integer format specifier 'c'"],
    [1n, '#c', "ValueError: Alternate form (#) not allowed with integer format specifier 'c'"],
    [-1n, 'c', 'OverflowError: %c arg not in range(0x110000)'],
    [10n ** 30n, 'c', 'OverflowError: Python int too large to convert to C long'],
    [10n ** 400n, 'e', 'OverflowError: int too large to convert to float'],
    [1n, 'dd', "ValueError: Invalid format specifier 'dd' for object of type 'int'"],
    [1, 'd', "ValueError: Unknown format code 'd' for object of type 'float'"],
    [1, 'é', "ValueError: Unknown format code '\\xe9' for object of type 'float'"],
    [1, '.', 'ValueError: Format specifier missing precision'],
    [1, '99999999999999999999', 'ValueError: Too many decimal digits in format string'],
    [1, '9999999', 'Unmodelled: a format width or precision of more than a million is not in the modelled subset'],
    [1, 'n', "Unmodelled: the format type 'n' is not in the modelled subset"],
    [1n, 'n', "Unmodelled: the format type 'n' is not in the modelled subset"],
    [list(0), '5', 'TypeError: unsupported format string passed to list.__format__'],
    [null, '5', 'TypeError: unsupported format string passed to NoneType.__format__'],
  ])('%o as %o', (one, text, result) => {
    expect(run(one, text)).toBe(result)
  })
})
