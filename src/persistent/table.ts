/**
 * A persistent table: entries by ids which are handed out in order and dropped in any order.
 *
 * A trie on the digits of the ids, the lowest first, in which an entry sits as high as it can: ids in a row spread evenly,
 * and the depth follows from how many entries there are now, not from how many there ever were. A loop that has made a
 * million handles and has ten of them is as quick as one that has made ten.
 *
 * Source: P. Bagwell, "Ideal Hash Trees" (2001), with the id itself for a hash.
 */

type Slot<T> = undefined | Entry<T> | Node<T>
type Entry<T> = { readonly id: number; readonly value: T }
type Node<T> = readonly Slot<T>[]

/** Values by id. */
export type Table<T> = {
  /** How many ids were handed out: the next one. */
  readonly next: number
  readonly root: Node<T>
}

const BITS = 3
const MASK = (1 << BITS) - 1

const _ = undefined
const BLANK: Node<never> = [_, _, _, _, _, _, _, _]

/** The table in which no id was handed out. */
export const emptyTable: Table<never> = { next: 0, root: BLANK }

/** The value of an id; undefined where it has none. O(log n) for n entries. */
export const get = <T>(table: Table<T>, id: number): T | undefined => {
  let node = table.root
  for (let digits = id; ; digits >>>= BITS) {
    const slot = node[digits & MASK]
    if (slot === undefined) return undefined
    if (!isNode(slot)) return slot.id === id ? slot.value : undefined
    node = slot
  }
}

/** The table with a value for the next id, which is `table.next`. O(log n). */
export const push = <T>(table: Table<T>, value: T): Table<T> => ({
  next: table.next + 1,
  root: write(table.root, table.next, 0, { id: table.next, value }),
})

/** The table in which the next id was handed out without a value. O(1). */
export const skip = <T>(table: Table<T>): Table<T> => ({ next: table.next + 1, root: table.root })

/** The table with another value for an id that was handed out; elsewhere a RangeError. O(log n). */
export const set = <T>(table: Table<T>, id: number, value: T): Table<T> => {
  if (!(id >= 0 && id < table.next)) throw new RangeError(`no id ${id} among ${table.next}`)
  return { next: table.next, root: write(table.root, id, 0, { id, value }) }
}

/** The table without the value of an id; the same table if it has none. O(log n). */
export const clear = <T>(table: Table<T>, id: number): Table<T> =>
  get(table, id) === undefined ? table : { next: table.next, root: erase(table.root, id, 0) }

/** The ids that have values, with these, in order. O(n log n). */
export const entries = <T>({ root }: Table<T>): readonly (readonly [number, T])[] =>
  collect(root)
    .sort((a, b) => a.id - b.id)
    .map(({ id, value }) => [id, value] as const)

const isNode = <T>(slot: Slot<T>): slot is Node<T> => Array.isArray(slot)

const withSlot = <T>(node: Node<T>, digit: number, slot: Slot<T>): Node<T> => {
  const copy = node.slice()
  copy[digit] = slot
  return copy
}

/** Puts an entry into a node at a height. Where another one is in its way, both move down. */
const write = <T>(node: Node<T>, id: number, shift: number, entry: Entry<T>): Node<T> => {
  const digit = (id >>> shift) & MASK
  const slot = node[digit]
  if (slot === undefined) return withSlot(node, digit, entry)
  if (isNode(slot)) return withSlot(node, digit, write(slot, id, shift + BITS, entry))
  if (slot.id === id) return withSlot(node, digit, entry)
  const below = shift + BITS
  return withSlot(node, digit, write(write<T>(BLANK, slot.id, below, slot), id, below, entry))
}

/** Takes out the entry of an id that is there. A node that is left with a single entry gives it to the one above. */
const erase = <T>(node: Node<T>, id: number, shift: number): Node<T> => {
  const digit = (id >>> shift) & MASK
  const slot = node[digit]
  if (!isNode(slot)) return withSlot(node, digit, undefined)
  const rest = erase(slot, id, shift + BITS)
  return withSlot(node, digit, onlyEntry(rest) ?? rest)
}

/** The entry of a node that has one and nothing else. */
const onlyEntry = <T>(node: Node<T>): Entry<T> | undefined => {
  let only: Entry<T> | undefined
  for (const slot of node) {
    if (slot === undefined) continue
    if (only !== undefined || isNode(slot)) return undefined
    only = slot
  }
  return only
}

const collect = <T>(node: Node<T>): Entry<T>[] =>
  node.flatMap((slot) => (slot === undefined ? [] : isNode(slot) ? collect(slot) : [slot]))
