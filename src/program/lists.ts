import { type List, listItems, listValues, newList } from '../loop/list.js'
import type { Python } from '../loop/python.js'
import { type Raise, raise, UNMODELLED } from '../loop/raise.js'
import { withObjects } from '../loop/update.js'
import type { DictView, IteratorValue, Reference, Value } from '../loop/value.js'
import type { World } from '../loop/world.js'
import { set as setObject } from '../persistent/table.js'
import { fromArray, get, push, set, type Vector } from '../persistent/vector.js'
import { notModelled } from './arithmetic.js'
import type { Activation, Iteration } from './code.js'
import { rangeLength } from './comparison.js'
import {
  type Dict,
  deleteKey,
  dictWith,
  type Entry,
  elementsOf,
  entriesOf,
  lookUp,
  setValue,
  valueAt,
} from './dicts.js'
import { callNow, specialMethod } from './special-methods.js'

import { fullTypeName, isAnyClass, typeName } from './type-name.js'

/** A new list of values. */
export const listOf = (activation: Activation, values: readonly Value[]): Value => {
  const [world, list] = newList(activation.world, values)
  activation.world = world
  return list
}

/** `list.append(value)` */
export const appendTo = (activation: Activation, list: Value, value: Value): void =>
  putItems(activation, list as Reference, push(listItems(activation.world, list as Reference), value))

/** Puts other items into a list. */
export const putItems = (activation: Activation, list: Reference, items: Vector<Value>): void => {
  const object: List = { kind: 'list', items }
  activation.world = withObjects(activation.world, setObject(activation.world.objects, list.id, object))
}

/** `container[index]`: IndexError and TypeError as CPython words them. */
export const itemOf = ({ world }: Activation, container: Value, index: Value): Value => {
  if (typeof container === 'string') {
    const characters = [...container]
    return characters[position('string', index, characters.length)] ?? ''
  }
  if (typeof container === 'object' && container !== null) {
    switch (container.kind) {
      case 'list': {
        const items = listItems(world, container)
        return get(items, position('list', index, items.size)) ?? null
      }
      case 'dict':
        return valueAt(world, container, index)
      case 'tuple':
        return container.items[position('tuple', index, container.items.length)] ?? null
      case 'range': {
        const at = position('range object', index, Number(rangeLength(container)))
        return container.start + container.step * BigInt(at)
      }
      default:
        break
    }
  }
  if (isAnyClass(container)) throw notModelled('a subscript of a class is')
  throw raise('TypeError', (python) => `'${fullTypeName(container, python)}' object is not subscriptable`)
}

/** `container[index] = value` */
export const setItem = (activation: Activation, container: Value, index: Value, value: Value): void => {
  const method = specialMethod(activation.world, container, '__setitem__')
  if (method !== undefined) return void callNow(activation, method, [index, value])
  if (typeof container === 'object' && container?.kind === 'dict') return setValue(activation, container, index, value)
  if (typeof container !== 'object' || container === null || container.kind !== 'list') {
    throw raise('TypeError', (python) => `'${fullTypeName(container, python)}' object does not support item assignment`)
  }
  const items = listItems(activation.world, container)
  putItems(activation, container, set(items, position('list', index, items.size, ' assignment'), value))
}

/** `del container[index]` */
export const deleteItem = (activation: Activation, container: Value, index: Value): void => {
  if (typeof container === 'object' && container?.kind === 'dict')
    return deleteKey(activation, container as Reference, index)
  if (typeof container !== 'object' || container === null || container.kind !== 'list') {
    throw raise('TypeError', (python) => {
      const does =
        hasSlots(container) && !(typeof index === 'object' && index?.kind === 'slice') ? "doesn't" : 'does not'
      return `'${fullTypeName(container, python)}' object ${does} support item deletion`
    })
  }
  const values = listValues(activation.world, container as Reference)
  const at = position('list', index, values.length, ' assignment')
  putItems(activation, container as Reference, fromArray(values.toSpliced(at, 1)))
}

