import { asyncDriver, withAsyncGenerator } from '../loop/async-generator-object.js'
import type { Interpreter } from '../loop/coroutine.js'
import { isInstance } from '../loop/exception.js'
import { tell } from '../loop/exception-handler.js'
import { futureWith, withoutDestroyReport } from '../loop/future.js'
import { halt } from '../loop/halt.js'
import { awaits, machine, returned } from '../loop/machine.js'
import type { World } from '../loop/world.js'
import { gather } from './gather.js'
import { createTaskIn } from './task-factory.js'

/** The loop whose method was called by a program. */
interface Called {
  readonly loop: number
}

interface Locals {
  /** The tasks that close them, by id. */
  readonly tasks: readonly number[]
  /** The generators that they close, by id. */
  readonly generators: readonly number[]
}

/**
 * `async def shutdown_asyncgens`: closes the asynchronous generators that the loop still knows, all at once. Mirrors
 * `BaseEventLoop.shutdown_asyncgens` (3.6 to 3.14); the order, which CPython leaves open, is that of their beginnings.
 */
export const shutdownAsyncgens = machine<Locals | Called | null>('BaseEventLoop.shutdown_asyncgens', {
  start: {
    sent: (world, called, __, interpreter) => {
      if (called !== null && 'loop' in called && called.loop !== world.loop.id) {
        throw halt(world, { kind: 'unmodelled', reason: 'shutdown_asyncgens() of a loop that does not run' })
      }
      const known = interpreter.knownAsyncGenerators(world, called !== null)
      if (known.length === 0) return returned(world, null)
      const loop = world.loop.id
      const tasks: number[] = []
      let closing = known.reduce((each, id) => withAsyncGenerator(each, id, { known: false }), world)
      for (const id of known) {
        const task = closing.futures.next
        tasks.push(task)
        closing = withoutDestroyReport(createTaskIn(interpreter, closing, loop, closer(id), {})[0], task)
      }
      const [gathered, future] = gather(closing, loop, tasks, true)
      return awaits(gathered, future, 'closed', { tasks, generators: known })
    },
  },
  closed: {
    sent: (world, locals, _, interpreter) => {
      const { tasks, generators } = locals as Locals
      const told = tasks.reduce(
        (reporting, task, index) => reportFailure(interpreter, reporting, task, generators[index] ?? 0),
        world,
      )
      return returned(told, null)
    },
  },
})

const closer = (generator: number) => asyncDriver({ by: 'aclose', generator, awaitable: null, otherwise: undefined })

const reportFailure = (interpreter: Interpreter, world: World, task: number, generator: number): World => {
  const { exception } = futureWith(world, task)
  if (exception === null || !isInstance(exception, 'Exception')) return world
  const message = 'an error occurred during closing of asynchronous generator <async_generator>'
  const entries = [
    ['message', message],
    ['exception', exception],
    ['asyncgen', { kind: 'async generator', id: generator }],
  ] as const
  const { loop } = futureWith(world, task)
  return tell(interpreter, world, { loop, message, exception, told: { entries }, of: null })
}
