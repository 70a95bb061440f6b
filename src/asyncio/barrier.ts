import { beginning, calls, machine, type Reply, raised, returned } from '../loop/machine.js'
import { makeException, raise } from '../loop/raise.js'
import { withObjects } from '../loop/update.js'
import type { ExceptionValue, Reference, Value } from '../loop/value.js'
import type { Frame, World } from '../loop/world.js'
import { get, push, set } from '../persistent/table.js'
import { lockOf, newCondition, notifyAll, waitForNotify } from './condition.js'
import { acquireLock, releaseLock } from './lock.js'

/** `asyncio.Barrier`: a number of tasks that wait for one another. */
export interface Barrier {
  readonly kind: 'barrier'
  /** `_cond`, by id. */
  readonly condition: number
  readonly parties: bigint
  /** `_state`: tasks come in, or go out, or are sent away, or it is broken for good. */
  readonly state: 'filling' | 'draining' | 'resetting' | 'broken'
  /** `_count`: how many tasks are in. */
  readonly count: bigint
}

interface Locals {
  readonly barrier: number
  /** How many came before. */
  readonly index: bigint
}

/** A barrier for so many tasks; ValueError for less than one. Mirrors `Barrier.__init__` (3.11 to 3.14). */
export const newBarrier = (world: World, parties: bigint): readonly [World, Reference] => {
  if (parties < 1n) {
    throw raise('ValueError', (python) => `parties must be ${python.textsSayPartiesAtLeast ? '>= 1' : '> 0'}`)
  }
  const [made, condition] = newCondition(world, null, null)
  const barrier: Barrier = { kind: 'barrier', condition: condition.id, parties, state: 'filling', count: 0n }
  return [withObjects(made, push(made.objects, barrier)), { kind: 'barrier', id: made.objects.next }]
}

/** What is known of a barrier. */
export const barrierWith = (world: World, id: number): Barrier => get(world.objects, id) as Barrier

const withBarrier = (world: World, id: number, barrier: Barrier): World =>
  withObjects(world, set(world.objects, id, barrier))

/** `async with self._cond` */
const entering = (world: World, barrier: number): Frame =>
  beginning(acquireLock, { lock: lockOf(world, barrierWith(world, barrier).condition), waiter: -1 })

/** Leaves the condition's lock with a value. */
const leaving = (world: World, barrier: number, value: Value): Reply =>
  returned(releaseLock(world, lockOf(world, barrierWith(world, barrier).condition)), value)

/** Leaves the condition's lock with an error. */
const failing = (world: World, barrier: number, error: ExceptionValue): Reply => {
  const lock = lockOf(world, barrierWith(world, barrier).condition)
  return raised(releaseLock(world, lock), error)
}

const waiting = (world: World, barrier: number): Frame =>
  beginning(waitForNotify, { condition: barrierWith(world, barrier).condition, waiter: -1, error: null })

/**
 * `async def wait` of a barrier: the last to come lets all go on, itself first. Mirrors `Barrier.wait` with `_block`,
 * `_release`, `_wait` and `_exit` (3.11 to 3.14).
 */
export const waitAtBarrier = machine<Locals>('Barrier.wait', {
  start: { sent: (world, locals) => calls(world, entering(world, locals.barrier), 'blocked', locals) },
  blocked: { sent: (world, { barrier }) => comeIn(world, barrier) },
  'blocked again': {
    sent: (world, { barrier }) => comeIn(world, barrier),
    thrown: (world, { barrier }, error) => failing(world, barrier, error),
  },
  inside: {
    sent: (world, locals) => waitForOthers(world, locals),
    thrown: (world, { barrier }, error) => failing(exit(world, barrier), barrier, error),
  },
})

/** `_block` until the barrier neither empties nor is reset; then one more is in. */
const comeIn = (world: World, barrier: number): Reply => {
  const { condition, count: index, parties, state } = barrierWith(world, barrier)
  if (state === 'draining' || state === 'resetting') {
    return calls(world, waiting(world, barrier), 'blocked again', { barrier, index })
  }
  if (state === 'broken') {
    const [made, error] = makeException(world, raise('BrokenBarrierError', 'Barrier aborted'))
    return failing(made, barrier, error)
  }
  const count = index + 1n
  if (count < parties) {
    return waitForOthers(withBarrier(world, barrier, { ...barrierWith(world, barrier), count }), { barrier, index })
  }
  const full = withBarrier(world, barrier, { ...barrierWith(world, barrier), count, state: 'draining' })
  return leaving(exit(notifyAll(full, condition), barrier), barrier, index)
}

/** `_wait`: until the barrier fills no longer. */
const waitForOthers = (world: World, locals: Locals): Reply => {
  const { barrier, index } = locals
  const { state } = barrierWith(world, barrier)
  if (state === 'filling') return calls(world, waiting(world, barrier), 'inside', locals)
  if (state === 'draining') return leaving(exit(world, barrier), barrier, index)
  const [made, error] = makeException(world, raise('BrokenBarrierError', 'Abort or reset of barrier'))
  return failing(exit(made, barrier), barrier, error)
}

/** One task less is in; the last to go lets others in. Mirrors `Barrier._exit` behind `_count -= 1`. */
const exit = (world: World, barrier: number): World => {
  const before = barrierWith(world, barrier)
  const count = before.count - 1n
  if (count > 0n) return withBarrier(world, barrier, { ...before, count })
  const state = before.state === 'broken' ? 'broken' : 'filling'
  return notifyAll(withBarrier(world, barrier, { ...before, count, state }), before.condition)
}

/** A machine that changes the state of a barrier under its lock, and tells all who wait. */
const changing = (name: string, change: (barrier: Barrier) => Barrier['state']) =>
  machine<Locals>(name, {
    start: { sent: (world, locals) => calls(world, entering(world, locals.barrier), 'entered', locals) },
    entered: {
      sent: (world, { barrier }) => {
        const before = barrierWith(world, barrier)
        const changed = withBarrier(world, barrier, { ...before, state: change(before) })
        return leaving(notifyAll(changed, before.condition), barrier, null)
      },
    },
  })

/** `async def reset`: who is in is sent away, and it fills anew. Mirrors `Barrier.reset` (3.11 to 3.14). */
export const resetBarrier = changing('Barrier.reset', ({ count }) => (count > 0n ? 'resetting' : 'filling'))

/** `async def abort`: it is broken from now on. Mirrors `Barrier.abort` (3.11 to 3.14). */
export const abortBarrier = changing('Barrier.abort', () => 'broken')

/** `async def __aenter__`: waits at the barrier. Mirrors `Barrier.__aenter__` (3.11 to 3.14). */
export const enterBarrier = machine<Locals>('Barrier.__aenter__', {
  start: { sent: (world, locals) => calls(world, beginning(waitAtBarrier, locals), 'waited', locals) },
  waited: { sent: (world, _, value) => returned(world, value) },
})

/** `async def __aexit__`: nothing. Mirrors `Barrier.__aexit__` (3.11 to 3.14). */
export const leaveBarrier = machine('Barrier.__aexit__', { start: { sent: (world) => returned(world, null) } })
