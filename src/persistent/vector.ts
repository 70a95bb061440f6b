/**
 * A persistent vector: a store indexed by ids which are handed out in order and dropped in any order.
 *
 * A radix trie of {@link WIDTH} slots a node holds all entries but the newest up to WIDTH, which are in `tail`: pushing
 * and changing recent entries copies one node. Entry i is found by the digits of i in base WIDTH. An absent entry is a
 * hole, `undefined`; a node with nothing but holes is `undefined` itself, so dropped entries take no memory.
 *
 * The layout is a function of the size and the entries: vectors with equal entries are deeply equal.
 *
 * Source: P. Bagwell, "Ideal Hash Trees" (2001), and the vectors of Clojure. Width and tail were chosen by measurement.
 */

type Node<T> = readonly (Node<T> | T | undefined)[]

/** Entries, or holes, at the indices 0 .. size - 1. */
export type Vector<T> = {
  /** The number of indices, holes included. */
  readonly size: number
  /** The trie of the entries before the tail. */
  readonly root: Node<T> | undefined
  /** The position of the root's digit within an index, in bits. */
  readonly shift: number
  /** The node of the last index. */
  readonly tail: Node<T> | undefined
}

const BITS = 4
const WIDTH = 1 << BITS
const MASK = WIDTH - 1

const _ = undefined
const BLANK: Node<never> = [_, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _]

/** The vector without indices. */
export const emptyVector: Vector<never> = { size: 0, root: undefined, shift: BITS, tail: undefined }

/** The entry at an index; undefined for a hole and outside the vector. O(log n), O(1) for the newest entries. */
export const get = <T>(vector: Vector<T>, index: number): T | undefined => {
  if (!(index >= 0 && index < vector.size)) return undefined
  let node = vector.tail
  if (index < tailStart(vector.size)) {
    node = vector.root
    for (let shift = vector.shift; shift > 0 && node !== undefined; shift -= BITS) {
      node = node[(index >>> shift) & MASK] as Node<T> | undefined
    }
  }
  return node === undefined ? undefined : (node[index & MASK] as T | undefined)
}

/** The vector with another entry at an index it has; elsewhere a RangeError. O(log n), O(1) for the newest entries. */
export const set = <T>(vector: Vector<T>, index: number, entry: T | undefined): Vector<T> => {
  const { size, root, shift, tail } = vector
  if (!(index >= 0 && index < size)) throw new RangeError(`no index ${index} in a vector of size ${size}`)
  return index < tailStart(size)
    ? { size, root: write(root, shift, 0, index, entry), shift, tail }
    : { size, root, shift, tail: write(tail, 0, 0, index, entry) }
}

/** The vector with a hole at an index; without change if nothing is there. O(log n). */
export const clear = <T>(vector: Vector<T>, index: number): Vector<T> =>
  get(vector, index) === undefined ? vector : set(vector, index, undefined)

/** The vector with one more index, `size`, and its entry. O(1) amortised, O(log n) at worst. */
export const push = <T>(vector: Vector<T>, entry: T | undefined): Vector<T> => {
  const { size, root, shift, tail } = vector
  if (size === 0 || (size & MASK) !== 0) {
    return { size: size + 1, root, shift, tail: write(tail, 0, 0, size, entry) }
  }
  const full = size - WIDTH
  const grows = full >>> shift > MASK
  const taller = grows ? shift + BITS : shift
  const trunk = grows && root !== undefined ? write<T>(undefined, 0, 0, 0, root) : root
  const filled = tail === undefined ? trunk : write(trunk, taller, BITS, full, tail)
  return { size: size + 1, root: filled, shift: taller, tail: write<T>(undefined, 0, 0, 0, entry) }
}

/** The vector without its last index; an empty vector stays as it is. O(1) amortised, O(log n) at worst. */
export const pop = <T>(vector: Vector<T>): Vector<T> => {
  const { size, root, shift, tail } = vector
  if (size <= 1) return emptyVector
  const last = size - 1
  if ((last & MASK) !== 0) return { size: last, root, shift, tail: write(tail, 0, 0, last, undefined) }
  const start = last - WIDTH
  const leaf = slotAt(root, shift, BITS, start) as Node<T> | undefined
  const rest = leaf === undefined ? root : write(root, shift, BITS, start, undefined)
  const shrinks = shift > BITS && (start - 1) >>> shift === 0
  return shrinks
    ? { size: last, root: rest?.[0] as Node<T> | undefined, shift: shift - BITS, tail: leaf }
    : { size: last, root: rest, shift, tail: leaf }
}

/** The vector of the given entries. O(n). */
export const fromArray = <T>(entries: readonly (T | undefined)[]): Vector<T> => {
  let vector: Vector<T> = emptyVector
  for (const entry of entries) vector = push(vector, entry)
  return vector
}

/** The entries by index, holes as undefined. O(n log n). */
export const items = <T>(vector: Vector<T>): readonly (T | undefined)[] =>
  Array.from({ length: vector.size }, (_, index) => get(vector, index))

/** The entries with their indices in ascending order, holes left out. O(m log n) for m entries that are not holes. */
export const entries = <T>({ size, root, shift, tail }: Vector<T>): readonly (readonly [number, T])[] => [
  ...walk(root, shift, 0),
  ...walk(tail, 0, tailStart(size)),
]

const tailStart = (size: number): number => (size - 1) & ~MASK

/** Reads the slot of `index` in the nodes at height `bottom`. */
const slotAt = <T>(node: Node<T> | undefined, shift: number, bottom: number, index: number): Node<T>[number] => {
  const slot = node?.[(index >>> shift) & MASK]
  return shift === bottom ? slot : slotAt(slot as Node<T> | undefined, shift - BITS, bottom, index)
}

/** Replaces the slot of `index` in the nodes at height `bottom`; undefined if no slot of the node remains. */
const write = <T>(
  node: Node<T> | undefined,
  shift: number,
  bottom: number,
  index: number,
  value: Node<T>[number],
): Node<T> | undefined => {
  const digit = (index >>> shift) & MASK
  const slot =
    shift === bottom ? value : write(node?.[digit] as Node<T> | undefined, shift - BITS, bottom, index, value)
  if (slot === undefined && (node === undefined || node.every((other, i) => other === undefined || i === digit))) {
    return undefined
  }
  const copy = (node ?? BLANK).slice()
  copy[digit] = slot
  return copy
}

const walk = <T>(node: Node<T> | undefined, shift: number, start: number): readonly (readonly [number, T])[] =>
  (node ?? []).flatMap((slot, digit) => {
    const index = start + (digit << shift)
    if (slot === undefined) return []
    return shift === 0 ? [[index, slot as T] as const] : walk(slot as Node<T>, shift - BITS, index)
  })
