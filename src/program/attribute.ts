import { isGroup } from '../loop/exception-group.js'
import type { Python } from '../loop/python.js'
import { raise, UNMODELLED } from '../loop/raise.js'
import type { Value } from '../loop/value.js'
import type { Activation, Evaluate } from './code.js'
import { attributeOfGroup, isGroupClass } from './exception-groups.js'
import { hasMethod } from './method-names.js'
import { moduleMember } from './names.js'
import { attributeOfPrimitive } from './primitives.js'
import { isPythonName } from './python-names.js'
import { typeName } from './type-name.js'

/** `value.name` */
export const attribute =
  (object: Evaluate, name: string): Evaluate =>
  (activation) =>
    attributeOf(activation, object(activation), name)

/** An attribute: a member of a module, `args` of an exception, `value` of StopIteration, or a bound method. AttributeError for what CPython has not. */
const attributeOf = ({ world }: Activation, object: Value, name: string): Value => {
  const { python } = world
  if (!isPythonName(ownerOf(object), name, python.version)) throw raise('AttributeError', absence(object, name, python))
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
    const ofGroup = object.kind === 'exception' ? attributeOfGroup(object, name) : undefined
    if (ofGroup !== undefined) return ofGroup
    if (object.kind === 'exception' && name === 'args') return { kind: 'tuple', items: object.args }
    if (object.kind === 'exception' && name === 'value' && object.type === 'StopIteration')
      return object.args[0] ?? null
  }
  if (hasMethod(object, name) && !(ownerOf(object) === 'token')) return { kind: 'method', receiver: object, name }
  throw raise(UNMODELLED, `the attribute '${name}' of '${typeName(object, python)}' is not in the modelled subset`)
}

const absence = (object: Value, name: string, python: Python): string =>
  object !== null && typeof object === 'object' && object.kind === 'module'
    ? `module '${object.name}' has no attribute '${name}'`
    : `'${typeName(object, python)}' object has no attribute '${name}'`

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
      if (value.kind === 'module') return `module ${value.name}`
      if (value.kind === 'dict view') return `dict_${value.of}`
      if (value.kind === 'exception' && isGroup(value)) return 'exception group'
      if (value.kind === 'class' && isGroupClass(value.name)) return 'exception group'
      return value.kind === 'group' ? 'future' : value.kind === 'timer' ? 'handle' : value.kind
  }
}
