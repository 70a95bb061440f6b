import { isRaise, type Raise } from '../loop/raise.js'
import type { Value } from '../loop/value.js'

/** Python's `a < b`, which may raise. */
export type IsLess = (a: Value, b: Value) => boolean

/** A heap as it has become, also where a comparison raised in the midst of it. */
export interface Sifted {
  readonly heap: readonly Value[]
  readonly failure: Raise | null
}

/** Adds an entry, which climbs from the end past all that are greater. Mirrors `heapq.heappush` in C (3.4 to 3.14). */
export const heappush = (heap: readonly Value[], entry: Value, isLess: IsLess): Sifted =>
  sifted([...heap, entry], (entries) => climb(entries, heap.length, isLess))

/** What is left without the first entry, `heap[0]`. Mirrors `heapq.heappop` in C (3.4 to 3.14). */
export const heappop = (heap: readonly Value[], isLess: IsLess): Sifted => {
  const [, ...others] = heap
  const last = others.at(-1)
  return last === undefined
    ? { heap: [], failure: null }
    : sifted([last, ...others.slice(0, -1)], (entries) => climb(entries, sink(entries, isLess), isLess))
}

/** Entries are swapped one by one, so what was swapped before an error stays so. */
const sifted = (entries: Value[], sift: (entries: Value[]) => void): Sifted => {
  try {
    sift(entries)
    return { heap: entries, failure: null }
  } catch (caught) {
    if (!isRaise(caught)) throw caught
    return { heap: entries, failure: caught }
  }
}

/** The first entry goes down past the smaller child each time, to a leaf. Mirrors the first half of `siftup`. */
const sink = (entries: Value[], isLess: IsLess): number => {
  let at = 0
  for (let left = 1; left < entries.length; left = 2 * at + 1) {
    const right = left + 1
    const child = right < entries.length && !isLess(entryAt(entries, left), entryAt(entries, right)) ? right : left
    swap(entries, at, child)
    at = child
  }
  return at
}

/** An entry goes up past every parent that is greater. Mirrors `siftdown`. */
const climb = (entries: Value[], from: number, isLess: IsLess): void => {
  let at = from
  while (at > 0) {
    const parent = (at - 1) >> 1
    if (!isLess(entryAt(entries, at), entryAt(entries, parent))) return
    swap(entries, at, parent)
    at = parent
  }
}

const entryAt = (entries: readonly Value[], index: number): Value => entries[index] as Value

const swap = (entries: Value[], one: number, other: number): void => {
  const entry = entryAt(entries, one)
  entries[one] = entryAt(entries, other)
  entries[other] = entry
}
