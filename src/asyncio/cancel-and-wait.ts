import { cancel } from '../loop/cancellation.js'
import { awaits, machine, raised, returned } from '../loop/machine.js'
import { createWaiter, releaseNoMore, releaseWhenDone } from '../loop/waiter.js'

interface Locals {
  /** What is cancelled, by id. */
  readonly future: number
  readonly waiter: number
}

/**
 * `async def _cancel_and_wait(fut)`: cancels it and waits until it is done, however it takes that. Who waits here can be
 * cancelled without it. Mirrors `tasks._cancel_and_wait` (3.7 to 3.14).
 */
export const cancelAndWait = machine<Locals>('_cancel_and_wait', {
  start: {
    sent: (world, { future }) => {
      const waiter = world.futures.next
      const [asked] = cancel(releaseWhenDone(createWaiter(world), future, waiter), future, null)
      return awaits(asked, waiter, 'waiting', { future, waiter })
    },
  },
  waiting: {
    sent: (world, { future, waiter }) => returned(releaseNoMore(world, future, waiter), null),
    thrown: (world, { future, waiter }, error) => raised(releaseNoMore(world, future, waiter), error),
  },
})
