import { isAtLeast } from '../asyncio/versions.js'
import { simpleName } from '../loop/handle.js'
import { type Raise, raise } from '../loop/raise.js'
import type { PlainMethod, PropertyValue, Value } from '../loop/value.js'
import type { World } from '../loop/world.js'
import { bind, unmodelled } from './arguments.js'
import type { Builtin } from './builtin.js'
import { type Activation, type Keywords, newIdentity } from './code.js'
import { classAttribute, instanceOf } from './instances.js'
import type { methodNames } from './method-names.js'
import { callNow } from './special-methods.js'

const newProperty = (activation: Activation, how: Pick<PropertyValue, 'fget' | 'fset' | 'fdel'>): PropertyValue => ({
  kind: 'property',
  id: newIdentity(activation),
  ...how,
})

const property: Builtin = (activation, args, keywords) => {
  const names = ['fget', 'fset', 'fdel', 'doc']
  const [fget = null, fset = null, fdel = null] = bind(activation, 'property', names, 0, args, keywords)
  return newProperty(activation, { fget, fset, fdel })
}

const plainMethod =
  (name: 'staticmethod' | 'classmethod', kind: PlainMethod['kind']): Builtin =>
  (activation, args, keywords) => {
    const [wrapped = null] = bind(activation, name, ['/function'], 1, args, keywords)
    if (typeof wrapped === 'object' && wrapped !== null && isDescriptor(wrapped)) {
      return unmodelled(activation, `${name}() of another descriptor`)
    }
    return { kind, id: newIdentity(activation), function: wrapped }
  }

const isDescriptor = (value: Value & object): boolean =>
  value.kind === 'property' || value.kind === 'class method' || value.kind === 'static method'

/** The builtins that make attributes of classes. */
export const descriptorFunctions = {
  property,
  staticmethod: plainMethod('staticmethod', 'static method'),
  classmethod: plainMethod('classmethod', 'class method'),
} satisfies Readonly<Record<string, Builtin>>

type PropertyMethod = (
  activation: Activation,
  receiver: PropertyValue,
  args: readonly Value[],
  keywords: Keywords,
) => Value

const withPart =
  (method: string, part: 'fget' | 'fset' | 'fdel'): PropertyMethod =>
  (activation, { fget, fset, fdel }, args, keywords) => {
    const [given = null] = bind(activation, method, ['/function'], 1, args, keywords)
    return newProperty(activation, { fget, fset, fdel, [part]: given })
  }

/** Methods of a property: one like it, but for a part. */
export const propertyMethods: Readonly<Record<(typeof methodNames)['property'][number], PropertyMethod>> = {
  getter: withPart('getter', 'fget'),
  setter: withPart('setter', 'fset'),
  deleter: withPart('deleter', 'fdel'),
}

/** What instances have a property for, by name: the class says it, and what they have themselves does not count. */
export const propertyOf = (world: World, object: Value, name: string): PropertyValue | undefined => {
  const isSuper = typeof object === 'object' && object?.kind === 'super'
  const instance = instanceOf(isSuper ? object.receiver : object)
  if (instance === undefined) return undefined
  const value = classAttribute(world, isSuper ? object.class.base : instance.class, name)
  return typeof value === 'object' && value?.kind === 'property' ? value : undefined
}

/** Reads an attribute by its property. Mirrors `property_descr_get` (3.8 to 3.14). */
export const readProperty = (activation: Activation, object: Value, name: string, { fget }: PropertyValue): Value => {
  const receiver = typeof object === 'object' && object?.kind === 'super' ? object.receiver : object
  if (fget === null) throw lacks(receiver, name, 'getter', 'unreadable attribute')
  return callNow(activation, fget, [receiver])
}

/** Sets an attribute by its property, or deletes it. Mirrors `property_descr_set` (3.8 to 3.14). */
export const writeProperty = (
  activation: Activation,
  object: Value,
  name: string,
  { fset, fdel }: PropertyValue,
  given: Value | undefined,
): void => {
  const called = given === undefined ? fdel : fset
  if (called === null) {
    throw given === undefined
      ? lacks(object, name, 'deleter', "can't delete attribute")
      : lacks(object, name, 'setter', "can't set attribute")
  }
  callNow(activation, called, given === undefined ? [object] : [object, given])
}

const lacks = (object: Value, name: string, what: string, before: string): Raise => {
  const owner = simpleName(instanceOf(object)?.class.name ?? '')
  return raise('AttributeError', ({ textsNameProperties, version }) => {
    if (textsNameProperties) return `property '${name}' of '${owner}' object has no ${what}`
    return isAtLeast(version, '3.10') ? `${before} '${name}'` : before
  })
}
