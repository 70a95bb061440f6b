/**
 * A persistent vector: what a Python list is made of.
 *
 * A radix trie of WIDTH slots a node holds all entries but the newest up to WIDTH, which are in `tail`: pushing and
 * changing recent entries copies one node. Entry i is found by the digits of i in base WIDTH.
 *
 * The layout is a function of the entries: vectors with equal entries are deeply equal.
 *
 * Source: P. Bagwell, "Ideal Hash Trees" (2001), and the vectors of Clojure. Width and tail were chosen by measurement.
 */

type Node<T> = readonly (Node<T> | T)[]

/** Entries at the indices 0 .. size - 1. */
export type Vector<T> = {
  readonly size: number
  /** The trie of the entries before the tail; null where all are in the tail. */
  readonly root: Node<T> | null
  /** The position of the root's digit within an index, in bits. */
  readonly shift: number
  /** The newest entries, at least one but in the empty vector. */
  readonly tail: readonly T[]
}

const BITS = 4
const WIDTH = 1 << BITS
const MASK = WIDTH - 1

/** The vector without entries. */
export const emptyVector: Vector<never> = { size: 0, root: null, shift: BITS, tail: [] }

/** The entry at an index; undefined outside the vector. O(log n), O(1) for the newest entries. */
export const get = <T>(vector: Vector<T>, index: number): T | undefined => {
  if (!(index >= 0 && index < vector.size)) return undefined
  return leafOf(vector, index)[index & MASK]
}

/** The vector with another entry at an index it has; elsewhere a RangeError. O(log n), O(1) for the newest entries. */
export const set = <T>(vector: Vector<T>, index: number, entry: T): Vector<T> => {
  const { size, root, shift, tail } = vector
  if (!(index >= 0 && index < size)) throw new RangeError(`no index ${index} in a vector of size ${size}`)
  return index < tailStart(size)
    ? { size, root: write(root ?? [], shift, 0, index, entry), shift, tail }
    : { size, root, shift, tail: tail.with(index & MASK, entry) }
}

/** The vector with one more entry. O(1) amortised, O(log n) at worst. */
export const push = <T>(vector: Vector<T>, entry: T): Vector<T> => {
  const { size, root, shift, tail } = vector
  if (tail.length < WIDTH) return { size: size + 1, root, shift, tail: [...tail, entry] }
  const full = size - WIDTH
  const grows = root !== null && full >>> shift > MASK
  const taller = grows ? shift + BITS : shift
  return {
    size: size + 1,
    root: write(grows ? [root] : (root ?? []), taller, BITS, full, tail),
    shift: taller,
    tail: [entry],
  }
}

/** The vector without its last entry; an empty vector stays as it is. O(1) amortised, O(log n) at worst. */
export const pop = <T>(vector: Vector<T>): Vector<T> => {
  const { size, root, shift, tail } = vector
  if (size <= 1) return emptyVector
  if (tail.length > 1 || root === null) return { size: size - 1, root, shift, tail: tail.slice(0, -1) }
  const leaf = leafOf({ size: size + WIDTH, root, shift, tail }, size - 2) as readonly T[]
  const rest = cut(root, shift, size - 1 - WIDTH)
  const shrinks = shift > BITS && rest.length === 1
  return {
    size: size - 1,
    root: rest.length === 0 ? null : shrinks ? (rest[0] as Node<T>) : rest,
    shift: shrinks ? shift - BITS : shift,
    tail: leaf,
  }
}

/** The vector of the given entries. O(n). */
export const fromArray = <T>(entries: readonly T[]): Vector<T> => entries.reduce(push<T>, emptyVector as Vector<T>)

/** The entries by index. O(n log n). */
export const items = <T>(vector: Vector<T>): readonly T[] =>
  Array.from({ length: vector.size }, (_, index) => leafOf(vector, index)[index & MASK] as T)

const tailStart = (size: number): number => (size - 1) & ~MASK

/** The lowest node that has an index. */
const leafOf = <T>({ size, root, shift, tail }: Vector<T>, index: number): readonly T[] => {
  if (root === null || index >= tailStart(size)) return tail
  let node = root
  for (let height = shift; height > 0; height -= BITS) node = node[(index >>> height) & MASK] as Node<T>
  return node as readonly T[]
}

/** Puts something into the slot of `index` at the height `bottom`: an entry at 0, a full tail above it. */
const write = <T>(node: Node<T>, shift: number, bottom: number, index: number, value: T | Node<T>): Node<T> => {
  const digit = (index >>> shift) & MASK
  const copy = node.slice()
  copy[digit] = shift === bottom ? value : write((node[digit] ?? []) as Node<T>, shift - BITS, bottom, index, value)
  return copy
}

/** Takes the last leaf out, which begins at `index`, and every node that it leaves empty. */
const cut = <T>(node: Node<T>, shift: number, index: number): Node<T> => {
  const digit = (index >>> shift) & MASK
  const below = shift === BITS ? [] : cut(node[digit] as Node<T>, shift - BITS, index)
  return below.length === 0 ? node.slice(0, digit) : [...node.slice(0, digit), below]
}
