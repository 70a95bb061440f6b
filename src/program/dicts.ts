import { raise } from '../loop/raise.js'
import { withObjects } from '../loop/update.js'
import type { Reference, Value } from '../loop/value.js'
import type { World } from '../loop/world.js'
import { assign, type Dictionary, emptyDictionary, find, without } from '../persistent/dictionary.js'
import { get as objectWith, push as pushObject, set as setObject } from '../persistent/table.js'
import { emptyVector, get, items, pop, push, set, type Vector } from '../persistent/vector.js'
import type { Activation } from './code.js'
import { keyOf } from './hash.js'
import type { Role } from './representation.js'
import { fullTypeName } from './type-name.js'

/** A key with its value. */
export type Entry = readonly [key: Value, value: Value]

/** A Python dict: entries in the order in which their keys came, with a hole where one has gone. */
export interface Dict {
  readonly kind: 'dict'
  readonly entries: Vector<Entry | null>
  /** Where the entry of each key stands. */
  readonly index: Dictionary<number>
  readonly size: number
  /** How often a key has gone. */
  readonly removals: number
}

/** A dict without entries. */
export const emptyDict: Dict = {
  kind: 'dict',
  entries: emptyVector,
  index: emptyDictionary,
  size: 0,
  removals: 0,
}

/** What is in a dict now. */
export const dictWith = (world: World, dict: Reference): Dict => objectWith(world.objects, dict.id) as Dict

/** The entries, in order. */
export const entriesOf = ({ entries }: Dict): readonly Entry[] =>
  (items(entries) as readonly (Entry | null)[]).filter((entry) => entry !== null)

/** The value of a key; undefined where it is not in the dict. */
export const lookUp = (dict: Dict, key: Value, role: Role = 'dict key'): Value | undefined => {
  const at = find(dict.index, keyOf(key, role))
  return at === undefined ? undefined : get(dict.entries, at)?.[1]
}

/** A dict with a value for a key. A key that is there already stays as it is, where it is. */
export const assigned = (dict: Dict, key: Value, value: Value, role: Role = 'dict key'): Dict => {
  const { entries, index, size, removals } = dict
  const hashed = keyOf(key, role)
  const at = find(index, hashed)
  if (at === undefined) {
    return {
      kind: 'dict',
      entries: push<Entry | null>(entries, [key, value]),
      index: assign(index, hashed, entries.size),
      size: size + 1,
      removals,
    }
  }
  const [first = key] = get(entries, at) ?? []
  return { kind: 'dict', entries: set<Entry | null>(entries, at, [first, value]), index, size, removals }
}

/** A dict without a key that is in it. */
export const removed = (dict: Dict, key: Value, role: Role = 'dict key'): Dict => {
  const hashed = keyOf(key, role)
  const at = find(dict.index, hashed)
  if (at === undefined) return dict
  const { size, removals } = dict
  let entries = set<Entry | null>(dict.entries, at, null)
  while (entries.size > 0 && get(entries, entries.size - 1) === null) entries = pop(entries)
  const smaller: Dict = {
    kind: 'dict',
    entries,
    index: without(dict.index, hashed),
    size: size - 1,
    removals: removals + 1,
  }
  return entries.size > 2 * size + 8 ? compact(smaller) : smaller
}

const compact = (dict: Dict): Dict => {
  const packed = entriesOf(dict).reduce((all, [key, value]) => assigned(all, key, value), emptyDict)
  return { ...packed, removals: dict.removals }
}

/** A new set of these elements; `ordered` where asyncio makes it, whose sets are in order of insertion here. */
export const newSet = (activation: Activation, elements: readonly Value[], ordered = false): Reference => {
  const dict = elements.reduce((all, element) => assigned(all, element, null, 'set element'), emptyDict)
  const { next: id } = activation.world.objects
  const reference: Reference = ordered ? { kind: 'set', id, ordered } : { kind: 'set', id }
  activation.world = withObjects(activation.world, pushObject<unknown>(activation.world.objects, dict))
  return reference
}

/** `set.add(element)` */
export const addTo = (activation: Activation, set: Reference, element: Value): void =>
  putDict(activation, set, assigned(dictWith(activation.world, set), element, null, 'set element'))

/** The elements of a set, in no order that means anything. */
export const elementsOf = (world: World, set: Reference): readonly Value[] =>
  entriesOf(dictWith(world, set)).map(([element]) => element)

/** A new dict with these entries. */
export const newDict = (activation: Activation, entries: readonly Entry[]): Reference => {
  const dict = entries.reduce((all, [key, value]) => assigned(all, key, value), emptyDict)
  const reference: Reference = { kind: 'dict', id: activation.world.objects.next }
  activation.world = withObjects(activation.world, pushObject<unknown>(activation.world.objects, dict))
  return reference
}

/** Changes what is in a dict. */
export const putDict = (activation: Activation, reference: Reference, dict: Dict): void => {
  activation.world = withObjects(activation.world, setObject<unknown>(activation.world.objects, reference.id, dict))
}

/** `dict[key]`: KeyError where it is not there. */
export const valueAt = (world: World, reference: Reference, key: Value): Value => {
  const value = lookUp(dictWith(world, reference), key)
  if (value === undefined) throw raise('KeyError', key)
  return value
}

/** `dict[key] = value` */
export const setValue = (activation: Activation, reference: Reference, key: Value, value: Value): void =>
  putDict(activation, reference, assigned(dictWith(activation.world, reference), key, value))

/** `del dict[key]` */
export const deleteKey = (activation: Activation, reference: Reference, key: Value): void => {
  const dict = dictWith(activation.world, reference)
  if (lookUp(dict, key) === undefined) throw raise('KeyError', key)
  putDict(activation, reference, removed(dict, key))
}

/** The entries that `**value` stands for in a display. */
export const mappingEntries = ({ world }: Activation, value: Value): readonly Entry[] => {
  if (value !== null && typeof value === 'object' && value.kind === 'dict')
    return entriesOf(dictWith(world, value as Reference))
  throw raise('TypeError', (python) => `'${fullTypeName(value, python)}' object is not a mapping`)
}
