import { raise } from '../loop/raise.js'
import type { Reference, Value } from '../loop/value.js'
import { bind } from './arguments.js'
import { notModelled } from './arithmetic.js'
import type { Builtin, Method } from './builtin.js'
import type { Activation } from './code.js'
import { addTo, dictWith, elementsOf, emptyDict, lookUp, newSet, putDict, removed } from './dicts.js'
import { itemsOf } from './lists.js'
import type { methodNames } from './method-names.js'
import { isSet, itemsOfAny, setAlgebra } from './set-algebra.js'
import { typeName } from './type-name.js'

const role = 'set element'

/** The items of an iterable; of a set only such as give the same outcome in any order: those of these types alone. */
export const inAnyOrder = (activation: Activation, value: Value, types: readonly string[]): readonly Value[] => {
  if (!isSet(value)) return itemsOf(activation, value, 'iterate')
  const elements = elementsOf(activation.world, value)
  const known = elements.every((element) => types.includes(typeName(element, activation.world.python)))
  if (elements.length > 1 && !known) throw notModelled("the order of a set's elements is")
  return elements
}

/** How many items a container has. */
export const lengthOf = (activation: Activation, value: Value): number => itemsOfAny(activation, value).length

/** Whether an element is in a set. A set itself never is. */
const isIn = (activation: Activation, set: Reference, element: Value): boolean =>
  !isSet(element) && lookUp(dictWith(activation.world, set), element, role) !== undefined

const discard = (activation: Activation, set: Reference, element: Value): boolean => {
  if (!isIn(activation, set, element)) return false
  putDict(activation, set, removed(dictWith(activation.world, set), element, role))
  return true
}

const element = (
  activation: Activation,
  name: string,
  ...given: [readonly Value[], ReadonlyMap<string, Value>]
): Value => bind(activation, name, ['/element'], 1, ...given)[0] ?? null

/** Methods of `set`. */
export const setMethods: Readonly<Record<(typeof methodNames)['set'][number], Method>> = {
  ...setAlgebra,
  add: (activation, set, args, keywords) => {
    addTo(activation, set, element(activation, 'add', args, keywords))
    return null
  },
  clear: (activation, set) => {
    const { removals, size } = dictWith(activation.world, set)
    putDict(activation, set, { ...emptyDict, removals: removals + size })
    return null
  },
  copy: (activation, set) => newSet(activation, elementsOf(activation.world, set), set.ordered),
  discard: (activation, set, args, keywords) => {
    discard(activation, set, element(activation, 'discard', args, keywords))
    return null
  },
  pop: (activation, set) => {
    const [first, second] = elementsOf(activation.world, set)
    if (first === undefined) throw raise('KeyError', 'pop from an empty set')
    if (second !== undefined && !set.ordered) throw notModelled("the order of a set's elements is")
    discard(activation, set, first)
    return first
  },
  remove: (activation, set, args, keywords) => {
    const value = element(activation, 'remove', args, keywords)
    if (!discard(activation, set, value)) throw raise('KeyError', value)
    return null
  },
}

/** `set(iterable)` */
export const set: Builtin = (activation, args, keywords) => {
  const [values] = bind(activation, 'set', ['/iterable'], 0, args, keywords)
  return newSet(activation, values === undefined ? [] : itemsOfAny(activation, values))
}
