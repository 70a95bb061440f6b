import {
  coroutineBeginning,
  ensureFuture,
  type FutureReference,
  isCoroutine,
  isFuture,
} from '../asyncio/ensure-future.js'
import { toThread } from '../asyncio/executor.js'
import { beginGather, endGather, gatherNothing, watchChild } from '../asyncio/gather.js'
import { run as runMachine } from '../asyncio/run.js'
import { newRunner } from '../asyncio/runner.js'
import { sleep as sleepMachine } from '../asyncio/sleep.js'
import { isAtLeast } from '../asyncio/versions.js'
import { createFuture, futureWith, withoutDestroyReport } from '../loop/future.js'
import { createLoop } from '../loop/loops.js'
import { beginning } from '../loop/machine.js'
import { raise } from '../loop/raise.js'
import { withEventLoop } from '../loop/update-surroundings.js'
import type { Value } from '../loop/value.js'
import type { World } from '../loop/world.js'
import { bind, seconds, unmodelled } from './arguments.js'
import type { Builtin } from './builtin.js'
import type { Activation } from './code.js'
import { keyOf } from './hash.js'
import type { functionNames } from './names.js'
import { isTrue } from './operations.js'
import { isReference } from './reference.js'
import { hasLoopFactory } from './runners.js'
import { constructedTask, createNamedTask, eagerTaskFactory, isTaskClass, taskArguments } from './tasks.js'

export { isReference }

/** The loop that runs, by id; RuntimeError where none does. */
export const runningLoop = ({ world }: Activation): number => {
  if (!world.loop.running) throw raise('RuntimeError', 'no running event loop')
  return world.loop.id
}

/**
 * The loop that runs or, where none does, that of the thread, which is made for whoever asks first (until 3.13). Mirrors
 * `get_event_loop` of `events` and of its default policy.
 */
export const eventLoop = (activation: Activation): number => {
  const { loop, eventLoop, python, threads } = activation.world
  if (threads.running !== null) return unmodelled(activation, 'get_event_loop() in a thread')
  if (loop.running && python.getEventLoopGivesRunning) return loop.id
  if (eventLoop.loop !== null) return eventLoop.loop
  if (eventLoop.set || python.getEventLoopMakesNone) {
    throw raise('RuntimeError', "There is no current event loop in thread 'MainThread'.")
  }
  const [made, id] = createLoop(activation.world)
  activation.world = withEventLoop(made, { loop: id, set: true })
  return id
}

/** The loop that a new lock or queue belongs to: none yet, or before 3.10 that of the thread. */
export const loopAtFirst = (activation: Activation): number | null =>
  activation.world.python.locksBindWhenContended ? null : eventLoop(activation)

/** `ensure_future(awaitable, loop=loop)` */
export const futureFor = (
  activation: Activation,
  loop: number | null,
  awaitable: Value | undefined,
): FutureReference => {
  const [world, future] = ensureFuture(activation.interpreter, activation.world, loop, awaitable)
  activation.world = world
  return future
}

const gather: Builtin = (activation, args, keywords) => {
  const [returnExceptions] = bind(activation, 'gather', ['*return_exceptions'], 0, [], keywords)
  if (!activation.world.loop.running) return unmodelled(activation, 'gather() without a running loop')
  const [world, outer] =
    args.length === 0
      ? gatherNothing(activation.world, activation.world.loop.id)
      : gatherAll(activation, args, isTrue(activation, returnExceptions ?? false))
  activation.world = world
  return { kind: args.length === 0 ? 'future' : 'group', id: outer }
}

/** A future for each argument, all in the loop of the first; one given twice has one. */
const gatherAll = (
  activation: Activation,
  args: readonly Value[],
  returnExceptions: boolean,
): readonly [World, number] => {
  const [begun, gathering] = beginGather(activation.world)
  activation.world = begun
  const known = new Map<string, number>()
  const children: number[] = []
  let loop = activation.world.python.gatherGoesToRunningLoop ? activation.world.loop.id : null
  for (const awaitable of args) {
    const isKnown = isFuture(awaitable) || isReference(awaitable, 'coroutine', 'generator', 'asend', 'athrow', 'anext')
    const argument =
      isKnown || (typeof awaitable === 'object' && awaitable?.kind === 'instance')
        ? `${awaitable.kind} ${awaitable.id}`
        : ''
    if (typeof awaitable === 'object' && awaitable?.kind === 'instance') keyOf(awaitable, 'dict key')
    const child: number = known.get(argument) ?? futureFor(activation, loop, awaitable).id
    if (!known.has(argument)) {
      const reported = isFuture(awaitable) ? activation.world : withoutDestroyReport(activation.world, child)
      activation.world = watchChild(reported, gathering, child)
    }
    known.set(argument, child)
    children.push(child)
    loop ??= futureWith(activation.world, child).loop
  }
  return endGather(activation.world, loop ?? activation.world.loop.id, gathering, children, returnExceptions)
}

/** What `asyncio.locks`, `asyncio.queues` and `asyncio.taskgroups` define: see `primitives.ts`, `queues.ts`, `task-groups.ts`. */
type ClassName =
  | ('Barrier' | 'BoundedSemaphore' | 'Condition' | 'Event' | 'Lock' | 'Semaphore')
  | ('LifoQueue' | 'PriorityQueue' | 'Queue' | 'TaskGroup')

