import { cancel } from '../loop/cancellation.js'
import type { Interpreter } from '../loop/coroutine.js'
import { forget, futureWith } from '../loop/future.js'
import { awaits, beginning, calls, machine, type Reply, raised, returned } from '../loop/machine.js'
import { type Raise, raise } from '../loop/raise.js'
import type { ExceptionValue, Reference, Value } from '../loop/value.js'
import type { World } from '../loop/world.js'
import { clearEvent, newEvent, setEvent, waitForEvent } from './event.js'
import {
  type Bound,
  boundToAnother,
  isElsewhere,
  isWaiterDone,
  newPrimitive,
  newWaiterOf,
  primitiveWith,
  wake,
  withPrimitive,
} from './primitive.js'
import { heappop, heappush, type IsLess } from './priority.js'

/** `asyncio.Queue`, `LifoQueue` and `PriorityQueue`: items, and those who wait for one or for room for one. */
export interface Queue extends Bound {
  readonly kind: 'queue' | 'lifo queue' | 'priority queue'
  /** `_maxsize`; of 0 or less there is always room. */
  readonly maxsize: bigint | number | boolean
  /** `_queue` */
  readonly items: readonly Value[]
  /** `_getters`, by id: who waits for an item and was not woken. */
  readonly getters: readonly number[]
  /** `_putters`, by id: who waits for room and was not woken. */
  readonly putters: readonly number[]
  /** `_unfinished_tasks`: of how many items it was not said that they are done. */
  readonly unfinished: number
  /** `_finished`, by id: an event that is set while there are none. */
  readonly finished: number
  /** `_is_shutdown` (3.13) */
  readonly isShutDown: boolean
}

type Side = 'getters' | 'putters'

interface Locals {
  readonly queue: number
  /** What is to be put. */
  readonly item: Value
  readonly waiter: number
}

/** An empty queue. Mirrors `Queue.__init__` (3.4 to 3.14). */
export const newQueue = (
  world: World,
  kind: Queue['kind'],
  loop: number | null,
  maxsize: Queue['maxsize'],
): readonly [World, Reference] => {
  const [made, finished] = newEvent(world, loop)
  const nothing = { items: [], getters: [], putters: [], unfinished: 0, isShutDown: false }
  return newPrimitive<Queue>(setEvent(made, finished.id), { kind, loop, maxsize, finished: finished.id, ...nothing })
}

/** What is known of a queue. */
export const queueWith = (world: World, queue: number): Queue => primitiveWith<Queue>(world, queue)

const changed = (world: World, queue: number, change: Partial<Queue>): World =>
  withPrimitive<Queue>(world, queue, { ...queueWith(world, queue), ...change })

/** Mirrors `Queue.empty` (3.4 to 3.14). */
export const isEmpty = ({ items }: Queue): boolean => items.length === 0

/** Mirrors `Queue.full` (3.4 to 3.14). */
export const isFull = ({ items, maxsize }: Queue): boolean => !(Number(maxsize) <= 0) && items.length >= Number(maxsize)

/** `async def put`: waits while there is no room, then does as `put_nowait`. Mirrors `Queue.put` (3.4.4 to 3.14). */
export const put = machine<Locals>('Queue.put', {
  start: { sent: (world, locals, _, interpreter) => putWhereRoom(world, locals, interpreter) },
  waiting: {
    sent: (world, locals, _, interpreter) => putWhereRoom(forget(world, locals.waiter), locals, interpreter),
    thrown: (world, locals, error) => giveUp(world, locals, 'putters', error),
  },
})

/** Who was woken looks again: another one may have been faster. */
const putWhereRoom = (world: World, locals: Locals, interpreter: Interpreter): Reply => {
  const state = queueWith(world, locals.queue)
  if (!isFull(state)) return returned(putNow(world, locals.queue, locals.item, isLessIn(world, interpreter)), null)
  return waitAt(world, locals, 'putters', interpreter)
}

/** `async def get`: waits while there is nothing, then does as `get_nowait`. Mirrors `Queue.get` (3.4.4 to 3.14). */
export const get = machine<Locals>('Queue.get', {
  start: { sent: (world, locals, _, interpreter) => getWhereSome(world, locals, interpreter) },
  waiting: {
    sent: (world, locals, _, interpreter) => getWhereSome(forget(world, locals.waiter), locals, interpreter),
    thrown: (world, locals, error) => giveUp(world, locals, 'getters', error),
  },
})

const getWhereSome = (world: World, locals: Locals, interpreter: Interpreter): Reply => {
  const state = queueWith(world, locals.queue)
  if (!isEmpty(state)) return returned(...getNow(world, locals.queue, isLessIn(world, interpreter)))
  return waitAt(world, locals, 'getters', interpreter)
}

/** Behind those who wait already; in no other loop than theirs. */
const waitAt = (world: World, locals: Locals, side: Side, interpreter: Interpreter): Reply => {
  const { queue } = locals
  const { kind, loop, isShutDown, [side]: waiters } = queueWith(world, queue)
  if (isShutDown) throw raise('QueueShutDown')
  if (isElsewhere(world, loop)) throw boundToAnother(interpreter.repr(world, { kind, id: queue }))
  const [created, waiter] = newWaiterOf(world, queue)
  return awaits(changed(created, queue, { [side]: [...waiters, waiter] }), waiter, 'waiting', { ...locals, waiter })
}

