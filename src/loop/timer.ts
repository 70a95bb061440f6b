import { heapify, heappop, heappush, items, peek } from '../persistent/heap.js'
import { enqueue } from '../persistent/queue.js'
import { clear, push, set } from '../persistent/table.js'
import { callbackName, checkClosed, isCancelled } from './handle.js'
import { inLoop } from './loops.js'
import { record } from './record.js'
import { withHandlesAndLoop } from './update.js'
import { withCancelledTimers, withReady, withTimers } from './update-loop.js'
import { type Callback, type Context, clockResolution, type Loop, type World } from './world.js'

/**
 * Calls back at a time of the loop's clock, in seconds; the handle's id is `world.handles.next`. RuntimeError in a closed
 * loop. Mirrors `BaseEventLoop.call_at` (3.4 to 3.14).
 */
export const callAt = (world: World, loop: number, when: number, callback: Callback, context: Context): World => {
  checkClosed(world, loop)
  if (world.loop.id !== loop) return inLoop(world, loop, (inside) => callAt(inside, loop, when, callback, context))
  const id = world.handles.next
  const timers = heappush(world.loop.timers, { when, handle: { id, callback, context, isTimer: true } })
  const handles = push(world.handles, { cancelled: false, timerOf: loop })
  const scheduled = withHandlesAndLoop(world, handles, withTimers(world.loop, timers))
  return world.trail === null
    ? scheduled
    : record(scheduled, { event: 'TimerScheduled', handle: id + 1, callback: callbackName(world, callback), when })
}

/** Calls back after a delay in seconds. Mirrors `BaseEventLoop.call_later` (3.4 to 3.14). */
export const callLater = (world: World, loop: number, delay: number, callback: Callback, context: Context): World =>
  callAt(world, loop, world.clock + delay, callback, context)

/** `_MIN_SCHEDULED_TIMER_HANDLES` and `_MIN_CANCELLED_TIMER_HANDLES_FRACTION`. */
const purge = { timers: 100, cancelledFraction: 0.5 }

/**
 * Either purges all cancelled timers, when they are many by the loop's own count, or drops those at the head.
 * Mirrors the first part of `BaseEventLoop._run_once` (3.4.3 to 3.14).
 */
export const dropCancelledTimers = (world: World): World => {
  const { timers, cancelledTimers } = world.loop
  return timers.size > purge.timers && cancelledTimers / timers.size > purge.cancelledFraction
    ? purgeCancelledTimers(world)
    : popCancelledTimers(world)
}

const purgeCancelledTimers = (world: World): World => {
  const timers = items(world.loop.timers)
  const kept = timers.filter((timer) => !isCancelled(world, timer.handle.id))
  const dropped = timers.filter((timer) => isCancelled(world, timer.handle.id))
  const handles = dropped.reduce((states, { handle }) => set(states, handle.id, noTimerAndCancelled), world.handles)
  return withHandlesAndLoop(world, handles, withCancelledTimers(withTimers(world.loop, heapify(kept)), 0))
}

const noTimerAndCancelled = { cancelled: true, timerOf: null } as const

const popCancelledTimers = (world: World): World => {
  let { timers, cancelledTimers } = world.loop
  let handles = world.handles
  for (let head = peek(timers); head !== undefined && isCancelled(world, head.handle.id); head = peek(timers)) {
    cancelledTimers -= 1
    handles = set(handles, head.handle.id, noTimerAndCancelled)
    timers = heappop(timers)?.rest ?? timers
  }
  if (timers === world.loop.timers) return world
  return withHandlesAndLoop(world, handles, withCancelledTimers(withTimers(world.loop, timers), cancelledTimers))
}

/** Puts the due timers, cancelled or not, behind what is ready. Mirrors `BaseEventLoop._run_once` (3.4 to 3.14). */
export const collectDueTimers = (world: World): World => {
  const end = world.clock + clockResolution
  let { timers, ready } = world.loop
  let handles = world.handles
  for (let head = peek(timers); head !== undefined && !(head.when >= end); head = peek(timers)) {
    const { id } = head.handle
    handles = isCancelled(world, id) ? set(handles, id, noTimerAndCancelled) : clear(handles, id)
    ready = enqueue(ready, head.handle)
    timers = heappop(timers)?.rest ?? timers
  }
  if (timers === world.loop.timers) return world
  return withHandlesAndLoop(world, handles, withReady(withTimers(world.loop, timers), ready))
}

/** `MAXIMUM_SELECT_TIMEOUT`: a day. */
const longestWait = 86_400

/**
 * The time until something must be done, in seconds; null where nothing ever will be.
 * Mirrors the timeout of `BaseEventLoop._run_once` (the cap since 3.4).
 */
export const timeout = (loop: Loop, clock: number): number | null => {
  if (loop.ready.size > 0 || loop.stopping) return 0
  const head = peek(loop.timers)
  if (head === undefined) return null
  const wait = head.when - clock
  return wait > longestWait ? longestWait : wait > 0 ? wait : 0
}
