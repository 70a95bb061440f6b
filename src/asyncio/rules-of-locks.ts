import type { Rule } from '../loop/rule.js'
import { abortBarrier, resetBarrier, waitAtBarrier } from './barrier.js'
import { notify, notifyAll, waitForNotify, waitForPredicate } from './condition.js'
import { enter, exit } from './context-manager.js'
import { clearEvent, setEvent, waitForEvent } from './event.js'
import { acquireLock, releaseLock } from './lock.js'
import { newWaiter } from './primitive.js'
import { acquireSemaphore, isSemaphoreLocked, releaseSemaphore } from './semaphore.js'

/** The rules of what tasks wait at for one another: `locks.py`. */
export const lockRules = {
  'locks: loop': {
    mirrors: 'mixins._LoopBoundMixin._get_loop',
    versions: '3.10 to 3.14',
    implementedBy: newWaiter,
    says: 'What tasks wait for belongs to the loop in which it is first waited for, and refuses any other.',
  },
  'locks: async with': {
    mirrors: 'locks._ContextManagerMixin.__aenter__',
    versions: '3.5 to 3.14',
    implementedBy: enter,
    says: 'Acquires, and gives None.',
  },
  'locks: end of async with': {
    mirrors: 'locks._ContextManagerMixin.__aexit__',
    versions: '3.5 to 3.14',
    implementedBy: exit,
    says: 'Releases, and lets an exception go on.',
  },
  'Lock.acquire': {
    mirrors: 'locks.Lock.acquire',
    versions: '3.8 to 3.14',
    implementedBy: acquireLock,
    says: 'At once where it is free and nobody waits, else behind those who wait; a wake-up that is cancelled is handed on.',
  },
  'Lock.release': {
    mirrors: 'locks.Lock.release',
    versions: '3.4 to 3.14',
    implementedBy: releaseLock,
    says: 'The first who waits is woken; RuntimeError for a free lock.',
  },
  'Event.wait': {
    mirrors: 'locks.Event.wait',
    versions: '3.4 to 3.14',
    implementedBy: waitForEvent,
    says: 'Gives no turn away where the event is set.',
  },
  'Event.set': {
    mirrors: 'locks.Event.set',
    versions: '3.4 to 3.14',
    implementedBy: setEvent,
    says: 'All who wait go on, in the order in which they came.',
  },
  'Event.clear': {
    mirrors: 'locks.Event.clear',
    versions: '3.4 to 3.14',
    implementedBy: clearEvent,
    says: 'Who was woken goes on all the same.',
  },
  'Semaphore.acquire': {
    mirrors: 'locks.Semaphore.acquire',
    versions: '3.13 to 3.14',
    implementedBy: acquireSemaphore,
    says: 'At once where a slot is free and nobody waits, else behind those who wait; who leaves wakes as many as can go on.',
  },
  'Semaphore.locked': {
    mirrors: 'locks.Semaphore.locked',
    versions: '3.10.8 to 3.14',
    implementedBy: isSemaphoreLocked,
    says: 'Whether one more would have to wait, also where a slot is free and others wait for it.',
  },
  'Semaphore.release': {
    mirrors: 'locks.Semaphore.release',
    versions: '3.10.8 to 3.14',
    implementedBy: releaseSemaphore,
    says: 'The first who waits has the slot from now on; a BoundedSemaphore refuses more slots than it began with.',
  },
  'Condition.wait': {
    mirrors: 'locks.Condition.wait',
    versions: '3.13 to 3.14',
    implementedBy: waitForNotify,
    says: 'Gives the lock away, waits, and takes it again whatever comes; a failure passes the notification on.',
  },
  'Condition.wait_for': {
    mirrors: 'locks.Condition.wait_for',
    versions: '3.4 to 3.14',
    implementedBy: waitForPredicate,
    says: 'Asks before it waits and after each time, and gives what it was told.',
  },
  'Condition.notify': {
    mirrors: 'locks.Condition.notify',
    versions: '3.4 to 3.14',
    implementedBy: notify,
    says: 'So many of those who wait go on, in the order in which they came; RuntimeError without the lock.',
  },
  'Condition.notify_all': {
    mirrors: 'locks.Condition.notify_all',
    versions: '3.4 to 3.14',
    implementedBy: notifyAll,
    says: 'All who wait go on.',
  },
  'Barrier.wait': {
    mirrors: 'locks.Barrier.wait',
    versions: '3.11 to 3.14',
    implementedBy: waitAtBarrier,
    says: 'The last to come lets all go on and goes first; each is told how many came before.',
  },
  'Barrier.reset': {
    mirrors: 'locks.Barrier.reset',
    versions: '3.11 to 3.14',
    implementedBy: resetBarrier,
    says: 'Who is in is sent away with a BrokenBarrierError, and it fills anew.',
  },
  'Barrier.abort': {
    mirrors: 'locks.Barrier.abort',
    versions: '3.11 to 3.14',
    implementedBy: abortBarrier,
    says: 'It is broken for whoever is in and whoever comes.',
  },
} as const satisfies Readonly<Record<string, Rule>>
