import { timeoutError } from '../loop/exception.js'
import { addDoneCallback, createFuture, forget, futureWith, isDone, result, setResult } from '../loop/future.js'
import { halt } from '../loop/halt.js'
import { cancelHandle } from '../loop/handle.js'
import { awaits, beginning, calls, machine, type Reply, raised, raises, returned } from '../loop/machine.js'
import type { Switches } from '../loop/python.js'
import { raise } from '../loop/raise.js'
import { callLater } from '../loop/timer.js'
import { withObjects } from '../loop/update.js'
import type { Reference } from '../loop/value.js'
import type { World } from '../loop/world.js'
import { get, push, set } from '../persistent/table.js'
import { libraryCallback, removeLibraryCallback } from './library-callback.js'

/** What `as_completed` knows of its futures. */
interface Completions {
  /** `_todo`: those that are not done. */
  readonly todo: readonly Reference[]
  /** `_done`: the queue of those that are; null for one that came too late. */
  readonly done: readonly (Reference | null)[]
  /** The futures of those who wait for an item of the queue, by id. */
  readonly getters: readonly number[]
  /** The loop of those who wait. */
  readonly loop: number | null
  readonly timer: number | null
  /** `_todo_left`: how many were not asked for yet. */
  readonly left: number
}

interface Locals {
  readonly completions: Reference
  /** Whether the outcome is given, or the future itself, as to `async for`. */
  readonly resolve: boolean
  readonly getter: number
}

/** How the callbacks and the coroutines of `as_completed` are called: since 3.13 they are methods of a class. */
export const completionNames = ({ asCompletedStartsAtOnce }: Pick<Switches, 'asCompletedStartsAtOnce'>) =>
  asCompletedStartsAtOnce
    ? ({
        completion: '_AsCompletedIterator._handle_completion',
        timeout: '_AsCompletedIterator._handle_timeout',
        one: '_AsCompletedIterator._wait_for_one',
      } as const)
    : ({
        completion: 'as_completed.<locals>._on_completion',
        timeout: 'as_completed.<locals>._on_timeout',
        one: 'as_completed.<locals>._wait_for_one',
      } as const)

/**
 * Begins to watch futures, all different: from now on the time runs. Mirrors `_AsCompletedIterator.__init__` (3.13 to
 * 3.14).
 */
export const watchCompletions = (
  world: World,
  loop: number,
  futures: readonly Reference[],
  timeout: number | null,
): readonly [World, Reference] => {
  const completions: Reference = { kind: 'completions', id: world.objects.next }
  const timer = timeout === null || futures.length === 0 ? null : timeout
  const names = completionNames(world.python)
  const state: Completions = { todo: futures, done: [], getters: [], loop: null, timer: null, left: futures.length }
  const watched = futures.reduce(
    (watching, future) => {
      const callback = libraryCallback(`asyncio.${names.completion}`, completions, future)
      return addDoneCallback(watching, future.id, callback, world.context)
    },
    withObjects(world, push<unknown>(world.objects, state)),
  )
  if (timer === null) return [watched, completions]
  const timed = withCompletions(watched, completions, { ...state, timer: watched.handles.next })
  return [
    callLater(timed, loop, timer, libraryCallback(`asyncio.${names.timeout}`, completions), world.context),
    completions,
  ]
}

/** A future is done. Mirrors `_AsCompletedIterator._handle_completion` (3.13 to 3.14; before, `_on_completion`). */
export const handleCompletion = (world: World, completions: Reference, future: Reference): World => {
  const before = completionsWith(world, completions)
  if (before.todo.length === 0) return world
  const todo = before.todo.filter(({ id }) => id !== future.id)
  const put = putDone(withCompletions(world, completions, { ...before, todo }), completions, future)
  return todo.length === 0 && before.timer !== null ? cancelHandle(put, before.timer) : put
}

