import { nextOf } from '../loop/generator-object.js'
import { newList } from '../loop/list.js'
import { calls, machine, raised, returned } from '../loop/machine.js'
import type { Value } from '../loop/value.js'
import { items, push, type Vector } from '../persistent/vector.js'

interface Locals {
  readonly generator: number
  readonly into: 'list' | 'tuple'
  readonly collected: Vector<Value>
}

/** `list(generator)` and `tuple(generator)`: everything that it yields. Mirrors `list_extend` (3.3 to 3.14). */
export const collect = machine<Locals>('collect', {
  start: { sent: (world, locals) => calls(world, nextOf(locals.generator), 'item', locals) },
  item: {
    sent: (world, { generator, into, collected }, value) =>
      calls(world, nextOf(generator), 'item', { generator, into, collected: push(collected, value) }),
    thrown: (world, { into, collected }, error) => {
      if (error.type !== 'StopIteration') return raised(world, error)
      const values = items(collected) as readonly Value[]
      return into === 'list' ? returned(...newList(world, values)) : returned(world, { kind: 'tuple', items: values })
    },
  },
})
