import { follow, type Interpreter, type Rest } from '../loop/coroutine.js'
import { raiseAgainIn } from '../loop/raise.js'
import type { Value } from '../loop/value.js'
import type { World } from '../loop/world.js'
import { entries, get } from '../persistent/table.js'
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
  if (typeof value === 'object' && value.kind === 'property') throw notModelled(`a property ${name} is`)
  return value === undefined ? undefined : boundTo(object, value)
}

/** Calls a value and runs it to its end, as a function in C does. */
export const callNow = (activation: Activation, callee: Value, args: readonly Value[]): Value => {
  const interpreter: Interpreter = {
    ...activation.interpreter,
    // What the caller holds cannot be seen from here; whatever is let go of meanwhile is found afterwards.
    release: (world) => world,
  }
  const rest = runHere(interpreter, activation.world, callee, args)
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

/** Runs a call to its end or its first pause. */
const runHere = (interpreter: Interpreter, world: World, method: Value, args: readonly Value[]): Rest => {
  try {
    return follow(interpreter, interpreter.call(world, method, args), null)
  } catch (caught) {
    if (caught instanceof RangeError && caught.message.includes('call stack')) {
      throw notModelled('so deep a recursion of special methods is')
    }
    throw caught
  }
}

/** Where values ask: a world, and with what methods are run, if they can be. */
export type Asking = World | Pick<Activation, 'world' | 'interpreter'>

/**
 * What a special method gives that changes nothing: undefined where the class has none. Where the method does change
 * something, how often and when CPython calls it would show; that is not modelled.
 */
export const ask = (asking: Asking, object: Value, name: string, args: readonly Value[] = []): Value | undefined => {
  const { world, interpreter } = 'interpreter' in asking ? asking : { world: asking, interpreter: null }
  const method = specialMethod(world, object, name)
  if (method === undefined) return undefined
  if (interpreter === null) throw notModelled(`such a use of ${name} is`)
  const rest = runHere({ ...interpreter, release: (inside) => inside }, world, method, args)
  if (rest.kind !== 'returned' && rest.kind !== 'raised') throw notModelled(`a pause in ${name} is`)
  if (!isUnchanged(world, rest.world)) throw notModelled(`such a use of a ${name} that changes something is`)
  if (rest.kind === 'raised') throw raiseAgainIn(rest.world, rest.error)
  return rest.value
}

const isUnchanged = (before: World, after: World): boolean =>
  before.clock === after.clock &&
  before.futures === after.futures &&
  before.handles === after.handles &&
  before.context === after.context &&
  before.trail === after.trail &&
  entries(before.objects).every(([id, object]) => get(after.objects, id) === object)