/** Time is up: each that is not done counts as late. Mirrors `_AsCompletedIterator._handle_timeout` (3.13 to 3.14; before, `_on_timeout`). */
export const handleTimeout = (world: World, completions: Reference): World => {
  const { todo } = completionsWith(world, completions)
  const name = `asyncio.${completionNames(world.python).completion}`
  const late = todo.reduce(
    (ending, { id }) => putDone(removeLibraryCallback(ending, id, name, completions), completions, null),
    world,
  )
  return withCompletions(late, completions, { ...completionsWith(late, completions), todo: [] })
}

/**
 * `async def _wait_for_one()`: the outcome of the next that is done, or TimeoutError. Mirrors
 * `_AsCompletedIterator._wait_for_one` and the `Queue.get` in it (3.13 to 3.14).
 */
export const waitForOne = machine<Locals>('_wait_for_one', {
  start: { sent: (world, locals) => takeOrWait(world, locals) },
  waiting: {
    sent: (world, locals) => takeOrWait(forget(world, locals.getter), locals),
    thrown: (world, { completions, getter }, error) => {
      const before = completionsWith(world, completions)
      const getters = before.getters.filter((id) => id !== getter)
      const left = withCompletions(world, completions, { ...before, getters })
      const passesOn = before.done.length > 0 && futureWith(world, getter).state !== 'cancelled'
      return raised(forget(passesOn ? wakeNext(left, completions) : left, getter), error)
    },
  },
})

/** One more is asked for; null where all were. */
export const takeTurn = (world: World, completions: Reference): World | null => {
  const before = completionsWith(world, completions)
  return before.left === 0 ? null : withCompletions(world, completions, { ...before, left: before.left - 1 })
}

/** `async for`: the next future that is done, itself. Mirrors `_AsCompletedIterator.__anext__` (3.13 to 3.14). */
export const nextCompletedFuture = machine<Reference>('_AsCompletedIterator.__anext__', {
  start: {
    sent: (world, completions) => {
      const taken = takeTurn(world, completions)
      if (taken === null) return raises(world, raise('StopAsyncIteration'))
      return calls(taken, beginning(waitForOne, { completions, resolve: false, getter: -1 }), 'one', completions)
    },
  },
  one: { sent: (world, _, future) => returned(world, future) },
})

const takeOrWait = (world: World, locals: Locals): Reply => {
  const { completions, resolve } = locals
  const before = completionsWith(world, completions)
  const [first, ...done] = before.done
  if (first === undefined) {
    if (before.loop !== null && before.loop !== world.loop.id) {
      throw halt(world, { kind: 'unmodelled', reason: 'as_completed() in several loops' })
    }
    const getter = world.futures.next
    const created = createFuture(world, world.loop.id)
    const queued = { ...before, loop: world.loop.id, getters: [...before.getters, getter] }
    return awaits(withCompletions(created, completions, queued), getter, 'waiting', { completions, resolve, getter })
  }
  const taken = withCompletions(world, completions, { ...before, done })
  if (first === null) return raises(taken, raise(timeoutError(taken.python)))
  if (!resolve) return returned(taken, first)
  const asked = result(taken, first.id)
  return asked.error === null ? returned(asked.world, asked.value) : raised(asked.world, asked.error)
}

/** `put_nowait` of the queue. */
const putDone = (world: World, completions: Reference, future: Reference | null): World => {
  const before = completionsWith(world, completions)
  return wakeNext(withCompletions(world, completions, { ...before, done: [...before.done, future] }), completions)
}

/** The first who waits and was not cancelled goes on. Mirrors `Queue._wakeup_next` (3.4.4 to 3.14). */
const wakeNext = (world: World, completions: Reference): World => {
  const before = completionsWith(world, completions)
  const at = before.getters.findIndex((getter) => !isDone(futureWith(world, getter)))
  const woken = before.getters[at]
  const getters = woken === undefined ? [] : before.getters.slice(at + 1)
  const left = withCompletions(world, completions, { ...before, getters })
  return woken === undefined ? left : setResult(left, woken, null)
}

const completionsWith = (world: World, { id }: Reference): Completions => get(world.objects, id) as Completions

const withCompletions = (world: World, { id }: Reference, completions: Completions): World =>
  withObjects(world, set<unknown>(world.objects, id, completions))
