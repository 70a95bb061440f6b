import { isAtLeast } from '../asyncio/versions.js'
import { nextOf } from '../loop/generator-object.js'
import { listItems } from '../loop/list.js'
import { raise } from '../loop/raise.js'
import { withObjects } from '../loop/update.js'
import type { DictView, IteratorValue, Reference, Value } from '../loop/value.js'
import type { Frame, World } from '../loop/world.js'
import { get, push as pushObject, set as setObject } from '../persistent/table.js'
import type { Activation, Iteration } from './code.js'
import { rangeLength } from './comparison.js'
import { isIterator, iterate, iterateBack } from './lists.js'
import { fullTypeName, typeName } from './type-name.js'

/** What an iterator holds between two items. Those in `source` and `sources` are iterators themselves. */
export type IteratorObject =
  /** Goes through a container; null once it has come to the end. */
  | { readonly of: 'items'; readonly at: Iteration | null }
  /** Goes through a list from a place back to its beginning. */
  | { readonly of: 'list back'; readonly list: Reference; readonly index: number }
  | { readonly of: 'calls'; readonly callee: Value; readonly sentinel: Value; readonly ended: boolean }
  | { readonly of: 'enumerate'; readonly source: Value; readonly count: bigint }
  | { readonly of: 'filter'; readonly callee: Value; readonly source: Value }
  | { readonly of: 'map'; readonly callee: Value; readonly sources: readonly Value[] }
  | { readonly of: 'zip'; readonly sources: readonly Value[]; readonly strict: boolean }
  /** What `coroutine.__await__()` gives: it can only be delegated to. */
  | { readonly of: 'await'; readonly awaitable: Value }
  /** What a class of the program gives for `iter`, and once that was asked for, its iterator. */
  | { readonly of: 'program'; readonly iterable: Value; readonly iterator: Value | undefined }
  /** Asks `__getitem__` of a class of the program for one place after the other; null behind the last. */
  | { readonly of: 'places'; readonly sequence: Value; readonly index: bigint | null }
  | OfItertools

/** Those of `itertools`. A source is null when it is asked no more. */
type OfItertools =
  | { readonly of: 'count'; readonly at: bigint | number; readonly step: bigint | number }
  | { readonly of: 'repeat'; readonly value: Value; readonly left: bigint | undefined }
  | { readonly of: 'chain'; readonly sources: Source; readonly active: Source }
  | { readonly of: 'cycle'; readonly source: Source; readonly saved: readonly Value[]; readonly index: number }
  | {
      readonly of: 'islice'
      readonly source: Source
      readonly taken: number
      readonly next: number
      readonly stop: number | null
      readonly step: number
    }
  | Whilst<'dropwhile'>
  | Whilst<'takewhile'>
  | {
      readonly of: 'accumulate'
      readonly callee: Value
      readonly source: Source
      readonly initial: Value
      readonly total: Value | undefined
    }
  | { readonly of: 'pairwise'; readonly source: Source; readonly before: Value | undefined }

interface Whilst<Of> {
  readonly of: Of
  readonly callee: Value
  readonly source: Source
  /** What it does while its condition holds has ended. */
  readonly isOver: boolean
}

type Source = Reference | IteratorValue | null

/** An iterator of a kind, as its object; the kinds have the names of the machines that give the next item. */
export type IteratorOf<Of extends IteratorObject['of']> = Extract<IteratorObject, { readonly of: Of }>

/** A new iterator. */
export const newIterator = (
  activation: Pick<Activation, 'world'>,
  type: string,
  object: IteratorObject,
): IteratorValue => {
  const id = activation.world.objects.next
  activation.world = withObjects(activation.world, pushObject<unknown>(activation.world.objects, object))
  return { kind: 'iterator', type, of: object.of, id }
}

export const iteratorWith = (world: World, id: number): IteratorObject => get(world.objects, id) as IteratorObject

export const withIterator = (world: World, id: number, object: IteratorObject): World =>
  withObjects(world, setObject<unknown>(world.objects, id, object))

/** Python's `iter(value)`: an iterator is its own. */
export const iteratorOf = (activation: Pick<Activation, 'world'>, value: Value): Reference | IteratorValue => {
  if (isIterator(value)) return value
  const at = iterate(activation.world, value)
  return newIterator(activation, iteratorType(value, activation), { of: 'items', at })
}

const iteratorType = (value: Value, { world: { python } }: Pick<Activation, 'world'>): string => {
  if (typeof value === 'string') {
    const isAscii = isAtLeast(python.version, '3.11') && /^\p{ASCII}*$/u.test(value)
    return isAscii ? 'str_ascii_iterator' : 'str_iterator'
  }
  if (typeof value === 'object' && value !== null) {
    if (value.kind === 'range') return rangeIterator(value.start, value.stop, value.step)
    if (value.kind === 'dict') return 'dict_keyiterator'
    if (value.kind === 'dict view') return `dict_${value.of.slice(0, -1)}iterator`
  }
  return `${typeName(value, python)}_iterator`
}

const rangeIterator = (...parts: readonly bigint[]): string =>
  parts.every((part) => BigInt.asIntN(64, part) === part) ? 'range_iterator' : 'longrange_iterator'

/** Python's `reversed(value)`. */
export const reversedOf = (activation: Activation, value: Value): IteratorValue => {
  const { world } = activation
  if (typeof value === 'string') return back(activation, [...value])
  if (typeof value === 'object' && value !== null) {
    switch (value.kind) {
      case 'list': {
        const list = value as Reference
        const index = listItems(world, list).size - 1
        return newIterator(activation, 'list_reverseiterator', { of: 'list back', list, index })
      }
      case 'tuple':
        return back(activation, value.items)
      case 'range': {
        const { start, step } = value
        const last = start + (rangeLength(value) - 1n) * step
        const source: Value = { kind: 'range', start: last, stop: start - step, step: -step }
        const type = rangeIterator(value.start, value.stop, value.step)
        return newIterator(activation, type, { of: 'items', at: iterate(world, source) })
      }
      case 'dict':
      case 'dict view': {
        const type = iteratorType(value, activation).replace('dict_', 'dict_reverse')
        return newIterator(activation, type, { of: 'items', at: iterateBack(world, value as Reference | DictView) })
      }
      default:
        break
    }
  }
  throw raise('TypeError', (python) => `'${fullTypeName(value, python)}' object is not reversible`)
}

const back = (activation: Activation, items: readonly Value[]): IteratorValue => {
  const source: Value = { kind: 'tuple', items: items.toReversed() }
  return newIterator(activation, 'reversed', { of: 'items', at: iterate(activation.world, source) })
}

/** The frame that gives the next item of an iterator; StopIteration behind the last. */
export const nextFrame = (iterator: Reference | IteratorValue): Frame =>
  iterator.kind === 'iterator'
    ? { machine: `next of ${iterator.of}`, state: 'start', locals: { iterator: iterator.id }, coroutine: null }
    : nextOf(iterator.id)
