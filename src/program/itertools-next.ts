import { calls, type Machine, machine, type Reply, raised, raises, returned } from '../loop/machine.js'
import { isRaise, raise } from '../loop/raise.js'
import type { IteratorValue, Reference, Value } from '../loop/value.js'
import type { World } from '../loop/world.js'
import { binary } from './arithmetic.js'
import { type IteratorObject, type IteratorOf, iteratorOf, iteratorWith, nextFrame, withIterator } from './iterators.js'
import { ADD } from './names.js'
import { contentsOf } from './operations.js'
import { iterableOf } from './program-iterator.js'
import { applied } from './sorting.js'
import { truth } from './truth.js'

interface Locals {
  readonly iterator: number
}

type Iterator = Reference | IteratorValue

const object = <Of extends IteratorObject['of']>(world: World, _: Of, { iterator }: Locals): IteratorOf<Of> =>
  iteratorWith(world, iterator) as IteratorOf<Of>

const stop = raise('StopIteration')

/** Asks a source for its next item. One that is null has come to its end. */
const asks = (world: World, source: Iterator | null, state: string, locals: Locals): Reply =>
  source === null ? raises(world, stop) : calls(world, nextFrame(source), state, locals)

/** Mirrors `count_next` (3.0 to 3.14). */
const count = machine<Locals>('next of count', {
  start: {
    sent: (world, locals) => {
      const { at, step } = object(world, 'count', locals)
      const after = binary('Add', at, step) as bigint | number
      return returned(withIterator(world, locals.iterator, { of: 'count', at: after, step }), at)
    },
  },
})

/** Mirrors `repeat_next` (3.0 to 3.14). */
const repeat = machine<Locals>('next of repeat', {
  start: {
    sent: (world, locals) => {
      const { value, left } = object(world, 'repeat', locals)
      if (left === undefined) return returned(world, value)
      if (left <= 0n) return raises(world, stop)
      return returned(withIterator(world, locals.iterator, { of: 'repeat', value, left: left - 1n }), value)
    },
  },
})

/** Mirrors `chain_next` (3.0 to 3.14): what it goes through is asked for its iterator when its turn has come. */
const chain = machine<Locals>('next of chain', {
  start: {
    sent: (world, locals) => {
      const { sources, active } = object(world, 'chain', locals)
      return asks(world, active ?? sources, active === null ? 'iterable' : 'item', locals)
    },
  },
  iterable: {
    sent: (world, locals, iterable) => {
      const { sources } = object(world, 'chain', locals)
      const inside = { world: withIterator(world, locals.iterator, { of: 'chain', sources: null, active: null }) }
      try {
        const active = iteratorOf(inside, iterableOf(inside, iterable))
        const known = withIterator(inside.world, locals.iterator, { of: 'chain', sources, active })
        return asks(known, active, 'item', locals)
      } catch (caught) {
        if (!isRaise(caught)) throw caught
        return raises(inside.world, caught)
      }
    },
    thrown: (world, { iterator }, error) =>
      raised(withIterator(world, iterator, { of: 'chain', sources: null, active: null }), error),
  },
  item: {
    sent: (world, _, value) => returned(world, value),
    thrown: (world, locals, error) => {
      const { sources, active } = object(world, 'chain', locals)
      if (error.type !== 'StopIteration') {
        if (active === null || isBegun(world, active)) return raised(world, error)
        return raised(withIterator(world, locals.iterator, { of: 'chain', sources: null, active: null }), error)
      }
      const ended = withIterator(world, locals.iterator, { of: 'chain', sources, active: null })
      return asks(ended, sources, 'iterable', locals)
    },
  },
})

/** Whether an iterator is known; that of a class of the program is not before its `__iter__` has given it. */
const isBegun = (world: World, active: Iterator): boolean => {
  if (active.kind !== 'iterator') return true
  const known = iteratorWith(world, active.id)
  return known.of !== 'program' || known.iterator !== undefined
}

/** Mirrors `islice_next` (3.0 to 3.14). */
const islice = machine<Locals>('next of islice', {
  start: {
    sent: (world, locals) => {
      const { source, taken, next, stop: end } = object(world, 'islice', locals)
      if (taken < next || end === null || taken < end) return asks(world, source, 'item', locals)
      return raises(ended(world, locals), stop)
    },
  },
  item: {
    sent: (world, locals, value) => {
      const before = object(world, 'islice', locals)
      const { source, next, stop: end, step } = before
      const taken = before.taken + 1
      if (taken <= next) {
        const skipped = withIterator(world, locals.iterator, { ...before, taken })
        if (taken < next || end === null || taken < end) return asks(skipped, source, 'item', locals)
        return raises(ended(skipped, locals), stop)
      }
      const after = end === null ? next + step : Math.min(next + step, end)
      return returned(withIterator(world, locals.iterator, { ...before, taken, next: after }), value)
    },
    thrown: (world, locals, error) => raised(ended(world, locals), error),
  },
})

const ended = (world: World, locals: Locals): World =>
  withIterator(world, locals.iterator, { ...object(world, 'islice', locals), source: null })

