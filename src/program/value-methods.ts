import { closeCoroutine, coroutineWith } from '../loop/coroutine-object.js'
import { listItems, listValues } from '../loop/list.js'
import { raise } from '../loop/raise.js'
import type { Reference, Value } from '../loop/value.js'
import { emptyVector, fromArray, get, items, pop, push } from '../persistent/vector.js'
import { bind, unmodelled } from './arguments.js'
import type { Method } from './builtin.js'
import type { Activation } from './code.js'
import { areSame } from './comparison.js'
import { newIterator } from './iterators.js'
import { appendTo, itemsOf, listOf, putItems } from './lists.js'
import type { methodNames } from './method-names.js'
import { contentsOf, reprIn } from './operations.js'
import { sort } from './sort.js'

/** Where a value first stands in a list, within bounds; -1 where it does not. */
const placeOf = (activation: Activation, list: Reference, value: Value, start = 0, stop = Infinity): number => {
  const contents = contentsOf(activation)
  return contents.items(list).findIndex((item, at) => start <= at && at < stop && areSame(item, value, contents))
}

/** Methods of `list`. */
export const listMethods: Readonly<Record<(typeof methodNames)['list'][number], Method>> = {
  clear: (activation, list) => {
    putItems(activation, list, emptyVector)
    return null
  },
  copy: (activation, list) => listOf(activation, listValues(activation.world, list)),
  count: (activation, list, args, keywords) => {
    const [value = null] = bind(activation, 'count', ['/value'], 1, args, keywords)
    const contents = contentsOf(activation)
    return BigInt(contents.items(list).filter((item) => areSame(item, value, contents)).length)
  },
  index: (activation, list, args, keywords) => {
    const [value = null, start, stop] = bind(activation, 'index', ['/value', '/start', '/stop'], 1, args, keywords)
    const size = BigInt(listItems(activation.world, list).size)
    const place = (given: Value | undefined, otherwise: bigint): number => {
      if (given === undefined) return Number(otherwise)
      if (typeof given !== 'bigint') return unmodelled(activation, 'index() with such bounds')
      return Math.max(0, Number(given < 0n ? given + size : given))
    }
    const at = placeOf(activation, list, value, place(start, 0n), place(stop, size))
    if (at >= 0) return BigInt(at)
    const { world } = activation
    throw raise('ValueError', ({ textsHideWhatIsNotInList }) =>
      textsHideWhatIsNotInList ? 'list.index(x): x not in list' : `${reprIn(world, value)} is not in list`,
    )
  },
  insert: (activation, list, args, keywords) => {
    const [index = 0n, value = null] = bind(activation, 'insert', ['/index', '/object'], 2, args, keywords)
    if (typeof index !== 'bigint') return unmodelled(activation, 'insert() at an index that is no int')
    const values = listValues(activation.world, list)
    const at = index < 0n ? index + BigInt(values.length) : index
    const place = at < 0n ? 0 : at > BigInt(values.length) ? values.length : Number(at)
    putItems(activation, list, fromArray(values.toSpliced(place, 0, value)))
    return null
  },
  remove: (activation, list, args, keywords) => {
    const [value = null] = bind(activation, 'remove', ['/value'], 1, args, keywords)
    const at = placeOf(activation, list, value)
    if (at < 0) throw raise('ValueError', 'list.remove(x): x not in list')
    putItems(activation, list, fromArray(listValues(activation.world, list).toSpliced(at, 1)))
    return null
  },
  reverse: (activation, list) => {
    putItems(activation, list, fromArray(listValues(activation.world, list).toReversed()))
    return null
  },
  sort,
  append: (activation, list, args, keywords) => {
    const [value = null] = bind(activation, 'append', ['/object'], 1, args, keywords)
    appendTo(activation, list, value)
    return null
  },
  extend: (activation, list, args, keywords) => {
    const [values = null] = bind(activation, 'extend', ['/iterable'], 1, args, keywords)
    const added = itemsOf(activation, values, 'iterate')
    putItems(activation, list, added.reduce(push<Value>, listItems(activation.world, list)))
    return null
  },
  pop: (activation, list, args, keywords) => {
    const [index = -1n] = bind(activation, 'pop', ['/index'], 0, args, keywords)
    const values = listItems(activation.world, list)
    if (values.size === 0) throw raise('IndexError', 'pop from empty list')
    if (typeof index !== 'bigint') return unmodelled(activation, 'pop() with an index that is no int')
    const at = Number(index < 0n ? index + BigInt(values.size) : index)
    if (at < 0 || at >= values.size) throw raise('IndexError', 'pop index out of range')
    const last = at === values.size - 1
    putItems(activation, list, last ? pop(values) : fromArray(items(values).toSpliced(at, 1)))
    return get(values, at) ?? null
  },
}

/** Methods of coroutine objects. */
export const coroutineMethods: Readonly<Record<(typeof methodNames)['coroutine'][number], Method>> = {
  __await__: (activation, awaitable) => newIterator(activation, 'coroutine_wrapper', { of: 'await', awaitable }),
  close: (activation, { id }) => {
    const { frame, closed } = coroutineWith(activation.world, id)
    if (frame === null && !closed) {
      return unmodelled(activation, 'close() of a coroutine that has begun')
    }
    activation.world = closeCoroutine(activation.world, id)
    return null
  },
}
