import type { Python } from '../loop/python.js'
import { raise } from '../loop/raise.js'
import type { Value } from '../loop/value.js'
import { notModelled, toFloat } from './arithmetic.js'
import { exponentText, fixed, type Scientific, shortest, significant } from './digits.js'
import { type Specification, specification, unknownType } from './format-specification.js'
import { type Contents, showInt, str } from './representation.js'
import { fullTypeName } from './type-name.js'

/** Python's `format(value, text)`, which is what `f'{value:text}'` shows. */
export function format(value: Value, text: string, contents: Contents): string {
  if (text === '') return str(value, contents)
  const name = fullTypeName(value, contents.python)
  switch (typeof value) {
    case 'string':
      return formatString(value, specification(text, name, 's', contents.python))
    case 'bigint':
    case 'boolean':
      return formatInt(BigInt(value), specification(text, name, 'd', contents.python), name, contents.python)
    case 'number':
      return formatFloat(value, specification(text, name, 'g', contents.python), name)
    default:
      throw raise('TypeError', `unsupported format string passed to ${name}.__format__`)
  }
}

function formatString(value: string, wanted: Specification): string {
  if (wanted.type !== null && wanted.type !== 's') throw unknownType(wanted.type, 'str')
  const where = 'not allowed in string format specifier'
  if (wanted.sign !== null) throw raise('ValueError', `${wanted.sign === ' ' ? 'Space' : 'Sign'} ${where}`)
  if (wanted.positiveZero) throw raise('ValueError', `Negative zero coercion (z) ${where}`)
  if (wanted.alternate) throw raise('ValueError', `Alternate form (#) ${where}`)
  if (wanted.align === '=') throw raise('ValueError', `'=' alignment ${where}`)
  const shown = wanted.precision === null ? value : [...value].slice(0, wanted.precision).join('')
  return pad('', shown, wanted, wanted.align ?? '<')
}

const radixes: Readonly<Record<string, number>> = { b: 2, o: 8, d: 10, x: 16, X: 16 }

function formatInt(value: bigint, wanted: Specification, typeName: string, python: Python): string {
  const type = wanted.type ?? 'd'
  if ('eEfFgG%'.includes(type)) return formatFloat(toFloat(value), wanted, typeName)
  if (type === 'n') throw notModelled("the format type 'n' is")
  const radix = radixes[type]
  if (radix === undefined && type !== 'c') throw unknownType(type, typeName)
  if (wanted.precision !== null) throw raise('ValueError', 'Precision not allowed in integer format specifier')
  if (wanted.positiveZero) {
    throw raise('ValueError', 'Negative zero coercion (z) not allowed in integer format specifier')
  }
  if (radix === undefined) return formatCharacter(value, wanted)
  const magnitude = value < 0n ? -value : value
  const digits = radix === 10 ? showInt(magnitude, python) : magnitude.toString(radix)
  const cased = type === 'X' ? digits.toUpperCase() : digits
  const prefix = wanted.alternate && radix !== 10 ? `0${type}` : ''
  return assemble(sign(value < 0n, wanted) + prefix, cased, '', wanted, radix === 10 ? 3 : 4)
}

function formatCharacter(value: bigint, wanted: Specification): string {
  const where = "not allowed with integer format specifier 'c'"
  if (wanted.sign !== null) throw raise('ValueError', `Sign ${where}`)
  if (wanted.alternate) throw raise('ValueError', `Alternate form (#) ${where}`)
  if (BigInt.asIntN(64, value) !== value) throw raise('OverflowError', 'Python int too large to convert to C long')
  if (value < 0n || value >= 0x110000n) throw raise('OverflowError', '%c arg not in range(0x110000)')
  return assemble('', '', String.fromCodePoint(Number(value)), wanted, 3)
}

