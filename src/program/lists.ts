import { type List, listItems, listValues, newList } from '../loop/list.js'
import { type Raise, raise, UNMODELLED } from '../loop/raise.js'
import { withObjects } from '../loop/update.js'
import type { Reference, Value } from '../loop/value.js'
import type { World } from '../loop/world.js'
import { set as setObject } from '../persistent/table.js'
import { get, push, set, type Vector } from '../persistent/vector.js'
import type { Activation, Iterator } from './code.js'
import { rangeLength } from './comparison.js'
import { typeName } from './type-name.js'

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
  throw raise('TypeError', (python) => `'${typeName(container, python)}' object is not subscriptable`)
}

/** `container[index] = value` */
export const setItem = (activation: Activation, container: Value, index: Value, value: Value): void => {
  if (typeof container !== 'object' || container === null || container.kind !== 'list') {
    throw raise('TypeError', (python) => `'${typeName(container, python)}' object does not support item assignment`)
  }
  const items = listItems(activation.world, container)
  putItems(activation, container, set(items, position('list', index, items.size, ' assignment'), value))
}

const position = (what: string, index: Value, size: number, doing = ''): number => {
  const plain = typeof index === 'boolean' ? BigInt(index) : index
  if (typeof plain !== 'bigint') {
    const named = what === 'range object' ? 'range' : what
    throw raise('TypeError', (python) => {
      const type = typeName(index, python)
      if (what !== 'string') return `${named} indices must be integers or slices, not ${type}`
      return `string indices must be integers${python.textsNameIndexOfString ? `, not '${type}'` : ''}`
    })
  }
  const at = plain < 0n ? plain + BigInt(size) : plain
  if (at < 0n || at >= BigInt(size)) throw raise('IndexError', `${what}${doing} index out of range`)
  return Number(at)
}

/** The AttributeError for a value that is sent where `yield from` goes through what is no generator. */
export const refuseSent = ({ source }: Iterator): Raise =>
  typeof source === 'string'
    ? raise(UNMODELLED, 'sending to what goes through a string is not in the modelled subset')
    : raise('AttributeError', (python) => `'${typeName(source, python)}_iterator' object has no attribute 'send'`)

/** Begins the iteration of a value. */
export const iterate = (source: Value): Iterator => {
  if (isIterable(source) || isGenerator(source)) return { kind: 'iterator', source, index: 0 }
  throw raise('TypeError', (python) => `'${typeName(source, python)}' object is not iterable`)
}

/** Whether a value is a generator. */
export const isGenerator = (value: Value): boolean => typeof value === 'object' && value?.kind === 'generator'

/** Whether all items of a value are there to be had. */
export const isIterable = (value: Value): boolean =>
  typeof value === 'string' ||
  (typeof value === 'object' && value !== null && ['tuple', 'list', 'range'].includes(value.kind))

/** The item an iterator stands at; undefined at the end. A list is asked for what it has now. */
export const itemAt = (world: World, { source, index }: Iterator): Value | undefined => {
  if (typeof source === 'string') return [...source][index]
  if (typeof source !== 'object' || source === null) return undefined
  switch (source.kind) {
    case 'range': {
      const value = source.start + source.step * BigInt(index)
      return source.step > 0n === value < source.stop && value !== source.stop ? value : undefined
    }
    case 'tuple':
      return source.items[index]
    case 'list':
      return get(listItems(world, source), index)
    default:
      return undefined
  }
}

/** All values of an iterable. `doing` words the TypeError: `unpack` for assignments. */
export const itemsOf = ({ world }: Activation, value: Value, doing: 'unpack' | 'iterate'): readonly Value[] => {
  if (typeof value === 'string') return [...value]
  if (typeof value === 'object' && value !== null) {
    if (value.kind === 'list') return listValues(world, value)
    if (value.kind === 'tuple') return value.items
    if (value.kind === 'range') {
      return Array.from({ length: Number(rangeLength(value)) }, (_, i) => value.start + value.step * BigInt(i))
    }
  }
  if (isGenerator(value)) throw raise(UNMODELLED, 'this use of a generator is not in the modelled subset')
  throw raise('TypeError', (python) =>
    doing === 'unpack'
      ? `cannot unpack non-iterable ${typeName(value, python)} object`
      : `'${typeName(value, python)}' object is not iterable`,
  )
}

const isListOrTuple = (value: Value): boolean =>
  typeof value === 'object' && value !== null && (value.kind === 'list' || value.kind === 'tuple')

/** The values of an iterable for so many targets; ValueError where they are more or fewer. */
export const unpack = (activation: Activation, value: Value, expected: number): readonly Value[] => {
  const items = itemsOf(activation, value, 'unpack')
  if (items.length > expected) {
    throw raise('ValueError', (python) => {
      const got = python.textsCountUnpacked && isListOrTuple(value) ? `, got ${items.length}` : ''
      return `too many values to unpack (expected ${expected}${got})`
    })
  }
  if (items.length < expected) {
    throw raise('ValueError', `not enough values to unpack (expected ${expected}, got ${items.length})`)
  }
  return items
}
