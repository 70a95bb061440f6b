import { type Raise, raise, UNMODELLED } from '../loop/raise.js'
import type { Value } from '../loop/value.js'
import { bitLength, nearest } from './digits.js'
import { floatPower } from './power.js'
import type { Contents } from './representation.js'
import type { BinaryOperator, UnaryOperator } from './syntax.js'
import { truth } from './truth.js'
import { fullTypeName, isAnyClass } from './type-name.js'

/** Larger results are refused: integers by their bits, strings by their characters, tuples by their items. */
const limit = { bits: 3_322_000, characters: 10_000_000, items: 1_000_000 }

const symbols: Readonly<Record<BinaryOperator, string>> = {
  Add: '+',
  Sub: '-',
  Mult: '*',
  Div: '/',
  FloorDiv: '//',
  Mod: '%',
  Pow: '**',
  BitOr: '|',
  BitAnd: '&',
  BitXor: '^',
  LShift: '<<',
  RShift: '>>',
}

/**
 * Python's `a op b`; `augmented` makes it `a op= b` in the texts of errors. The result is undefined where Python makes
 * a new list, `list + list`, `list * int` and `int * list`: those are the caller's, who can change the world.
 */
export function binary(op: BinaryOperator, a: Value, b: Value, augmented = false): Value | undefined {
  if (typeof a === 'bigint' && typeof b === 'bigint') return ofInts(op, a, b)
  if (typeof a === 'boolean' && typeof b === 'boolean' && isBitwise(op)) return ofInts(op, BigInt(a), BigInt(b)) === 1n
  const left = asNumber(a)
  const right = asNumber(b)
  if (left === undefined || right === undefined) return ofSequences(op, a, b, augmented)
  if (typeof left === 'bigint' && typeof right === 'bigint') return ofInts(op, left, right)
  return isBitwise(op) || op === 'LShift' || op === 'RShift'
    ? ofSequences(op, a, b, augmented)
    : ofFloats(op, toFloat(left), toFloat(right))
}

const isBitwise = (op: BinaryOperator): boolean => op === 'BitOr' || op === 'BitAnd' || op === 'BitXor'

/** Python's `op value`. */
export function unary(op: UnaryOperator, value: Value, contents: Contents): Value {
  if (op === 'Not') return !truth(value, contents)
  const number = asNumber(value)
  if (number === undefined || (op === 'Invert' && typeof number !== 'bigint')) {
    throw raise(
      'TypeError',
      (python) =>
        `bad operand type for unary ${op === 'USub' ? '-' : op === 'UAdd' ? '+' : '~'}: '${fullTypeName(value, python)}'`,
    )
  }
  if (op === 'Invert' && typeof number === 'bigint') return ~number
  return op === 'USub' ? -number : number
}

/** A number as such, `True` as 1 and `False` as 0; undefined for what is no number. */
export function asNumber(value: Value): bigint | number | undefined {
  if (typeof value === 'bigint' || typeof value === 'number') return value
  return typeof value === 'boolean' ? BigInt(value) : undefined
}

/** The float nearest to a number; an `OverflowError` if there is none. */
export function toFloat(value: bigint | number): number {
  if (typeof value === 'number') return value
  const float = Number(value)
  if (Number.isFinite(float)) return float
  throw raise('OverflowError', 'int too large to convert to float')
}

/** A refusal of what Python does and the model does not. */
export const notModelled = (what: string): Raise => raise(UNMODELLED, `${what} not in the modelled subset`)

