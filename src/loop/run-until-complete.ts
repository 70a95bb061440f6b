import {
  addDoneCallback,
  futureWith,
  isDone,
  removeDoneCallback,
  result,
  retrieve,
  withoutDestroyReport,
} from './future.js'
import { checkClosed } from './handle.js'
import { swapIn } from './loops.js'
import { machine, raised, raises, returned, runs } from './machine.js'
import { raise } from './raise.js'
import type { World } from './world.js'

/** Mirrors `BaseEventLoop._check_running` (3.4 to 3.14): one running loop at a time. */
export const checkRunning = (world: World, loop: number): void => {
  if (!world.loop.running) return
  throw raise(
    'RuntimeError',
    world.loop.id === loop
      ? 'This event loop is already running'
      : 'Cannot run the event loop while another loop is running',
  )
}

/** Runs a loop until it is stopped. Mirrors `BaseEventLoop.run_forever` (3.4 to 3.14). */
export const runForever = machine<{ readonly loop: number }>('BaseEventLoop.run_forever', {
  start: {
    sent: (world, locals) => {
      checkRunning(world, locals.loop)
      checkClosed(world, locals.loop)
      return runs(swapIn(world, locals.loop), 'stopped', locals)
    },
  },
  stopped: { sent: (world) => returned(world, null) },
})

interface Completing {
  readonly loop: number
  readonly future: number
  /** Whether the future is a task that was made for this: then nobody else can have hold of it. */
  readonly isNew: boolean
}

/**
 * Runs a loop until a future is done and gives its result. Mirrors `BaseEventLoop.run_until_complete` (3.4 to 3.14) behind
 * `ensure_future`.
 */
export const runUntilComplete = machine<Completing>('BaseEventLoop.run_until_complete', {
  start: {
    sent: (world, locals) => {
      const { loop, future, isNew } = locals
      const callback = { name: '_run_until_complete_cb', future } as const
      const begun = isNew ? withoutDestroyReport(world, future) : world
      const watched = addDoneCallback(begun, future, callback, world.context)
      return runs(swapIn(watched, loop), 'stopped', locals)
    },
  },
  stopped: {
    sent: (world, { future }) => {
      const unwatched = withoutCallback(world, future)
      if (!isDone(futureWith(unwatched, future))) {
        return raises(unwatched, raise('RuntimeError', 'Event loop stopped before Future completed.'))
      }
      const asked = result(unwatched, future)
      return asked.error === null ? returned(asked.world, asked.value) : raised(asked.world, asked.error)
    },
    thrown: (world, { future, isNew }, error) => {
      const consumed = isNew ? retrieve(world, future) : world
      return raised(withoutCallback(consumed, future), error)
    },
  },
})

const withoutCallback = (world: World, future: number): World =>
  removeDoneCallback(world, future, ({ name }) => name === '_run_until_complete_cb')[0]
