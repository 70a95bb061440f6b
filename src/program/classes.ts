import { derivesFrom, isInstance } from '../loop/exception.js'
import { raise } from '../loop/raise.js'
import type { ClassValue, ExceptionValue, ProgramClass, SuperValue, Value } from '../loop/value.js'
import { bind, unmodelled } from './arguments.js'
import type { Builtin } from './builtin.js'
import type { Activation, Keywords } from './code.js'
import { classAttribute, instanceOf, putArgs } from './instances.js'
import { isOfType } from './operations.js'
import { builtinClass, isAnnotating, typeName } from './type-name.js'
import { typeOf } from './type-of.js'

/** `isinstance(object, class)` */
export const isinstance: Builtin = (activation, args, keywords) => {
  const [value = null, type = null] = bind(activation, 'isinstance', ['/object', '/class'], 2, args, keywords)
  return isInstanceOf(activation, value, type)
}

const isInstanceOf = (activation: Activation, value: Value, type: Value): boolean => {
  if (type !== null && typeof type === 'object') {
    if (type.kind === 'tuple') return type.items.some((item) => isInstanceOf(activation, value, item))
    if (type.kind === 'builtin' && isAnnotating(type.name))
      return unmodelled(activation, `isinstance() of ${type.name}`)
    if (type.kind === 'builtin' && builtinClass(type) !== undefined)
      return type.name === 'object' || isOfType(value, type.name, activation.world.python)
    if (type.kind === 'class' || type.kind === 'program class') {
      const own = typeOf(value, activation.world.python)
      return own !== undefined && isClass(own) && derivesFrom(own, type)
    }
  }
  throw raise('TypeError', 'isinstance() arg 2 must be a type, a tuple of types, or a union')
}

const isClass = (value: Value): value is ProgramClass | ClassValue =>
  typeof value === 'object' && (value?.kind === 'class' || value?.kind === 'program class')

/** `issubclass(class, class)` */
export const issubclass: Builtin = (activation, args, keywords) => {
  const [own = null, base = null] = bind(activation, 'issubclass', ['/class', '/class'], 2, args, keywords)
  return isSubclassOf(activation, own, base)
}

const isSubclassOf = (activation: Activation, own: Value, base: Value): boolean => {
  if (typeof base === 'object' && base?.kind === 'tuple') {
    return base.items.some((item) => isSubclassOf(activation, own, item))
  }
  if (isClass(own) && isClass(base)) return derivesFrom(own, base)
  if (isClass(own) && typeof base === 'object' && base?.kind === 'builtin') return base.name === 'object'
  return unmodelled(activation, 'issubclass() of such values')
}

/** `type(value)` */
export const type: Builtin = (activation, args, keywords) => {
  const [value = null] = bind(activation, 'type', ['/object'], 1, args, keywords)
  return typeOf(value, activation.world.python) ?? unmodelled(activation, 'the class of such a value')
}

/** `object()` */
export const object: Builtin = (activation) => unmodelled(activation, 'an instance of object itself')

/** `super(class, object)`, which `super()` in a method stands for. */
export const superOf: Builtin = (activation, args, keywords): SuperValue => {
  const [from = null, receiver = null] = bind(activation, 'super', ['/class', '/object'], 2, args, keywords)
  const own = instanceOf(receiver)?.class ?? receiver
  if (!isClass(own) || !isClass(from) || from.kind !== 'program class' || !derivesFrom(own, from)) {
    return unmodelled(activation, 'super() of what is no instance of the class')
  }
  return { kind: 'super', class: from, receiver }
}

/** `super().__init__(…)` where no class of the program has one: that of an exception sets its `args`. */
export const superMethods = {
  __init__: (activation: Activation, receiver: SuperValue, args: readonly Value[], keywords: Keywords): Value => {
    const object = receiver.receiver
    if (typeof object === 'object' && object?.kind === 'exception') {
      return initialise(activation, object, args, keywords)
    }
    const instance = instanceOf(object)
    if (instance === undefined) return unmodelled(activation, 'super().__init__() of a class')
    const isOwn = classAttribute(activation.world, instance.class, '__init__') !== undefined
    if (args.length + keywords.size === 0) return null
    if (!isOwn) return unmodelled(activation, 'object.__init__() with arguments')
    throw raise('TypeError', 'object.__init__() takes exactly one argument (the instance to initialize)')
  },
}

/** `ValueError.__init__(error, …)` */
export const classMethods = {
  __init__: (activation: Activation, { name }: ClassValue, args: readonly Value[], keywords: Keywords): Value => {
    const [error = null, ...others] = args
    if (typeof error === 'object' && error?.kind === 'exception' && isInstance(error, name)) {
      return initialise(activation, error, others, keywords)
    }
    return unmodelled(activation, `${name}.__init__() with these arguments`)
  },
}

/** `BaseException.__init__` */
const initialise = (
  activation: Activation,
  error: ExceptionValue,
  args: readonly Value[],
  keywords: Keywords,
): Value => {
  if (keywords.size > 0) {
    throw raise('TypeError', (python) => `${typeName(error, python)}() takes no keyword arguments`)
  }
  if (error.instance === undefined) return unmodelled(activation, 'a change of the arguments of an exception')
  putArgs(activation, error.instance, args)
  return null
}