/** Whether a value is a sequence: a list, a tuple, a string or a range. */
export const isSequence = (value: Value): boolean =>
  typeof value === 'string' ||
  (typeof value === 'object' && value !== null && ['list', 'tuple', 'range'].includes(value.kind))

/** Whether CPython's C has the slots of a sequence for it, which words an error. */
const hasSlots = (value: Value): boolean =>
  typeof value === 'string' ||
  (typeof value === 'object' && value !== null && ['tuple', 'range', 'set', 'dict view'].includes(value.kind))

const position = (what: string, index: Value, size: number, doing = ''): number => {
  const plain = typeof index === 'boolean' ? BigInt(index) : index
  if (typeof plain !== 'bigint') {
    const named = what === 'range object' ? 'range' : what
    throw raise('TypeError', (python) => {
      const type = fullTypeName(index, python)
      if (what !== 'string') return `${named} indices must be integers or slices, not ${type}`
      return `string indices must be integers${python.textsNameIndexOfString ? `, not '${type}'` : ''}`
    })
  }
  const at = plain < 0n ? plain + BigInt(size) : plain
  if (at < 0n || at >= BigInt(size)) throw raise('IndexError', `${what}${doing} index out of range`)
  return Number(at)
}

/** The AttributeError for a value that is sent where `yield from` goes through what is no generator. */
export const refuseSent = ({ source }: Iteration): Raise =>
  typeof source === 'string'
    ? raise(UNMODELLED, 'sending to what goes through a string is not in the modelled subset')
    : raise('AttributeError', (python) => `'${iteratorName(source, python)}' object has no attribute 'send'`)

const iteratorName = (source: Value, python: Python): string => {
  const of = typeof source === 'object' && source?.kind === 'dict view' ? source.of : 'keys'
  if (typeof source === 'object' && source?.kind === 'iterator') return source.type
  return isDict(source) ? `dict_${of.slice(0, -1)}iterator` : `${typeName(source, python)}_iterator`
}

/** Begins the iteration of a value. */
export const iterate = (world: World, source: Value | Iteration): Iteration => {
  if (typeof source === 'object' && source?.kind === 'iteration') return source
  if (isSet(source)) ordered(world, source)
  if (isDict(source) || isSet(source))
    return { kind: 'iteration', source, index: 0, began: began(dictWith(world, dictOf(source))) }
  if (isIterable(source) || isIterator(source)) return { kind: 'iteration', source, index: 0 }
  if (['__iter__', '__getitem__'].some((name) => specialMethod(world, source, name) !== undefined))
    throw notModelled('such a use of an iterable class is')
  throw raise('TypeError', (python) => `'${fullTypeName(source, python)}' object is not iterable`)
}

/** Begins to go through a dict, or a view of one, from its end. */
export const iterateBack = (world: World, source: Reference | DictView): Iteration => {
  const { keys, ...others } = began(dictWith(world, dictOf(source)))
  return { kind: 'iteration', source, index: 0, began: { ...others, keys: keys.toReversed() } }
}

/** Whether a value is an iterator: a generator, what `as_completed` gives (3.13), or one of Python's own. */
export const isIterator = (value: Value | undefined): value is Reference | IteratorValue =>
  typeof value === 'object' && value !== null && ['generator', 'as completed', 'iterator'].includes(value.kind)

/** Whether all items of a value are there to be had. */
export const isIterable = (value: Value): boolean =>
  typeof value === 'string' ||
  (typeof value === 'object' &&
    value !== null &&
    ['tuple', 'list', 'range', 'dict', 'dict view', 'set'].includes(value.kind))

/** An iterator one item further on. */
export const advanced = ({ source, index, began }: Iteration): Iteration =>
  began === undefined
    ? { kind: 'iteration', source, index: index + 1 }
    : { kind: 'iteration', source, index: index + 1, began }

