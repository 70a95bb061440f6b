import {
  addDoneCallback,
  createFuture,
  exceptionOf,
  futureWith,
  isDone,
  makeCancelledError,
  setException,
  setResult,
} from '../loop/future.js'
import { newList } from '../loop/list.js'
import { makeException, raise } from '../loop/raise.js'
import { withObjects } from '../loop/update.js'
import type { ExceptionValue, Reference, Value } from '../loop/value.js'
import type { World } from '../loop/world.js'
import { get, push, set } from '../persistent/table.js'

/** What the closure of `gather` holds: `outer`, `nfinished` and the rest. */
interface Gathering {
  readonly outer: number
  /** The futures in the order of the arguments; one given twice stands here twice. */
  readonly children: readonly number[]
  readonly unfinished: number
  readonly returnExceptions: boolean
}

/** Stands for `outer` where none was made. */
const NONE = -1

/** The name of the done callback, `gather.<locals>._done_callback`. Its arguments are the gathering and the child. */
export const gatherCallback = 'asyncio.gather.<locals>._done_callback'

/**
 * A future of the results of futures and tasks, by id; its own id comes back. Mirrors `tasks.gather` behind
 * `ensure_future`.
 */
export const gather = (
  world: World,
  loop: number,
  children: readonly number[],
  returnExceptions: boolean,
): readonly [World, number] => {
  const [begun, gathering] = beginGather(world)
  const watched = [...new Set(children)].reduce((watching, child) => watchChild(watching, gathering, child), begun)
  return endGather(watched, loop, gathering, children, returnExceptions)
}

/** The closure of a `gather` that has looked at no argument yet. It stays so where a later argument is refused. */
export const beginGather = (world: World): readonly [World, Reference] => {
  const nothing: Gathering = { outer: NONE, children: [], unfinished: 0, returnExceptions: false }
  return [withObjects(world, push(world.objects, nothing)), { kind: 'gathering', id: world.objects.next }]
}

/** An argument of `gather` that is none of those before: it gets the done callback, unless it is done (3.12). */
export const watchChild = (world: World, gathering: Reference, child: number): World => {
  const future = futureWith(world, child)
  if (isDone(future) && world.python.gatherCountsDoneAtOnce) return world
  const reference: Reference = { kind: future.task === null ? 'future' : 'task', id: child }
  const callee = { kind: 'builtin', name: gatherCallback } as const
  return addDoneCallback(world, child, { name: 'call', callee, args: [gathering, reference] }, world.context)
}

/** `gather` has looked at all arguments: children that are done already count at once (3.12). */
export const endGather = (
  world: World,
  loop: number,
  gathering: Reference,
  children: readonly number[],
  returnExceptions: boolean,
): readonly [World, number] => {
  const outer = world.futures.next
  const distinct = [...new Set(children)]
  const state: Gathering = { outer, children, unfinished: distinct.length, returnExceptions }
  const created = createFuture(withObjects(world, set(world.objects, gathering.id, state)), loop, null, children)
  if (!world.python.gatherCountsDoneAtOnce) return [created, outer]
  const done = distinct.filter((child) => isDone(futureWith(world, child)))
  return [done.reduce((counting, child) => childDone(counting, gathering, child), created), outer]
}

/** `gather()` of nothing: a future that has an empty list. */
export const gatherNothing = (world: World, loop: number): readonly [World, number] => {
  const outer = world.futures.next
  const [listed, list] = newList(createFuture(world, loop), [])
  return [setResult(listed, outer, list), outer]
}

/**
 * A child is done. Mirrors `_done_callback` in `tasks.gather` (3.8 to 3.14; since 3.10.3 it also knows what to do where
 * `gather` has refused an argument).
 */
export const childDone = (world: World, reference: Reference, child: number): World => {
  const before = get(world.objects, reference.id) as Gathering
  const gathering: Gathering = { ...before, unfinished: before.unfinished - 1 }
  const counted = withObjects(world, set(world.objects, reference.id, gathering))
  const { outer, returnExceptions } = gathering
  if (outer === NONE && !world.python.gatherOutlivesRefusal) {
    throw raise('NameError', "free variable 'outer' referenced before assignment in enclosing scope")
  }
  const future = futureWith(world, child)
  if (outer === NONE || isDone(futureWith(world, outer))) {
    return future.state === 'cancelled' ? counted : exceptionOf(counted, child).world
  }
  if (!returnExceptions) {
    if (future.state === 'cancelled') {
      const { world: made, error } = makeCancelledError(counted, child)
      return setException(made, outer, error)
    }
    const { world: asked, value } = exceptionOf(counted, child)
    if (value !== null) return setException(asked, outer, value as ExceptionValue)
  }
  return gathering.unfinished === 0 ? finish(counted, gathering) : counted
}

/** Every child is done: the list of results, or the cancellation that was asked for, in the words of the last argument. */
const finish = (world: World, { outer, children }: Gathering): World => {
  let collected = world
  const results: Value[] = []
  for (const child of children) {
    const [next, value] = outcome(collected, child)
    collected = next
    results.push(value)
  }
  const last = children.at(-1)
  if (last !== undefined && futureWith(world, outer).cancelRequested) {
    const { world: made, error } = makeCancelledError(collected, last)
    return setException(made, outer, error)
  }
  const [listed, list] = newList(collected, results)
  return setResult(listed, outer, list)
}

const outcome = (world: World, child: number): readonly [World, Value] => {
  const future = futureWith(world, child)
  if (future.state === 'cancelled') {
    const nothing = world.python.gatherSaysNothing ? [''] : []
    return makeException(
      world,
      raise('CancelledError', ...(future.cancelMessage === null ? nothing : [future.cancelMessage])),
    )
  }
  if (future.exception !== null) {
    const { world: asked, value } = exceptionOf(world, child)
    return [asked, value]
  }
  return [world, future.result]
}
