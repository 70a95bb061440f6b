import type { Python } from '../loop/python.js'
import { type Raise, raise } from '../loop/raise.js'
import { notModelled } from './arithmetic.js'

/** What stands behind the colon of a replacement field, taken apart. */
export interface Specification {
  readonly fill: string
  /** Null if the specification leaves it to the type. */
  readonly align: '<' | '>' | '=' | '^' | null
  readonly sign: '+' | '-' | ' ' | null
  /** `z`: what rounds to negative zero loses its sign. */
  readonly positiveZero: boolean
  readonly alternate: boolean
  readonly width: number
  readonly grouping: ',' | '_' | null
  readonly precision: number | null
  /** The type of presentation: one character, or null for none. */
  readonly type: string | null
}

const pattern =
  /^(?:(?<fill>.)(?=[<>=^]))?(?<align>[<>=^])?(?<sign>[-+ ])?(?<z>z)?(?<alternate>#)?(?<zero>0)?(?<width>\d+)?(?<grouping>,_|_,|[,_])?(?:\.(?<precision>\d*))?(?<type>.*)$/su

const patternWithoutZ = new RegExp(pattern.source.replace('(?<z>z)?', ''), pattern.flags)

/** The widest field the model fills. */
const limit = 1_000_000

/**
 * Takes a format specification apart. `byDefault` is the presentation a type has if none is given, `s` for strings; any
 * other makes a leading 0 mean zeros behind the sign.
 */
export function specification(
  text: string,
  typeName: string,
  byDefault: 's' | 'd' | 'g',
  python: Python,
): Specification {
  const parts = (python.formatKnowsZ ? pattern : patternWithoutZ).exec(text)?.groups ?? {}
  // Behind a fill character a 0 is but the first digit of the width.
  const zero = parts.zero !== undefined && parts.fill === undefined
  const width = wholeNumber(parts.width)
  if (parts.grouping?.length === 2) throw raise('ValueError', "Cannot specify both ',' and '_'.")
  if (python.formatGroupsFractions && parts.precision !== undefined && /^[,_]/.test(parts.type ?? '')) {
    throw notModelled('a separator in the fraction is')
  }
  if (parts.precision === '') throw raise('ValueError', 'Format specifier missing precision')
  const precision = wholeNumber(parts.precision)
  const [type, ...others] = parts.type ?? ''
  if (others.length > 0) {
    const found = python.textsNameFormat ? ` '${text}' for object of type '${typeName}'` : ''
    throw raise('ValueError', `Invalid format specifier${found}`)
  }
  const grouping = groupings.find((separator) => separator === parts.grouping) ?? null
  checkGrouping(grouping, type ?? byDefault)
  return {
    fill: parts.fill ?? (zero ? '0' : ' '),
    align: alignments.find((align) => align === parts.align) ?? (zero && byDefault !== 's' ? '=' : null),
    sign: signs.find((sign) => sign === parts.sign) ?? null,
    positiveZero: parts.z !== undefined,
    alternate: parts.alternate !== undefined,
    width: width ?? 0,
    grouping,
    precision,
    type: type ?? null,
  }
}

const alignments = ['<', '>', '=', '^'] as const
const signs = ['+', '-', ' '] as const
const groupings = [',', '_'] as const

function wholeNumber(digits: string | undefined): number | null {
  if (digits === undefined) return null
  if (BigInt(digits) >= 2n ** 63n) throw raise('ValueError', 'Too many decimal digits in format string')
  if (Number(digits) > limit) throw notModelled('a format width or precision of more than a million is')
  return Number(digits)
}

function checkGrouping(grouping: ',' | '_' | null, type: string): void {
  if (grouping === null || 'deEfFgG%'.includes(type) || (grouping === '_' && 'boxX'.includes(type))) return
  throw raise('ValueError', `Cannot specify '${grouping}' with '${visible(type)}'.`)
}

/** A refusal of the type of presentation. */
export const unknownType = (type: string, typeName: string): Raise =>
  raise('ValueError', `Unknown format code '${visible(type)}' for object of type '${typeName}'`)

function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0
  return code > 32 && code < 128 ? character : `\\x${code.toString(16)}`
}
