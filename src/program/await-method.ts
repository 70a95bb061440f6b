import { delegation } from '../loop/generator-object.js'
import { awaitsValue, beginning, calling, calls, machine, raises, returned } from '../loop/machine.js'
import { type Raise, raise } from '../loop/raise.js'
import type { IteratorValue, Value } from '../loop/value.js'
import { notModelled } from './arithmetic.js'
import { type IteratorOf, iteratorWith } from './iterators.js'
import { isIterator } from './lists.js'
import { typeName } from './type-name.js'

/** `await object` by the `__await__` of its class. Mirrors `_PyCoro_GetAwaitableIter` (3.5 to 3.14). */
export const awaitMethod = machine<Value>('__await__', {
  start: { sent: (world, method) => calls(world, calling(method, []), 'iterator', method) },
  iterator: {
    sent: (world, method, value) => {
      if (typeof value === 'object' && value?.kind === 'generator') {
        return calls(world, delegation(value.id), 'done', method)
      }
      if (typeof value === 'object' && value?.kind === 'iterator') {
        if (value.of === 'await') return calls(world, beginning(awaitIterator, value), 'done', method)
      }
      return raises(world, refusal(value))
    },
  },
  done: { sent: (world, _, value) => returned(world, value) },
})

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

const refusal = (value: Value): Raise => {
  const isCoroutine = typeof value === 'object' && value?.kind === 'coroutine'
  if (isIterator(value) || (typeof value === 'object' && value?.kind === 'instance')) {
    return notModelled('an __await__ that gives such an iterator is')
  }
  return raise('TypeError', (python) => {
    const what = isCoroutine ? 'a coroutine' : `non-iterator of type '${typeName(value, python)}'`
    return `__await__() returned ${what}`
  })
}
