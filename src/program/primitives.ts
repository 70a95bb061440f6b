import {
  abortBarrier,
  barrierWith,
  enterBarrier,
  leaveBarrier,
  newBarrier,
  resetBarrier,
  waitAtBarrier,
} from '../asyncio/barrier.js'
import { lockOf, newCondition, notify, notifyAll, waitForNotify, waitForPredicate } from '../asyncio/condition.js'
import { type Acquirable, acquiring, enter, exit, releasing } from '../asyncio/context-manager.js'
import { clearEvent, isEventSet, newEvent, setEvent, waitForEvent } from '../asyncio/event.js'
import { isLocked, newLock } from '../asyncio/lock.js'
import { isSemaphoreLocked, newSemaphore } from '../asyncio/semaphore.js'
import { beginning, type Machine } from '../loop/machine.js'
import type { Reference, Value } from '../loop/value.js'
import type { World } from '../loop/world.js'
import { bind, unmodelled } from './arguments.js'
import { isReference, loopAtFirst } from './asyncio-functions.js'
import type { Begun, Builtin, Method } from './builtin.js'
import type { Activation } from './code.js'
import type { methodNames } from './method-names.js'

const made = (activation: Activation, [world, reference]: readonly [World, Reference]): Reference => {
  activation.world = world
  return reference
}

const integer = (activation: Activation, name: string, value: Value): bigint => {
  if (typeof value === 'bigint') return value
  return typeof value === 'boolean' ? BigInt(value) : unmodelled(activation, `${name}() with a number that is no int`)
}

const semaphore =
  (name: string, kind: 'semaphore' | 'bounded semaphore'): Builtin =>
  (activation, args, keywords) => {
    const [value = 1n] = bind(activation, name, ['value'], 0, args, keywords)
    const loop = loopAtFirst(activation)
    return made(activation, newSemaphore(activation.world, kind, loop, integer(activation, name, value)))
  }

/** The classes of `asyncio.locks`. */
export const primitiveFunctions = {
  Barrier: (activation, args, keywords) => {
    const [parties = null] = bind(activation, 'Barrier', ['parties'], 1, args, keywords)
    return made(activation, newBarrier(activation.world, integer(activation, 'Barrier', parties)))
  },
  BoundedSemaphore: semaphore('BoundedSemaphore', 'bounded semaphore'),
  Condition: (activation, args, keywords) => {
    const [lock = null] = bind(activation, 'Condition', ['lock'], 0, args, keywords)
    if (lock !== null && !isReference(lock, 'lock')) return unmodelled(activation, 'Condition() of what is no Lock')
    const loop = loopAtFirst(activation)
    return made(activation, newCondition(activation.world, loop, lock))
  },
  Event: (activation, args, keywords) => {
    bind(activation, 'Event', [], 0, args, keywords)
    const loop = loopAtFirst(activation)
    return made(activation, newEvent(activation.world, loop))
  },
  Lock: (activation, args, keywords) => {
    bind(activation, 'Lock', [], 0, args, keywords)
    const loop = loopAtFirst(activation)
    return made(activation, newLock(activation.world, loop))
  },
  Semaphore: semaphore('Semaphore', 'semaphore'),
} as const satisfies Readonly<Record<string, Builtin>>

/** A coroutine that is not awaited yet. */
const coroutine = (machine: Machine, locals: unknown): Begun => ({
  kind: 'begun',
  frame: beginning(machine, locals),
  coroutine: machine.name,
})

/** A coroutine method without parameters. */
const asking =
  (machine: Machine, locals: (reference: Reference) => unknown): Method =>
  (_, reference) =>
    coroutine(machine, locals(reference))

/** A method without parameters that changes the world. */
const changing =
  (change: (world: World, reference: Reference) => World): Method =>
  (activation, reference) => {
    activation.world = change(activation.world, reference)
    return null
  }

const acquirable = (reference: Reference): Acquirable => reference as Acquirable

