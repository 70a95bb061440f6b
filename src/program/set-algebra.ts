import type { Reference, Value } from '../loop/value.js'
import { bind } from './arguments.js'
import { notModelled } from './arithmetic.js'
import type { Method } from './builtin.js'
import type { Activation } from './code.js'
import {
  assigned,
  type Dict,
  dictWith,
  elementsOf,
  emptyDict,
  entriesOf,
  lookUp,
  newDict,
  newSet,
  putDict,
} from './dicts.js'
import { itemsOf } from './lists.js'
import type { BinaryOperator } from './syntax.js'

const role = 'set element'

/** Whether a value is a set. */
export const isSet = (value: Value | undefined): value is Reference =>
  typeof value === 'object' && value?.kind === 'set'

/** The items of an iterable where their order does not matter. */
export const itemsOfAny = (activation: Activation, value: Value): readonly Value[] =>
  isSet(value) ? elementsOf(activation.world, value) : itemsOf(activation, value, 'iterate')

const has = (set: Dict, element: Value): boolean => lookUp(set, element, role) !== undefined

const setOf = (elements: readonly Value[]): Dict =>
  elements.reduce((all, element) => assigned(all, element, null, role), emptyDict)

/** What becomes of a set and the elements of something else, which may be a set too. */
type Algebra = (own: readonly Value[], others: readonly Value[], areBothSets: boolean) => readonly Value[]

/** Where both are sets those of the smaller remain. Mirrors `set_intersection` (3.0 to 3.14). */
const intersection: Algebra = (own, others, areBothSets) => {
  const [kept, within] = areBothSets && others.length > own.length ? [own, others] : [others, own]
  const known = setOf(within)
  return kept.filter((element) => has(known, element))
}

const difference: Algebra = (own, others) => {
  const known = setOf(others)
  return own.filter((element) => !has(known, element))
}

const union: Algebra = (own, others) => [...own, ...others]

const symmetricDifference: Algebra = (own, others) => [
  ...difference(own, others, true),
  ...difference(others, own, true),
]

const isWithin = (inner: readonly Value[], outer: readonly Value[]): boolean => {
  const known = setOf(outer)
  return inner.every((element) => has(known, element))
}

/** A method that makes a new set of this one and others. */
const making =
  (algebra: Algebra): Method =>
  (activation, set, args) =>
    newSet(activation, combined(activation, set, args, algebra))

/** A method that changes this set. */
const changing =
  (algebra: Algebra): Method =>
  (activation, set, args) => {
    checkOrder(activation, set, args, algebra)
    replace(activation, set, combined(activation, set, args, algebra))
    return null
  }

/** A set of asyncio's own stays in order: what comes to it has to be in order too. */
const checkOrder = (activation: Activation, set: Reference, args: readonly Value[], algebra: Algebra): void => {
  if (!set.ordered || algebra === difference) return
  if (algebra !== union) throw notModelled("the order of a set's elements is")
  for (const other of args) itemsOf(activation, other, 'iterate')
}

const combined = (activation: Activation, set: Reference, args: readonly Value[], algebra: Algebra): readonly Value[] =>
  args.reduce<readonly Value[]>(
    (own, other) => algebra(own, itemsOfAny(activation, other), isSet(other)),
    elementsOf(activation.world, set),
  )

const replace = (activation: Activation, set: Reference, elements: readonly Value[]): void => {
  const { removals } = dictWith(activation.world, set)
  putDict(activation, set, { ...setOf(elements), removals: removals + 1 })
}

/** A method that asks about this set and another iterable. */
const asking =
  (name: string, answer: (own: readonly Value[], others: readonly Value[]) => boolean): Method =>
  (activation, set, args, keywords) => {
    const [other = null] = bind(activation, name, ['/other'], 1, args, keywords)
    return answer(elementsOf(activation.world, set), itemsOfAny(activation, other))
  }

const single =
  (name: string, method: Method): Method =>
  (activation, set, args, keywords) =>
    method(activation, set, [bind(activation, name, ['/other'], 1, args, keywords)[0] ?? null], keywords)

/** The methods of `set` that set it against other iterables. */
export const setAlgebra = {
  difference: making(difference),
  difference_update: changing(difference),
  intersection: making(intersection),
  intersection_update: changing(intersection),
  isdisjoint: asking('isdisjoint', (own, others) => intersection(own, others, true).length === 0),
  issubset: asking('issubset', isWithin),
  issuperset: asking('issuperset', (own, others) => isWithin(others, own)),
  symmetric_difference: single('symmetric_difference', making(symmetricDifference)),
  symmetric_difference_update: single('symmetric_difference_update', changing(symmetricDifference)),
  union: making(union),
  update: changing(union),
} as const satisfies Readonly<Record<string, Method>>

const operators: Partial<Record<BinaryOperator, Algebra>> = {
  BitAnd: intersection,
  BitOr: union,
  BitXor: symmetricDifference,
  Sub: difference,
}

/** `left op right` of two sets, or of two dicts (3.9); `left op= right` changes the left one. Undefined where it is no such. */
export const setOperation = (
  activation: Activation,
  op: BinaryOperator,
  left: Value,
  right: Value,
  augmented: boolean,
): Value | undefined => {
  const algebra = operators[op]
  if (algebra === undefined || typeof left !== 'object' || typeof right !== 'object') return undefined
  if (left === null || right === null) return undefined
  const kinds = [left.kind, right.kind]
  if (kinds.includes('dict view') && kinds.some((kind) => kind === 'set' || kind === 'dict view')) {
    throw notModelled('an operator of views of dicts is')
  }
  if (op === 'BitOr' && left.kind === 'dict' && right.kind === 'dict') {
    return merged(activation, left as Reference, right as Reference, augmented)
  }
  if (!isSet(left) || !isSet(right)) return undefined
  if (augmented) checkOrder(activation, left, [right], algebra)
  const elements = combined(activation, left, [right], algebra)
  if (!augmented) return newSet(activation, elements)
  replace(activation, left, elements)
  return left
}

const merged = (activation: Activation, left: Reference, right: Reference, augmented: boolean): Value => {
  const { world } = activation
  const both = entriesOf(dictWith(world, right)).reduce(
    (all, [key, value]) => assigned(all, key, value),
    dictWith(world, left),
  )
  if (!augmented) return newDict(activation, entriesOf(both))
  putDict(activation, left, both)
  return left
}
