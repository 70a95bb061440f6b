import { beginning } from '../loop/machine.js'
import { raise } from '../loop/raise.js'
import type { IteratorValue, Reference, Value } from '../loop/value.js'
import type { Frame } from '../loop/world.js'
import { emptyVector } from '../persistent/vector.js'
import { unmodelled } from './arguments.js'
import type { Begun, Builtin } from './builtin.js'
import { collect, drain, extend, seek } from './collect.js'
import { isIterable, isIterator, itemsOf } from './lists.js'
import { itemsOfAny, setAlgebra } from './set-algebra.js'
import { fullTypeName } from './type-name.js'

/** What stands behind a star in a call: an iterator becomes a tuple. In a display everything does, there and then. */
export const spread: Builtin = (activation, [value = null, how]) => {
  if (isIterator(value)) return collected(value, 'tuple')
  if (how === undefined) return value
  if (how === 'display' && !isIterable(value)) {
    throw raise('TypeError', (python) => `Value after * must be an iterable, not ${fullTypeName(value, python)}`)
  }
  const items = how === 'set' ? itemsOfAny(activation, value) : itemsOf(activation, value, 'iterate')
  return { kind: 'tuple', items }
}

/** Collects what an iterator gives. */
export const collected = (iterator: Reference | IteratorValue, into: 'list' | 'tuple'): Begun => ({
  kind: 'begun',
  frame: beginning(collect, { iterator, into, collected: emptyVector }),
  coroutine: null,
})

/** Goes through an iterator until something true, or false, comes. */
export const soughtIn = (iterator: Reference | IteratorValue, sought: boolean): Begun => ({
  kind: 'begun',
  frame: beginning(seek, { iterator, sought }),
  coroutine: null,
})

/** A function whose first argument is an iterable, which may be an iterator as well. */
export const ofIterable =
  (name: string, apply: Builtin): Builtin =>
  (activation, args, keywords) => {
    const [first = null, ...others] = args
    if (!isIterator(first)) return apply(activation, args, keywords)
    if (keywords.size > 0) return unmodelled(activation, `${name}() of an iterator with keyword arguments`)
    const callee: Value = { kind: 'builtin', name }
    const locals = { iterator: first, callee, others, collected: emptyVector }
    return { kind: 'begun', frame: beginning(drain, locals), coroutine: null }
  }

/** The methods that take an iterable, by kind of receiver. */
const methodsOfIterables: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['dict', new Set(['update'])],
  ['set', new Set(Object.keys(setAlgebra))],
  ['str', new Set(['join'])],
])

/** A method called with an iterator; undefined where it takes none. A list is extended item by item. */
export const withIterator = (
  receiver: Value,
  kind: string,
  name: string,
  [first = null, ...others]: readonly Value[],
): Begun | undefined => {
  if (!isIterator(first)) return undefined
  if (kind === 'list' && name === 'extend' && others.length === 0) {
    return begun(beginning(extend, { list: receiver as Reference, iterator: first }))
  }
  if (methodsOfIterables.get(kind)?.has(name) !== true) return undefined
  const callee: Value = { kind: 'method', receiver, name }
  return begun(beginning(drain, { iterator: first, callee, others, collected: emptyVector }))
}

const begun = (frame: Frame): Begun => ({ kind: 'begun', frame, coroutine: null })