/** Who was woken and fails all the same wakes the next, where that is of use. */
const giveUp = (world: World, { queue, waiter }: Locals, side: Side, error: ExceptionValue): Reply => {
  const [asked] = cancel(world, waiter, null)
  const state = queueWith(asked, queue)
  const left = changed(asked, queue, { [side]: state[side].filter((other) => other !== waiter) })
  const isUseful = side === 'getters' ? !isEmpty(state) : !isFull(state)
  const wasWoken = futureWith(asked, waiter).state !== 'cancelled'
  return raised(forget(isUseful && wasWoken ? wakeNext(left, queue, side) : left, waiter), error)
}

/** Puts an item, and wakes who waits for one; QueueFull without room. Mirrors `Queue.put_nowait` (3.4 to 3.14). */
export const putNow = (world: World, queue: number, item: Value, isLess: IsLess): World => {
  const { kind, items, unfinished, finished, isShutDown } = queueWith(world, queue)
  if (isShutDown) throw raise('QueueShutDown')
  if (isFull(queueWith(world, queue))) throw raise('QueueFull')
  if (kind !== 'priority queue') {
    const more = changed(world, queue, { items: [...items, item], unfinished: unfinished + 1 })
    return wakeNext(clearEvent(more, finished), queue, 'getters')
  }
  const { heap, failure } = heappush(items, item, isLess)
  if (failure !== null) throw after(changed(world, queue, { items: heap }), failure)
  const more = changed(world, queue, { items: heap, unfinished: unfinished + 1 })
  return wakeNext(clearEvent(more, finished), queue, 'getters')
}

/** Takes an item, and wakes who waits for room; QueueEmpty without one. Mirrors `Queue.get_nowait` (3.4 to 3.14). */
export const getNow = (world: World, queue: number, isLess: IsLess): readonly [World, Value] => {
  const state = queueWith(world, queue)
  if (isEmpty(state)) throw raise(state.isShutDown ? 'QueueShutDown' : 'QueueEmpty')
  const [taken, item] = take(world, queue, isLess)
  return [wakeNext(taken, queue, 'putters'), item]
}

/** The oldest item of a Queue, the newest of a LifoQueue, the least of a PriorityQueue. Mirrors `_get`. */
const take = (world: World, queue: number, isLess: IsLess): readonly [World, Value] => {
  const { kind, items } = queueWith(world, queue)
  switch (kind) {
    case 'queue':
      return [changed(world, queue, { items: items.slice(1) }), items[0] as Value]
    case 'lifo queue':
      return [changed(world, queue, { items: items.slice(0, -1) }), items.at(-1) as Value]
    case 'priority queue': {
      const { heap, failure } = heappop(items, isLess)
      const rest = changed(world, queue, { items: heap })
      if (failure !== null) throw after(rest, failure)
      return [rest, items[0] as Value]
    }
  }
}

/** The first who was not woken goes on, and finds out for itself. Mirrors `Queue._wakeup_next` (3.4.4 to 3.14). */
const wakeNext = (world: World, queue: number, side: Side): World => {
  const { [side]: waiters } = queueWith(world, queue)
  if (waiters.length === 0) return world
  const next = waiters.findIndex((waiter) => !isWaiterDone(world, waiter))
  const popped = changed(world, queue, { [side]: next < 0 ? [] : waiters.slice(next + 1) })
  const waiter = waiters[next]
  return waiter === undefined ? popped : wake(popped, waiter)
}

/** One item less is to be done; ValueError where none is. Mirrors `Queue.task_done` (3.4 to 3.14). */
export const taskDone = (world: World, queue: number): World => {
  const { unfinished, finished } = queueWith(world, queue)
  if (unfinished <= 0) throw raise('ValueError', 'task_done() called too many times')
  const done = changed(world, queue, { unfinished: unfinished - 1 })
  return unfinished === 1 ? setEvent(done, finished) : done
}

/** `async def join`: waits until every item is done. Mirrors `Queue.join` (3.4 to 3.14). */
export const join = machine<{ readonly queue: number }>('Queue.join', {
  start: {
    sent: (world, locals) => {
      const { unfinished, finished } = queueWith(world, locals.queue)
      if (unfinished === 0) return returned(world, null)
      return calls(world, beginning(waitForEvent, { event: finished, waiter: -1 }), 'finished', locals)
    },
  },
  finished: { sent: (world) => returned(world, null) },
})

/** Nobody puts any more, all who wait find out, and at once means that what is in it goes. Mirrors `Queue.shutdown` (3.13 to 3.14). */
export const shutDown = (world: World, queue: number, immediate: boolean, isLess: IsLess): World => {
  const closed = changed(world, queue, { isShutDown: true })
  return wakeAll(wakeAll(immediate ? drained(closed, queue, isLess) : closed, queue, 'getters'), queue, 'putters')
}

const drained = (world: World, queue: number, isLess: IsLess): World => {
  const { items, unfinished, finished } = queueWith(world, queue)
  if (items.length === 0) return unfinished === 0 ? setEvent(world, finished) : world
  const [taken] = take(world, queue, isLess)
  return drained(changed(taken, queue, { unfinished: Math.max(0, unfinished - 1) }), queue, isLess)
}

const wakeAll = (world: World, queue: number, side: Side): World =>
  queueWith(world, queue)[side].length === 0 ? world : wakeAll(wakeNext(world, queue, side), queue, side)

/** An error that does not undo what came before it. */
const after = (world: World, failure: Raise): Raise => (failure.kind === 'raise' ? failure : { ...failure, world })

const isLessIn =
  (world: World, interpreter: Interpreter): IsLess =>
  (a, b) =>
    interpreter.isLess(world, a, b)
