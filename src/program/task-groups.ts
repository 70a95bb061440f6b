import {
  addTask,
  enterTaskGroup,
  exitTaskGroup,
  newTaskGroup,
  refusesTask,
  taskGroupWith,
} from '../asyncio/task-group.js'
import { classOf } from '../loop/exception.js'
import { checkClosed } from '../loop/handle.js'
import { beginning } from '../loop/machine.js'
import { raise } from '../loop/raise.js'
import type { ExceptionValue, Value } from '../loop/value.js'
import { bind, unmodelled } from './arguments.js'
import type { Builtin, Method } from './builtin.js'
import type { Activation } from './code.js'
import { identical } from './comparison.js'
import type { methodNames } from './method-names.js'
import { isReference } from './reference.js'
import { createNamedTask, taskArguments } from './tasks.js'
import { fullTypeName } from './type-name.js'
import { coroutineMethods } from './value-methods.js'

/** The class of `asyncio.taskgroups`. */
export const taskGroupFunctions = {
  TaskGroup: (activation, args, keywords) => {
    bind(activation, 'TaskGroup', [], 0, args, keywords)
    const [world, group] = newTaskGroup(activation.world)
    activation.world = world
    return group
  },
} as const satisfies Readonly<Record<string, Builtin>>

/** Methods of `asyncio.TaskGroup`. */
export const taskGroupMethods: Readonly<Record<(typeof methodNames)['task group'][number], Method>> = {
  __aenter__: (_, { id }) => ({
    kind: 'begun',
    frame: beginning(enterTaskGroup, id),
    coroutine: enterTaskGroup.name,
  }),
  __aexit__: (activation, { id: group }, args, keywords) => {
    const [type = null, error = null] = bind(activation, '__aexit__', ['et', 'exc', 'tb'], 3, args, keywords)
    const frame = beginning(exitTaskGroup, { group, error: raisedIn(activation, type, error), cancellation: null })
    return { kind: 'begun', frame, coroutine: exitTaskGroup.name }
  },
  create_task: (activation, { id }, args, keywords) => {
    const [coroutine = null, options] = taskArguments(activation, 'TaskGroup.create_task', args, keywords)
    const refusal = refusesTask(activation.world, id)
    if (refusal !== null) {
      if (activation.world.python.taskGroupsCloseRefused) close(activation, coroutine)
      throw raise('RuntimeError', refusal)
    }
    const { loop } = taskGroupWith(activation.world, id)
    if (loop === null) throw new RangeError('a group without a loop')
    checkClosed(activation.world, loop)
    const task = createNamedTask(activation, loop, coroutine, options)
    activation.world = addTask(activation.world, id, task.id, activation.interpreter)
    return task
  },
}

/** What the body of the group has raised, as `__aexit__` is told of it. */
const raisedIn = (activation: Activation, type: Value, error: Value): ExceptionValue | null => {
  if (type === null && error === null) return null
  const isError = typeof error === 'object' && error?.kind === 'exception'
  if (isError && identical(type, classOf(error))) return error
  return unmodelled(activation, '__aexit__() with these arguments')
}

/** `coro.close()` of what a group does not take (3.13). */
const close = (activation: Activation, coroutine: Value): void => {
  if (isReference(coroutine, 'coroutine')) {
    coroutineMethods.close(activation, coroutine, [], new Map())
    return
  }
  if (coroutine !== null && typeof coroutine === 'object') {
    unmodelled(activation, 'create_task() of what is no coroutine')
  }
  throw raise('AttributeError', `'${fullTypeName(coroutine, activation.world.python)}' object has no attribute 'close'`)
}
