import { shortName } from '../loop/exception.js'
import { simpleName } from '../loop/handle.js'
import type { Python } from '../loop/python.js'
import { raise, UNMODELLED } from '../loop/raise.js'
import type { ProgramClass, Value } from '../loop/value.js'
import type { World } from '../loop/world.js'
import type { Activation, Evaluate, Store } from './code.js'
import { propertyOf, readProperty, writeProperty } from './descriptors.js'
import { attributeOfGroup } from './exception-groups.js'
import { checkName, functionAttribute, functionOf, isFunction, settable } from './function-attributes.js'
import {
  argsOf,
  boundTo,
  classAttribute,
  dropAttribute,
  instanceAttribute,
  instanceOf,
  ofClass,
  ownAttribute,
  putArgs,
  putAttribute,
} from './instances.js'
import { isKnownAttribute } from './known-attributes.js'
import { itemsOf } from './lists.js'
import { hasMethod, receiverKind } from './method-names.js'
import { moduleMember } from './names.js'
import { attributeOfPrimitive } from './primitives.js'
import { attributeOfQueue } from './queues.js'
import { isSpecialName } from './special-names.js'
import { builtinClass, fullTypeName, typeName } from './type-name.js'
import { typeOf } from './type-of.js'
import { itemOfVersion } from './version-info.js'

/** `value.name` */
export const attribute =
  (object: Evaluate, name: string): Evaluate =>
  (activation) =>
    attributeOf(activation, object(activation), name)

/** `value.name = …` */
export const attributeTarget =
  (object: Evaluate, name: string): Store =>
  (activation, value) =>
    setAttribute(activation, object(activation), name, value)

/**
 * An attribute: what the program has given to an instance or a class, a member of a module, `args` of an exception, `value`
 * of StopIteration, or a bound method. AttributeError for what CPython has not.
 */
const attributeOf = (activation: Activation, object: Value, name: string): Value => {
  const { world } = activation
  const { python } = world
  const property = propertyOf(world, object, name)
  if (property !== undefined) return readProperty(activation, object, name, property)
  const found = attributeOfProgram(world, object, name)
  if (found !== undefined) return found
  const known = nameOfClass(world, object, name)
  if (known !== undefined) return known
  if (!isKnownAttribute(object, name, python.version)) throw raise('AttributeError', absence(object, name, python))
  if (object !== null && typeof object === 'object') {
    if (object.kind === 'module') {
      const member = moduleMember(object.name, name, python)
      if (member === undefined) throw raise(UNMODELLED, `${object.name}.${name} is not in the modelled subset`)
      return member
    }
    if (object.kind === 'barrier' || object.kind === 'condition') {
      const own = attributeOfPrimitive(world, object, name)
      if (own !== undefined) return own
    }
    if (object.kind === 'queue' || object.kind === 'lifo queue' || object.kind === 'priority queue') {
      const own = attributeOfQueue(world, object, name)
      if (own !== undefined) return own
    }
    if (object.kind === 'partial' && name === 'func') return object.function
    if (object.kind === 'partial' && name === 'args') return { kind: 'tuple', items: object.args }
    if (object.kind === 'property' && (name === 'fget' || name === 'fset' || name === 'fdel')) return object[name]
    const ofGroup = object.kind === 'exception' ? attributeOfGroup(object, name) : undefined
    if (ofGroup !== undefined) return ofGroup
    const ofVersion = object.kind === 'tuple' ? itemOfVersion(object, name) : undefined
    if (ofVersion !== undefined) return ofVersion
    if (object.kind === 'exception' && name === 'code' && object.instance === undefined) return exitCode(object.args)
    if (object.kind === 'exception' && name === 'args') return { kind: 'tuple', items: argsOf(world, object) }
    if (object.kind === 'exception' && name === 'value' && object.type === 'StopIteration')
      return object.args[0] ?? null
  }
  if (hasMethod(object, name) && receiverKind(object) !== 'token') return { kind: 'method', receiver: object, name }
  throw raise(UNMODELLED, `the attribute '${name}' of '${typeName(object, python)}' is not in the modelled subset`)
}

/** `code` of a SystemExit. */
const exitCode = (args: readonly Value[]): Value => {
  const [only = null, ...others] = args
  return others.length === 0 ? only : { kind: 'tuple', items: args }
}

