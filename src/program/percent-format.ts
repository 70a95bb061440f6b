import { raise } from '../loop/raise.js'
import type { Value } from '../loop/value.js'
import { asNumber, notModelled } from './arithmetic.js'
import { format } from './format.js'
import { type Contents, repr, str } from './representation.js'
import { fullTypeName } from './type-name.js'

const pattern =
  /%(?:\((?<key>[^()]*)\))?(?<flags>[-+ 0#]*)(?<width>\d*|\*)(?:\.(?<precision>\d*|\*))?[hlL]?(?<type>[\s\S]?)/g

/** How one value is to be shown. */
interface Conversion {
  readonly flags: string
  readonly width: string
  readonly precision: string | undefined
  readonly type: string
}

/** `text % values`. Mirrors `PyUnicode_Format` (3.0 to 3.14). */
export const percentFormat = (text: string, values: Value, contents: Contents): string => {
  const isTuple = typeof values === 'object' && values?.kind === 'tuple'
  const given: readonly Value[] = isTuple ? values.items : [values]
  let used = 0
  const next = (): Value => {
    const value = given[used]
    if (value === undefined) throw raise('TypeError', 'not enough arguments for format string')
    used += 1
    return value
  }
  const shown = text.replace(pattern, (...match) => {
    const { key, flags = '', width = '', precision, type = '' } = match.at(-1) as Record<string, string | undefined>
    if (type === '%') return '%'
    if (type === '') throw raise('ValueError', 'incomplete format')
    if (width === '*' || precision === '*' || flags.includes('#')) throw notModelled("this use of '%' formatting is")
    const value = key === undefined ? next() : mapped(values, key, contents)
    return converted(value, { flags, width, precision, type }, contents)
  })
  if (used < given.length && !isMapping(values)) {
    throw raise('TypeError', 'not all arguments converted during string formatting')
  }
  return shown
}

/** Whether CPython takes what is behind `%` for a mapping, of which not all has to be used. */
const isMapping = (values: Value): boolean =>
  typeof values === 'object' && values !== null && ['dict', 'list', 'range'].includes(values.kind)

const mapped = (values: Value, key: string, contents: Contents): Value => {
  if (typeof values !== 'object' || values?.kind !== 'dict') throw raise('TypeError', 'format requires a mapping')
  const value = contents.lookUp(values.id, key, 'dict key')
  if (value === undefined) throw raise('KeyError', key)
  return value
}

const converted = (value: Value, { flags, width, precision, type }: Conversion, contents: Contents): string => {
  const isLeft = flags.includes('-')
  const places = precision === undefined ? '' : `.${precision === '' ? '0' : precision}`
  if (type === 's' || type === 'r') {
    const text = type === 's' ? str(value, contents) : repr(value, contents)
    return format(text, `${isLeft ? '<' : '>'}${withoutZeros(width)}${places}`, contents)
  }
  const sign = flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''
  const zeros = flags.includes('0') && !isLeft ? '0' : ''
  const layout = `${isLeft ? '<' : '>'}`.repeat(zeros === '' ? 1 : 0) + sign + zeros + withoutZeros(width)
  switch (type) {
    case 'd':
    case 'i':
    case 'u':
      if (places !== '') throw notModelled("a precision with '%d' is")
      return format(whole(value, type, contents), `${layout}d`, contents)
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G': {
      const number = asNumber(value)
      if (number === undefined)
        throw raise('TypeError', (python) => `must be real number, not ${fullTypeName(value, python)}`)
      return format(number, `${layout}${places}${type}`, contents)
    }
    case 'o':
    case 'x':
    case 'X': {
      const number = asNumber(value)
      if (typeof number !== 'bigint') {
        throw raise(
          'TypeError',
          (python) => `%${type} format: an integer is required, not ${fullTypeName(value, python)}`,
        )
      }
      if (places !== '') throw notModelled(`a precision with '%${type}' is`)
      return format(number, `${layout}${type}`, contents)
    }
    default:
      throw notModelled(`'%${type}' is`)
  }
}

const withoutZeros = (width: string): string => width.replace(/^0+/, '')

const whole = (value: Value, type: string, contents: Contents): bigint => {
  const number = asNumber(value)
  if (number === undefined) {
    const name = fullTypeName(value, contents.python)
    throw raise('TypeError', `%${type} format: a real number is required, not ${name}`)
  }
  if (typeof number === 'bigint') return number
  if (!Number.isFinite(number)) throw notModelled("'%d' of what is not finite is")
  return BigInt(Math.trunc(number))
}
