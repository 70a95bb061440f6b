import { raise } from '../loop/raise.js'
import type { DictView, RangeValue, Reference, Value } from '../loop/value.js'
import { asNumber, notModelled } from './arithmetic.js'
import { type Contents, maximalDepth, viewed } from './representation.js'
import type { ComparisonOperator } from './syntax.js'
import { truth } from './truth.js'
import { fullTypeName } from './type-name.js'

type Order = 'Lt' | 'LtE' | 'Gt' | 'GtE'

const symbols: Readonly<Record<Order, string>> = { Lt: '<', LtE: '<=', Gt: '>', GtE: '>=' }

/** Python's `a op b`. */
export function compare(op: ComparisonOperator, a: Value, b: Value, contents: Contents): boolean {
  switch (op) {
    case 'Eq':
      return equal(a, b, contents)
    case 'NotEq':
      return !equal(a, b, contents)
    case 'Lt':
    case 'LtE':
    case 'Gt':
    case 'GtE':
      return typeof a === 'bigint' && typeof b === 'bigint' ? ordered(op, a, b) : inOrder(op, a, b, contents, 0)
    case 'Is':
      return areOne(a, b)
    case 'IsNot':
      return !areOne(a, b)
    case 'In':
      return contains(b, a, contents)
    case 'NotIn':
      return !contains(b, a, contents)
  }
}

/** Python's `a == b`. */
export function equal(a: Value, b: Value, contents: Contents, depth = 0): boolean {
  if (typeof a === 'bigint' && typeof b === 'bigint') return a === b
  const left = asNumber(a)
  const right = asNumber(b)
  // biome-ignore lint/suspicious/noDoubleEquals: between a bigint and a number this alone is exact
  if (left !== undefined && right !== undefined) return left == right
  const own = equalBy(a, b, contents)
  if (own !== undefined) return own
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  const [items, others] = sameSequence(a, b, contents)
  if (items !== undefined && others !== undefined) {
    if (items.length !== others.length) return false
    return firstDifference(items, others, contents, depth) === items.length
  }
  if (a.kind === 'range' && b.kind === 'range') return equalRanges(a, b)
  if (a.kind === 'dict' && b.kind === 'dict') return equalDicts(a.id, b.id, contents, depth)
  if (a.kind === 'set' && b.kind === 'set') return equalDicts(a.id, b.id, contents, depth)
  if (a.kind === 'context' && b.kind === 'context') throw notModelled('the comparison of contexts is')
  if (isView(a) && isSetLike(b)) throw viewsCompared
  if (isSetLike(a) && isView(b)) throw viewsCompared
  return identical(a, b)
}

/** What `__eq__` of a class of the program says; undefined where neither side has one. */
const equalBy = (a: Value, b: Value, contents: Contents): boolean | undefined => {
  if (!isOfProgram(a) && !isOfProgram(b)) return undefined
  const [own, other] = [contents.ask(a, '__eq__', b), contents.ask(b, '__eq__', a)]
  // The class that is further down would be asked first.
  if (own !== undefined && other !== undefined && own !== other) throw notModelled('such an __eq__ is')
  return judged('__eq__', own ?? other)
}

const judged = (name: string, value: Value | undefined): boolean | undefined => {
  if (value === undefined || typeof value === 'boolean') return value
  throw notModelled(`${name} that gives no bool is`)
}

const isOfProgram = (value: Value): boolean => classOfInstance(value) !== undefined

const classOfInstance = (value: Value): number | undefined => {
  if (typeof value !== 'object' || value === null) return undefined
  if (value.kind === 'instance') return value.class.id
  return value.kind === 'exception' ? value.instance?.class.id : undefined
}

const methods: Readonly<Record<Order, string>> = { Lt: '__lt__', LtE: '__le__', Gt: '__gt__', GtE: '__ge__' }

const reflected: Readonly<Record<Order, string>> = { Lt: '__gt__', LtE: '__ge__', Gt: '__lt__', GtE: '__le__' }

/** `a is b`, as far as it can be told: a method is bound anew whenever it is looked up. */
const areOne = (a: Value, b: Value): boolean => {
  const same = identical(a, b)
  const isAnew = typeof a === 'object' && a !== null && ['method', 'bound method', 'traceback'].includes(a.kind)
  if (same && isAnew) throw notModelled('whether two equal methods are one object is')
  return same
}