function formatFloat(value: number, wanted: Specification, typeName: string): string {
  if (wanted.type === 'n') throw notModelled("the format type 'n' is")
  if (wanted.type !== null && !'eEfFgG%'.includes(wanted.type)) throw unknownType(wanted.type, typeName)
  const percent = wanted.type === '%'
  const magnitude = Math.abs(value) * (percent ? 100 : 1)
  const lower = showMagnitude(magnitude, wanted)
  const shown = wanted.type !== null && 'EFG'.includes(wanted.type) ? lower.toUpperCase() : lower
  const negative = value < 0 || Object.is(value, -0)
  const vanishes = wanted.positiveZero && Number(lower) === 0
  const [digits = ''] = /^\d*/.exec(shown) ?? []
  const rest = shown.slice(digits.length) + (percent ? '%' : '')
  return assemble(sign(negative && !vanishes, wanted), digits, rest, wanted, 3)
}

function showMagnitude(value: number, { type, precision, alternate }: Specification): string {
  if (!Number.isFinite(value)) return shortest(value)
  switch (type?.toLowerCase()) {
    case 'e':
      return inScientific(significant(value, (precision ?? 6) + 1), alternate)
    case 'f':
    case '%': {
      const places = precision ?? 6
      const digits = fixed(value, places).toString()
      return inPlace([digits, digits.length - 1 - places], alternate, places)
    }
    case 'g':
      return general(value, (precision ?? 6) || 1, alternate, 0)
    default:
      if (precision !== null) return general(value, precision || 1, alternate, 1)
      return alternate ? shortest(value).replace(/^(\d+)(?=e)/, '$1.') : shortest(value)
  }
}

/** So many significant digits, in whichever way is shorter; without zeros at the end except the `least` places. */
function general(value: number, precision: number, alternate: boolean, least: number): string {
  const [digits, exponent] = significant(value, precision)
  const kept = alternate ? digits : digits.replace(/(?<=.)0+$/, '')
  if (exponent < -4 || exponent >= precision - least) return inScientific([kept, exponent], alternate)
  return inPlace([kept, exponent], alternate, Math.max(kept.length - 1 - exponent, least))
}

const inScientific = ([digits, exponent]: Scientific, alternate: boolean): string =>
  `${digits.charAt(0)}${digits.length > 1 || alternate ? '.' : ''}${digits.slice(1)}e${exponentText(exponent)}`

/** Digits around a decimal point, with so many places behind it. */
function inPlace([digits, exponent]: Scientific, alternate: boolean, places: number): string {
  const padded = digits.padStart(digits.length + Math.max(-exponent, 0), '0')
  const whole = Math.max(exponent, 0) + 1
  const filled = padded.padEnd(whole + places, '0')
  return `${filled.slice(0, whole)}${places > 0 || alternate ? '.' : ''}${filled.slice(whole)}`
}

const sign = (negative: boolean, wanted: Specification): string =>
  negative ? '-' : wanted.sign === '+' || wanted.sign === ' ' ? wanted.sign : ''

/** The parts of a number as a field: what leads (its sign and prefix), digits to group, and the rest. */
function assemble(lead: string, digits: string, rest: string, wanted: Specification, groupSize: number): string {
  const zeros = wanted.fill === '0' && wanted.align === '='
  const least = zeros ? wanted.width - lead.length - rest.length : 0
  const grouped = wanted.grouping === null ? digits : group(digits, wanted.grouping, groupSize, least)
  return pad(lead, grouped + rest, wanted, wanted.align ?? '>')
}

/** Digits in groups, with zeros in front up to the least length; a separator never leads. */
function group(digits: string, separator: string, size: number, least: number): string {
  if (digits === '') return ''
  const filled = digits.padStart(least - Math.floor((least - 1) / (size + 1)), '0')
  return filled.replace(new RegExp(`(?<=.)(?=(?:.{${size}})+$)`, 'g'), separator)
}

function pad(lead: string, body: string, { fill, width }: Specification, align: '<' | '>' | '=' | '^'): string {
  const room = Math.max(width - length(lead) - length(body), 0)
  switch (align) {
    case '<':
      return lead + body + fill.repeat(room)
    case '>':
      return fill.repeat(room) + lead + body
    case '=':
      return lead + fill.repeat(room) + body
    case '^':
      return fill.repeat(Math.floor(room / 2)) + lead + body + fill.repeat(Math.ceil(room / 2))
  }
}

/** Length in code points. */
const length = (text: string): number => text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0)
