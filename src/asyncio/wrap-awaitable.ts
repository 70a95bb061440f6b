import { awaitsValue, machine, returned } from '../loop/machine.js'
import type { Value } from '../loop/value.js'

/**
 * A coroutine that awaits what is none. Mirrors `_wrap_awaitable` of `tasks` (3.5 to 3.14, written as a generator until
 * 3.11) and of `Runner.run` (3.14).
 */
export const wrapAwaitable = machine<Value>('_wrap_awaitable', {
  start: {
    sent: (world, awaitable) => {
      const by = world.python.wrappedAreAwaited ? 'await' : 'yield from'
      return awaitsValue(world, awaitable, 'done', awaitable, by)
    },
  },
  done: { sent: (world, _, value) => returned(world, value) },
})
