import type { Python } from '../loop/python.js'
import { raise } from '../loop/raise.js'
import type { Value } from '../loop/value.js'
import { notModelled } from './arithmetic.js'
import { rangeLength } from './comparison.js'
import type { Role } from './representation.js'
import { fullTypeName } from './type-name.js'

/** A text that two values share if and only if they are equal for Python; TypeError for what cannot be hashed. */
export const keyOf = (value: Value, role: Role): string => keyWithin(value, value, role)

const keyWithin = (value: Value, whole: Value, role: Role): string => {
  switch (typeof value) {
    case 'boolean':
      return value ? '1' : '0'
    case 'bigint':
      return String(value)
    case 'number':
      if (Number.isNaN(value)) throw notModelled(`nan as a ${role} is`)
      return Number.isInteger(value) ? String(BigInt(value)) : `f${value}`
    case 'string':
      return `s${value}`
  }
  if (value === null) return 'None'
  switch (value.kind) {
    case 'tuple':
      return `t${JSON.stringify(value.items.map((item) => keyWithin(item, whole, role)))}`
    case 'range': {
      const length = rangeLength(value)
      return `r${[length, ...(length > 0n ? [value.start] : []), ...(length > 1n ? [value.step] : [])]}`
    }
    case 'class':
    case 'builtin':
    case 'module':
      return `${value.kind} ${value.name}`
    case 'slice':
    case 'bound method':
    case 'super':
    case 'method':
      throw notModelled(`a method as a ${role} is`)
    case 'list':
    case 'dict':
    case 'set':
      throw unhashable(value, whole, role)
    case 'dict view':
      if (value.of !== 'values') throw unhashable(value, whole, role)
      throw notModelled(`a view of a dict as a ${role} is`)
    default:
      if (isUnhashable(value)) throw unhashable(value, whole, role)
      return `${value.kind} ${value.id}`
  }
}

const isUnhashable = (value: Value): boolean => {
  if (typeof value !== 'object' || value === null) return false
  const instance = value.kind === 'exception' ? value.instance : value
  return instance?.kind === 'instance' && instance.class.unhashable === true
}

const unhashable = (value: Value, whole: Value, role: Role) =>
  raise('TypeError', (python: Python) => {
    const problem = `unhashable type: '${fullTypeName(value, python)}'`
    if (!python.textsSayCannotUseAs) return problem
    return `cannot use '${fullTypeName(whole, python)}' as a ${role} (${problem})`
  })
