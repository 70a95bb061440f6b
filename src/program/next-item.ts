import { listItems } from '../loop/list.js'
import { calls, type Machine, machine, raised, raises, returned } from '../loop/machine.js'
import { raise } from '../loop/raise.js'
import type { IteratorValue, Reference, Value } from '../loop/value.js'
import type { World } from '../loop/world.js'
import { get } from '../persistent/vector.js'
import { areSame } from './comparison.js'
import { type IteratorObject, type IteratorOf, iteratorWith, nextFrame, withIterator } from './iterators.js'
import { advanced, itemAt } from './lists.js'
import { contentsOf } from './operations.js'
import { applied } from './sorting.js'
import { truth } from './truth.js'

interface Locals {
  readonly iterator: number
}

/** An iterator while it asks its sources, one after the other. */
interface Asking extends Locals {
  readonly got: readonly Value[]
}

const object = <Of extends IteratorObject['of']>(world: World, _: Of, { iterator }: Locals): IteratorOf<Of> =>
  iteratorWith(world, iterator) as IteratorOf<Of>

const next = (source: Value): ReturnType<typeof nextFrame> => nextFrame(source as Reference | IteratorValue)

const stop = raise('StopIteration')

/** Goes through a container. One that has come to its end stays there, whatever is added. Mirrors `listiter_next` and its like. */
const items = machine<Locals>('next of items', {
  start: {
    sent: (world, locals) => {
      const { at } = object(world, 'items', locals)
      const item = at === null ? undefined : itemAt(world, at)
      const after = at === null || item === undefined ? null : advanced(at)
      const moved = withIterator(world, locals.iterator, { of: 'items', at: after })
      return item === undefined ? raises(moved, stop) : returned(moved, item)
    },
  },
})

/** `reversed(list)`. Mirrors `listreviter_next` (3.0 to 3.14). */
const back = machine<Locals>('next of list back', {
  start: {
    sent: (world, locals) => {
      const { list, index } = object(world, 'list back', locals)
      const item = index < 0 ? undefined : get(listItems(world, list), index)
      const after = item === undefined ? -1 : index - 1
      const moved = withIterator(world, locals.iterator, { of: 'list back', list, index: after })
      return item === undefined ? raises(moved, stop) : returned(moved, item)
    },
  },
})

/** `iter(callable, sentinel)`. Mirrors `calliter_iternext` (3.0 to 3.14). */
const called = machine<Locals>('next of calls', {
  start: {
    sent: (world, locals) => {
      const { callee, ended } = object(world, 'calls', locals)
      return ended ? raises(world, stop) : calls(world, applied(callee, []), 'value', locals)
    },
  },
  value: {
    sent: (world, locals, value) => {
      const { callee, sentinel } = object(world, 'calls', locals)
      if (!areSame(value, sentinel, contentsOf(world))) return returned(world, value)
      return raises(withIterator(world, locals.iterator, { of: 'calls', callee, sentinel, ended: true }), stop)
    },
  },
})

/** Mirrors `enum_next` (3.0 to 3.14). */
const enumerated = machine<Locals>('next of enumerate', {
  start: { sent: (world, locals) => calls(world, next(object(world, 'enumerate', locals).source), 'item', locals) },
  item: {
    sent: (world, locals, value) => {
      const { source, count } = object(world, 'enumerate', locals)
      const counted = withIterator(world, locals.iterator, { of: 'enumerate', source, count: count + 1n })
      return returned(counted, { kind: 'tuple', items: [count, value] })
    },
  },
})

/** Mirrors `filter_next` (3.0 to 3.14). */
const filtered = machine<Locals & { readonly item?: Value }>('next of filter', {
  start: { sent: (world, locals) => calls(world, next(object(world, 'filter', locals).source), 'item', locals) },
  item: {
    sent: (world, { iterator }, item) => {
      const { callee, source } = object(world, 'filter', { iterator })
      if (callee !== null) return calls(world, applied(callee, [item]), 'judged', { iterator, item })
      return truth(item, contentsOf(world)) ? returned(world, item) : calls(world, next(source), 'item', { iterator })
    },
  },
  judged: {
    sent: (world, { iterator, item = null }, value) =>
      truth(value, contentsOf(world))
        ? returned(world, item)
        : calls(world, next(object(world, 'filter', { iterator }).source), 'item', { iterator }),
  },
})

/** Mirrors `map_next` (3.0 to 3.14). */
const mapped = machine<Asking>('next of map', {
  start: {
    sent: (world, { iterator }) =>
      calls(world, next(object(world, 'map', { iterator }).sources[0] ?? null), 'item', { iterator, got: [] }),
  },
  item: {
    sent: (world, { iterator, got }, value) => {
      const { callee, sources } = object(world, 'map', { iterator })
      const all = [...got, value]
      const another = sources[all.length]
      return another === undefined
        ? calls(world, applied(callee, all), 'result', { iterator, got: [] })
        : calls(world, next(another), 'item', { iterator, got: all })
    },
  },
  result: { sent: (world, _, value) => returned(world, value) },
})

/** Mirrors `zip_next` (3.0 to 3.14; `strict` since 3.10). */
const zipped = machine<Asking>('next of zip', {
  start: {
    sent: (world, { iterator }) => {
      const [first] = object(world, 'zip', { iterator }).sources
      return first === undefined ? raises(world, stop) : calls(world, next(first), 'item', { iterator, got: [] })
    },
  },
  item: {
    sent: (world, { iterator, got }, value) => {
      const { sources } = object(world, 'zip', { iterator })
      const all = [...got, value]
      const another = sources[all.length]
      return another === undefined
        ? returned(world, { kind: 'tuple', items: all })
        : calls(world, next(another), 'item', { iterator, got: all })
    },
    thrown: (world, { iterator, got }, error) => {
      const { sources, strict } = object(world, 'zip', { iterator })
      if (!strict || error.type !== 'StopIteration') return raised(world, error)
      if (got.length > 0) return raises(world, uneven('shorter', got.length))
      const second = sources[1]
      return second === undefined ? raised(world, error) : calls(world, next(second), 'rest', { iterator, got: [null] })
    },
  },
  rest: {
    sent: (world, { got }) => raises(world, uneven('longer', got.length)),
    thrown: (world, { iterator, got }, error) => {
      if (error.type !== 'StopIteration') return raised(world, error)
      const another = object(world, 'zip', { iterator }).sources[got.length + 1]
      return another === undefined
        ? raised(world, error)
        : calls(world, next(another), 'rest', { iterator, got: [...got, null] })
    },
  },
})

const uneven = (how: 'shorter' | 'longer', before: number) =>
  raise('ValueError', `zip() argument ${before + 1} is ${how} than argument${before === 1 ? ' ' : 's 1-'}${before}`)

/** What gives the next item of each kind of iterator. */
export const nextMachines: readonly Machine[] = [items, back, called, enumerated, filtered, mapped, zipped]
