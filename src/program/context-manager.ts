import { isAtLeast } from '../asyncio/versions.js'
import { asyncioExceptions, asyncioModuleOf, builtinExceptions } from '../loop/exception.js'
import type { Python } from '../loop/python.js'
import { raise } from '../loop/raise.js'
import type { Value } from '../loop/value.js'
import type { World } from '../loop/world.js'
import { unmodelled } from './arguments.js'
import { isAwaitable } from './awaitable.js'
import type { Activation } from './code.js'
import { instanceOf } from './instances.js'
import { hasMethod, receiverKind } from './method-names.js'
import { specialMethod } from './special-methods.js'
import { fullTypeName, moduleOfPrimitive } from './type-name.js'

/** The methods by which a context manager is entered and left; those of `async with` have an `a` in front. */
export type MethodName = '__enter__' | '__exit__'

/** A method by which `with` or `async with` enters or leaves a context manager; an error where the value is none. */
export const contextMethod = (activation: Activation, receiver: Value, name: MethodName, isAsync: boolean): Value => {
  const { world } = activation
  const { python } = world
  if (isManager(world, receiver, isAsync)) {
    const full = nameFor(name, isAsync)
    return specialMethod(world, receiver, full) ?? { kind: 'method', receiver, name: full }
  }
  if (['loop', 'handle', 'timer'].includes(receiverKind(receiver))) {
    return unmodelled(activation, `'with' of a ${receiverKind(receiver)}`)
  }
  if (!isAsync && isManager(world, receiver, true) && !isAtLeast(python.version, '3.9') && !instanceOf(receiver)) {
    return unmodelled(activation, "'with' of what 'async with' is for, before Python 3.9,")
  }
  const missed = missedMethod(world, receiver, isAsync)
  if (!python.textsSayContextManager) throw raise('AttributeError', nameFor(missed, isAsync))
  throw raise('TypeError', refusal(world, receiver, isAsync, missed))
}

/** What a method of `async with` gave, which must be awaitable. */
export const awaitedBy = ({ world }: Activation, value: Value, name: MethodName): Value => {
  if (isAwaitable(world, value)) return value
  throw raise('TypeError', (python) => {
    const method = nameFor(name, true)
    return `'async with' received an object from ${method} that does not implement __await__: ${fullTypeName(value, python)}`
  })
}

const nameFor = (name: MethodName, isAsync: boolean): string => (isAsync ? name.replace('__', '__a') : name)

const has = (world: World, value: Value, name: MethodName, isAsync: boolean): boolean =>
  specialMethod(world, value, nameFor(name, isAsync)) !== undefined ||
  (hasMethod(value, nameFor(name, isAsync)) &&
    (receiverKind(value) !== 'token' || world.python.tokensAreContextManagers))

const isManager = (world: World, value: Value, isAsync: boolean): boolean =>
  has(world, value, '__enter__', isAsync) && has(world, value, '__exit__', isAsync)

/** Both are looked for before either is called: the first that is not there. */
const missedMethod = (world: World, value: Value, isAsync: boolean): MethodName => {
  const { textsNameMissedMethod, asyncWithLooksForEnterFirst } = world.python
  const first = textsNameMissedMethod || (isAsync && !asyncWithLooksForEnterFirst) ? '__exit__' : '__enter__'
  if (!has(world, value, first, isAsync)) return first
  return first === '__enter__' ? '__exit__' : '__enter__'
}

/** Mirrors `_PyEval_FormatExcCheckArg`'s neighbours in `ceval.c`: 3.14 names the method that it looks for first. */
const refusal = (world: World, value: Value, isAsync: boolean, missed: MethodName): string => {
  const { python } = world
  const protocol = (isAsynchronous: boolean): string =>
    `the ${isAsynchronous ? 'asynchronous ' : ''}context manager protocol`
  const suffix = ` (missed ${nameFor(missed, isAsync)} method)`
  if (!python.textsNameMissedMethod) {
    const isHalf = missed === '__exit__'
    return `'${fullTypeName(value, python)}' object does not support ${protocol(isAsync)}${isHalf ? suffix : ''}`
  }
  const other = isManager(world, value, !isAsync)
    ? ` but it supports ${protocol(!isAsync)}. Did you mean to use '${isAsync ? '' : 'async '}with'?`
    : ''
  return `'${qualifiedTypeName(value, python)}' object does not support ${protocol(isAsync)}${suffix}${other}`
}

/** The name of a value's class with the module it is defined in, as 3.14 has it here. */
const qualifiedTypeName = (value: Value, python: Python): string => {
  const instance = instanceOf(value)
  if (instance !== undefined) return instance.class.name
  const name = fullTypeName(value, python)
  const kind = receiverKind(value)
  if (kind === 'exception')
    return asyncioExceptions.has(name) && !builtinExceptions.has(name) ? `${asyncioModuleOf(name)}.${name}` : name
  if (kind === 'group') return `asyncio.tasks.${name}`
  if (kind === 'task group') return `asyncio.taskgroups.${name}`
  if (kind.endsWith('context manager') || kind === 'suppress' || kind.endsWith('closing')) return `contextlib.${name}`
  if (kind === 'timeout') return `asyncio.timeouts.${name}`
  const module = moduleOfPrimitive(kind)
  return module === undefined ? name : `${module}.${name}`
}
