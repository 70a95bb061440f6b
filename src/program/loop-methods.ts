import { isFuture } from '../asyncio/ensure-future.js'
import { callSoonThreadsafe, runInExecutor } from '../asyncio/executor.js'
import { shutdownAsyncgens } from '../asyncio/shutdown-asyncgens.js'
import { setTaskFactory } from '../asyncio/task-factory.js'
import { createFuture } from '../loop/future.js'
import { callSoon, cancelHandle, checkClosed, isCancelled } from '../loop/handle.js'
import { close, inLoop, loopWith, stop } from '../loop/loops.js'
import { beginning } from '../loop/machine.js'
import { type Raise, raise } from '../loop/raise.js'
import { checkRunning, runForever, runUntilComplete } from '../loop/run-until-complete.js'
import { callAt, callLater } from '../loop/timer.js'
import type { Reference, Value } from '../loop/value.js'
import type { Callback, World } from '../loop/world.js'
import { bind, seconds, unmodelled } from './arguments.js'
import { futureFor } from './asyncio-functions.js'
import type { Method } from './builtin.js'
import type { Activation, Keywords } from './code.js'
import { exceptionHandlerMethods } from './exception-handlers.js'
import type { methodNames } from './method-names.js'
import { createTask, taskArguments, taskFactory } from './tasks.js'

/** Schedules a callback with its arguments, and gives its handle. */
const scheduled = (activation: Activation, kind: 'handle' | 'timer', schedule: (world: World) => World): Value => {
  const id = activation.world.handles.next
  activation.world = schedule(activation.world)
  return { kind, id }
}

const callback = (activation: Activation, name: string, args: readonly Value[], keywords: Keywords): Callback => {
  const [callee, ...rest] = args
  if (callee === undefined || keywords.size > 0) return unmodelled(activation, `${name}() with these arguments`)
  return { name: 'call', callee, args: rest }
}

/** `call_later` and `call_at`: a time, a callback, its arguments. */
const timed =
  (name: 'call_at' | 'call_later', none: Raise, olderNone: Raise, schedule: typeof callAt): Method =>
  (activation, loop, args, keywords) => {
    const [time, ...rest] = args
    const { callLaterRefusesNone } = activation.world.python
    if (time === null && callLaterRefusesNone) throw none
    const call = callback(activation, name, rest, keywords)
    if (time === null) throw olderNone
    const when = seconds(activation, name, time)
    return scheduled(activation, 'timer', (world) => schedule(world, loop.id, when, call, world.context))
  }

/** Methods of `asyncio.BaseEventLoop`. */
export const loopMethods: Readonly<Record<(typeof methodNames)['loop'][number], Method>> = {
  call_at: timed('call_at', raise('TypeError', 'when cannot be None'), raise('AssertionError'), callAt),
  call_later: timed(
    'call_later',
    raise('TypeError', 'delay must not be None'),
    raise('TypeError', "unsupported operand type(s) for +: 'float' and 'NoneType'"),
    callLater,
  ),
  call_soon: (activation, loop, args, keywords) => {
    const call = callback(activation, 'call_soon', args, keywords)
    return scheduled(activation, 'handle', (world) => callSoon(world, loop.id, call, world.context))
  },
  call_soon_threadsafe: (activation, { id: loop }, args, keywords) => {
    const call = callback(activation, 'call_soon_threadsafe', args, keywords)
    const soon = (world: World) => callSoonThreadsafe(world, loop, call, world.context)
    if (activation.world.threads.running === null) return scheduled(activation, 'handle', soon)
    activation.world = soon(activation.world)
    return null
  },
  ...exceptionHandlerMethods,
  close: (activation, { id }) => {
    activation.world = close(activation.world, id)
    return null
  },
  create_future: (activation, { id: loop }) => {
    const id = activation.world.futures.next
    activation.world = createFuture(activation.world, loop)
    return { kind: 'future', id }
  },
  create_task: (activation, { id }, args, keywords) => {
    const [coroutine, options] = taskArguments(activation, 'BaseEventLoop.create_task', args, keywords)
    checkClosed(activation.world, id)
    return createTask(activation, id, coroutine, options)
  },
  is_closed: ({ world }, { id }) => loopWith(world, id).closed,
  is_running: ({ world }, { id }) => loopWith(world, id).running,
  run_forever: (activation, { id: loop }) => {
    checkClosed(activation.world, loop)
    // In 3.13 the running loop would no longer know that it runs: the refused call cleans up all the same.
    if (activation.world.loop.running) return unmodelled(activation, 'run_forever() while a loop runs')
    return { kind: 'begun', frame: beginning(runForever, { loop }), coroutine: null }
  },
  run_in_executor: (activation, { id: loop }, args, keywords) => {
    const [executor, callee, ...rest] = args
    if (executor !== null || callee === undefined || keywords.size > 0) {
      return unmodelled(activation, 'run_in_executor() with these arguments')
    }
    const { interpreter, world } = activation
    activation.world = runInExecutor(interpreter, world, loop, { callee, args: rest, keywords }, null)
    return { kind: 'future', id: world.futures.next }
  },
  run_until_complete: (activation, { id: loop }, args, keywords) => {
    const [awaitable] = bind(activation, 'run_until_complete', ['future'], 1, args, keywords)
    checkClosed(activation.world, loop)
    checkRunning(activation.world, loop)
    const future = futureFor(activation, loop, awaitable).id
    return {
      kind: 'begun',
      frame: beginning(runUntilComplete, { loop, future, isNew: !isFuture(awaitable) }),
      coroutine: null,
    }
  },
  get_task_factory: ({ world }, { id }) => loopWith(world, id).taskFactory,
  set_task_factory: (activation, { id }, args, keywords) => {
    const [factory = null] = bind(activation, 'set_task_factory', ['factory'], 1, args, keywords)
    activation.world = setTaskFactory(activation.world, id, taskFactory(activation, factory))
    return null
  },
  shutdown_asyncgens: (_, { id }) => ({
    kind: 'begun',
    frame: beginning(shutdownAsyncgens, { loop: id }),
    coroutine: shutdownAsyncgens.name,
  }),
  stop: (activation, { id }) => {
    activation.world = inLoop(activation.world, id, stop)
    return null
  },
  time: ({ world }) => world.clock,
}

/** Methods of `asyncio.Handle` and `asyncio.TimerHandle`. */
export const handleMethods: Readonly<Record<(typeof methodNames)['handle'][number], Method>> = {
  cancel: (activation, { id }) => {
    activation.world = cancelHandle(activation.world, id)
    return null
  },
  cancelled: ({ world }, { id }: Reference) => isCancelled(world, id),
}
