import { renamed } from '../asyncio/task-factory.js'
import { cancel, cancelling, uncancel } from '../loop/cancellation.js'
import {
  type Asked,
  addDoneCallback,
  exceptionOf,
  futureWith,
  isDone,
  pendingFuture,
  removeDoneCallback,
  result,
  setException,
  setResult,
  taskOf,
} from '../loop/future.js'
import { makeException, raise, raiseAgain } from '../loop/raise.js'
import type { ClassValue, ExceptionValue, Reference, Value } from '../loop/value.js'
import { bind, unmodelled } from './arguments.js'
import type { Method } from './builtin.js'
import type { Activation, Keywords } from './code.js'
import { equal } from './comparison.js'
import { newIterator } from './iterators.js'
import type { methodNames } from './method-names.js'
import { contentsOf, strIn } from './operations.js'
import { isExceptionOfProgram } from './raising.js'
import { callNow } from './special-methods.js'

const asked = (activation: Activation, { world, value, error }: Asked): Value => {
  activation.world = world
  if (error !== null) throw raiseAgain(error)
  return value
}

const shared = {
  __await__: (activation: Activation, awaitable: Reference): Value => {
    const type = activation.world.python.accelerated ? '_asyncio.FutureIter' : 'generator'
    return newIterator(activation, type, { of: 'await', awaitable })
  },
  add_done_callback: (activation: Activation, future: Reference, args: readonly Value[], keywords: Keywords): Value => {
    const [callee = null] = bind(activation, 'add_done_callback', ['/fn'], 1, args, keywords)
    const callback = { name: 'call', callee, args: [future] } as const
    activation.world = addDoneCallback(activation.world, future.id, callback, activation.world.context)
    return null
  },
  cancel: (activation: Activation, future: Reference, args: readonly Value[], keywords: Keywords): Value => {
    const [message = null] = bind(activation, 'cancel', ['msg'], 0, args, keywords)
    const [world, accepted] = cancel(activation.world, future.id, message)
    activation.world = world
    return accepted
  },
  cancelled: ({ world }: Activation, { id }: Reference): Value => futureWith(world, id).state === 'cancelled',
  done: ({ world }: Activation, { id }: Reference): Value => isDone(futureWith(world, id)),
  get_loop: ({ world }: Activation, { id }: Reference): Value => ({ kind: 'loop', id: futureWith(world, id).loop }),
  exception: (activation: Activation, { id }: Reference): Value => asked(activation, exceptionOf(activation.world, id)),
  remove_done_callback: (
    activation: Activation,
    { id }: Reference,
    args: readonly Value[],
    keywords: Keywords,
  ): Value => {
    const [callee = null] = bind(activation, 'remove_done_callback', ['/fn'], 1, args, keywords)
    const contents = contentsOf(activation)
    const [world, removed] = removeDoneCallback(
      activation.world,
      id,
      (callback) => callback.name === 'call' && equal(callback.callee, callee, contents),
    )
    activation.world = world
    return BigInt(removed)
  },
  result: (activation: Activation, { id }: Reference): Value => asked(activation, result(activation.world, id)),
}

/** Methods of `asyncio.Future`. */
export const futureMethods: Readonly<Record<(typeof methodNames)['future'][number], Method>> = {
  ...shared,
  set_exception: (activation, { id }, args, keywords) => {
    const [given = null] = bind(activation, 'set_exception', ['/exception'], 1, args, keywords)
    // Futures written in Python look at their state first, and keep what is no exception.
    if (!activation.world.python.accelerated) {
      pendingFuture(activation.world, id)
      if (!isExceptional(given) && !isExceptionOfProgram(given))
        return unmodelled(activation, 'set_exception() of what is no exception')
    }
    const error = exceptionFrom(activation, given)
    activation.world = setException(activation.world, id, error)
    return null
  },
  set_result: (activation, { id }, args, keywords) => {
    const [value = null] = bind(activation, 'set_result', ['/result'], 1, args, keywords)
    activation.world = setResult(activation.world, id, value)
    return null
  },
}

/** An exception as it is, or a new one of a class. */
const exceptionFrom = (activation: Activation, given: Value): ExceptionValue => {
  const made = isExceptionOfProgram(given) ? callNow(activation, given, []) : given
  if (!isExceptional(made)) throw raise('TypeError', 'invalid exception object')
  if (made.kind === 'exception') return made
  const [world, error] = makeException(activation.world, raise(made.name))
  activation.world = world
  return error
}

const isExceptional = (given: Value): given is ExceptionValue | ClassValue =>
  given !== null && typeof given === 'object' && (given.kind === 'exception' || given.kind === 'class')

/** Methods of `asyncio.Task`. */
export const taskMethods: Readonly<Record<(typeof methodNames)['task'][number], Method>> = {
  ...shared,
  cancelling: ({ world }, { id }) => BigInt(cancelling(world, id)),
  get_name: ({ world }, { id }) => taskOf(futureWith(world, id)).name,
  set_name: (activation, { id }, args, keywords) => {
    const [name = null] = bind(activation, 'set_name', ['/value'], 1, args, keywords)
    activation.world = renamed(activation.world, id, strIn(activation, name))
    return null
  },
  set_exception: () => {
    throw raise('RuntimeError', 'Task does not support set_exception operation')
  },
  set_result: () => {
    throw raise('RuntimeError', 'Task does not support set_result operation')
  },
  uncancel: (activation, { id }) => {
    const [world, left] = uncancel(activation.world, id)
    activation.world = world
    return BigInt(left)
  },
}
