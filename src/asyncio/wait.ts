import { addDoneCallback, exceptionOf, forget, futureWith, isDone } from '../loop/future.js'
import { cancelHandle } from '../loop/handle.js'
import { awaits, machine, raised, raises, returned } from '../loop/machine.js'
import type { Raise } from '../loop/raise.js'
import { callLater } from '../loop/timer.js'
import { withObjects } from '../loop/update.js'
import type { Reference, TupleValue, Value } from '../loop/value.js'
import { createWaiter, releaseWaiter } from '../loop/waiter.js'
import type { World } from '../loop/world.js'
import { get, push, set } from '../persistent/table.js'
import { libraryCallback, removeLibraryCallback } from './library-callback.js'

/** When `wait` goes on: the constants of asyncio are their own names. */
export const returnWhens = ['FIRST_COMPLETED', 'FIRST_EXCEPTION', 'ALL_COMPLETED'] as const

export type ReturnWhen = (typeof returnWhens)[number]

/** What is to be waited for, and how. */
export interface Locals {
  readonly futures: readonly Reference[]
  /** How many are waited for, those among them that no callback can be added to. */
  readonly count: number
  /** What the first of these raises; null where there is none. */
  readonly refusal: Raise | null
  /** Seconds. */
  readonly timeout: number | null
  readonly returnWhen: ReturnWhen
}

interface WaitingLocals extends Locals {
  readonly waiting: Reference
}

/** What the closure of `_on_completion` holds. */
interface Waiting {
  /** Null once `_wait` has ended. */
  readonly waiter: number | null
  readonly timer: number | null
  readonly counter: number
  readonly returnWhen: ReturnWhen
}

/** The name of the done callback of `wait`. Its arguments are the closure and the future. */
export const waitCallback = 'asyncio._wait.<locals>._on_completion'

/**
 * `async def _wait(…)`: until enough of some futures are done, or time is up; gives those that are done and those that are
 * not. The futures themselves are left alone. Mirrors `tasks._wait` (3.4 to 3.14).
 */
export const waitForFutures = machine<Locals>('_wait', {
  start: {
    sent: (world, locals) => {
      const [begun, waiter, waiting] = begin(world, locals)
      const watched = locals.futures.reduce(
        (watching, future) =>
          addDoneCallback(watching, future.id, libraryCallback(waitCallback, waiting, future), world.context),
        begun,
      )
      return locals.refusal === null
        ? awaits(watched, waiter, 'waiting', { ...locals, waiting })
        : raises(watched, locals.refusal)
    },
  },
  waiting: {
    sent: (world, locals) => returned(end(world, locals as WaitingLocals), partition(world, locals.futures)),
    thrown: (world, locals, error) => raised(end(world, locals as WaitingLocals), error),
  },
})

/** The waiter, and the timer that releases it. */
const begin = (world: World, { count, timeout, returnWhen }: Locals): readonly [World, number, Reference] => {
  const waiter = world.futures.next
  const created = createWaiter(world)
  const release = { name: '_release_waiter', waiter } as const
  const timed = timeout === null ? created : callLater(created, world.loop.id, timeout, release, world.context)
  const timer = timeout === null ? null : created.handles.next
  const state: Waiting = { waiter, timer, counter: count, returnWhen }
  const waiting: Reference = { kind: 'waiting', id: timed.objects.next }
  return [withObjects(timed, push<unknown>(timed.objects, state)), waiter, waiting]
}

/** The `finally` of `_wait`: whatever comes, nothing is left behind. */
const end = (world: World, { waiting, futures }: WaitingLocals): World => {
  const { waiter, timer, ...rest } = waitingWith(world, waiting)
  const cancelled = timer === null ? world : cancelHandle(world, timer)
  const removed = futures.reduce(
    (removing, { id }) => removeLibraryCallback(removing, id, waitCallback, waiting),
    cancelled,
  )
  const ended = withWaiting(removed, waiting, { ...rest, timer, waiter: null })
  return waiter === null ? ended : forget(ended, waiter)
}

/** Those that are done and those that are not, both in the order in which they were given. */
const partition = (world: World, futures: readonly Reference[]): TupleValue => {
  const done = futures.filter(({ id }) => isDone(futureWith(world, id)))
  const pending = futures.filter(({ id }) => !isDone(futureWith(world, id)))
  return tuple([tuple(done), tuple(pending)])
}

const tuple = (items: readonly Value[]): TupleValue => ({ kind: 'tuple', items })

/** One of the futures is done. Mirrors `_on_completion` in `tasks._wait` (3.4 to 3.14). */
export const completed = (world: World, waiting: Reference, future: number): World => {
  const before = waitingWith(world, waiting)
  const { waiter, timer, returnWhen } = before
  const counter = before.counter - 1
  const counted = withWaiting(world, waiting, { waiter, timer, counter, returnWhen })
  if (counter > 0 && returnWhen !== 'FIRST_COMPLETED') {
    if (returnWhen === 'ALL_COMPLETED' || futureWith(world, future).state === 'cancelled') return counted
    const asked = exceptionOf(counted, future)
    return asked.value === null ? asked.world : release(asked.world, waiter, timer)
  }
  return release(counted, waiter, timer)
}

const release = (world: World, waiter: number | null, timer: number | null): World => {
  const cancelled = timer === null ? world : cancelHandle(world, timer)
  return waiter === null ? cancelled : releaseWaiter(cancelled, waiter)
}

const waitingWith = (world: World, { id }: Reference): Waiting => get(world.objects, id) as Waiting

const withWaiting = (world: World, { id }: Reference, waiting: Waiting): World =>
  withObjects(world, set<unknown>(world.objects, id, waiting))
