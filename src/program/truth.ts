import { raise, UNMODELLED } from '../loop/raise.js'
import type { Value } from '../loop/value.js'
import type { Contents } from './representation.js'
import { fullTypeName } from './type-name.js'

/** Python's `bool(value)`: nothing, zero and what is empty is false. */
export function truth(value: Value, contents: Contents): boolean {
  if (typeof value !== 'object') return Boolean(value) || Number.isNaN(value)
  if (value === null) return false
  if (value.kind === 'instance' || value.kind === 'exception') return truthBy(value, contents)
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

/** The truth of an instance: `__bool__`, or else `__len__`. */
function truthBy(value: Value, contents: Contents): boolean {
  const own = contents.ask(value, '__bool__')
  if (typeof own === 'boolean') return own
  if (own !== undefined) {
    throw raise('TypeError', (python) => `__bool__ should return bool, returned ${fullTypeName(own, python)}`)
  }
  const length = contents.ask(value, '__len__')
  if (length === undefined) return true
  if (typeof length === 'bigint' && length >= 0n) return length > 0n
  throw raise(UNMODELLED, 'such a __len__ is not in the modelled subset')
}
