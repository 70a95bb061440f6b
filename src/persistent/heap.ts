/**
 * CPython's `heapq` as a persistent structure: the timers of an event loop.
 *
 * Entries are ordered by `when` alone, and entries with equal keys leave in the order that CPython's algorithm happens to
 * give them: five equal keys pushed 0 .. 4 come out as 0 2 4 1 3, but as 0 2 1 3 4 if a greater key is pushed after them.
 * Keys are compared by `<` only, with the operands in CPython's order, so NaN too has the effects that it has there.
 *
 * CPython's list a becomes a complete binary tree: a[0] is its root, and the children of a[i] are a[2i+1] and a[2i+2].
 * The bits of i+1 after the first lead from the root to a[i]: 0 to the left, 1 to the right. Where CPython moves entries
 * along a path, the path is copied.
 *
 * Source: the documentation and the behaviour of CPython's `heapq`; D. E. Knuth, "The Art of Computer Programming",
 * volume 3, section 5.2.3.
 */

/** What a heap orders. */
export type Timed = { readonly when: number }

type Node<T> = { readonly entry: T; readonly left: Tree<T>; readonly right: Tree<T> }
type Tree<T> = Node<T> | null

/** Entries in heap order. */
export type Heap<T extends Timed> = {
  /** The number of entries. */
  readonly size: number
  readonly root: Tree<T>
}

/** The heap without entries. */
export const emptyHeap: Heap<never> = { size: 0, root: null }

/** The entry which is to leave first, `a[0]`, or undefined in an empty heap. O(1). */
export const peek = <T extends Timed>(heap: Heap<T>): T | undefined => heap.root?.entry

/** The heap with one more entry: `heapq.heappush`. O(log n). */
export const heappush = <T extends Timed>({ size, root }: Heap<T>, entry: T): Heap<T> => {
  // The entry climbs from the new leaf up to the lowest ancestor which is not greater.
  const place = size + 1
  let level = 0
  let landing = 0
  let bit = firstStep(place)
  for (let node = root; node !== null; node = (place & bit) === 0 ? node.left : node.right, bit >>= 1) {
    level += 1
    if (!(entry.when < node.entry.when)) landing = level
  }
  return { size: place, root: insert(root, place, firstStep(place), landing, entry) }
}

/** The first entry and the heap without it, or undefined for an empty heap: `heapq.heappop`. O(log n). */
export const heappop = <T extends Timed>(heap: Heap<T>): { readonly entry: T; readonly rest: Heap<T> } | undefined => {
  const { size, root } = heap
  if (root === null) return undefined
  const last = entryAt(root, size, firstStep(size))
  const remaining = removeLeaf(root, size, firstStep(size))
  const rest = remaining === null ? null : sift(last, remaining.left, remaining.right)
  return { entry: root.entry, rest: { size: size - 1, root: rest } }
}

/** The heap that `heapq.heapify` makes of a list. O(n). */
export const heapify = <T extends Timed>(list: readonly T[]): Heap<T> => {
  // Sifting changes only the tree below, so all that matters is that children come before their parents.
  const build = (index: number): Tree<T> => {
    const entry = list[index]
    return entry === undefined ? null : sift(entry, build(2 * index + 1), build(2 * index + 2))
  }
  return { size: list.length, root: build(0) }
}

/** The entries in the order of CPython's list. O(n). */
export const items = <T extends Timed>({ root }: Heap<T>): readonly T[] => {
  const nodes = root === null ? [] : [root]
  for (const { left, right } of nodes) {
    if (left !== null) nodes.push(left)
    if (right !== null) nodes.push(right)
  }
  return nodes.map((node) => node.entry)
}

/** The bit of a place, an index counted from 1, which tells the first step from the root. */
const firstStep = (place: number): number => (1 << (31 - Math.clz32(place))) >> 1

/** Adds the leaf `place` to a tree: `entry` goes `landing` levels down its path, and those below it move down by one. */
const insert = <T>(tree: Tree<T>, place: number, bit: number, landing: number, entry: T): Node<T> => {
  if (tree === null) return { entry, left: null, right: null }
  const stays = landing > 0 ? tree.entry : entry
  const moves = landing > 0 ? entry : tree.entry
  return (place & bit) === 0
    ? { entry: stays, left: insert(tree.left, place, bit >> 1, landing - 1, moves), right: tree.right }
    : { entry: stays, left: tree.left, right: insert(tree.right, place, bit >> 1, landing - 1, moves) }
}

const entryAt = <T>({ entry, left, right }: Node<T>, place: number, bit: number): T => {
  const next = (place & bit) === 0 ? left : right
  return bit === 0 || next === null ? entry : entryAt(next, place, bit >> 1)
}

const removeLeaf = <T>(tree: Tree<T>, place: number, bit: number): Tree<T> => {
  if (tree === null || bit === 0) return null
  const { entry, left, right } = tree
  return (place & bit) === 0
    ? { entry, left: removeLeaf(left, place, bit >> 1), right }
    : { entry, left, right: removeLeaf(right, place, bit >> 1) }
}

/** A heap of an entry and two heaps: the smaller children move up as far as a leaf, the entry climbs from there. */
const sift = <T extends Timed>(entry: T, left: Tree<T>, right: Tree<T>): Node<T> => {
  let level = 0
  let landing = 0
  for (let child = smaller(left, right); child !== null; child = smaller(child.left, child.right)) {
    level += 1
    if (!(entry.when < child.entry.when)) landing = level
  }
  return lift(entry, left, right, landing)
}

/** Puts an entry `landing` levels down the path of smaller children, and moves those above it up by one. */
const lift = <T extends Timed>(entry: T, left: Tree<T>, right: Tree<T>, landing: number): Node<T> => {
  const child = landing === 0 ? null : smaller(left, right)
  if (child === null) return { entry, left, right }
  const below = lift(entry, child.left, child.right, landing - 1)
  return child === left ? { entry: child.entry, left: below, right } : { entry: child.entry, left, right: below }
}

/** The child that CPython moves up: the right one, unless it is missing or the left one is less. */
const smaller = <T extends Timed>(left: Tree<T>, right: Tree<T>): Tree<T> =>
  right === null || (left !== null && left.entry.when < right.entry.when) ? left : right
