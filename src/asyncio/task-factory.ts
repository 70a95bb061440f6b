import type { Interpreter } from '../loop/coroutine.js'
import { futureWith, taskOf, withTask } from '../loop/future.js'
import { halt } from '../loop/halt.js'
import { checkClosed } from '../loop/handle.js'
import { inLoop, loopWith } from '../loop/loops.js'
import { createEagerTask, createTask } from '../loop/task.js'
import { withLoop } from '../loop/update.js'
import { withTaskFactory } from '../loop/update-loop.js'
import type { BuiltinValue, ExceptionValue, Value } from '../loop/value.js'
import type { Context, Frame, World } from '../loop/world.js'

/** What a task is to be like. */
export interface TaskOptions {
  readonly name?: string | null
  readonly context?: Context
  /** Whether it begins at once; undefined where nobody says. */
  readonly isEager?: boolean
}

/** `asyncio.eager_task_factory`, and what `create_eager_task_factory(asyncio.Task)` gives (3.12 to 3.14). */
export const eagerTaskFactories: ReadonlySet<string> = new Set([
  'asyncio.eager_task_factory',
  'asyncio.create_eager_task_factory.<locals>.factory',
])

/** Whether a value is a factory of tasks that begin at once. */
export const isEagerFactory = (factory: Value): factory is BuiltinValue =>
  factory !== null && typeof factory === 'object' && factory.kind === 'builtin' && eagerTaskFactories.has(factory.name)

/** Mirrors `BaseEventLoop.set_task_factory` (3.4.4 to 3.14). */
export const setTaskFactory = (world: World, loop: number, factory: Value): World =>
  inLoop(world, loop, (inside) => withLoop(inside, withTaskFactory(inside.loop, factory)))

/**
 * Adds a task; its id is `world.futures.next`. What leaves its first step, where that runs at once, is the second half of
 * the answer. Mirrors `Task.__init__` (eager_start since 3.12).
 */
export const constructTask = (
  interpreter: Interpreter,
  world: World,
  loop: number,
  coroutine: Frame,
  { name = null, context = world.context, isEager = false }: TaskOptions,
): readonly [World, ExceptionValue | null] =>
  isEager
    ? createEagerTask(interpreter, world, loop, coroutine, name, context)
    : [createTask(world, loop, coroutine, name, context), null]

/** Adds a task, by the factory of its loop where it has one. Mirrors `BaseEventLoop.create_task` (3.8 to 3.14). */
export const createTaskIn = (
  interpreter: Interpreter,
  world: World,
  loop: number,
  coroutine: Frame,
  options: TaskOptions = {},
): readonly [World, ExceptionValue | null] => {
  checkClosed(world, loop)
  const { taskFactory } = loopWith(world, loop)
  if (taskFactory === null) return constructTask(interpreter, world, loop, coroutine, options)
  return makeByFactory(interpreter, world, loop, coroutine, options, taskFactory)
}

/**
 * Adds a task by a factory. Mirrors `BaseEventLoop.create_task` (3.8 to 3.14), where one is set. A factory is told the name since 3.14; before, the task is renamed when its first step is
 * over, and in 3.13 to None where no name was given.
 */
export const makeByFactory = (
  interpreter: Interpreter,
  world: World,
  loop: number,
  coroutine: Frame,
  options: TaskOptions,
  taskFactory: Value,
): readonly [World, ExceptionValue | null] => {
  if (!isEagerFactory(taskFactory)) {
    throw halt(world, { kind: 'unmodelled', reason: 'a task factory of the program' })
  }
  const { python } = world
  const isEager = options.isEager ?? true
  if (python.factoriesAreToldNames) {
    return constructTask(interpreter, world, loop, coroutine, { ...options, isEager })
  }
  const task = world.futures.next
  const [made, leaving] = constructTask(interpreter, world, loop, coroutine, { ...options, name: null, isEager })
  const name = options.name ?? (python.createTaskNamesAtOnce ? 'None' : null)
  return [name === null || leaving !== null ? made : renamed(made, task, name), leaving]
}

/** Mirrors `Task.set_name` (3.8 to 3.14). */
export const renamed = (world: World, id: number, name: string): World =>
  withTask(world, id, { ...taskOf(futureWith(world, id)), name })