/** Mirrors `cycle_next` (3.0 to 3.14). */
const cycle = machine<Locals>('next of cycle', {
  start: {
    sent: (world, locals) => {
      const { source } = object(world, 'cycle', locals)
      return source === null ? again(world, locals) : asks(world, source, 'item', locals)
    },
  },
  item: {
    sent: (world, locals, value) => {
      const before = object(world, 'cycle', locals)
      return returned(withIterator(world, locals.iterator, { ...before, saved: [...before.saved, value] }), value)
    },
    thrown: (world, locals, error) => {
      if (error.type !== 'StopIteration') return raised(world, error)
      const before = object(world, 'cycle', locals)
      return again(withIterator(world, locals.iterator, { ...before, source: null }), locals)
    },
  },
})

const again = (world: World, locals: Locals): Reply => {
  const before = object(world, 'cycle', locals)
  const { saved, index } = before
  if (saved.length === 0) return raises(world, stop)
  return returned(
    withIterator(world, locals.iterator, { ...before, index: (index + 1) % saved.length }),
    saved[index] ?? null,
  )
}

interface Judging extends Locals {
  readonly item?: Value
}

/** Mirrors `takewhile_next` (3.0 to 3.14). */
const takewhile = machine<Judging>('next of takewhile', {
  start: {
    sent: (world, locals) => {
      const { source, isOver } = object(world, 'takewhile', locals)
      return isOver ? raises(world, stop) : asks(world, source, 'item', locals)
    },
  },
  item: {
    sent: (world, { iterator }, item) => {
      const { callee } = object(world, 'takewhile', { iterator })
      return calls(world, applied(callee, [item]), 'judged', { iterator, item })
    },
  },
  judged: {
    sent: (world, { iterator, item = null }, value) => {
      if (truth(value, contentsOf(world))) return returned(world, item)
      const before = object(world, 'takewhile', { iterator })
      return raises(withIterator(world, iterator, { ...before, isOver: true }), stop)
    },
  },
})

/** Mirrors `dropwhile_next` (3.0 to 3.14). */
const dropwhile = machine<Judging>('next of dropwhile', {
  start: {
    sent: (world, { iterator }) => asks(world, object(world, 'dropwhile', { iterator }).source, 'item', { iterator }),
  },
  item: {
    sent: (world, { iterator }, item) => {
      const { callee, isOver } = object(world, 'dropwhile', { iterator })
      if (isOver) return returned(world, item)
      return calls(world, applied(callee, [item]), 'judged', { iterator, item } satisfies Judging)
    },
  },
  judged: {
    sent: (world, { iterator, item = null }, value) => {
      const before = object(world, 'dropwhile', { iterator })
      if (truth(value, contentsOf(world))) return asks(world, before.source, 'item', { iterator })
      return returned(withIterator(world, iterator, { ...before, isOver: true }), item)
    },
  },
})

/** Mirrors `accumulate_next` (3.8 to 3.14). */
const accumulate = machine<Locals>('next of accumulate', {
  start: {
    sent: (world, locals) => {
      const before = object(world, 'accumulate', locals)
      const { source, initial } = before
      if (initial === null) return asks(world, source, 'item', locals)
      return returned(withIterator(world, locals.iterator, { ...before, initial: null, total: initial }), initial)
    },
  },
  item: {
    sent: (world, locals, value) => {
      const { callee, total } = object(world, 'accumulate', locals)
      if (total === undefined) return totalled(world, locals, value)
      return calls(world, applied(callee ?? { kind: 'builtin', name: ADD }, [total, value]), 'total', locals)
    },
  },
  total: { sent: (world, locals, value) => totalled(world, locals, value) },
})

const totalled = (world: World, locals: Locals, total: Value): Reply =>
  returned(withIterator(world, locals.iterator, { ...object(world, 'accumulate', locals), total }), total)

/** Mirrors `pairwise_next` (3.10 to 3.14). */
const pairwise = machine<Locals>('next of pairwise', {
  start: {
    sent: (world, locals) => {
      const { source, before } = object(world, 'pairwise', locals)
      return asks(world, source, before === undefined ? 'first' : 'second', locals)
    },
  },
  first: {
    sent: (world, locals, before) => {
      const { source } = object(world, 'pairwise', locals)
      return asks(withIterator(world, locals.iterator, { of: 'pairwise', source, before }), source, 'second', locals)
    },
    thrown: (world, locals, error) => raised(unpaired(world, locals), error),
  },
  second: {
    sent: (world, locals, value) => {
      const { source, before = null } = object(world, 'pairwise', locals)
      const after = withIterator(world, locals.iterator, { of: 'pairwise', source, before: value })
      return returned(after, { kind: 'tuple', items: [before, value] })
    },
    thrown: (world, locals, error) => raised(unpaired(world, locals), error),
  },
})

const unpaired = (world: World, { iterator }: Locals): World =>
  withIterator(world, iterator, { of: 'pairwise', source: null, before: undefined })

/** What gives the next item of each kind of iterator of `itertools`. */
export const itertoolsMachines: readonly Machine[] = [
  ...[count, repeat, chain, islice, cycle, takewhile, dropwhile, accumulate, pairwise],
]