/** What the program has given to an instance, to a class, or to one above a class. */
const attributeOfProgram = (world: World, object: Value, name: string): Value | undefined => {
  const instance = instanceOf(object)
  if (instance !== undefined) return instanceAttribute(world, object, instance, name)
  if (typeof object !== 'object' || object === null) return undefined
  // A method has what its function has.
  const callee = functionOf(object)
  if (callee !== undefined) return functionAttribute(world, callee, name)
  if (object.kind !== 'program class' && object.kind !== 'super') return undefined
  const value = classAttribute(world, object.kind === 'super' ? object.class.base : object, name)
  if (object.kind === 'program class') return value === undefined ? undefined : ofClass(object, value)
  return value === undefined ? undefined : boundTo(object.receiver, value)
}

/** `__class__` of a value, `__name__` and `__qualname__` of a class or a function. */
const nameOfClass = (world: World, object: Value, name: string): Value | undefined => {
  if (name === '__class__') return typeOf(object, world.python)
  if ((name !== '__name__' && name !== '__qualname__') || typeof object !== 'object' || object === null)
    return undefined
  switch (object.kind) {
    case 'program class':
      return name === '__name__' ? simpleName(object.name) : object.name
    case 'class':
      return shortName(object.name)
    case 'builtin':
      return builtinClass(object) === undefined ? undefined : simpleName(object.name)
    case 'bound method':
      return nameOfClass(world, object.function, name)
    default:
      return undefined
  }
}

/** What a class is called in the texts of errors; undefined for what is none. */
const nameOfType = (value: Value): string | undefined => {
  if (typeof value !== 'object' || value === null) return undefined
  if (value.kind === 'program class') return simpleName(value.name)
  if (value.kind === 'class') return shortName(value.name)
  return value.kind === 'builtin' ? builtinClass(value)?.split('.').at(-1) : undefined
}

const absence = (object: Value, name: string, python: Python): string => {
  if (object !== null && typeof object === 'object') {
    if (object.kind === 'module') return `module '${object.name}' has no attribute '${name}'`
    const of = nameOfType(object)
    if (of !== undefined) return `type object '${of}' has no attribute '${name}'`
    if (object.kind === 'bound method') return absence(object.function, name, python)
  }
  return `'${fullTypeName(object, python)}' object has no attribute '${name}'`
}

/** `value.name = given`: instances, classes and functions of the program take everything that is no special name. */
const setAttribute = (activation: Activation, object: Value, name: string, given: Value): void => {
  if (typeof object === 'object' && object?.kind === 'exception' && object.instance && name === 'args') {
    return putArgs(activation, object.instance, itemsOf(activation, given, 'iterate'))
  }
  const property = propertyOf(activation.world, object, name)
  if (property !== undefined) return writeProperty(activation, object, name, property, given)
  if (isFunction(object)) checkName(name, given)
  putAttribute(activation, holderOf(activation, object, name), name, given)
}

/** `del value.name` */
export const deleteAttribute = (activation: Activation, object: Value, name: string): void => {
  const property = propertyOf(activation.world, object, name)
  if (property !== undefined) return writeProperty(activation, object, name, property, undefined)
  const holder = holderOf(activation, object, name)
  if (ownAttribute(activation.world, holder, name) === undefined) {
    throw raise('AttributeError', (python) =>
      python.textsNameDeletedAttribute || isClass(object) ? absence(object, name, python) : name,
    )
  }
  dropAttribute(activation, holder, name)
}

const isClass = (value: Value): value is ProgramClass => typeof value === 'object' && value?.kind === 'program class'

const functionAttributes = (object: Value, name: string): number | undefined =>
  isFunction(object) && (settable.has(name) || !isSpecialName(name)) ? object.attributes : undefined

/** The id of what holds the attributes that can be set. */
const holderOf = ({ world }: Activation, object: Value, name: string): number => {
  const id = instanceOf(object)?.id ?? (isClass(object) ? object.id : functionAttributes(object, name))
  const isException = typeof object === 'object' && object?.kind === 'exception'
  if (id === undefined || (isSpecialName(name) && !isFunction(object)) || (isException && name === 'args')) {
    const of = typeName(object, world.python)
    throw raise(UNMODELLED, `a change of the attribute '${name}' of '${of}' is not in the modelled subset`)
  }
  return id
}