function ofInts(op: BinaryOperator, a: bigint, b: bigint): Value {
  switch (op) {
    case 'Add':
      return a + b
    case 'Sub':
      return a - b
    case 'Mult':
      if (isLong(a) && isLong(b)) checkBits(bitLength(magnitude(a)) + bitLength(magnitude(b)))
      return a * b
    case 'Div':
      return quotient(a, b)
    case 'FloorDiv': {
      if (b === 0n) throw byZero('integer division or modulo by zero')
      const ratio = a / b
      return ratio * b !== a && a < 0n !== b < 0n ? ratio - 1n : ratio
    }
    case 'Mod': {
      if (b === 0n)
        throw byZero('integer modulo by zero', 'integer division or modulo by zero', 'textsSayIntegerModulo')
      const rest = a % b
      return rest !== 0n && rest < 0n !== b < 0n ? rest + b : rest
    }
    case 'Pow':
      if (b < 0n) return ofFloats(op, toFloat(a), toFloat(b))
      if (a > 1n || a < -1n) checkBits(Number(b) * (bitLength(magnitude(a)) - 1))
      return a >= -1n && a <= 1n ? a ** (b === 0n ? 0n : 2n - (b % 2n)) : a ** b
    case 'BitOr':
      return a | b
    case 'BitAnd':
      return a & b
    case 'BitXor':
      return a ^ b
    case 'LShift':
      if (b < 0n) throw raise('ValueError', 'negative shift count')
      if (a !== 0n) checkBits(Number(b) + bitLength(magnitude(a)))
      return a === 0n ? 0n : a << b
    case 'RShift':
      if (b < 0n) throw raise('ValueError', 'negative shift count')
      return b > BigInt(bitLength(magnitude(a))) ? (a < 0n ? -1n : 0n) : a >> b
  }
}

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value)

const isLong = (value: bigint): boolean => value > 0xffffffffffffffffn || value < -0xffffffffffffffffn

function checkBits(bits: number): void {
  if (bits > limit.bits) throw notModelled('an integer of more than a million digits is')
}

/** `a / b`, rounded once. */
function quotient(a: bigint, b: bigint): number {
  if (b === 0n) throw raise('ZeroDivisionError', 'division by zero')
  const [numerator, denominator] = [Number(a), Number(b)]
  if (Number.isSafeInteger(numerator) && Number.isSafeInteger(denominator)) return numerator / denominator
  const result = nearest(magnitude(a), magnitude(b))
  if (result === Number.POSITIVE_INFINITY) {
    throw raise('OverflowError', 'integer division result too large for a float')
  }
  return a < 0n === b < 0n ? result : -result
}

function ofFloats(op: BinaryOperator, a: number, b: number): number {
  switch (op) {
    case 'Add':
      return a + b
    case 'Sub':
      return a - b
    case 'Mult':
      return a * b
    case 'Div':
      if (b === 0) throw byZero('float division by zero')
      return a / b
    case 'FloorDiv':
      if (b === 0) throw byZero('float floor division by zero')
      return floorQuotient(a, b)
    case 'Mod':
      if (b === 0) throw byZero('float modulo by zero', 'float modulo', 'textsSayFloatModuloByZero')
      return modulo(a, b)
    case 'Pow':
      return power(a, b)
    default:
      throw new TypeError(`no ${op} of floats`)
  }
}

function modulo(a: number, b: number): number {
  const rest = a % b
  if (rest === 0) return b < 0 ? -0 : 0
  return rest < 0 !== b < 0 && !Number.isNaN(rest) ? rest + b : rest
}

function floorQuotient(a: number, b: number): number {
  const rest = a % b
  const exact = (a - rest) / b
  const whole = rest !== 0 && rest < 0 !== b < 0 && !Number.isNaN(rest) ? exact - 1 : exact
  if (whole === 0) return Object.is(a / b, -0) || a / b < 0 ? -0 : 0
  const floor = Math.floor(whole)
  return whole - floor > 0.5 ? floor + 1 : floor
}

function power(a: number, b: number): number {
  if (a === 0 && b < 0) throw zeroToNegative
  if (a < 0 && Number.isFinite(a) && Number.isFinite(b) && !Number.isInteger(b))
    throw notModelled('a complex number is')
  const result = floatPower(a, b)
  if (Number.isFinite(result) || !Number.isFinite(a) || !Number.isFinite(b)) return result
  throw raise('OverflowError', 34n, 'Numerical result out of range')
}

