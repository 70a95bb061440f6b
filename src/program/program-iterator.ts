import { calling, calls, machine, raised, raises, returned } from '../loop/machine.js'
import { isRaise, raise } from '../loop/raise.js'
import type { IteratorValue, Reference, Value } from '../loop/value.js'
import type { World } from '../loop/world.js'
import { notModelled } from './arithmetic.js'
import type { Activation } from './code.js'
import { type IteratorOf, iteratorOf, iteratorWith, newIterator, nextFrame, withIterator } from './iterators.js'
import { isIterator } from './lists.js'
import { SPREAD, UNPACK } from './names.js'
import { ask, callNow, specialMethod } from './special-methods.js'
import { fullTypeName, typeName } from './type-name.js'

/** What is gone through for a value: of a class of the program, an iterator that asks its methods. */
export const iterableOf = (activation: Pick<Activation, 'world'>, value: Value): Value => {
  if (specialMethod(activation.world, value, '__iter__') === undefined) return placesOf(activation, value) ?? value
  const iterator = { of: 'program', iterable: value, iterator: undefined } as const
  return newIterator(activation, typeName(value, activation.world.python), iterator)
}

/** An iterator over what has `__getitem__` alone; undefined for anything else. Mirrors `PySeqIter_New` (3.8 to 3.14). */
const placesOf = (activation: Pick<Activation, 'world'>, value: Value): IteratorValue | undefined =>
  specialMethod(activation.world, value, '__getitem__') === undefined
    ? undefined
    : newIterator(activation, 'iterator', { of: 'places', sequence: value, index: 0n })

/** Mirrors `iter_iternext` (3.8 to 3.14): IndexError and StopIteration end it for good. */
export const ofPlaces = machine<{ readonly iterator: number }>('next of places', {
  start: {
    sent: (world, locals) => {
      const { sequence, index } = iteratorWith(world, locals.iterator) as IteratorOf<'places'>
      if (index === null) return raises(world, raise('StopIteration'))
      return calls(world, calling(specialMethod(world, sequence, '__getitem__') ?? null, [index]), 'item', locals)
    },
  },
  item: {
    sent: (world, { iterator }, value) => {
      const { sequence, index } = iteratorWith(world, iterator) as IteratorOf<'places'>
      return returned(withIterator(world, iterator, { of: 'places', sequence, index: (index ?? 0n) + 1n }), value)
    },
    thrown: (world, { iterator }, error) => {
      if (error.type !== 'IndexError' && error.type !== 'StopIteration') return raised(world, error)
      const { sequence } = iteratorWith(world, iterator) as IteratorOf<'places'>
      return raises(withIterator(world, iterator, { of: 'places', sequence, index: null }), raise('StopIteration'))
    },
  },
})

/** The functions that go through their first argument at once. */
const functions: ReadonlySet<string> = new Set([
  ...['all', 'any', 'list', 'max', 'min', 'set', 'sorted', 'sum', 'tuple', SPREAD, UNPACK],
])

/** The arguments of a function as it goes through the first. */
export const goneThrough = (activation: Activation, name: string, args: readonly Value[]): readonly Value[] => {
  const [first, ...others] = args
  const isOneOfMany = (name === 'max' || name === 'min') && others.length > 0
  if (first === undefined || isOneOfMany || !functions.has(name)) return args
  if (asksForLength.has(name)) checkLength(activation, first)
  return [iterableOf(activation, first), ...others]
}

/** Those of them that ask for the length of what they go through before. */
const asksForLength: ReadonlySet<string> = new Set(['list', 'sorted', 'tuple', SPREAD])

/** The length is asked for as a hint: that must not show. Mirrors `PyObject_LengthHint` (3.8 to 3.14). */
const checkLength = (activation: Activation, value: Value): void => {
  try {
    ask(activation, value, '__len__')
  } catch (caught) {
    if (!isRaise(caught)) throw caught
    throw notModelled('a __len__ that fails or changes something, and is asked for as a hint, is')
  }
}

/** `iter(value)` of an instance whose class has `__iter__`; undefined of anything else. */
export const iterNow = (activation: Activation, value: Value): Value | undefined => {
  const method = specialMethod(activation.world, value, '__iter__')
  if (method === undefined) return placesOf(activation, value)
  const iterator = callNow(activation, method, [])
  if (!isIterator(iterator) && specialMethod(activation.world, iterator, '__next__') === undefined) {
    throw noIterator(iterator)
  }
  return iterator
}

/** What `map`, `zip` and their like go through: the iterator that they ask for as they are made. */
export const sourceFor = (activation: Activation, value: Value): Reference | IteratorValue => {
  const iterator = iterNow(activation, value)
  return iterator === undefined ? iteratorOf(activation, value) : asIterator(activation, iterator)
}

/** An iterator of a class of the program as the library goes through it. */
export const asIterator = (activation: Activation, iterator: Value): Reference | IteratorValue => {
  if (isIterator(iterator)) return iterator
  const object = { of: 'program', iterable: iterator, iterator } as const
  return newIterator(activation, typeName(iterator, activation.world.python), object)
}

const noIterator = (value: Value) =>
  raise('TypeError', (python) => `iter() returned non-iterator of type '${fullTypeName(value, python)}'`)

/** Calls `__iter__` where that was not called yet, then `__next__`. Mirrors `PyObject_GetIter` and `slot_tp_iternext`. */
export const ofProgram = machine<{ readonly iterator: number }>('next of program', {
  start: {
    sent: (world, locals) => {
      const { iterable, iterator } = iteratorWith(world, locals.iterator) as IteratorOf<'program'>
      if (iterator !== undefined) return calls(world, nextOf(world, iterator), 'item', locals)
      return calls(world, calling(specialMethod(world, iterable, '__iter__') ?? null, []), 'iterator', locals)
    },
  },
  iterator: {
    sent: (world, locals, value) => {
      if (!isIterator(value) && specialMethod(world, value, '__next__') === undefined) {
        return raises(world, noIterator(value))
      }
      const { iterable } = iteratorWith(world, locals.iterator) as IteratorOf<'program'>
      const known = withIterator(world, locals.iterator, { of: 'program', iterable, iterator: value })
      return calls(known, nextOf(known, value), 'item', locals)
    },
    thrown: (world, _, error) => {
      if (error.type === 'StopIteration') throw notModelled('a StopIteration out of __iter__ is')
      return raised(world, error)
    },
  },
  item: { sent: (world, _, value) => returned(world, value) },
})

const nextOf = (world: World, iterator: Value) =>
  isIterator(iterator) ? nextFrame(iterator) : calling(specialMethod(world, iterator, '__next__') ?? null, [])