/** See `timeouts.ts`. */
type TimeoutName = 'Timeout' | 'timeout' | 'timeout_at' | 'wait_for'

/** See `waiting.ts`. */
type WaitingName = 'all_tasks' | 'as_completed' | 'shield' | 'wait'

/** The module `asyncio`. */
export const asyncioFunctions: Readonly<
  Record<Exclude<(typeof functionNames)['asyncio'][number], ClassName | TimeoutName | WaitingName>, Builtin>
> = {
  Future: (activation, args, keywords) => {
    const [loop] = bind(activation, 'Future', ['*loop'], 0, args, keywords)
    if (loop === undefined && !activation.world.loop.running) {
      return unmodelled(activation, 'Future() without a running loop')
    }
    const id = activation.world.futures.next
    activation.world = createFuture(activation.world, isReference(loop, 'loop') ? loop.id : activation.world.loop.id)
    return { kind: 'future', id }
  },
  Runner: (activation, args, keywords) => {
    const [debug, makesLoop] = bind(activation, 'Runner', ['*debug', '*loop_factory'], 0, args, keywords)
    const [world, runner] = newRunner(activation.world, hasLoopFactory(activation, debug, makesLoop))
    activation.world = world
    return runner
  },
  Task: constructedTask,
  coroutine: (activation) => unmodelled(activation, 'asyncio.coroutine otherwise than as a decorator'),
  create_eager_task_factory: (activation, args, keywords) => {
    const [made] = bind(activation, 'create_eager_task_factory', ['custom_task_constructor'], 1, args, keywords)
    if (!isTaskClass(made)) {
      return unmodelled(activation, 'create_eager_task_factory() of what is not asyncio.Task')
    }
    return { kind: 'builtin', name: 'asyncio.create_eager_task_factory.<locals>.factory' }
  },
  create_task: (activation, args, keywords) => {
    const [coroutine, options] = taskArguments(activation, 'create_task', args, keywords)
    return createNamedTask(activation, runningLoop(activation), coroutine, options)
  },
  current_task: (activation, args, keywords) => {
    bind(activation, 'current_task', [], 0, args, keywords)
    runningLoop(activation)
    const { currentTask } = activation.world
    return currentTask === null ? null : { kind: 'task', id: currentTask }
  },
  eager_task_factory: eagerTaskFactory,
  ensure_future: (activation, args, keywords) => {
    const [awaitable] = bind(activation, 'ensure_future', ['coro_or_future'], 1, args, keywords)
    if (!activation.world.loop.running) return unmodelled(activation, 'ensure_future() without a running loop')
    return futureFor(activation, null, awaitable)
  },
  gather,
  get_event_loop: (activation, args, keywords) => {
    bind(activation, 'get_event_loop', [], 0, args, keywords)
    return { kind: 'loop', id: eventLoop(activation) }
  },
  get_running_loop: (activation, args, keywords) => {
    bind(activation, 'get_running_loop', [], 0, args, keywords)
    return { kind: 'loop', id: runningLoop(activation) }
  },
  iscoroutine: (activation, args, keywords) =>
    isCoroutine(activation.world, bind(activation, 'iscoroutine', ['obj'], 1, args, keywords)[0]),
  isfuture: (activation, args, keywords) => isFuture(bind(activation, 'isfuture', ['obj'], 1, args, keywords)[0]),
  new_event_loop: (activation, args, keywords) => {
    bind(activation, 'new_event_loop', [], 0, args, keywords)
    const [world, id] = createLoop(activation.world)
    activation.world = world
    return { kind: 'loop', id }
  },
  run: (activation, args, keywords) => {
    if (keywords.has('loop_factory') && !isAtLeast(activation.world.python.version, '3.12')) {
      throw raise('TypeError', "run() got an unexpected keyword argument 'loop_factory'")
    }
    const [main = null, debug, makesLoop] = bind(
      activation,
      'run',
      ['main', '*debug', '*loop_factory'],
      1,
      args,
      keywords,
    )
    const isSet = !hasLoopFactory(activation, debug, makesLoop)
    const isOther = !isReference(main, 'coroutine') && isCoroutine(activation.world, main)
    const locals = isOther ? { main, isSet, generator: coroutineBeginning(activation.world, main) } : { main, isSet }
    return { kind: 'begun', frame: beginning(runMachine, locals), coroutine: null }
  },
  set_event_loop: (activation, args, keywords) => {
    const [loop = null] = bind(activation, 'set_event_loop', ['loop'], 1, args, keywords)
    if (loop !== null && !isReference(loop, 'loop'))
      return unmodelled(activation, 'set_event_loop() of what is no loop')
    activation.world = withEventLoop(activation.world, { loop: loop === null ? null : loop.id, set: true })
    return null
  },
  sleep: (activation, args, keywords) => {
    const [delay, result = null] = bind(activation, 'sleep', ['delay', 'result'], 1, args, keywords)
    const locals = { delay: seconds(activation, 'sleep', delay), result, timer: -1, future: -1 }
    return { kind: 'begun', frame: beginning(sleepMachine, locals), coroutine: 'sleep' }
  },
  to_thread: (activation, args, keywords) => {
    const [callee, ...rest] = args
    if (callee === undefined) return unmodelled(activation, 'to_thread() without a function')
    return { kind: 'begun', frame: beginning(toThread, { callee, args: rest, keywords }), coroutine: 'to_thread' }
  },
}
