import { beginning, calls, machine, returned } from '../loop/machine.js'
import type { Frame, World } from '../loop/world.js'
import { lockOf } from './condition.js'
import { acquireLock, releaseLock } from './lock.js'
import { acquireSemaphore, releaseSemaphore } from './semaphore.js'

/** What `async with` acquires and releases. */
export interface Acquirable {
  readonly kind: 'lock' | 'condition' | 'semaphore' | 'bounded semaphore'
  readonly id: number
}

/** The frame of its `acquire`; that of a condition is its lock's. */
export const acquiring = (world: World, { kind, id }: Acquirable): Frame => {
  switch (kind) {
    case 'lock':
      return beginning(acquireLock, { lock: id, waiter: -1 })
    case 'condition':
      return beginning(acquireLock, { lock: lockOf(world, id), waiter: -1 })
    case 'semaphore':
    case 'bounded semaphore':
      return beginning(acquireSemaphore, { semaphore: id, waiter: -1 })
  }
}

/** Its `release`. */
export const releasing = (world: World, { kind, id }: Acquirable): World => {
  switch (kind) {
    case 'lock':
      return releaseLock(world, id)
    case 'condition':
      return releaseLock(world, lockOf(world, id))
    case 'semaphore':
    case 'bounded semaphore':
      return releaseSemaphore(world, id)
  }
}

/** `async def __aenter__`: acquires. Mirrors `_ContextManagerMixin.__aenter__` (3.5 to 3.14). */
export const enter = machine<Acquirable>('_ContextManagerMixin.__aenter__', {
  start: { sent: (world, locals) => calls(world, acquiring(world, locals), 'acquired', locals) },
  acquired: { sent: (world) => returned(world, null) },
})

/** `async def __aexit__`: releases, and lets what was raised go on. Mirrors `_ContextManagerMixin.__aexit__` (3.5 to 3.14). */
export const exit = machine<Acquirable>('_ContextManagerMixin.__aexit__', {
  start: { sent: (world, locals) => returned(releasing(world, locals), null) },
})