/**
 * Python's `a is b`. What has an identity has a number. For the rest Python's answer hangs on what it happens to share;
 * here two such values are the same object if they are alike in type and content, every nan like every other.
 */
export function identical(a: Value, b: Value): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || a.kind !== b.kind) return false
  if (a.kind === 'dict view' && b.kind === 'dict view') return a.of === b.of && a.id === b.id
  if ('id' in a && 'id' in b) return a.id === b.id
  if (a.kind === 'tuple' && b.kind === 'tuple') {
    return a.items.length === b.items.length && a.items.every((item, at) => identical(item, b.items[at] ?? null))
  }
  if (a.kind === 'range' && b.kind === 'range') return a.start === b.start && a.stop === b.stop && a.step === b.step
  if (a.kind === 'method' && b.kind === 'method') return a.name === b.name && identical(a.receiver, b.receiver)
  if (a.kind === 'bound method' && b.kind === 'bound method')
    return identical(a.function, b.function) && identical(a.receiver, b.receiver)
  return 'name' in a && 'name' in b && a.name === b.name
}

/** Dicts are equal if they have the same keys with the same values, in any order. */
function equalDicts(a: number, b: number, contents: Contents, depth: number): boolean {
  if (depth > maximalDepth) throw raise('RecursionError', 'maximum recursion depth exceeded in comparison')
  const entries = contents.entries(a)
  if (entries.length !== contents.entries(b).length) return false
  return entries.every(([key, value]) => {
    const other = contents.lookUp(b, key, 'dict key')
    return other !== undefined && same(value, other, contents, depth + 1)
  })
}

const viewsCompared = notModelled('the comparison of views of dicts is')

function ordered<T extends bigint | number>(op: Order, a: T, b: T): boolean {
  switch (op) {
    case 'Lt':
      return a < b
    case 'LtE':
      return a <= b
    case 'Gt':
      return a > b
    case 'GtE':
      return a >= b
  }
}

function inOrder(op: Order, a: Value, b: Value, contents: Contents, depth: number): boolean {
  const left = asNumber(a)
  const right = asNumber(b)
  if (left !== undefined && right !== undefined) return ordered<bigint | number>(op, left, right)
  if (typeof a === 'string' && typeof b === 'string') return ordered(op, compareStrings(a, b), 0)
  if (isSet(a) && isSet(b)) return areSets(op, a, b, contents)
  if (isSetLike(a) && isSetLike(b)) throw notModelled('whether a view of a dict is part of another is')
  const own = contents.ask(a, methods[op], b) ?? contents.ask(b, reflected[op], a)
  if (own !== undefined) return judged(methods[op], own) === true
  const [items, others] = sameSequence(a, b, contents)
  if (items === undefined || others === undefined) {
    throw raise('TypeError', (python) => {
      const operands = `'${fullTypeName(a, python)}' and '${fullTypeName(b, python)}'`
      return `'${symbols[op]}' not supported between instances of ${operands}`
    })
  }
  const at = firstDifference(items, others, contents, depth)
  const [item, other] = [items[at], others[at]]
  if (item === undefined || other === undefined) return ordered(op, items.length, others.length)
  return inOrder(op, item, other, contents, depth + 1)
}

/** Whether a set is part of another, or holds it. */
function areSets(op: Order, a: Reference, b: Reference, contents: Contents): boolean {
  const [inner, outer] = op === 'Lt' || op === 'LtE' ? [a.id, b.id] : [b.id, a.id]
  const [own, others] = [contents.entries(inner), contents.entries(outer)]
  if (own.length > others.length || (own.length === others.length && (op === 'Lt' || op === 'Gt'))) return false
  return own.every(([element]) => contents.lookUp(outer, element, 'set element') !== undefined)
}

/** Negative, zero or positive as `a` comes before, with or after `b` in the order of code points. */
export function compareStrings(a: string, b: string): number {
  const end = Math.min(a.length, b.length)
  for (let at = 0; at < end; at += 1) {
    const [left, right] = [a.charCodeAt(at), b.charCodeAt(at)]
    if (left !== right) return rank(left) - rank(right)
  }
  return a.length - b.length
}

/** Where a code unit stands: halves of characters past U+FFFF come last. */
const rank = (unit: number): number => (unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit)

const isView = (value: Value): boolean => typeof value === 'object' && value?.kind === 'dict view'

/** A set is looked up as if it were a frozen one, of which there are none. */
const isSet = (value: Value): value is Reference => typeof value === 'object' && value?.kind === 'set'

