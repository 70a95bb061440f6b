import { type Dictionary, find } from '../persistent/dictionary.js'
import { get } from '../persistent/table.js'
import type { FunctionValue, Value } from './value.js'
import type { World } from './world.js'

/** `__qualname__` of a function: as it was defined, or as it was set since. Mirrors `func_qualname` (3.3 to 3.14). */
export const qualnameOf = (world: World, { name, attributes }: FunctionValue): string =>
  (attributes === undefined ? undefined : givenQualname(world, attributes)) ?? name

/** The `__qualname__` that a function or an instance was given, by the id of its attributes. */
export const givenQualname = ({ objects }: World, id: number): string | undefined => {
  const known = get(objects, id) as { readonly values: Dictionary<Value> } | undefined
  const given = known === undefined ? undefined : find(known.values, '__qualname__')
  return typeof given === 'string' ? given : undefined
}
