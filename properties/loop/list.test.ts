import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { listItems, listValues, newList } from '../../src/loop/list.js'
import { get } from '../../src/persistent/table.js'
import { fromArray } from '../../src/persistent/vector.js'
import { reached } from './worlds.js'

describe('list', () => {
  it.prop([reached, fc.array(fc.constantFrom('a', 'b', null))])(
    'holds its values, under the next number',
    (at, values) => {
      const [world, list] = newList(at.world, values)
      expect(list).toEqual({ kind: 'list', id: at.world.objects.next })
      expect(listValues(world, list)).toEqual(values)
      expect(get(world.objects, list.id)).toEqual({ kind: 'list', items: fromArray(values) })
      expect(listItems(world, list).size).toBe(values.length)
      expect(world).toEqual({ ...at.world, objects: world.objects })
    },
  )
})
