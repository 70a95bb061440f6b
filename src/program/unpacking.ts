import { newList } from '../loop/list.js'
import { beginning, calls, machine, type Reply, raised, raises, returned } from '../loop/machine.js'
import { type Raise, raise } from '../loop/raise.js'
import type { IteratorValue, Reference, Value } from '../loop/value.js'
import type { World } from '../loop/world.js'
import type { Builtin } from './builtin.js'
import { nextFrame } from './iterators.js'
import { isIterator, itemsOf } from './lists.js'

/** So many targets; where one of them is starred, as many as stand before and behind it. */
interface Targets {
  readonly before: number
  /** Null where none is starred. */
  readonly behind: number | null
}

interface Unpacking {
  readonly iterator: Reference | IteratorValue
  readonly targets: Targets
  readonly got: readonly Value[]
}

const isCounted = (value: Value): boolean =>
  typeof value === 'object' && value !== null && ['list', 'tuple', 'dict'].includes(value.kind)

const tooMany = (expected: number, value: Value, size: number): Raise =>
  raise('ValueError', (python) => {
    const got = python.textsCountUnpacked && isCounted(value) ? `, got ${size}` : ''
    return `too many values to unpack (expected ${expected}${got})`
  })

const tooFew = ({ before, behind }: Targets, size: number): Raise => {
  const expected = behind === null ? before : `at least ${before + behind}`
  return raise('ValueError', `not enough values to unpack (expected ${expected}, got ${size})`)
}

/** The values for the targets, the starred one's as a list. */
const apportioned = (world: World, items: readonly Value[], { before, behind }: Targets): Reply => {
  if (behind === null) return returned(world, { kind: 'tuple', items })
  const end = items.length - behind
  const [made, list] = newList(world, items.slice(before, end))
  return returned(made, { kind: 'tuple', items: [...items.slice(0, before), list, ...items.slice(end)] })
}

/**
 * `a, b = iterator`: of so many targets that many are asked for, and one more that must not be there. Mirrors
 * `_PyEval_UnpackIterable` (3.0 to 3.14).
 */
export const unpacking = machine<Unpacking>('unpack', {
  start: { sent: (world, locals) => calls(world, nextFrame(locals.iterator), 'item', locals) },
  item: {
    sent: (world, { iterator, targets, got }, value) => {
      if (targets.behind === null && got.length === targets.before) {
        return raises(world, tooMany(targets.before, iterator, 0))
      }
      return calls(world, nextFrame(iterator), 'item', { iterator, targets, got: [...got, value] })
    },
    thrown: (world, { targets, got }, error) => {
      if (error.type !== 'StopIteration') return raised(world, error)
      const least = targets.before + (targets.behind ?? 0)
      return got.length < least ? raises(world, tooFew(targets, got.length)) : apportioned(world, got, targets)
    },
  },
})

/** The values of an iterable for so many targets; ValueError where they are more or fewer. */
export const unpack: Builtin = (activation, [value = null, first = 0n, last = null]) => {
  const targets: Targets = { before: Number(first), behind: last === null ? null : Number(last) }
  if (isIterator(value)) {
    const locals: Unpacking = { iterator: value, targets, got: [] }
    return { kind: 'begun', frame: beginning(unpacking, locals), coroutine: null }
  }
  const items = itemsOf(activation, value, 'unpack')
  if (targets.behind === null && items.length > targets.before) throw tooMany(targets.before, value, items.length)
  if (items.length < targets.before + (targets.behind ?? 0)) throw tooFew(targets, items.length)
  const reply = apportioned(activation.world, items, targets)
  activation.world = reply.world
  return reply.kind === 'returned' ? reply.value : null
}
