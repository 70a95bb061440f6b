import { isFuture } from '../asyncio/ensure-future.js'
import { asyncAwaitableFrame, isAsyncAwaitable } from '../loop/async-generator-object.js'
import { coroutineFrame } from '../loop/coroutine-object.js'
import { delegation } from '../loop/generator-object.js'
import { awaits, awaitsValue, beginning, calling, calls, machine, raises, returned } from '../loop/machine.js'
import { type Raise, raise } from '../loop/raise.js'
import type { IteratorValue, Reference, Value } from '../loop/value.js'
import type { Frame, World } from '../loop/world.js'
import { notModelled } from './arithmetic.js'
import { type IteratorOf, iteratorWith } from './iterators.js'
import { isIterable, isIterator } from './lists.js'
import { fullTypeName } from './type-name.js'

/** `await object` by the `__await__` of its class. Mirrors `_PyCoro_GetAwaitableIter` (3.5 to 3.14). */
export const awaitMethod = machine<Value>('__await__', {
  start: { sent: (world, method) => calls(world, calling(method, []), 'iterator', method) },
  iterator: {
    sent: (world, method, value) => {
      const frame = iteratorFrame(world, value)
      return frame === null ? raises(world, refusal(value)) : calls(world, frame, 'done', method)
    },
  },
  done: { sent: (world, _, value) => returned(world, value) },
})

/** `yield from object.__await__()` in a generator that counts as a coroutine. Mirrors `_wrap_awaitable` (3.5 to 3.11). */
export const delegateToMethod = machine<Value>('yield from __await__', {
  start: { sent: (world, method) => calls(world, calling(method, []), 'iterable', method) },
  iterable: {
    sent: (world, method, value) => {
      if (isFuture(value)) return awaits(world, value.id, 'done', method)
      const frame = iteratorFrame(world, value) ?? (isCoroutine(value) ? coroutineFrame(value.id, 'await') : null)
      if (frame !== null) return calls(world, frame, 'done', method)
      if (isIterator(value) || isIterable(value) || isOfProgram(value)) throw notModelled(unusual)
      return raises(
        world,
        raise('TypeError', (python) => `'${fullTypeName(value, python)}' object is not iterable`),
      )
    },
  },
  done: { sent: (world, _, value) => returned(world, value) },
})

/** The frame by which an iterator is gone through that can be sent something; null for others. */
const iteratorFrame = (world: World, value: Value): Frame | null => {
  if (isAsyncAwaitable(value)) return asyncAwaitableFrame(world, value.id)
  if (typeof value !== 'object' || value === null) return null
  if (value.kind === 'generator') return delegation(value.id)
  return value.kind === 'iterator' && value.of === 'await' ? beginning(awaitIterator, value) : null
}

/** What `coroutine.__await__()` gave is delegated to. Mirrors `coro_wrapper_send` and `FutureIter_send` (3.5 to 3.14). */
export const awaitIterator = machine<IteratorValue>('await iterator', {
  start: {
    sent: (world, iterator) => {
      const { awaitable } = iteratorWith(world, iterator.id) as IteratorOf<'await'>
      return awaitsValue(world, awaitable, 'done', iterator)
    },
  },
  done: { sent: (world, _, value) => returned(world, value) },
})

/** `next` of such an iterator would take what asyncio's own tasks are sent. */
export const awaitByHand = machine('next of await', {
  start: {
    sent: () => {
      throw notModelled('to go through an awaitable by hand is')
    },
  },
})

const isCoroutine = (value: Value): value is Reference => typeof value === 'object' && value?.kind === 'coroutine'

const isOfProgram = (value: Value): boolean => typeof value === 'object' && value?.kind === 'instance'

const unusual = 'an __await__ that gives such an iterator is'

const refusal = (value: Value): Raise => {
  if (isIterator(value) || isOfProgram(value)) return notModelled(unusual)
  return raise('TypeError', (python) => {
    const what = isCoroutine(value) ? 'a coroutine' : `non-iterator of type '${fullTypeName(value, python)}'`
    return `__await__() returned ${what}`
  })
}
