import { printed } from '../loop/external-event.js'
import { raise } from '../loop/raise.js'
import type { RangeValue, Value } from '../loop/value.js'
import { bind, unmodelled } from './arguments.js'
import { asNumber, binary } from './arithmetic.js'
import { aiter, anext } from './async-iteration.js'
import { isReference } from './asyncio-functions.js'
import type { Builtin } from './builtin.js'
import { isinstance, issubclass, object, superOf, type } from './classes.js'
import type { Activation } from './code.js'
import { compare, rangeLength } from './comparison.js'
import { absoluteValue, floatOf, intOf, round } from './conversion.js'
import { descriptorFunctions } from './descriptors.js'
import { dict } from './dict-methods.js'
import { collected, ofIterable, soughtIn } from './iterables.js'
import { extremeByCalls, iteratorFunctions, nothing } from './iterator-functions.js'
import { isIterator, itemsOf, listOf } from './lists.js'
import type { functionNames } from './names.js'
import { contentsOf, isTrue, reprIn, strIn } from './operations.js'
import { itemsOfAny } from './set-algebra.js'
import { inAnyOrder, lengthOf, set } from './set-methods.js'
import { sorted } from './sort.js'
import { callNow, specialMethod } from './special-methods.js'
import { fullTypeName } from './type-name.js'

/** `print(*values, sep, end, file, flush)`: a line of the trace. Another end than a new line stands in its text. */
const print: Builtin = (activation, args, keywords) => {
  const [sep = null, end = null, file = null] = bind(
    activation,
    'print',
    ['*sep', '*end', '*file', '*flush'],
    0,
    [],
    keywords,
  )
  if (file !== null && !isReference(file, 'stream')) return unmodelled(activation, 'print() to such a file')
  const text = args.map((value) => strIn(activation, value)).join(separator(activation, sep, ' '))
  const ending = separator(activation, end, '\n')
  activation.world = printed(activation.world, ending === '\n' ? text : text + ending)
  return null
}

const separator = (activation: Activation, value: Value, byDefault: string): string =>
  value === null
    ? byDefault
    : typeof value === 'string'
      ? value
      : unmodelled(activation, 'a separator that is no string')

const range: Builtin = (activation, args, keywords) => {
  const numbers = bind(activation, 'range', ['/start', '/stop', '/step'], 1, args, keywords).map((value) =>
    value === undefined ? undefined : integer(value),
  )
  const [first = 0n, stop, step = 1n] = numbers
  if (step === 0n) throw raise('ValueError', 'range() arg 3 must not be zero')
  return (
    stop === undefined ? { kind: 'range', start: 0n, stop: first, step } : { kind: 'range', start: first, stop, step }
  ) satisfies RangeValue
}

const integer = (value: Value): bigint => {
  if (typeof value === 'bigint') return value
  if (typeof value === 'boolean') return BigInt(value)
  throw raise('TypeError', (python) => `'${fullTypeName(value, python)}' object cannot be interpreted as an integer`)
}

const len: Builtin = (activation, args, keywords) => {
  const [value = null] = bind(activation, 'len', ['/obj'], 1, args, keywords)
  if (typeof value === 'object' && value?.kind === 'range') return rangeLength(value)
  const method = specialMethod(activation.world, value, '__len__')
  if (method !== undefined) return lengthBy(activation, callNow(activation, method, []))
  const sized = typeof value === 'string' || (typeof value === 'object' && value !== null && isSized(value.kind))
  if (!sized) throw raise('TypeError', (python) => `object of type '${fullTypeName(value, python)}' has no len()`)
  return BigInt(lengthOf(activation, value))
}

const lengthBy = (activation: Activation, length: Value): Value =>
  typeof length === 'bigint' && length >= 0n ? length : unmodelled(activation, 'such a __len__')

const isSized = (kind: string): boolean => ['list', 'tuple', 'dict', 'dict view', 'set'].includes(kind)

const sum: Builtin = (activation, args, keywords) => {
  const [values = null, start = 0n] = bind(activation, 'sum', ['/iterable', 'start'], 1, args, keywords)
  return inAnyOrder(activation, values, ['int']).reduce(
    (total, value) => binary('Add', total, value) ?? unmodelled(activation, 'sum() of lists'),
    start,
  )
}

