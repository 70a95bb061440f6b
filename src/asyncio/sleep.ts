import { createFuture, forget } from '../loop/future.js'
import { cancelHandle } from '../loop/handle.js'
import { awaits, machine, raised, returned, yields } from '../loop/machine.js'
import { raise } from '../loop/raise.js'
import { callLater } from '../loop/timer.js'
import type { Value } from '../loop/value.js'

interface Locals {
  /** Seconds. */
  readonly delay: number
  readonly result: Value
  /** The timer's handle, by id. */
  readonly timer: number
  /** The future that only this coroutine knows, by id. */
  readonly future: number
}

/**
 * `async def sleep(delay, result)`. Mirrors `tasks.sleep`: nothing or less to wait for is one bare turn (3.7); NaN is
 * refused (3.13).
 */
export const sleep = machine<Locals>('sleep', {
  start: {
    sent: (world, locals) => {
      if (locals.delay <= 0) return yields(world, 'tick', locals)
      if (Number.isNaN(locals.delay) && world.python.sleepRefusesNaN) {
        throw raise('ValueError', 'Invalid delay: NaN (not a number)')
      }
      const { loop } = world
      const future = world.futures.next
      const created = createFuture(world, loop.id)
      const callback = { name: '_set_result_unless_cancelled', future, value: locals.result } as const
      const { delay, result } = locals
      const timed = callLater(created, loop.id, delay, callback, world.context)
      return awaits(timed, future, 'sleeping', { delay, result, timer: world.handles.next, future })
    },
  },
  tick: { sent: (world, { result }) => returned(world, result) },
  sleeping: {
    sent: (world, { future }, value) => returned(forget(world, future), value),
    thrown: (world, { timer, future }, error) => raised(cancelHandle(forget(world, future), timer), error),
  },
})
