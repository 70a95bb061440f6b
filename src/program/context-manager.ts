import { isAtLeast } from '../asyncio/versions.js'
import { asyncioExceptions, asyncioModuleOf, builtinExceptions } from '../loop/exception.js'
import type { Python } from '../loop/python.js'
import { raise } from '../loop/raise.js'
import type { MethodValue, Value } from '../loop/value.js'
import { unmodelled } from './arguments.js'
import type { Activation } from './code.js'
import { hasMethod, receiverKind } from './method-names.js'
import { fullTypeName, moduleOfPrimitive } from './type-name.js'

/** A method by which `with` or `async with` enters or leaves a context manager; an error where the value is none. */
export const contextMethod = (
  activation: Activation,
  receiver: Value,
  name: '__enter__' | '__exit__',
  isAsync: boolean,
): MethodValue => {
  const { python } = activation.world
  if (isManager(receiver, isAsync, python)) return { kind: 'method', receiver, name: isAsync ? aName(name) : name }
  if (['loop', 'handle', 'timer'].includes(receiverKind(receiver))) {
    return unmodelled(activation, `'with' of a ${receiverKind(receiver)}`)
  }
  if (!isAsync && isManager(receiver, true, python) && !isAtLeast(python.version, '3.9')) {
    return unmodelled(activation, "'with' of what 'async with' is for, before Python 3.9,")
  }
  if (!python.textsSayContextManager) {
    throw raise(
      'AttributeError',
      !isAsync ? '__enter__' : python.asyncWithLooksForEnterFirst ? '__aenter__' : '__aexit__',
    )
  }
  throw raise('TypeError', refusal(receiver, isAsync, python))
}

const aName = (name: '__enter__' | '__exit__'): string => name.replace('__', '__a')

const isManager = (value: Value, isAsync: boolean, python: Python): boolean =>
  hasMethod(value, isAsync ? '__aenter__' : '__enter__') &&
  (receiverKind(value) !== 'token' || python.tokensAreContextManagers)

/** Mirrors `_PyEval_FormatExcCheckArg`'s neighbours in `ceval.c`: 3.14 names the method that it looks for first. */
const refusal = (value: Value, isAsync: boolean, python: Python): string => {
  const protocol = (isAsynchronous: boolean): string =>
    `the ${isAsynchronous ? 'asynchronous ' : ''}context manager protocol`
  if (!python.textsNameMissedMethod)
    return `'${fullTypeName(value, python)}' object does not support ${protocol(isAsync)}`
  const missed = `(missed ${isAsync ? '__aexit__' : '__exit__'} method)`
  const other = isManager(value, !isAsync, python)
    ? ` but it supports ${protocol(!isAsync)}. Did you mean to use '${isAsync ? '' : 'async '}with'?`
    : ''
  return `'${qualifiedTypeName(value, python)}' object does not support ${protocol(isAsync)} ${missed}${other}`
}

/** The name of a value's class with the module it is defined in, as 3.14 has it here. */
const qualifiedTypeName = (value: Value, python: Python): string => {
  const name = fullTypeName(value, python)
  const kind = receiverKind(value)
  if (kind === 'exception')
    return asyncioExceptions.has(name) && !builtinExceptions.has(name) ? `${asyncioModuleOf(name)}.${name}` : name
  if (kind === 'group') return `asyncio.tasks.${name}`
  if (kind === 'task group') return `asyncio.taskgroups.${name}`
  if (kind === 'timeout') return `asyncio.timeouts.${name}`
  const module = moduleOfPrimitive(kind)
  return module === undefined ? name : `${module}.${name}`
}
