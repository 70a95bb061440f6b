import { withObjects } from '../loop/update.js'
import type { ClassValue, ExceptionValue, InstanceValue, ProgramClass, Value } from '../loop/value.js'
import type { World } from '../loop/world.js'
import { assign, type Dictionary, emptyDictionary, entries, find, without } from '../persistent/dictionary.js'
import { get, push, set } from '../persistent/table.js'
import { notModelled } from './arithmetic.js'
import type { Activation } from './code.js'
import { builtinClass, isCompiled } from './type-name.js'

/** What a class of the program or an instance of one has. */
interface Attributes {
  readonly kind: 'attributes'
  readonly values: Dictionary<Value>
  /** `args` of an exception, as far as it was not left as it was made. */
  readonly args: readonly Value[] | null
}

/** Makes the attributes of a new class or instance, and gives their id. */
export const newAttributes = (activation: Activation, values: readonly (readonly [string, Value])[]): number => {
  const attributes: Attributes = {
    kind: 'attributes',
    values: values.reduce<Dictionary<Value>>((all, [name, value]) => assign(all, name, value), emptyDictionary),
    args: null,
  }
  const id = activation.world.objects.next
  activation.world = withObjects(activation.world, push<unknown>(activation.world.objects, attributes))
  return id
}

const attributesWith = (world: World, id: number): Attributes => get(world.objects, id) as Attributes

const putAttributes = (activation: Activation, id: number, attributes: Attributes): void => {
  activation.world = withObjects(activation.world, set<unknown>(activation.world.objects, id, attributes))
}

/** What an instance has itself, or a class without those above it; undefined where it has none of that name. */
export const ownAttribute = (world: World, id: number, name: string): Value | undefined =>
  find(attributesWith(world, id).values, name)

/** All that an instance, a class or a function was given, by name. */
export const attributesOf = (world: World, id: number): readonly (readonly [string, Value])[] =>
  entries(attributesWith(world, id).values)

/** Gives an attribute to an instance or a class. */
export const putAttribute = (activation: Activation, id: number, name: string, value: Value): void => {
  const attributes = attributesWith(activation.world, id)
  putAttributes(activation, id, { ...attributes, values: assign(attributes.values, name, value) })
}

/** Takes an attribute from an instance or a class. */
export const dropAttribute = (activation: Activation, id: number, name: string): void => {
  const attributes = attributesWith(activation.world, id)
  putAttributes(activation, id, { ...attributes, values: without(attributes.values, name) })
}

/** `error.args` */
export const argsOf = (world: World, { instance, args }: ExceptionValue): readonly Value[] =>
  instance === undefined ? args : (attributesWith(world, instance.id).args ?? args)

/** `error.args = args`, which `BaseException.__init__` does, too. */
export const putArgs = (activation: Activation, { id }: InstanceValue, args: readonly Value[]): void =>
  putAttributes(activation, id, { ...attributesWith(activation.world, id), args })

/** What a class of the program or one above it defines. */
export const classAttribute = (
  world: World,
  from: ProgramClass | ClassValue | null,
  name: string,
): Value | undefined => {
  for (let at = from; at?.kind === 'program class'; at = at.base) {
    const value = ownAttribute(world, at.id, name)
    if (value !== undefined) return value
  }
  return undefined
}

/** What an instance has: an attribute of its own, or one of its class, bound to it. */
export const instanceAttribute = (
  world: World,
  object: Value,
  instance: InstanceValue,
  name: string,
): Value | undefined => {
  const own = ownAttribute(world, instance.id, name)
  if (own !== undefined) return own
  const value = classAttribute(world, instance.class, name)
  return value === undefined ? undefined : boundTo(object, value)
}

/** What a class gives: its own static and class methods, and anything else as it is. */
export const ofClass = (owner: Value, value: Value): Value => {
  if (value === null || typeof value !== 'object') return value
  if (value.kind === 'static method') return value.function
  return value.kind === 'class method' ? { kind: 'bound method', receiver: owner, function: value.function } : value
}

/** A function becomes a method of what it is found by. What CPython writes in C does not, nor does a class. */
export const boundTo = (receiver: Value, value: Value): Value => {
  if (value === null || typeof value !== 'object') return value
  const instance = instanceOf(receiver)
  if (instance === undefined) return ofClass(receiver, value)
  if (value.kind === 'static method' || value.kind === 'class method') return ofClass(instance.class, value)
  if (value.kind === 'partial') throw notModelled('a partial in a class is')
  const isFunction =
    value.kind === 'function' || (value.kind === 'builtin' && builtinClass(value) === undefined && !isCompiled(value))
  return isFunction ? { kind: 'bound method', receiver, function: value } : value
}

/** What a value is as an instance of a class of the program; undefined where it is none. */
export const instanceOf = (value: Value): InstanceValue | undefined => {
  if (value === null || typeof value !== 'object') return undefined
  if (value.kind === 'instance') return value
  return value.kind === 'exception' ? value.instance : undefined
}
