import { addDoneCallback, createFuture, futureWith, isDone, removeDoneCallback, setResult } from './future.js'
import type { World } from './world.js'

/** A waiter that is not done gets a result. Mirrors `tasks._release_waiter` (3.4 to 3.14). */
export const releaseWaiter = (world: World, waiter: number): World =>
  isDone(futureWith(world, waiter)) ? world : setResult(world, waiter, null)

/** Adds a waiter, a future that nobody else knows: its id is `world.futures.next`. */
export const createWaiter = (world: World): World => createFuture(world, world.loop.id)

/** A waiter is released when a future is done: `fut.add_done_callback(cb)`. */
export const releaseWhenDone = (world: World, future: number, waiter: number): World =>
  addDoneCallback(world, future, { name: '_release_waiter', waiter }, world.context)

/** A waiter is not released by a future any more: `fut.remove_done_callback(cb)`. */
export const releaseNoMore = (world: World, future: number, waiter: number): World =>
  removeDoneCallback(world, future, (callback) => callback.name === '_release_waiter' && callback.waiter === waiter)[0]
