import { listValues } from '../loop/list.js'
import { beginning } from '../loop/machine.js'
import type { Reference, Value } from '../loop/value.js'
import { fromArray } from '../persistent/vector.js'
import { bind } from './arguments.js'
import type { Begun, Builtin, Method } from './builtin.js'
import type { Activation } from './code.js'
import { listOf, putItems } from './lists.js'
import { contentsOf, isTrue } from './operations.js'
import { inAnyOrder } from './set-methods.js'
import { inOrder, sorting } from './sorting.js'

const begun = (
  activation: Activation,
  key: Value,
  reverse: boolean,
  values: readonly Value[],
  list: Reference | null,
): Begun | readonly Value[] =>
  key === null
    ? inOrder(values, values, reverse, contentsOf(activation))
    : { kind: 'begun', frame: beginning(sorting, { key, reverse, values, ranks: [], list }), coroutine: null }

const isValues = (result: Begun | readonly Value[]): result is readonly Value[] => Array.isArray(result)

/** `sorted(iterable, *, key, reverse)` */
export const sorted: Builtin = (activation, args, keywords) => {
  const parameters = ['/iterable', '*key', '*reverse']
  const [values = null, key = null, reverse = false] = bind(activation, 'sorted', parameters, 1, args, keywords)
  const items = inAnyOrder(activation, values, key === null ? ['int', 'float'] : [])
  const result = begun(activation, key, isTrue(activation, reverse), items, null)
  return isValues(result) ? listOf(activation, result) : result
}

/** `list.sort(*, key, reverse)` */
export const sort: Method = (activation, list, args, keywords) => {
  const [key = null, reverse = false] = bind(activation, 'sort', ['*key', '*reverse'], 0, args, keywords)
  const result = begun(activation, key, isTrue(activation, reverse), listValues(activation.world, list), list)
  if (!isValues(result)) return result
  putItems(activation, list, fromArray(result))
  return null
}
