import { asyncAwaitableWith, asyncDriver, newAsyncAwaitable } from '../loop/async-generator-object.js'
import { coroutineFrame, newCoroutine } from '../loop/coroutine-object.js'
import { delegation } from '../loop/generator-object.js'
import type { Reference, Value } from '../loop/value.js'
import type { Frame, World } from '../loop/world.js'
import type { Begun } from './builtin.js'

/** The kinds of what an asynchronous generator gives to be awaited. */
const asyncAwaitables: ReadonlySet<string> = new Set(['asend', 'athrow', 'anext'])

/** Whether a value is what `__anext__`, `asend`, `athrow`, `aclose` or `anext` of an asynchronous generator gives. */
export const isAsyncAwaitable = (value: Value | undefined): value is Reference =>
  typeof value === 'object' && value !== null && asyncAwaitables.has(value.kind)

/** The object of a coroutine, or of another awaitable, that is not awaited yet. */
export const awaitableOf = (world: World, { frame, coroutine, drive }: Begun): readonly [World, Reference] =>
  drive === undefined ? newCoroutine(world, coroutine ?? '', frame) : newAsyncAwaitable(world, drive)

/** The frame by which a coroutine, a generator or another awaitable is awaited, or driven by a task. */
export const awaitingFrame = (world: World, awaitable: Reference, by: 'task' | 'await'): Frame => {
  const { kind, id } = awaitable
  if (kind === 'generator') return delegation(id)
  return asyncAwaitables.has(kind) ? asyncDriver(asyncAwaitableWith(world, id).drive) : coroutineFrame(id, by)
}
