import { raise, UNMODELLED } from '../loop/raise.js'
import type { Value } from '../loop/value.js'
import type { Evaluate } from './code.js'
import { hasMethod } from './method-names.js'
import { moduleMember } from './names.js'
import { isPythonName } from './python-names.js'
import { typeName } from './type-name.js'

/** `value.name` */
export const attribute =
  (object: Evaluate, name: string): Evaluate =>
  (activation) =>
    attributeOf(object(activation), name, activation.world.python.version)

/** An attribute: a member of a module, `args` of an exception, `value` of StopIteration, or a bound method. AttributeError for what CPython has not. */
const attributeOf = (object: Value, name: string, python: string): Value => {
  if (object !== null && typeof object === 'object') {
    if (object.kind === 'module') {
      const member = moduleMember(object.name, name, python)
      if (member !== undefined) return member
      refuseKnown(`module ${object.name}`, name, `${object.name}.${name}`)
      throw raise('AttributeError', `module '${object.name}' has no attribute '${name}'`)
    }
    if (object.kind === 'exception' && name === 'args') return { kind: 'tuple', items: object.args }
    if (object.kind === 'exception' && name === 'value' && object.type === 'StopIteration')
      return object.args[0] ?? null
  }
  if (hasMethod(object, name)) return { kind: 'method', receiver: object, name }
  const type = typeName(object)
  refuseKnown(ownerOf(object), name, `the attribute '${name}' of '${type}'`)
  throw raise('AttributeError', `'${type}' object has no attribute '${name}'`)
}

/** Halts where CPython has a name that the model has not. */
const refuseKnown = (owner: string, name: string, what: string): void => {
  if (isPythonName(owner, name)) throw raise(UNMODELLED, `${what} is not in the modelled subset`)
}

/** What a value is called in the table of CPython's names. */
const ownerOf = (value: Value): string => {
  switch (typeof value) {
    case 'bigint':
    case 'boolean':
      return 'int'
    case 'number':
      return 'float'
    case 'string':
      return 'str'
    default:
      if (value === null) return 'None'
      return value.kind === 'group' ? 'future' : value.kind === 'timer' ? 'handle' : value.kind
  }
}
