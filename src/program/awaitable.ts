import { isFuture } from '../asyncio/ensure-future.js'
import { asyncAwaitableFrame, isAsyncAwaitable, newAsyncAwaitable } from '../loop/async-generator-object.js'
import type { Awaiting } from '../loop/coroutine.js'
import { coroutineFrame, newCoroutine } from '../loop/coroutine-object.js'
import { delegation, generatorWith } from '../loop/generator-object.js'
import { beginning } from '../loop/machine.js'
import type { Reference, Value } from '../loop/value.js'
import type { Frame, World } from '../loop/world.js'
import { awaitMethod, delegateToMethod } from './await-method.js'
import type { Begun } from './builtin.js'
import { specialMethod } from './special-methods.js'

/** The object of a coroutine, or of another awaitable, that is not awaited yet. */
export const awaitableOf = (world: World, { frame, coroutine, drive }: Begun): readonly [World, Reference] =>
  drive === undefined ? newCoroutine(world, coroutine ?? '', frame) : newAsyncAwaitable(world, drive)

/** The frame by which a value is awaited that is no future; null where it cannot be. */
export const awaitingFrame = (world: World, value: Value, by: Awaiting = 'await'): Frame | null => {
  if (value === null || typeof value !== 'object') return null
  if (isAsyncAwaitable(value)) return asyncAwaitableFrame(world, value.id)
  if (value.kind === 'coroutine') return coroutineFrame(value.id, 'await')
  if (value.kind === 'generator' && generatorWith(world, value.id).awaitable) return delegation(value.id)
  const method = specialMethod(world, value, '__await__')
  return method === undefined ? null : beginning(by === 'await' ? awaitMethod : delegateToMethod, method)
}

/** Whether `await` takes a value. */
export const isAwaitable = (world: World, value: Value): boolean =>
  isFuture(value) || awaitingFrame(world, value) !== null
