import type { Python } from '../loop/python.js'
import { raise } from '../loop/raise.js'
import type { Value } from '../loop/value.js'
import { asNumber, toFloat } from './arithmetic.js'
import { fixed, halfEven } from './digits.js'
import { maximalDigits, showString } from './representation.js'
import { fullTypeName } from './type-name.js'

/** Python's `int(value)`. */
export function intOf(value: Value, python: Python): bigint {
  const number = asNumber(value)
  if (typeof number === 'bigint') return number
  if (typeof number === 'number') return BigInt(Math.trunc(finite(number)))
  if (typeof value === 'string') return parseInt10(value, python)
  const wanted = 'a string, a bytes-like object or a real number'
  throw raise('TypeError', (python) => `int() argument must be ${wanted}, not '${fullTypeName(value, python)}'`)
}

/** Python's `float(value)`. */
export function floatOf(value: Value): number {
  const number = asNumber(value)
  if (number !== undefined) return toFloat(number)
  if (typeof value === 'string') return parseFloat10(value)
  throw raise(
    'TypeError',
    (python) => `float() argument must be a string or a real number, not '${fullTypeName(value, python)}'`,
  )
}

/** Python's `abs(value)`. */
export function absoluteValue(value: Value): bigint | number {
  const number = asNumber(value)
  if (typeof number === 'number') return Math.abs(number)
  if (number !== undefined) return number < 0n ? -number : number
  throw raise('TypeError', (python) => `bad operand type for abs(): '${fullTypeName(value, python)}'`)
}

/** Python's `round(value, digits)`; without digits (or with `None`) the result is an int. */
export function round(value: Value, digits: Value = null): bigint | number {
  const number = asNumber(value)
  if (number === undefined)
    throw raise('TypeError', (python) => `type ${fullTypeName(value, python)} doesn't define __round__ method`)
  if (digits === null) return typeof number === 'bigint' ? number : roundToInt(finite(number))
  const places = asNumber(digits)
  if (typeof places !== 'bigint') {
    throw raise('TypeError', (python) => `'${fullTypeName(digits, python)}' object cannot be interpreted as an integer`)
  }
  return typeof number === 'bigint' ? roundInt(number, places) : roundFloat(number, places)
}

function roundToInt(value: number): bigint {
  const magnitude = fixed(Math.abs(value), 0)
  return value < 0 ? -magnitude : magnitude
}

function roundInt(value: bigint, places: bigint): bigint {
  if (places >= 0n) return value
  const magnitude = value < 0n ? -value : value
  if (-places > magnitude.toString().length) return 0n
  const unit = 10n ** -places
  const rounded = halfEven(magnitude, unit) * unit
  return value < 0n ? -rounded : rounded
}

function roundFloat(value: number, places: bigint): number {
  if (!Number.isFinite(value) || places > 323n) return value
  if (places < -308n) return 0 * value
  const rounded = Number(`${fixed(Math.abs(value), Number(places))}e${-places}`)
  if (rounded === Number.POSITIVE_INFINITY) throw raise('OverflowError', 'rounded value too large to represent')
  return value < 0 || Object.is(value, -0) ? -rounded : rounded
}

function finite(value: number): number {
  if (Number.isNaN(value)) throw raise('ValueError', 'cannot convert float NaN to integer')
  if (!Number.isFinite(value)) throw raise('OverflowError', 'cannot convert float infinity to integer')
  return value
}

function parseInt10(text: string, python: Python): bigint {
  const plain = asciiNumber(text)
  if (!/^[+-]?\d+(?:_\d+)*$/.test(plain)) {
    const literal = [...showString(text)].slice(0, 200).join('')
    throw raise('ValueError', `invalid literal for int() with base 10: ${literal}`)
  }
  const digits = plain.replace(/[+\-_]/g, '')
  if (digits.length > maximalDigits && python.limitsDigits) {
    const what = `Exceeds the limit (${maximalDigits} digits) for integer string conversion`
    const remedy = 'use sys.set_int_max_str_digits() to increase the limit'
    throw raise('ValueError', `${what}: value has ${digits.length} digits; ${remedy}`)
  }
  return plain.startsWith('-') ? -BigInt(digits) : BigInt(digits)
}

function parseFloat10(text: string): number {
  const plain = asciiNumber(text).replace(/(?<=\d)_(?=\d)/g, '')
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(plain)) return Number(plain)
  const [, minus, name] = /^(?:\+|(-))?(inf|nan)(?:(?<=inf)inity)?$/i.exec(plain) ?? []
  if (name === undefined) {
    throw raise('ValueError', ({ textsShowBlankNumeral }) => {
      const shown = textsShowBlankNumeral || !isBlank(text) ? text : ''
      return `could not convert string to float: ${showString(shown)}`
    })
  }
  if (name.toLowerCase() === 'nan') return Number.NaN
  return minus === undefined ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
}

/** Whether there is nothing but space. Among ASCII alone, C says what that is, and separators are none. */
const isBlank = (text: string): boolean => {
  const spaces = /^\p{ASCII}*$/u.test(text) ? text : separators.reduce((all, each) => all.replaceAll(each, ' '), text)
  return spaces.replace(spaceAround, '') === ''
}

const separators = ['\x1c', '\x1d', '\x1e', '\x1f']

const spaceAround =
  /^[ \t-\r\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[ \t-\r\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/g

/** What Python reads a number from: without space around it, and with the digits of every script in ASCII. */
const asciiNumber = (text: string): string =>
  text
    .replace(spaceAround, '')
    .replace(/[^\p{ASCII}\P{Nd}]/gu, (digit) => String(digitValue(digit.codePointAt(0) ?? 0)))

/** Unicode has the digits of a script in a row from zero to nine, and rows that touch begin anew. */
function digitValue(code: number): number {
  let zero = code
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1
  return (code - zero) % 10
}
