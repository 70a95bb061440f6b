import { follow, type Interpreter } from '../loop/coroutine.js'
import { raiseAgainIn } from '../loop/raise.js'
import type { Value } from '../loop/value.js'
import type { World } from '../loop/world.js'
import { unmodelled } from './arguments.js'
import { notModelled } from './arithmetic.js'
import type { Activation } from './code.js'
import { boundTo, classAttribute, instanceOf } from './instances.js'

/**
 * A method that Python itself looks for: that of an object's class, bound to the object. Undefined where it has none.
 * Mirrors `_PyObject_LookupSpecial` (3.8 to 3.14).
 */
export const specialMethod = (world: World, object: Value, name: string): Value | undefined => {
  const instance = instanceOf(object)
  const value = instance === undefined ? undefined : classAttribute(world, instance.class, name)
  if (value === null) throw notModelled(`a class whose ${name} is None is`)
  return value === undefined ? undefined : boundTo(object, value)
}

/** Calls a value and runs it to its end, as a function in C does. */
export const callNow = (activation: Activation, callee: Value, args: readonly Value[]): Value => {
  const interpreter: Interpreter = {
    ...activation.interpreter,
    // What the caller holds cannot be seen from here; whatever is let go of meanwhile is found afterwards.
    release: (world) => world,
  }
  const rest = follow(interpreter, interpreter.call(activation.world, callee, args), null)
  switch (rest.kind) {
    case 'returned':
      activation.world = rest.world
      return rest.value
    case 'raised':
      activation.world = rest.world
      throw raiseAgainIn(rest.world, rest.error)
    default:
      activation.world = rest.world
      return unmodelled(activation, 'a pause within a method that Python itself calls')
  }
}