const extreme =
  (name: 'max' | 'min'): Builtin =>
  (activation, args, keywords) => {
    const [key = null, otherwise] = bind(activation, name, ['*key', '*default'], 0, [], keywords)
    const [only = null] = args
    if (args.length === 0) throw raise('TypeError', `${name} expected at least 1 argument, got 0`)
    if (key !== null || otherwise !== undefined || (args.length === 1 && isIterator(only))) {
      return extremeByCalls(activation, name, args, key, otherwise)
    }
    const values = args.length === 1 ? inAnyOrder(activation, only, ['int', 'float']) : args
    const [first, ...others] = values
    if (first === undefined) throw nothing(name)
    const op = name === 'max' ? 'Gt' : 'Lt'
    const contents = contentsOf(activation)
    return others.reduce<Value>((best, value) => (compare(op, value, best, contents) ? value : best), first)
  }

/** `divmod(a, b)` */
const divmod: Builtin = (activation, args, keywords) => {
  const [a = null, b = null] = bind(activation, 'divmod', ['/x', '/y'], 2, args, keywords)
  const [left, right] = [asNumber(a), asNumber(b)]
  if (left === undefined || right === undefined) return unmodelled(activation, 'divmod() of what is no number')
  // biome-ignore lint/suspicious/noDoubleEquals: a bigint and a number alike
  if (right == 0 && (typeof left === 'number' || typeof right === 'number')) {
    throw raise('ZeroDivisionError', (python) =>
      python.textsSayDivisionByZero ? 'division by zero' : 'float divmod()',
    )
  }
  return { kind: 'tuple', items: [binary('FloorDiv', a, b) ?? null, binary('Mod', a, b) ?? null] }
}

/** `any` seeks what is true, `all` what is false. */
const seeking =
  (name: 'all' | 'any', sought: boolean): Builtin =>
  (activation, args, keywords) => {
    const [values = null] = bind(activation, name, ['/iterable'], 1, args, keywords)
    if (isIterator(values)) return soughtIn(values, sought)
    const items = itemsOfAny(activation, values)
    return items.some((value) => isTrue(activation, value) === sought) === sought
  }

/** A function of one argument. */
const unary =
  (name: string, apply: (activation: Activation, value: Value) => Value): Builtin =>
  (activation, args, keywords) => {
    const [value = null] = bind(activation, name, ['/x'], 1, args, keywords)
    return apply(activation, value)
  }

/** `builtins`, as far as programs can use them. */
export const builtins: Readonly<Record<(typeof functionNames)[''][number], Builtin>> = {
  abs: unary('abs', (_, value) => absoluteValue(value)),
  all: seeking('all', false),
  any: seeking('any', true),
  bool: unary('bool', isTrue),
  ...iteratorFunctions,
  ...descriptorFunctions,
  dict: ofIterable('dict', dict),
  divmod,
  float: unary('float', (_, value) => floatOf(value)),
  int: unary('int', ({ world }, value) => intOf(value, world.python)),
  isinstance,
  issubclass,
  len,
  list: (activation, args, keywords) => {
    const [values] = bind(activation, 'list', ['/iterable'], 0, args, keywords)
    if (isIterator(values)) return collected(values, 'list')
    return listOf(activation, values === undefined ? [] : itemsOf(activation, values, 'iterate'))
  },
  aiter,
  anext,
  max: extreme('max'),
  min: extreme('min'),
  object,
  print,
  range,
  repr: unary('repr', (activation, value) => reprIn(activation, value)),
  round: (activation, args, keywords) => {
    const [number = null, digits = null] = bind(activation, 'round', ['number', 'ndigits'], 1, args, keywords)
    return round(number, digits)
  },
  set: ofIterable('set', set),
  sorted: ofIterable('sorted', sorted),
  str: unary('str', (activation, value) => strIn(activation, value)),
  sum: ofIterable('sum', sum),
  super: superOf,
  tuple: (activation, args, keywords) => {
    const [values] = bind(activation, 'tuple', ['/iterable'], 0, args, keywords)
    if (isIterator(values)) return collected(values, 'tuple')
    return { kind: 'tuple', items: values === undefined ? [] : itemsOf(activation, values, 'iterate') }
  },
  type,
}
