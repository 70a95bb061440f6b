import { asyncAwaitableFrame, isAsyncAwaitable } from '../loop/async-generator-object.js'
import type { Interpreter } from '../loop/coroutine.js'
import { coroutineFrame } from '../loop/coroutine-object.js'
import { futureWith } from '../loop/future.js'
import { delegation } from '../loop/generator-object.js'
import { beginning } from '../loop/machine.js'
import { raise, raiseAgainIn } from '../loop/raise.js'
import type { Reference, Value } from '../loop/value.js'
import type { Frame, World } from '../loop/world.js'
import { createTaskIn } from './task-factory.js'
import { wrapAwaitable } from './wrap-awaitable.js'

/** A value that stands for a future of any class. */
export type FutureReference = Reference & { readonly kind: 'future' | 'group' | 'task' }

/** Whether a value is a future of any class. Mirrors `futures.isfuture` (3.5 to 3.14). */
export const isFuture = (value: Value | undefined): value is FutureReference =>
  isReference(value, 'future') || isReference(value, 'group') || isReference(value, 'task')

/** Whether a value is a coroutine. Any generator counts as one before 3.12. Mirrors `coroutines.iscoroutine`. */
export const isCoroutine = (world: World, value: Value | undefined): value is Reference =>
  isReference(value, 'coroutine') ||
  isAsyncAwaitable(value) ||
  (isReference(value, 'generator') && !world.python.generatorsAreNoCoroutines)

const isReference = (value: Value | undefined, kind: Reference['kind']): value is Reference =>
  value !== null && typeof value === 'object' && value.kind === kind

/** The frame in which a task begins a coroutine. */
export const coroutineBeginning = (world: World, coroutine: Reference): Frame => {
  if (isAsyncAwaitable(coroutine)) return asyncAwaitableFrame(world, coroutine.id)
  const { kind, id } = coroutine
  return kind === 'generator' ? delegation(id) : coroutineFrame(id, 'task')
}

/**
 * A future as it is, a coroutine or another awaitable as a task; the id of either. Without a loop a future may be of any,
 * and a coroutine goes to the one that runs. Mirrors `tasks.ensure_future` (3.4.4 to 3.14).
 */
export const ensureFuture = (
  interpreter: Interpreter,
  world: World,
  loop: number | null,
  awaitable: Value | undefined,
): readonly [World, FutureReference] => {
  if (isFuture(awaitable)) {
    if (loop === null || futureWith(world, awaitable.id).loop === loop) return [world, awaitable]
    const message = 'The future belongs to a different loop than the one specified as the loop argument'
    throw raise('ValueError', message)
  }
  const first = isCoroutine(world, awaitable)
    ? coroutineBeginning(world, awaitable)
    : awaitable !== undefined && interpreter.isAwaitable(world, awaitable)
      ? beginning(wrapAwaitable, awaitable)
      : null
  if (first !== null) {
    const task = { kind: 'task', id: world.futures.next } as const
    const [made, leaving] = createTaskIn(interpreter, world, loop ?? world.loop.id, first)
    if (leaving !== null) throw raiseAgainIn(made, leaving)
    return [made, task]
  }
  throw raise('TypeError', 'An asyncio.Future, a coroutine or an awaitable is required')
}
