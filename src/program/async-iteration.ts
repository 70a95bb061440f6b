import { raise } from '../loop/raise.js'
import type { Value } from '../loop/value.js'
import { bind, unmodelled } from './arguments.js'
import { nextOfAsyncGenerator } from './async-generators.js'
import { isReference } from './asyncio-functions.js'
import { isAwaitable } from './awaitable.js'
import type { Builtin } from './builtin.js'
import type { Activation } from './code.js'
import { hasMethod } from './method-names.js'
import { specialMethod } from './special-methods.js'
import { fullTypeName } from './type-name.js'

/** What `async for` calls for the iterator of a value, and for each next item; an error where the value has no such method. */
export const asyncIterationMethod = (
  { world }: Activation,
  receiver: Value,
  name: '__aiter__' | '__anext__',
): Value => {
  if (hasMethod(receiver, name)) return { kind: 'method', receiver, name }
  const method = specialMethod(world, receiver, name)
  if (method !== undefined) return method
  const type = fullTypeName(receiver, world.python)
  throw raise(
    'TypeError',
    name === '__aiter__'
      ? `'async for' requires an object with __aiter__ method, got ${type}`
      : `'async for' received an object from __aiter__ that does not implement __anext__: ${type}`,
  )
}

/** What `__anext__` gave, which must be awaitable. */
export const awaitedItem = ({ world }: Activation, value: Value): Value => {
  if (isAwaitable(world, value)) return value
  throw raise(
    'TypeError',
    (python) => `'async for' received an invalid object from __anext__: ${fullTypeName(value, python)}`,
  )
}

/** `aiter(iterable)` (3.10) */
export const aiter: Builtin = (activation, args, keywords) => {
  const [iterable = null] = bind(activation, 'aiter', ['/async_iterable'], 1, args, keywords)
  if (isReference(iterable, 'async generator', 'as completed')) return iterable
  throw raise('TypeError', (python) => `'${fullTypeName(iterable, python)}' object is not an async iterable`)
}

/** `anext(iterator, default)` (3.10) */
export const anext: Builtin = (activation, args, keywords) => {
  const [iterator = null, otherwise] = bind(activation, 'anext', ['/iterator', '/default'], 1, args, keywords)
  if (isReference(iterator, 'async generator')) return nextOfAsyncGenerator(activation, iterator, otherwise)
  if (hasMethod(iterator, '__anext__')) return unmodelled(activation, 'anext() of this')
  throw raise('TypeError', (python) => `'${fullTypeName(iterator, python)}' object is not an async iterator`)
}
