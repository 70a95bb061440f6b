import { asyncAwaitableFrame, isAsyncAwaitable, newAsyncAwaitable } from '../loop/async-generator-object.js'
import { coroutineFrame, newCoroutine } from '../loop/coroutine-object.js'
import { delegation, generatorWith } from '../loop/generator-object.js'
import type { Reference, Value } from '../loop/value.js'
import type { Frame, World } from '../loop/world.js'
import type { Begun } from './builtin.js'

/** The object of a coroutine, or of another awaitable, that is not awaited yet. */
export const awaitableOf = (world: World, { frame, coroutine, drive }: Begun): readonly [World, Reference] =>
  drive === undefined ? newCoroutine(world, coroutine ?? '', frame) : newAsyncAwaitable(world, drive)

/** The frame by which a value is awaited that is no future; null where it cannot be. */
export const awaitingFrame = (world: World, value: Value): Frame | null => {
  if (value === null || typeof value !== 'object') return null
  if (isAsyncAwaitable(value)) return asyncAwaitableFrame(world, value.id)
  if (value.kind === 'coroutine') return coroutineFrame(value.id, 'await')
  return value.kind === 'generator' && generatorWith(world, value.id).awaitable ? delegation(value.id) : null
}