const isSetLike = (value: Value): boolean => isView(value) || isSet(value)

type Items = readonly Value[] | undefined

/** The items of two tuples or of two lists. */
function sameSequence(a: Value, b: Value, contents: Contents): readonly [Items, Items] {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return [undefined, undefined]
  if (a.kind === 'tuple' && b.kind === 'tuple') return [a.items, b.items]
  if (a.kind === 'list' && b.kind === 'list') return [contents.items(a), contents.items(b)]
  return [undefined, undefined]
}

/** The first place where two sequences differ, or the length of the shorter one. */
function firstDifference(a: readonly Value[], b: readonly Value[], contents: Contents, depth: number): number {
  if (depth > maximalDepth) throw raise('RecursionError', 'maximum recursion depth exceeded in comparison')
  const end = Math.min(a.length, b.length)
  for (let at = 0; at < end; at += 1) {
    if (!same(a[at] ?? null, b[at] ?? null, contents, depth + 1)) return at
  }
  return end
}

/** What containers ask of their items: that they are the same object or equal. */
const same = (a: Value, b: Value, contents: Contents, depth: number): boolean =>
  identical(a, b) || equal(a, b, contents, depth)

/** Whether containers take two values for one. */
export const areSame = (a: Value, b: Value, contents: Contents): boolean => same(a, b, contents, 0)

function contains(container: Value, item: Value, contents: Contents): boolean {
  if (typeof container === 'string') {
    if (typeof item === 'string') return container.includes(item)
    throw raise(
      'TypeError',
      (python) => `'in <string>' requires string as left operand, not ${fullTypeName(item, python)}`,
    )
  }
  if (typeof container === 'object' && container !== null) {
    if (container.kind === 'tuple') return container.items.some((other) => same(other, item, contents, 0))
    if (container.kind === 'list') return contents.items(container).some((other) => same(other, item, contents, 0))
    if (container.kind === 'dict') return contents.lookUp(container.id, item, 'dict key') !== undefined
    if (container.kind === 'set')
      return !isSet(item) && contents.lookUp(container.id, item, 'set element') !== undefined
    if (container.kind === 'dict view') return viewContains(container, item, contents)
    if (container.kind === 'range') return rangeContains(container, item)
    if (['future', 'group', 'task'].includes(container.kind)) throw notModelled("'in' with a future is")
    if (container.kind === 'context') throw notModelled("'in' with a context is")
    if (container.kind === 'generator' || container.kind === 'iterator') throw notModelled("'in' with an iterator is")
  }
  const own = contents.ask(container, '__contains__', item)
  if (own !== undefined) return truth(own, contents)
  if (['__iter__', '__getitem__'].some((name) => contents.has(container, name)))
    throw notModelled("'in' with such an instance is")
  throw raise('TypeError', (python) => {
    const wanted = python.textsSayContainer ? 'a container or iterable' : 'iterable'
    return `argument of type '${fullTypeName(container, python)}' is not ${wanted}`
  })
}

function viewContains(view: DictView, item: Value, contents: Contents): boolean {
  if (view.of === 'keys') return contents.lookUp(view.id, item, 'dict key') !== undefined
  if (view.of === 'values') return viewed(view, contents).some((other) => same(other, item, contents, 0))
  if (typeof item !== 'object' || item?.kind !== 'tuple' || item.items.length !== 2) return false
  const [key = null, value = null] = item.items
  const found = contents.lookUp(view.id, key, 'dict key')
  return found !== undefined && same(found, value, contents, 0)
}

function rangeContains({ start, stop, step }: RangeValue, item: Value): boolean {
  const number = asNumber(item)
  if (number === undefined || (typeof number === 'number' && !Number.isInteger(number))) return false
  const at = BigInt(number)
  return (step > 0n ? start <= at && at < stop : stop < at && at <= start) && (at - start) % step === 0n
}

/** Number of integers in a range. */
export function rangeLength({ start, stop, step }: RangeValue): bigint {
  const [distance, stride] = step > 0n ? [stop - start, step] : [start - stop, -step]
  return distance > 0n ? (distance - 1n) / stride + 1n : 0n
}

/** Ranges are equal if the same integers are in them, in the same order. */
function equalRanges(a: RangeValue, b: RangeValue): boolean {
  const length = rangeLength(a)
  if (length !== rangeLength(b)) return false
  return length === 0n || (a.start === b.start && (length === 1n || a.step === b.step))
}
