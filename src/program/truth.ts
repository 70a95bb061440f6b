import type { Value } from '../loop/value.js'
import type { Contents } from './representation.js'

/** Python's `bool(value)`: nothing, zero and what is empty is false. */
export function truth(value: Value, contents: Contents): boolean {
  if (typeof value !== 'object') return Boolean(value) || Number.isNaN(value)
  if (value === null) return false
  switch (value.kind) {
    case 'tuple':
      return value.items.length > 0
    case 'list':
      return contents.items(value).length > 0
    case 'dict':
    case 'set':
    case 'dict view':
      return contents.entries(value.id).length > 0
    case 'range':
      return value.step > 0n ? value.start < value.stop : value.start > value.stop
    default:
      return true
  }
}