/** A division by zero as 3.13 words it, as older versions do, and the switch between them; 3.14 words all alike. */
const byZero = (
  text: string,
  older = text,
  since: 'textsSayIntegerModulo' | 'textsSayFloatModuloByZero' | null = null,
): Raise =>
  raise('ZeroDivisionError', (python) => {
    if (python.textsSayDivisionByZero) return 'division by zero'
    return since === null || python[since] ? text : older
  })

const zeroToNegative = raise('ZeroDivisionError', ({ textsSayDivisionByZero }) =>
  textsSayDivisionByZero ? 'zero to a negative power' : '0.0 cannot be raised to a negative power',
)

function ofSequences(op: BinaryOperator, a: Value, b: Value, augmented: boolean): Value | undefined {
  if (op === 'RShift' && typeof a === 'object' && a?.kind === 'builtin') throw notModelled("'>>' behind print is")
  if (op === 'BitOr' && (isAnyClass(a) || isAnyClass(b))) throw notModelled("'|' of classes is")
  const kind = sequenceKind(a)
  if (op === 'Add' && kind !== undefined) return concatenation(kind, a, b)
  if (op === 'Mult' && kind !== undefined) return repetition(a, b)
  if (op === 'Mult' && sequenceKind(b) !== undefined) return repetition(b, a)
  if (op === 'Mod' && kind === 'str') throw notModelled("'%' behind a string is")
  const symbol = augmented ? `${symbols[op]}=` : op === 'Pow' ? '** or pow()' : symbols[op]
  throw raise('TypeError', (python) => {
    const operands = `'${fullTypeName(a, python)}' and '${fullTypeName(b, python)}'`
    return `unsupported operand type(s) for ${symbol}: ${operands}`
  })
}

type SequenceKind = 'str' | 'tuple' | 'list'

function sequenceKind(value: Value): SequenceKind | undefined {
  if (typeof value === 'string') return 'str'
  if (typeof value !== 'object' || value === null) return undefined
  return value.kind === 'tuple' || value.kind === 'list' ? value.kind : undefined
}

function concatenation(kind: SequenceKind, a: Value, b: Value): Value | undefined {
  if (typeof a === 'string' && typeof b === 'string') {
    if (a.length + b.length > limit.characters) throw notModelled('so long a string is')
    return a + b
  }
  if (sequenceKind(b) !== kind) {
    throw raise('TypeError', (python) => `can only concatenate ${kind} (not "${fullTypeName(b, python)}") to ${kind}`)
  }
  if (!isTuple(a) || !isTuple(b)) return undefined
  if (a.items.length + b.items.length > limit.items) throw notModelled('so long a tuple is')
  return { kind: 'tuple', items: [...a.items, ...b.items] }
}

function repetition(sequence: Value, times: Value): Value | undefined {
  const count = asNumber(times)
  if (typeof count !== 'bigint') {
    throw raise('TypeError', (python) => `can't multiply sequence by non-int of type '${fullTypeName(times, python)}'`)
  }
  if (BigInt.asIntN(64, count) !== count) {
    throw raise('OverflowError', "cannot fit 'int' into an index-sized integer")
  }
  const copies = Math.max(Number(count), 0)
  if (typeof sequence === 'string') {
    if (copies * sequence.length > limit.characters) throw notModelled('so long a string is')
    return sequence === '' ? '' : sequence.repeat(copies)
  }
  if (!isTuple(sequence)) return undefined
  if (copies * sequence.items.length > limit.items) throw notModelled('so long a tuple is')
  const items: Value[] = []
  while (items.length < copies * sequence.items.length) for (const item of sequence.items) items.push(item)
  return { kind: 'tuple', items }
}

const isTuple = (value: Value): value is Extract<Value, { readonly kind: 'tuple' }> =>
  typeof value === 'object' && value !== null && value.kind === 'tuple'
