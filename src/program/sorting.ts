import type { Answer } from '../loop/coroutine.js'
import { type List, listItems } from '../loop/list.js'
import { calls, machine, type Reply, raised, raises, returned } from '../loop/machine.js'
import { isRaise, raise, UNMODELLED } from '../loop/raise.js'
import { withObjects } from '../loop/update.js'
import type { Reference, Value } from '../loop/value.js'
import type { Frame, World } from '../loop/world.js'
import { push as pushObject, set as setObject } from '../persistent/table.js'
import { emptyVector, fromArray, type Vector } from '../persistent/vector.js'
import { notModelled } from './arithmetic.js'
import { compare } from './comparison.js'
import { contentsOf } from './operations.js'
import type { Contents } from './representation.js'

/** A list that is being sorted: what it is sorted by comes from calls of `key`. */
export interface Sorting {
  readonly key: Value
  readonly reverse: boolean
  readonly values: readonly Value[]
  readonly ranks: readonly Value[]
  /** The list that is sorted in place, which is empty meanwhile; null for `sorted`. */
  readonly list: Reference | null
}

/** The machine of frames that call a value and are replaced by the frame of what is called. */
export const APPLY = 'apply'

/** What is called by a frame of that kind. */
export interface Applied {
  readonly callee: Value
  readonly args: readonly Value[]
}

/** The frame that calls a value. */
export const applied = (callee: Value, args: readonly Value[]): Frame<string, Applied> => ({
  machine: APPLY,
  state: 'start',
  locals: { callee, args },
  coroutine: null,
})

/** `sorted` and `list.sort` with a key, which is called for each value in turn. Mirrors `list_sort_impl` (3.0 to 3.14). */
export const sorting = machine<Sorting>('sort', {
  start: {
    sent: (world, locals) => ranked(locals.list === null ? world : withItems(world, locals.list, emptyVector), locals),
  },
  rank: {
    sent: (world, locals, rank) => ranked(world, { ...locals, ranks: [...locals.ranks, rank] }),
    thrown: (world, { list, values }, error) =>
      raised(list === null ? world : withItems(world, list, fromArray(values)), error),
  },
})

const ranked = (world: World, locals: Sorting): Reply => {
  const { key, values, ranks, reverse, list } = locals
  const next = values[ranks.length]
  if (next !== undefined) return calls(world, applied(key, [next]), 'rank', locals)
  try {
    const items = fromArray(inOrder(values, ranks, reverse, contentsOf(world)))
    if (list === null) {
      const made: List = { kind: 'list', items }
      const reference: Reference = { kind: 'list', id: world.objects.next }
      return returned(withObjects(world, pushObject<unknown>(world.objects, made)), reference)
    }
    const isChanged = listItems(world, list).size > 0
    const changed = withItems(world, list, items)
    return isChanged ? raises(changed, raise('ValueError', 'list modified during sort')) : returned(changed, null)
  } catch (caught) {
    if (isRaise(caught) && list !== null) return raises(withItems(world, list, fromArray(values)), caught)
    throw caught
  }
}

/** The world in which a list has other items. */
export const withItems = (world: World, list: Reference, items: Vector<Value>): World => {
  const object: List = { kind: 'list', items }
  return withObjects(world, setObject<unknown>(world.objects, list.id, object))
}

/** Values in the order of their ranks; equal ones stay in theirs. */
export const inOrder = (
  values: readonly Value[],
  ranks: readonly Value[],
  reverse: boolean,
  contents: Contents,
): readonly Value[] => {
  if (ranks.some((rank) => hasNaN(rank, contents))) throw notModelled('to sort by nan is')
  const pairs = values.map((value, at) => ({ value, rank: ranks[at] ?? null }))
  if (reverse) pairs.reverse()
  const isLess = (a: Value, b: Value): boolean => compare('Lt', a, b, contents)
  // CPython begins with a run of neighbours; which values it compares after that is its own affair.
  for (let at = 1; at < pairs.length; at += 1) {
    if (isLess(pairs[at]?.rank ?? null, pairs[at - 1]?.rank ?? null)) break
  }
  const sorted = guarded(() => pairs.toSorted((a, b) => (isLess(a.rank, b.rank) ? -1 : isLess(b.rank, a.rank) ? 1 : 0)))
  if (reverse) sorted.reverse()
  return sorted.map(({ value }) => value)
}

const guarded = <T>(sort: () => T): T => {
  try {
    return sort()
  } catch (caught) {
    if (!isRaise(caught) || ('type' in caught && caught.type === UNMODELLED)) throw caught
    throw notModelled('to sort values that cannot all be compared is')
  }
}

const hasNaN = (value: Value, contents: Contents): boolean => {
  if (typeof value === 'number') return Number.isNaN(value)
  if (typeof value !== 'object' || value === null) return false
  if (value.kind === 'tuple') return value.items.some((item) => hasNaN(item, contents))
  return value.kind === 'list' && contents.items(value).some((item) => typeof item === 'number' && Number.isNaN(item))
}

/** What a frame of the kind {@link APPLY} answers. */
export const apply = (
  call: (world: World, callee: Value, args: readonly Value[]) => Answer,
  world: World,
  frame: Frame,
): Answer => {
  const { callee, args } = frame.locals as Applied
  return call(world, callee, args)
}
