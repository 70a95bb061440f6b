import { gather as gatherFutures, gatherNothing } from '../asyncio/gather.js'
import { run as runMachine } from '../asyncio/run.js'
import { sleep as sleepMachine } from '../asyncio/sleep.js'
import { coroutineFrame } from '../loop/coroutine-object.js'
import { createFuture, futureWith } from '../loop/future.js'
import { createLoop } from '../loop/loops.js'
import { beginning } from '../loop/machine.js'
import { raise } from '../loop/raise.js'
import { createTask as createTaskIn } from '../loop/task.js'
import type { Reference, Value } from '../loop/value.js'
import { bind, seconds, unmodelled } from './arguments.js'
import type { Builtin } from './builtin.js'
import type { Activation } from './code.js'
import type { functionNames } from './names.js'
import { isTrue, reprIn, strIn } from './operations.js'

/** The loop that runs, by id; RuntimeError where none does. */
export const runningLoop = ({ world }: Activation): number => {
  if (!world.loop.running) throw raise('RuntimeError', 'no running event loop')
  return world.loop.id
}

/** Whether a value is a coroutine, a future or a task. */
export const isReference = (value: Value | undefined, ...kinds: readonly Reference['kind'][]): value is Reference =>
  value !== null && typeof value === 'object' && kinds.some((kind) => kind === value.kind)

/** A task for a coroutine. */
export const newTask = (activation: Activation, loop: number, coroutine: Reference, name: string | null): Reference => {
  const id = activation.world.futures.size
  activation.world = createTaskIn(activation.world, loop, coroutineFrame(coroutine.id, 'task'), name)
  return { kind: 'task', id }
}

/** `create_task(coro, name)` in a loop. */
export const createTask = (
  activation: Activation,
  loop: number,
  coroutine: Value | undefined,
  name: Value | undefined,
): Value => {
  if (isReference(coroutine, 'coroutine')) {
    return newTask(
      activation,
      loop,
      coroutine,
      name === undefined || name === null ? null : strIn(activation.world, name),
    )
  }
  throw raise('TypeError', `a coroutine was expected, got ${reprIn(activation.world, coroutine ?? null)}`)
}

/** Mirrors `tasks.ensure_future` (3.4.4 to 3.14): a future as it is, a coroutine as a task. */
export const ensureFuture = (activation: Activation, loop: number, awaitable: Value | undefined): Reference => {
  if (isReference(awaitable, 'future', 'task')) {
    if (futureWith(activation.world, awaitable.id).loop === loop) return awaitable
    const message = 'The future belongs to a different loop than the one specified as the loop argument'
    throw raise('ValueError', message)
  }
  if (isReference(awaitable, 'coroutine')) return newTask(activation, loop, awaitable, null)
  throw raise('TypeError', 'An asyncio.Future, a coroutine or an awaitable is required')
}

const gather: Builtin = (activation, args, keywords) => {
  const [returnExceptions] = bind(activation, 'gather', ['return_exceptions'], 0, [], keywords)
  if (!activation.world.loop.running) return unmodelled(activation, 'gather() without a running loop')
  const loop = activation.world.loop.id
  const tasks = new Map<number, number>()
  const children = args.map((awaitable) => {
    if (!isReference(awaitable, 'coroutine')) return ensureFuture(activation, loop, awaitable).id
    const child = tasks.get(awaitable.id) ?? newTask(activation, loop, awaitable, null).id
    tasks.set(awaitable.id, child)
    return child
  })
  const [world, outer] =
    children.length === 0
      ? gatherNothing(activation.world, loop)
      : gatherFutures(activation.world, loop, children, isTrue(activation, returnExceptions ?? false))
  activation.world = world
  return { kind: 'future', id: outer }
}

/** The module `asyncio`. */
export const asyncioFunctions: Readonly<Record<(typeof functionNames)['asyncio'][number], Builtin>> = {
  Future: (activation, args, keywords) => {
    const [loop] = bind(activation, 'Future', ['loop'], 0, args, keywords)
    if (loop === undefined && !activation.world.loop.running) {
      return unmodelled(activation, 'Future() without a running loop')
    }
    const id = activation.world.futures.size
    activation.world = createFuture(activation.world, isReference(loop, 'loop') ? loop.id : activation.world.loop.id)
    return { kind: 'future', id }
  },
  create_task: (activation, args, keywords) => {
    const [coroutine, name] = bind(activation, 'create_task', ['coro', 'name'], 1, args, keywords)
    return createTask(activation, runningLoop(activation), coroutine, name)
  },
  current_task: (activation, args, keywords) => {
    bind(activation, 'current_task', [], 0, args, keywords)
    runningLoop(activation)
    const { currentTask } = activation.world
    return currentTask === null ? null : { kind: 'task', id: currentTask }
  },
  ensure_future: (activation, args, keywords) => {
    const [awaitable] = bind(activation, 'ensure_future', ['coro_or_future'], 1, args, keywords)
    if (!activation.world.loop.running) return unmodelled(activation, 'ensure_future() without a running loop')
    return isReference(awaitable, 'future', 'task')
      ? awaitable
      : ensureFuture(activation, activation.world.loop.id, awaitable)
  },
  gather,
  get_running_loop: (activation, args, keywords) => {
    bind(activation, 'get_running_loop', [], 0, args, keywords)
    return { kind: 'loop', id: runningLoop(activation) }
  },
  iscoroutine: (activation, args, keywords) =>
    isReference(bind(activation, 'iscoroutine', ['obj'], 1, args, keywords)[0], 'coroutine'),
  isfuture: (activation, args, keywords) =>
    isReference(bind(activation, 'isfuture', ['obj'], 1, args, keywords)[0], 'future', 'task'),
  new_event_loop: (activation, args, keywords) => {
    bind(activation, 'new_event_loop', [], 0, args, keywords)
    const [world, id] = createLoop(activation.world)
    activation.world = world
    return { kind: 'loop', id }
  },
  run: (activation, args, keywords) => {
    const [main = null] = bind(activation, 'run', ['main'], 1, args, keywords)
    return { kind: 'begun', frame: beginning(runMachine, { main }), coroutine: null }
  },
  sleep: (activation, args, keywords) => {
    const [delay, result = null] = bind(activation, 'sleep', ['delay', 'result'], 1, args, keywords)
    const locals = { delay: seconds(activation, 'sleep', delay), result, timer: -1 }
    return { kind: 'begun', frame: beginning(sleepMachine, locals), coroutine: 'sleep' }
  },
}
