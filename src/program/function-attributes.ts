import { qualnameOf } from '../loop/function-name.js'
import { simpleName } from '../loop/handle.js'
import { raise } from '../loop/raise.js'
import type { FunctionValue, Value } from '../loop/value.js'
import type { World } from '../loop/world.js'
import { ownAttribute } from './instances.js'

export const isFunction = (value: Value): value is FunctionValue =>
  typeof value === 'object' && value?.kind === 'function'

/** A function, also that of a method; undefined for what is neither. */
export const functionOf = (value: Value): FunctionValue | undefined => {
  const callee = typeof value === 'object' && value?.kind === 'bound method' ? value.function : value
  return isFunction(callee) ? callee : undefined
}

/** What a function has: what it was given, or what every function has. */
export const functionAttribute = (world: World, callee: FunctionValue, name: string): Value | undefined => {
  const { attributes } = callee
  const own = attributes === undefined ? undefined : ownAttribute(world, attributes, name)
  switch (name) {
    case '__name__':
      return own ?? simpleName(callee.name)
    case '__qualname__':
      return qualnameOf(world, callee)
    case '__module__':
      return own ?? '__main__'
    case '__doc__':
      return own ?? null
    case '__wrapped__':
      if (own === undefined) throw raise('AttributeError', "'function' object has no attribute '__wrapped__'")
      return own
    default:
      return own
  }
}

/** The attributes with two underscores that a function can be given. */
export const settable: ReadonlySet<string> = new Set([
  '__name__',
  '__qualname__',
  '__doc__',
  '__wrapped__',
  '__module__',
])

/** TypeError for a name that is no string. Mirrors `func_set_name` and `func_set_qualname` (3.3 to 3.14). */
export const checkName = (name: string, given: Value): void => {
  if ((name === '__name__' || name === '__qualname__') && typeof given !== 'string') {
    throw raise('TypeError', `${name} must be set to a string object`)
  }
}