/** The item an iterator stands at; undefined at the end. A list is asked for what it has now. */
export const itemAt = (world: World, { source, index, began }: Iteration): Value | undefined => {
  if (typeof source === 'string') return [...source][index]
  if (typeof source !== 'object' || source === null) return undefined
  switch (source.kind) {
    case 'range': {
      const value = source.start + source.step * BigInt(index)
      return source.step > 0n === value < source.stop && value !== source.stop ? value : undefined
    }
    case 'tuple':
      return source.items[index]
    case 'dict':
    case 'set':
    case 'dict view':
      return began === undefined ? undefined : entryAt(world, source, index, began as Began)
    case 'list':
      return get(listItems(world, source), index)
    default:
      return undefined
  }
}

const itemsOfView = (world: World, view: DictView): readonly Value[] =>
  entriesOf(dictWith(world, dictOf(view))).map((entry) => seen(entry, view))

const seen = ([key, value]: Entry, source: Reference | DictView): Value => {
  if (source.kind !== 'dict view' || source.of === 'keys') return key
  return source.of === 'values' ? value : { kind: 'tuple', items: [key, value] }
}

const isSet = (value: Value): value is Reference => typeof value === 'object' && value?.kind === 'set'

/** The elements of a set in CPython's order, which is certain where there is only one, or where asyncio has made it. */
const ordered = (world: World, set: Reference): readonly Value[] => {
  const elements = elementsOf(world, set)
  if (elements.length > 1 && !set.ordered) throw notModelled("the order of a set's elements is")
  return elements
}

const isDict = (value: Value): value is Reference | DictView =>
  typeof value === 'object' && (value?.kind === 'dict' || value?.kind === 'dict view')

const dictOf = ({ id }: Reference | DictView): Reference => ({ kind: 'dict', id })

/** A dict as it is when its iteration begins. */
interface Began {
  readonly size: number
  readonly removals: number
  readonly keys: readonly Value[]
}

const began = (dict: Dict): Began => ({
  size: dict.size,
  removals: dict.removals,
  keys: entriesOf(dict).map(([key]) => key),
})

/** The item of a dict, or of a view of it, at a place. */
const entryAt = (world: World, source: Reference | DictView, index: number, began: Began): Value | undefined => {
  const present = dictWith(world, dictOf(source))
  const what = source.kind === 'set' ? 'Set' : 'dictionary'
  if (present.size !== began.size) throw raise('RuntimeError', `${what} changed size during iteration`)
  if (present.removals !== began.removals) throw notModelled('a dict whose keys are replaced while it is iterated is')
  const key = began.keys[index]
  if (key === undefined || source.kind === 'set') return key
  return seen([key, lookUp(present, key) ?? null], source)
}

/** All values of an iterable. `doing` words the TypeError: `unpack` for assignments. */
export const itemsOf = ({ world }: Activation, value: Value, doing: 'unpack' | 'iterate'): readonly Value[] => {
  if (typeof value === 'string') return [...value]
  if (typeof value === 'object' && value !== null) {
    if (value.kind === 'list') return listValues(world, value)
    if (value.kind === 'tuple') return value.items
    if (value.kind === 'set') return ordered(world, value)
    if (value.kind === 'dict') return entriesOf(dictWith(world, value)).map(([key]) => key)
    if (value.kind === 'dict view') return itemsOfView(world, value)
    if (value.kind === 'range') {
      return Array.from({ length: Number(rangeLength(value)) }, (_, i) => value.start + value.step * BigInt(i))
    }
  }
  if (isIterator(value)) throw raise(UNMODELLED, 'this use of an iterator is not in the modelled subset')
  throw raise('TypeError', (python) =>
    doing === 'unpack'
      ? `cannot unpack non-iterable ${fullTypeName(value, python)} object`
      : `'${fullTypeName(value, python)}' object is not iterable`,
  )
}
