/** The algorithm of CPython's `heapq` on arrays: the reference for the persistent heap. The arguments are left alone. */

type Timed = { readonly when: number }

export const heappush = <T extends Timed>(heap: readonly T[], entry: T): readonly T[] =>
  climb([...heap, entry], 0, heap.length, entry)

/** The list after `heappop`; what has been popped is its former first entry. */
export const heappop = <T extends Timed>(heap: readonly T[]): readonly T[] => {
  const list = heap.slice(0, -1)
  const last = heap.at(-1)
  return list.length === 0 || last === undefined ? list : sink(list, 0, last)
}

export const heapify = <T extends Timed>(entries: readonly T[]): readonly T[] => {
  const list = [...entries]
  for (let at = (list.length >> 1) - 1; at >= 0; at -= 1) sink(list, at, entryAt(list, at))
  return list
}

/** Moves the smaller children up from `start` as far as a leaf, then lets the entry climb from there. */
function sink<T extends Timed>(list: T[], start: number, entry: T): T[] {
  let at = start
  for (let child = 2 * at + 1; child < list.length; child = 2 * at + 1) {
    const right = child + 1
    if (right < list.length && !(entryAt(list, child).when < entryAt(list, right).when)) child = right
    list[at] = entryAt(list, child)
    at = child
  }
  return climb(list, start, at, entry)
}

/** Moves parents down from `start` on until the entry, if it is not less than its parent, has found its place. */
function climb<T extends Timed>(list: T[], top: number, start: number, entry: T): T[] {
  let at = start
  while (at > top) {
    const parent = (at - 1) >> 1
    if (!(entry.when < entryAt(list, parent).when)) break
    list[at] = entryAt(list, parent)
    at = parent
  }
  list[at] = entry
  return list
}

function entryAt<T>(list: readonly T[], index: number): T {
  const entry = list[index]
  if (entry === undefined) throw new RangeError(`no index ${index}`)
  return entry
}
