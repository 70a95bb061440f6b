import { classOf } from '../loop/exception.js'
import type { Python } from '../loop/python.js'
import type { Value } from '../loop/value.js'
import { isPrimitive, typeName } from './type-name.js'

/** `type(value)`; undefined where no program can name that class. */
export const typeOf = (value: Value, python: Python): Value | undefined => {
  if (typeof value !== 'object') return { kind: 'builtin', name: typeName(value, python) }
  if (value === null) return undefined
  switch (value.kind) {
    case 'instance':
      return value.class
    case 'exception':
      return classOf(value)
    case 'dict':
    case 'list':
    case 'range':
    case 'set':
      return { kind: 'builtin', name: value.kind }
    case 'tuple':
      return value.isVersion ? undefined : { kind: 'builtin', name: 'tuple' }
    case 'future':
      return { kind: 'builtin', name: 'asyncio.Future' }
    default:
      return isPrimitive(value.kind) ? { kind: 'builtin', name: `asyncio.${typeName(value, python)}` } : undefined
  }
}
