import { cancel } from '../loop/cancellation.js'
import type { Interpreter } from '../loop/coroutine.js'
import { coroutineFrame } from '../loop/coroutine-object.js'
import { report } from '../loop/exception-handler.js'
import { exceptionOf, futureWith } from '../loop/future.js'
import { close, createLoop, swapIn } from '../loop/loops.js'
import { beginning, calls, machine, type Reply, raised, returned, type State } from '../loop/machine.js'
import { makeException, type Raise, raise } from '../loop/raise.js'
import { runUntilComplete } from '../loop/run-until-complete.js'
import { withEventLoop } from '../loop/update-surroundings.js'
import type { ExceptionValue, Reference, Value } from '../loop/value.js'
import type { Frame, World } from '../loop/world.js'
import { entries } from '../persistent/table.js'
import { shutdownDefaultExecutor } from './executor.js'
import { gather } from './gather.js'
import { shutdownAsyncgens } from './shutdown-asyncgens.js'
import { createTaskIn } from './task-factory.js'
import { wrapAwaitable } from './wrap-awaitable.js'

export interface Locals {
  readonly main: Value
  /** How `main` begins where it is a generator that counts as a coroutine (until 3.11). */
  readonly generator?: Frame
  readonly loop: number
  /** Whether the loop is the thread's: then it is so no longer at the end. */
  readonly isSet: boolean
  /** How `main` came out, once it has. */
  readonly value: Value
  readonly error: ExceptionValue | null
  /** The tasks that were left over, by id. */
  readonly left: readonly number[]
}

/** What comes when the tasks that were left are cancelled. Mirrors `Runner.close` (3.11 to 3.14), its second half. */
export const ending: Readonly<Record<string, State<Locals>>> = {
  cancelled: {
    sent: (world, locals, _, interpreter) => {
      let told = world
      for (const task of locals.left) {
        const [next, leaving] = reportFailure(interpreter, told, task)
        if (leaving !== null) return closeLoop(next, { ...locals, error: leaving })
        told = next
      }
      return shutDown(interpreter, told, locals)
    },
    thrown: (world, locals, error) => closeLoop(world, { ...locals, error }),
  },
  asyncgens: {
    sent: (world, locals, _, interpreter) =>
      world.python.runEndsExecutor
        ? complete(interpreter, world, beginning(shutdownDefaultExecutor, null), 'executor', locals)
        : closeLoop(world, locals),
    thrown: (world, locals, error) => closeLoop(world, { ...locals, error }),
  },
  executor: {
    sent: (world, locals) => closeLoop(world, locals),
    thrown: (world, locals, error) => closeLoop(world, { ...locals, error }),
  },
}

/**
 * `asyncio.run(main)`: a loop of its own for one coroutine; then the tasks that are left are cancelled, the asynchronous
 * generators and the executor shut down, the loop closed. Mirrors `runners.run` (3.7 to 3.10) and `Runner` (3.11 to 3.14).
 */
export const run = machine<Locals>('asyncio.run', {
  start: {
    sent: (world, { main, generator, isSet }, _, interpreter) => {
      if (world.loop.running) throw raise('RuntimeError', 'asyncio.run() cannot be called from a running event loop')
      const coroutine = generator ?? coroutineOf(main)
      if (!world.python.runMakesLoopFirst && coroutine === null) throw refusal(world, main, interpreter)
      const [created, loop] = createLoop(world)
      const inside = swapIn(created, loop)
      const locals: Locals = { main, loop, isSet, value: null, error: null, left: [] }
      if (coroutine !== null) return complete(interpreter, inside, coroutine, 'main', locals)
      if (world.python.runTakesAwaitables && (isFuture(main) || interpreter.isAwaitable(world, main))) {
        return complete(interpreter, inside, beginning(wrapAwaitable, main), 'main', locals)
      }
      const [made, error] = makeException(inside, refusal(inside, main, interpreter))
      return cancelAllTasks(interpreter, made, { ...locals, error })
    },
  },
  main: {
    sent: (world, locals, value, interpreter) => cancelAllTasks(interpreter, world, { ...locals, value }),
    thrown: (world, locals, error, interpreter) => cancelAllTasks(interpreter, world, { ...locals, error }),
  },
  ...ending,
})

const coroutineOf = (main: Value): Frame | null =>
  main !== null && typeof main === 'object' && main.kind === 'coroutine' ? coroutineFrame(main.id, 'task') : null

const isFuture = (main: Value): main is Reference =>
  main !== null && typeof main === 'object' && (main.kind === 'future' || main.kind === 'group' || main.kind === 'task')

/** What `run` raises for what is no coroutine (3.14: for what is not even awaitable). */
export const refusal = (world: World, main: Value, { repr }: Interpreter): Raise =>
  world.python.runTakesAwaitables
    ? raise('TypeError', 'An asyncio.Future, a coroutine or an awaitable is required')
    : raise('ValueError', `a coroutine was expected, got ${repr(world, main)}`)

const complete = (interpreter: Interpreter, world: World, coroutine: Frame, state: string, locals: Locals): Reply => {
  const future = world.futures.next
  const [created] = createTaskIn(interpreter, world, locals.loop, coroutine)
  // A Runner makes its loop first, and then the task of its coroutine itself.
  const isNew = state !== 'main' || !world.python.runMakesLoopFirst
  return calls(created, beginning(runUntilComplete, { loop: locals.loop, future, isNew }), state, locals)
}

/** Mirrors `runners._cancel_all_tasks` (3.7 to 3.14). */
export const cancelAllTasks = (interpreter: Interpreter, world: World, locals: Locals): Reply => {
  const left = entries(world.futures).flatMap(([id, future]) =>
    future.task !== null && future.state === 'pending' && future.loop === locals.loop ? [id] : [],
  )
  if (left.length === 0) return shutDown(interpreter, world, locals)
  const asked = left.reduce((asking, task) => cancel(asking, task, null)[0], world)
  const [gathered, future] = gather(asked, locals.loop, left, true)
  const frame = beginning(runUntilComplete, { loop: locals.loop, future, isNew: false })
  return calls(gathered, frame, 'cancelled', { ...locals, left })
}

const reportFailure = (interpreter: Interpreter, world: World, id: number): readonly [World, ExceptionValue | null] => {
  const { state, exception, loop } = futureWith(world, id)
  if (state === 'cancelled' || exception === null) return [world, null]
  const message = 'unhandled exception during asyncio.run() shutdown'
  const entries = [
    ['message', message],
    ['exception', exception],
    ['task', { kind: 'task', id }],
  ] as const
  const failure = { loop, message, exception, told: { entries }, of: { task: id } }
  return report(interpreter, exceptionOf(world, id).world, failure)
}

const shutDown = (interpreter: Interpreter, world: World, locals: Locals): Reply =>
  complete(interpreter, world, beginning(shutdownAsyncgens, null), 'asyncgens', locals)

const closeLoop = (world: World, { loop, isSet, value, error }: Locals): Reply => {
  const closed = close(isSet ? withEventLoop(world, { loop: null, set: true }) : world, loop)
  return error === null ? returned(closed, value) : raised(closed, error)
}
