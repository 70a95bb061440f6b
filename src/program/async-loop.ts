import { asyncIterationMethod, awaitedItem } from './async-iteration.js'
import { asyncIteratorSlot, type Builder, emit, fromSlot, here, intoSlot, takenFrom, temporary } from './builder.js'
import type { Evaluate } from './code.js'

/** Asks an asynchronous iterable for its iterator, unless it is one that was asked for, and that again and again for an item. */
export const asyncIteration = (builder: Builder, iterable: Evaluate, isIterator: boolean) => {
  const iterator = asyncIteratorSlot(builder)
  if (isIterator) emit(builder, { op: 'evaluate', value: iterable, into: intoSlot(iterator) })
  else callMethod(builder, iterable, '__aiter__', iterator, false)
  builder.asyncIterators = [...builder.asyncIterators, iterator]
  const begin = here(builder)
  const item = temporary(builder)
  callMethod(builder, fromSlot(iterator), '__anext__', item, true)
  const awaited: Evaluate = (activation) => awaitedItem(activation, fromSlot(item)(activation))
  const next = emit(builder, { op: 'await', value: awaited, into: intoSlot(item), to: -1 })
  return { iterator, begin, item, next }
}

/** What comes behind stands outside of the iteration. */
export const endAsyncIteration = (builder: Builder, iterator: number): void => {
  builder.asyncIterators = builder.asyncIterators.filter((other) => other !== iterator)
}

/** An iteration is over: nobody goes through its iterator any more. */
export const forgetIterator = (builder: Builder, iterator: number): void => {
  const value: Evaluate = ({ slots }) => {
    slots[iterator] = undefined
    return null
  }
  emit(builder, { op: 'evaluate', value, into: null })
}

const callMethod = (
  builder: Builder,
  receiver: Evaluate,
  name: '__aiter__' | '__anext__',
  slot: number,
  awaited: boolean,
): void => {
  const func: Evaluate = (activation) => asyncIterationMethod(activation, receiver(activation), name)
  emit(builder, { op: 'call', call: { func, args: [], keywords: [] }, awaited, into: intoSlot(slot) })
}

/** The iterator of an asynchronous iterable, asked for at once. */
export const asyncIteratorOf = (builder: Builder, iterable: Evaluate): Evaluate => {
  const slot = temporary(builder)
  callMethod(builder, iterable, '__aiter__', slot, false)
  return takenFrom(slot)
}
