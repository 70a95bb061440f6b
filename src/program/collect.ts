import { listItems, newList } from '../loop/list.js'
import { calls, machine, raised, returned } from '../loop/machine.js'
import type { IteratorValue, Reference, Value } from '../loop/value.js'
import { items, push, type Vector } from '../persistent/vector.js'
import { notModelled } from './arithmetic.js'
import { nextFrame } from './iterators.js'
import { contentsOf } from './operations.js'
import { applied, withItems } from './sorting.js'
import { truth } from './truth.js'

interface Draining {
  readonly iterator: Reference | IteratorValue
  /** What is called with all that the iterator gives, and with what else. */
  readonly callee: Value
  readonly others: readonly Value[]
  readonly collected: Vector<Value>
}

interface Seeking {
  readonly iterator: Reference | IteratorValue
  /** The truth that ends it. */
  readonly sought: boolean
}

interface Extending {
  readonly list: Reference
  readonly iterator: Reference | IteratorValue
}

interface Locals {
  readonly iterator: Reference | IteratorValue
  readonly into: 'list' | 'tuple'
  readonly collected: Vector<Value>
}

/** `list(iterator)` and `tuple(iterator)`: everything that it gives. Mirrors `list_extend` (3.3 to 3.14). */
export const collect = machine<Locals>('collect', {
  start: { sent: (world, locals) => calls(world, nextFrame(locals.iterator), 'item', locals) },
  item: {
    sent: (world, { iterator, into, collected }, value) =>
      calls(world, nextFrame(iterator), 'item', { iterator, into, collected: push(collected, value) }),
    thrown: (world, { into, collected }, error) => {
      if (error.type !== 'StopIteration') return raised(world, error)
      const values = items(collected) as readonly Value[]
      return into === 'list' ? returned(...newList(world, values)) : returned(world, { kind: 'tuple', items: values })
    },
  },
})

/** `list.extend(iterator)`: what came before an error stays. Mirrors `list_extend` (3.0 to 3.14). */
export const extend = machine<Extending>('extend', {
  start: { sent: (world, locals) => calls(world, nextFrame(locals.iterator), 'item', locals) },
  item: {
    sent: (world, locals, value) => {
      const longer = withItems(world, locals.list, push(listItems(world, locals.list), value))
      return calls(longer, nextFrame(locals.iterator), 'item', locals)
    },
    thrown: (world, _, error) => (error.type === 'StopIteration' ? returned(world, null) : raised(world, error)),
  },
})

/** A function of an iterable called with an iterator: as if all that it gives had been in a tuple. */
export const drain = machine<Draining>('drain', {
  start: { sent: (world, locals) => calls(world, nextFrame(locals.iterator), 'item', locals) },
  item: {
    sent: (world, { iterator, callee, others, collected }, value) =>
      calls(world, nextFrame(iterator), 'item', { iterator, callee, others, collected: push(collected, value) }),
    thrown: (world, { iterator, callee, others, collected }, error) => {
      if (error.type !== 'StopIteration') return raised(world, error)
      const values: Value = { kind: 'tuple', items: items(collected) as readonly Value[] }
      return calls(world, applied(callee, [values, ...others]), 'outcome', { iterator, callee, others, collected })
    },
  },
  outcome: {
    sent: (world, _, value) => returned(world, value),
    thrown: (world, { callee, collected }, error) => {
      // CPython would not have asked for what comes behind the item that failed.
      if (collected.size > 1 && !takesAllFirst(callee)) throw notModelled('an error at an item of an iterator is')
      return raised(world, error)
    },
  },
})

/** Whether CPython too makes a list of an iterator's items before it does anything with them. */
const takesAllFirst = (callee: Value): boolean =>
  typeof callee === 'object' && callee !== null && 'name' in callee && ['join', 'sorted'].includes(callee.name)

/** `any(iterator)` and `all(iterator)`, which stop as soon as the outcome is certain. */
export const seek = machine<Seeking>('seek', {
  start: { sent: (world, locals) => calls(world, nextFrame(locals.iterator), 'item', locals) },
  item: {
    sent: (world, locals, value) =>
      truth(value, contentsOf(world)) === locals.sought
        ? returned(world, locals.sought)
        : calls(world, nextFrame(locals.iterator), 'item', locals),
    thrown: (world, { sought }, error) =>
      error.type === 'StopIteration' ? returned(world, !sought) : raised(world, error),
  },
})
