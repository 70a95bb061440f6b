import { builtinBase, isSubclass } from '../loop/exception.js'
import { simpleName } from '../loop/handle.js'
import { beginning, calls, machine, raises, returned } from '../loop/machine.js'
import { raise } from '../loop/raise.js'
import type { ExceptionValue, InstanceValue, ProgramClass, Value } from '../loop/value.js'
import type { Frame } from '../loop/world.js'
import { type Begun, isBegun } from './builtin.js'
import { type Activation, type Keywords, newIdentity } from './code.js'
import { boundTo, classAttribute, newAttributes } from './instances.js'
import { fullTypeName } from './type-name.js'

/** Calls a value. */
type Call = (activation: Activation, callee: Value, args: readonly Value[], keywords: Keywords) => Value | Begun

/** `C(…)`: a new instance, on which `__init__` is called. Mirrors `type_call` and `object_new` (3.8 to 3.14). */
export const instantiate = (
  call: Call,
  activation: Activation,
  made: ProgramClass,
  args: readonly Value[],
  keywords: Keywords,
): Value | Begun => {
  const init = classAttribute(activation.world, made, '__init__')
  if (init === undefined) refuseArguments(made, args, keywords)
  const object = newInstance(activation, made, args)
  if (init === undefined) return object
  const result = call(activation, boundTo(object, init), args, keywords)
  if (!isBegun(result)) return checked(object, result)
  if (result.coroutine !== null) throw shouldReturnNone('coroutine')
  const locals: Instantiation = { object, init: result.frame }
  return { kind: 'begun', frame: beginning(instantiation, locals), coroutine: null }
}

/** `object` takes no arguments, an exception no keywords. */
const refuseArguments = (made: ProgramClass, args: readonly Value[], keywords: Keywords): void => {
  const name = simpleName(made.name)
  if (builtinBase(made) === null) {
    if (args.length + keywords.size > 0) throw raise('TypeError', `${name}() takes no arguments`)
  } else if (keywords.size > 0) throw raise('TypeError', `${name}() takes no keyword arguments`)
}

/**
 * A new instance on which `__init__` was not called: `object.__new__`, or `BaseException.__new__`. That of OSError leaves
 * the arguments to `__init__`, where the class has one.
 */
export const newInstance = (
  activation: Activation,
  made: ProgramClass,
  args: readonly Value[],
): InstanceValue | ExceptionValue => {
  const instance: InstanceValue = { kind: 'instance', id: newAttributes(activation, []), class: made }
  const type = builtinBase(made)
  if (type === null) return instance
  const id = newIdentity(activation)
  const leaves = isSubclass(type, 'OSError') && classAttribute(activation.world, made, '__init__') !== undefined
  return { kind: 'exception', id, type, args: leaves ? [] : args, line: activation.line, instance }
}

const checked = (object: Value, value: Value): Value => {
  if (value === null) return object
  throw raise('TypeError', (python) => `__init__() should return None, not '${fullTypeName(value, python)}'`)
}

const shouldReturnNone = (type: string) => raise('TypeError', `__init__() should return None, not '${type}'`)

interface Instantiation {
  readonly object: Value
  readonly init: Frame
}

/** The instance is there when its `__init__` has returned. */
export const instantiation = machine<Instantiation>('instantiation', {
  start: { sent: (world, locals) => calls(world, locals.init, 'initialised', locals) },
  initialised: {
    sent: (world, { object }, value) =>
      value === null
        ? returned(world, object)
        : raises(
            world,
            raise('TypeError', (python) => `__init__() should return None, not '${fullTypeName(value, python)}'`),
          ),
  },
})
