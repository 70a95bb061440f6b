import { raise } from '../loop/raise.js'
import type { Value } from '../loop/value.js'
import { bind, unmodelled } from './arguments.js'
import { notModelled } from './arithmetic.js'
import type { Activation, Keywords } from './code.js'
import { instanceOf } from './instances.js'
import { isIterable, isIterator, itemsOf, listOf } from './lists.js'
import type { methodNames } from './method-names.js'
import { contentsOf } from './operations.js'
import { strFormat } from './str-format.js'
import { fullTypeName } from './type-name.js'

type StringMethod = (activation: Activation, receiver: string, args: readonly Value[], keywords: Keywords) => Value

/** Cases and kinds of characters are those of ASCII: for others they change with Unicode, from version to version. */
const ascii = (text: string): string => {
  if (/^\p{ASCII}*$/u.test(text)) return text
  throw notModelled('the case and kind of characters outside ASCII is')
}

const converting =
  (convert: (text: string) => Value): StringMethod =>
  (_, text) =>
    convert(ascii(text))

const titled = (text: string): string =>
  text.replace(/[a-z]+/gi, (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase())

const space = '[\\t-\\r\\x1c-\\x20]'

/** What is taken off at the ends: the characters of a string, or space. */
const stripping =
  (name: 'lstrip' | 'rstrip' | 'strip'): StringMethod =>
  (activation, text, args, keywords) => {
    const [characters = null] = bind(activation, name, ['/chars'], 0, args, keywords)
    if (characters !== null && typeof characters !== 'string') {
      throw raise('TypeError', `${name} arg must be None or str`)
    }
    const isStripped = (character: string): boolean =>
      characters === null ? new RegExp(space).test(ascii(character)) : characters.includes(character)
    const all = [...text]
    const first = name === 'rstrip' ? 0 : all.findIndex((character) => !isStripped(character))
    const last = name === 'lstrip' ? all.length - 1 : all.findLastIndex((character) => !isStripped(character))
    return first < 0 ? '' : all.slice(first, last + 1).join('')
  }

/** Whether a string begins or ends with another, or with one of several. */
const affix =
  (name: 'endswith' | 'startswith'): StringMethod =>
  (activation, text, args, keywords) => {
    const [given = null, start, stop] = bind(activation, name, ['/affix', '/start', '/end'], 1, args, keywords)
    const bounded = within(activation, name, text, start, stop)?.part
    const isTuple = typeof given === 'object' && given?.kind === 'tuple'
    return (isTuple ? given.items : [given]).some((one) => {
      if (typeof one === 'string')
        return (name === 'endswith' ? bounded?.endsWith(one) : bounded?.startsWith(one)) ?? false
      if (isTuple) return unmodelled(activation, `${name}() with a tuple of what are no strings`)
      throw raise(
        'TypeError',
        (python) => `${name} first arg must be str or a tuple of str, not ${fullTypeName(one, python)}`,
      )
    })
  }

/** Fills a string up to a width: how much of it comes in front. */
const padding =
  (name: 'center' | 'ljust' | 'rjust', before: (missing: number, width: number) => number): StringMethod =>
  (activation, text, args, keywords) => {
    const [width = null, fill = ' '] = bind(activation, name, ['/width', '/fill'], 1, args, keywords)
    if (typeof width !== 'bigint' || width > 10_000n || typeof fill !== 'string') {
      return unmodelled(activation, `${name}() with these arguments`)
    }
    if ([...fill].length !== 1) throw raise('TypeError', 'The fill character must be exactly one character long')
    const missing = Math.max(0, Number(width) - [...text].length)
    const front = before(missing, Number(width))
    return fill.repeat(front) + text + fill.repeat(missing - front)
  }

const split: StringMethod = (activation, text, args, keywords) => {
  const [separator = null] = bind(activation, 'split', ['sep'], 0, args, keywords)
  if (separator === null)
    return listOf(
      activation,
      ascii(text)
        .split(new RegExp(`${space}+`))
        .filter((word) => word !== ''),
    )
  if (typeof separator !== 'string') {
    throw raise('TypeError', (python) => `must be str or None, not ${fullTypeName(separator, python)}`)
  }
  if (separator === '') throw raise('ValueError', 'empty separator')
  return listOf(activation, text.split(separator))
}

/** The part of a string within optional bounds, as a slice has them, and where it begins; undefined where it begins too late. */
const within = (
  activation: Activation,
  name: string,
  text: string,
  start: Value | undefined,
  stop: Value | undefined,
): { readonly part: string; readonly first: number } | undefined => {
  const characters = [...text]
  const place = (value: Value | undefined, otherwise: number): number => {
    if (value === undefined || value === null) return otherwise
    if (typeof value !== 'bigint') return unmodelled(activation, `${name}() with such bounds`)
    return Number(value < 0n ? value + BigInt(characters.length) : value)
  }
  const first = Math.max(0, place(start, 0))
  const last = Math.min(characters.length, place(stop, characters.length))
  if (first > characters.length || last < first) return undefined
  return { part: characters.slice(first, last).join(''), first }
}

const strings = (activation: Activation, name: string, ...values: readonly (Value | undefined)[]): readonly string[] =>
  values.map((value) => (typeof value === 'string' ? value : unmodelled(activation, `${name}() of what is no string`)))

/** Methods of `str`. */
export const stringMethods: Readonly<Record<(typeof methodNames)['str'][number], StringMethod>> = {
  capitalize: converting((text) => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase()),
  center: padding('center', (missing, width) => Math.floor(missing / 2) + (missing & width & 1)),
  count: (activation, text, args, keywords) => {
    const [sub, start, stop] = bind(activation, 'count', ['/sub', '/start', '/end'], 1, args, keywords)
    const [part = ''] = strings(activation, 'count', sub)
    const bounded = within(activation, 'count', text, start, stop)
    if (bounded === undefined) return 0n
    return BigInt(part === '' ? [...bounded.part].length + 1 : bounded.part.split(part).length - 1)
  },
  endswith: affix('endswith'),
  find: (activation, text, args, keywords) => {
    const [sub, start, stop] = bind(activation, 'find', ['/sub', '/start', '/end'], 1, args, keywords)
    const [part = ''] = strings(activation, 'find', sub)
    const bounded = within(activation, 'find', text, start, stop)
    const at = bounded?.part.indexOf(part) ?? -1
    return bounded === undefined || at < 0 ? -1n : BigInt(bounded.first + [...bounded.part.slice(0, at)].length)
  },
  format: (activation, text, args, keywords) => strFormat(text, args, keywords, contentsOf(activation)),
  isalpha: converting((text) => /^[a-z]+$/i.test(text)),
  isdigit: converting((text) => /^[0-9]+$/.test(text)),
  islower: converting((text) => /[a-z]/.test(text) && !/[A-Z]/.test(text)),
  isspace: converting((text) => new RegExp(`^${space}+$`).test(text)),
  isupper: converting((text) => /[A-Z]/.test(text) && !/[a-z]/.test(text)),
  join: (activation, separator, args, keywords) => {
    const [values = null] = bind(activation, 'join', ['/iterable'], 1, args, keywords)
    if (!isIterable(values) && !isIterator(values) && instanceOf(values) === undefined) {
      throw raise('TypeError', 'can only join an iterable')
    }
    const parts = itemsOf(activation, values, 'iterate').map((part, index) => {
      if (typeof part === 'string') return part
      throw raise(
        'TypeError',
        (python) => `sequence item ${index}: expected str instance, ${fullTypeName(part, python)} found`,
      )
    })
    return parts.join(separator)
  },
  ljust: padding('ljust', () => 0),
  lower: converting((text) => text.toLowerCase()),
  lstrip: stripping('lstrip'),
  replace: (activation, text, args, keywords) => {
    const given = bind(activation, 'replace', ['/old', '/new'], 2, args, keywords)
    const [old = '', replacement = ''] = strings(activation, 'replace', ...given)
    return old === '' ? unmodelled(activation, 'replace() of nothing') : text.split(old).join(replacement)
  },
  rjust: padding('rjust', (missing) => missing),
  rstrip: stripping('rstrip'),
  split,
  startswith: affix('startswith'),
  strip: stripping('strip'),
  title: converting(titled),
  upper: converting((text) => text.toUpperCase()),
  zfill: (activation, text, args, keywords) => {
    const [width = null] = bind(activation, 'zfill', ['/width'], 1, args, keywords)
    if (typeof width !== 'bigint' || width > 10_000n) return unmodelled(activation, 'zfill() with this argument')
    const sign = /^[+-]/.exec(text)?.[0] ?? ''
    return sign + '0'.repeat(Math.max(0, Number(width) - [...text].length)) + text.slice(sign.length)
  },
}