/** `async def __aexit__(self, exc_type, exc, tb)` */
const leaving =
  (machine: Machine): Method =>
  (activation, reference, args, keywords) => {
    bind(activation, '__aexit__', ['exc_type', 'exc', 'tb'], 3, args, keywords)
    return coroutine(machine, reference)
  }

const managed = {
  __aenter__: asking(enter, acquirable),
  __aexit__: leaving(exit),
}

/** Methods of `asyncio.Lock`. */
export const lockMethods: Readonly<Record<(typeof methodNames)['lock'][number], Method>> = {
  ...managed,
  acquire: ({ world }, lock) => ({
    kind: 'begun',
    frame: acquiring(world, acquirable(lock)),
    coroutine: 'Lock.acquire',
  }),
  locked: ({ world }, { id }) => isLocked(world, id),
  release: changing((world, lock) => releasing(world, acquirable(lock))),
}

/** Methods of `asyncio.Event`. */
export const eventMethods: Readonly<Record<(typeof methodNames)['event'][number], Method>> = {
  clear: changing((world, { id }) => clearEvent(world, id)),
  is_set: ({ world }, { id }) => isEventSet(world, id),
  set: changing((world, { id }) => setEvent(world, id)),
  wait: asking(waitForEvent, ({ id }) => ({ event: id, waiter: -1 })),
}

/** Methods of `asyncio.Condition`; `acquire`, `locked` and `release` are its lock's. */
export const conditionMethods: Readonly<Record<(typeof methodNames)['condition'][number], Method>> = {
  ...managed,
  notify: (activation, { id }, args, keywords) => {
    const [count = 1n] = bind(activation, 'notify', ['n'], 0, args, keywords)
    activation.world = notify(activation.world, id, Number(integer(activation, 'notify', count)))
    return null
  },
  notify_all: changing((world, { id }) => notifyAll(world, id)),
  wait: asking(waitForNotify, ({ id }) => ({ condition: id, waiter: -1, error: null })),
  wait_for: (activation, { id }, args, keywords) => {
    const [predicate] = bind(activation, 'wait_for', ['predicate'], 1, args, keywords)
    return coroutine(waitForPredicate, { condition: id, predicate })
  },
}

/** Methods of `asyncio.Semaphore` and `asyncio.BoundedSemaphore`. */
export const semaphoreMethods: Readonly<Record<(typeof methodNames)['semaphore'][number], Method>> = {
  ...managed,
  acquire: ({ world }, reference) => ({
    kind: 'begun',
    frame: acquiring(world, acquirable(reference)),
    coroutine: 'Semaphore.acquire',
  }),
  locked: ({ world }, { id }) => isSemaphoreLocked(world, id),
  release: changing((world, reference) => releasing(world, acquirable(reference))),
}

const atBarrier = ({ id }: Reference): unknown => ({ barrier: id, index: 0n })

/** Methods of `asyncio.Barrier`. */
export const barrierMethods: Readonly<Record<(typeof methodNames)['barrier'][number], Method>> = {
  __aenter__: asking(enterBarrier, atBarrier),
  __aexit__: leaving(leaveBarrier),
  abort: asking(abortBarrier, atBarrier),
  reset: asking(resetBarrier, atBarrier),
  wait: asking(waitAtBarrier, atBarrier),
}

/** What an instance has besides the methods of its class; undefined where it has none of that name. */
export const attributeOfPrimitive = (world: World, { kind, id }: Reference, name: string): Value | undefined => {
  if (kind === 'condition' && (name === 'acquire' || name === 'locked' || name === 'release')) {
    return { kind: 'method', receiver: { kind: 'lock', id: lockOf(world, id) }, name }
  }
  if (kind !== 'barrier') return undefined
  const { count, parties, state } = barrierWith(world, id)
  switch (name) {
    case 'broken':
      return state === 'broken'
    case 'n_waiting':
      return state === 'filling' ? count : 0n
    case 'parties':
      return parties
    default:
      return undefined
  }
}
