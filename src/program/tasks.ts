import { coroutineBeginning, isCoroutine } from '../asyncio/ensure-future.js'
import { constructTask, createTaskIn, isEagerFactory, renamed, type TaskOptions } from '../asyncio/task-factory.js'
import { isAtLeast } from '../asyncio/versions.js'
import { loopWith } from '../loop/loops.js'
import { raise, raiseAgain } from '../loop/raise.js'
import { announceTask } from '../loop/task.js'
import type { BuiltinValue, ExceptionValue, Reference, Value } from '../loop/value.js'
import type { Frame, World } from '../loop/world.js'
import { bind, unmodelled } from './arguments.js'
import { type Builtin, isBuiltin } from './builtin.js'
import type { Activation, Keywords } from './code.js'
import { isTrue, reprIn, strIn } from './operations.js'
import { isReference } from './reference.js'
import { functionName } from './type-name.js'

/** The options of a task that its keywords name; all are given. */
export type GivenOptions = Required<Pick<TaskOptions, 'name'>> & TaskOptions

/** The arguments of `create_task`: `context` since 3.11, `eager_start` since 3.14. */
export const taskArguments = (
  activation: Activation,
  name: 'create_task' | 'BaseEventLoop.create_task' | 'TaskGroup.create_task',
  args: readonly Value[],
  keywords: Keywords,
): readonly [Value | undefined, GivenOptions] => {
  const { python } = activation.world
  const unknown = keywords.has('eager_start') && !python.createTaskStartsAtOnce
  if (unknown && args.length === 1) {
    const called = functionName(name, python)
    throw raise('TypeError', `${called}() got an unexpected keyword argument 'eager_start'`)
  }
  const [coroutine, given, eager] = bind(activation, name, ['coro', '*name', '*eager_start'], 1, args, keywords)
  return [coroutine, { name: nameOf(activation, given), ...eagerness(activation, eager) }]
}

const nameOf = ({ world }: Activation, given: Value | undefined): string | null =>
  given === undefined || given === null ? null : strIn(world, given)

const eagerness = (activation: Activation, given: Value | undefined): TaskOptions =>
  given === undefined ? {} : { isEager: isTrue(activation, given) }

/** A task of the loop's own making. */
export const newTask = (
  activation: Activation,
  loop: number,
  coroutine: Reference,
  options: TaskOptions = {},
): Reference =>
  made(
    activation,
    createTaskIn(
      activation.interpreter,
      activation.world,
      loop,
      coroutineBeginning(activation.world, coroutine),
      options,
    ),
  )

/** A task was made; what left its first step is raised by whoever made it. */
const made = (
  activation: Activation,
  [world, leaving]: readonly [World, ExceptionValue | null],
  id = activation.world.futures.next,
): Reference => {
  activation.world = world
  if (leaving !== null) throw raiseAgain(leaving)
  return { kind: 'task', id }
}

/** `loop.create_task(coro, …)` */
export const createTask = (
  activation: Activation,
  loop: number,
  coroutine: Value | undefined,
  options: TaskOptions,
): Reference => newTask(activation, loop, coroutineIn(activation, coroutine), options)

/** `loop.create_task(coro)`, which before 3.13 gets its name when it has been made. */
export const createNamedTask = (
  activation: Activation,
  loop: number,
  coroutine: Value | undefined,
  options: GivenOptions,
): Reference => {
  if (activation.world.python.createTaskNamesAtOnce) return createTask(activation, loop, coroutine, options)
  const task = createTask(activation, loop, coroutine, { ...options, name: null })
  if (options.name !== null) activation.world = renamed(activation.world, task.id, options.name)
  return task
}

const coroutineIn = (activation: Activation, coroutine: Value | undefined): Reference => {
  if (isCoroutine(activation.world, coroutine)) return coroutine
  throw raise('TypeError', `a coroutine was expected, got ${reprIn(activation, coroutine ?? null)}`)
}

/** `asyncio.Task(coro, …)`, around the factory of the loop. Mirrors `Task.__init__` (eager_start since 3.12). */
export const constructedTask: Builtin = (activation, args, keywords) => {
  const parameters = [
    'coro',
    '*loop',
    '*name',
    ...(isAtLeast(activation.world.python.version, '3.12') ? ['*eager_start'] : []),
  ]
  const [coroutine, given, name, eager] = bind(activation, 'Task', parameters, 1, args, keywords)
  const loop = isReference(given, 'loop') ? given.id : activation.world.loop.running ? activation.world.loop.id : null
  if (loop === null) return unmodelled(activation, 'Task() without a loop')
  const frame = coroutineBeginning(activation.world, coroutineIn(activation, coroutine))
  const options = { name: nameOf(activation, name), ...eagerness(activation, eager) }
  if (options.isEager === true && given === undefined && activation.world.python.accelerated) {
    // The C code asks its argument, not the loop that it has found.
    activation.world = announceTask(activation.world, options.name)[0]
    throw raise('AttributeError', "'NoneType' object has no attribute 'is_running'")
  }
  return constructed(activation, loop, frame, options)
}

/** `asyncio.eager_task_factory(loop, coro, name=None)` (3.12 to 3.14; `eager_start` since 3.14). */
export const eagerTaskFactory: Builtin = (activation, args, keywords) => {
  const [loop, coroutine, name] = bind(activation, 'factory', ['loop', 'coro', '*name'], 2, args, keywords)
  if (!isReference(loop, 'loop')) return unmodelled(activation, 'a task factory without a loop')
  const frame = coroutineBeginning(activation.world, coroutineIn(activation, coroutine))
  const options = { name: nameOf(activation, name), isEager: true }
  return constructed(activation, loop.id, frame, options)
}

/** Task.__init__ has a name for the task before a closed loop refuses it. */
const constructed = (activation: Activation, loop: number, frame: Frame, options: GivenOptions): Reference => {
  if (!loopWith(activation.world, loop).closed) {
    return made(activation, constructTask(activation.interpreter, activation.world, loop, frame, options))
  }
  activation.world = announceTask(activation.world, options.name)[0]
  throw raise('RuntimeError', 'Event loop is closed')
}

/** Whether a value is `asyncio.Task` itself. */
export const isTaskClass = (value: Value | undefined): boolean => isBuiltin(value, 'asyncio.Task')

/** What `set_task_factory` takes. */
export const taskFactory = (activation: Activation, factory: Value): BuiltinValue | null => {
  if (factory === null || isEagerFactory(factory)) return factory
  if (typeof factory === 'object' && ['function', 'method', 'builtin', 'class'].includes(factory.kind)) {
    return unmodelled(activation, 'set_task_factory() of a function of the program')
  }
  throw raise('TypeError', 'task factory must be a callable or None')
}
