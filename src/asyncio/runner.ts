import { futureWith, isDone, taskOf } from '../loop/future.js'
import { halt } from '../loop/halt.js'
import { createLoop, loopWith, swapIn } from '../loop/loops.js'
import { beginning, calls, machine, raised, raises, returned } from '../loop/machine.js'
import { raise } from '../loop/raise.js'
import { runUntilComplete } from '../loop/run-until-complete.js'
import { withObjects } from '../loop/update.js'
import { withEventLoop } from '../loop/update-surroundings.js'
import type { Reference, Value } from '../loop/value.js'
import type { Context, Frame, World } from '../loop/world.js'
import { get, push, set } from '../persistent/table.js'
import { coroutineBeginning, isCoroutine, isFuture } from './ensure-future.js'
import { cancelAllTasks, ending, type Locals, refusal } from './run.js'
import { createTaskIn } from './task-factory.js'
import { wrapAwaitable } from './wrap-awaitable.js'

/** An `asyncio.Runner`: one loop, and one context, for several runs. Mirrors `Runner.__init__` (3.11 to 3.14). */
export interface Runner {
  readonly kind: 'runner'
  readonly state: 'created' | 'initialized' | 'closed'
  /** Whether a loop factory was given: then the loop is not set for the thread. */
  readonly hasFactory: boolean
  /** Its loop by id, once it has one. */
  readonly loop: number
  readonly context: Context
  /** Whether its loop was stopped in the midst of a run: that one's task goes on in the same context. */
  readonly stopped: boolean
}

/** A runner without a loop. Mirrors `Runner.__init__` (3.11 to 3.14). */
export const newRunner = (world: World, hasFactory: boolean): readonly [World, Reference] => {
  const runner: Runner = { kind: 'runner', state: 'created', hasFactory, loop: -1, context: null, stopped: false }
  return [withObjects(world, push(world.objects, runner)), { kind: 'runner', id: world.objects.next }]
}

const runnerWith = (world: World, id: number): Runner => get(world.objects, id) as Runner

const withRunner = (world: World, id: number, runner: Runner): World =>
  withObjects(world, set(world.objects, id, runner))

/** Makes the loop of a runner that has none, and copies the present context. Mirrors `Runner._lazy_init` (3.11 to 3.14). */
export const initialize = (world: World, id: number): readonly [World, number] => {
  const runner = runnerWith(world, id)
  if (runner.state === 'closed') throw raise('RuntimeError', 'Runner is closed')
  if (runner.state === 'initialized') return [world, runner.loop]
  const [created, loop] = createLoop(world)
  const chosen = runner.hasFactory ? created : withEventLoop(created, { loop, set: true })
  return [withRunner(chosen, id, { ...runner, state: 'initialized', loop, context: world.context }), loop]
}

interface Running {
  readonly runner: number
  readonly main: Value
  /** The task of `main`, by id. */
  readonly task: number
}

/**
 * `runner.run(coro)`: one more coroutine in the loop and the context of the runner. Mirrors `Runner.run` (3.11 to 3.14;
 * any awaitable since 3.14).
 */
export const runInRunner = machine<Running>('Runner.run', {
  start: {
    sent: (world, { runner, main }, _, interpreter) => {
      const { runTakesAwaitables } = world.python
      const isAwaitable = isFuture(main) || interpreter.isAwaitable(world, main)
      const wrapped = runTakesAwaitables && isAwaitable ? beginning(wrapAwaitable, main) : null
      const coroutine: Frame | null = isCoroutine(world, main) ? coroutineBeginning(world, main) : wrapped
      if (coroutine === null && !runTakesAwaitables) throw refusal(world, main, interpreter)
      if (world.loop.running) throw raise('RuntimeError', 'Runner.run() cannot be called from a running event loop')
      const [ready, loop] = initialize(world, runner)
      if (coroutine === null) return raises(ready, refusal(world, main, interpreter))
      const { context, stopped } = runnerWith(ready, runner)
      if (stopped) throw halt(ready, { kind: 'unmodelled', reason: 'a Runner that goes on after it was stopped' })
      const task = ready.futures.next
      const [made] = createTaskIn(interpreter, swapIn(ready, loop), loop, coroutine, { context })
      return calls(made, beginning(runUntilComplete, { loop, future: task, isNew: false }), 'main', {
        runner,
        main,
        task,
      })
    },
  },
  main: {
    sent: (world, { runner, task }, value) => returned(keepContext(world, runner, task), value),
    thrown: (world, { runner, task }, error) => raised(keepContext(world, runner, task), error),
  },
})

/** What was set in one run is there in the next. */
const keepContext = (world: World, runner: number, task: number): World => {
  const future = futureWith(world, task)
  const { context } = taskOf(future)
  return withRunner(world, runner, { ...runnerWith(world, runner), context, stopped: !isDone(future) })
}

interface Closing {
  readonly runner: number
}

/** Cancels what is left and closes the loop, if there is one. Mirrors `Runner.close` (3.11 to 3.14). */
export const closeRunner = machine<Closing>('Runner.close', {
  start: {
    sent: (world, { runner }) => {
      const { state, loop, hasFactory } = runnerWith(world, runner)
      if (state !== 'initialized') return returned(world, null)
      if (world.loop.running) throw halt(world, { kind: 'unmodelled', reason: 'close() of a Runner while a loop runs' })
      if (loopWith(world, loop).closed)
        throw halt(world, { kind: 'unmodelled', reason: 'a Runner whose loop is closed' })
      const closing = { main: null, loop, isSet: !hasFactory, value: null, error: null, left: [] }
      return calls(swapIn(world, loop), beginning(endRunner, closing), 'ended', { runner })
    },
  },
  ended: {
    sent: (world, { runner }) => returned(closed(world, runner), null),
    thrown: (world, { runner }, error) => raised(closed(world, runner), error),
  },
})

const closed = (world: World, id: number): World => withRunner(world, id, { ...runnerWith(world, id), state: 'closed' })

/** The end that `asyncio.run` has as well. */
export const endRunner = machine<Locals>('Runner.close: loop', {
  start: { sent: (world, locals, _, interpreter) => cancelAllTasks(interpreter, world, locals) },
  ...ending,
})
