import { get, push } from '../persistent/table.js'
import { fromArray, items, type Vector } from '../persistent/vector.js'
import { withObjects } from './update.js'
import type { Reference, Value } from './value.js'
import type { World } from './world.js'

/** A Python list that programs share. */
export interface List {
  readonly kind: 'list'
  readonly items: Vector<Value>
}

/** A new list. */
export const newList = (world: World, values: readonly Value[]): readonly [World, Reference] => [
  withObjects(world, push(world.objects, { kind: 'list', items: fromArray(values) } satisfies List)),
  { kind: 'list', id: world.objects.next },
]

/** What is in a list now. */
export const listItems = (world: World, list: Reference): Vector<Value> => (get(world.objects, list.id) as List).items

/** What is in a list now, as an array. */
export const listValues = (world: World, list: Reference): readonly Value[] =>
  items(listItems(world, list)) as readonly Value[]
