import { raise } from '../loop/raise.js'
import type { Value } from '../loop/value.js'
import type { Evaluate } from './code.js'
import { hasMethod } from './method-names.js'
import { moduleMember } from './names.js'
import { typeName } from './type-name.js'

/** `value.name` */
export const attribute =
  (object: Evaluate, name: string): Evaluate =>
  (activation) =>
    attributeOf(object(activation), name)

/** An attribute: a member of a module, `args` of an exception, or a bound method. AttributeError for anything else. */
const attributeOf = (object: Value, name: string): Value => {
  if (object !== null && typeof object === 'object') {
    if (object.kind === 'module') {
      const member = moduleMember(object.name, name)
      if (member === undefined) throw raise('AttributeError', `module '${object.name}' has no attribute '${name}'`)
      return member
    }
    if (object.kind === 'exception' && name === 'args') return { kind: 'tuple', items: object.args }
  }
  if (hasMethod(object, name)) return { kind: 'method', receiver: object, name }
  throw raise('AttributeError', `'${typeName(object)}' object has no attribute '${name}'`)
}
