/**
 * A persistent first-in first-out queue: the ready queue of an event loop.
 *
 * Entries leave from `front`, a list in queue order, and arrive at `back`, a list in reverse order. A full `back` is
 * reversed and parked in `middle`, a queue of such lists, until `front` has run out. No list is longer than
 * {@link CHUNK}, so an operation at the ends costs O(1) amortised, and never more than O(log n), whichever version it
 * starts from. And the data nests no deeper than O(log n), so that long queues can be cloned, frozen and compared by
 * recursive means, which one list of a million cells could not.
 *
 * The same entries may be laid out in several ways: compare queues by their {@link items}.
 *
 * Source: the two-list queue of R. Hood and R. Melville, "Real-time queue operations in pure LISP" (1981), and the
 * bootstrapped queue of C. Okasaki, "Purely Functional Data Structures" (1998), section 10.1.3.
 */

type List<T> = { readonly head: T; readonly tail: List<T> } | null

/** Entries in order of arrival. */
export type Queue<T> = {
  /** The number of entries. */
  readonly size: number
  /** The oldest entries, oldest first; null only in an empty queue. */
  readonly front: List<T>
  /** The lists between front and back, each oldest first. */
  readonly middle: Queue<List<T>> | null
  /** The newest entries, newest first. */
  readonly back: List<T>
  /** The length of `back`. */
  readonly pending: number
}

const CHUNK = 16

/** The queue without entries. */
export const emptyQueue: Queue<never> = { size: 0, front: null, middle: null, back: null, pending: 0 }

/** Whether there are no entries. O(1). */
export const isEmpty = <T>(queue: Queue<T>): boolean => queue.size === 0

/** The oldest entry, or undefined in an empty queue. O(1). */
export const peek = <T>(queue: Queue<T>): T | undefined => queue.front?.head

/** The queue with one more entry, the newest. O(1) amortised. */
export const enqueue = <T>(queue: Queue<T>, entry: T): Queue<T> => {
  const { size, front, middle, back, pending } = queue
  if (front === null) return { size: 1, front: { head: entry, tail: null }, middle: null, back: null, pending: 0 }
  if (pending < CHUNK) {
    return { size: size + 1, front, middle, back: { head: entry, tail: back }, pending: pending + 1 }
  }
  const parked = enqueue<List<T>>(middle ?? emptyQueue, reverse(back))
  return { size: size + 1, front, middle: parked, back: { head: entry, tail: null }, pending: 1 }
}

/** The queue without its oldest entry; an empty queue stays as it is. O(1) amortised. */
export const dequeue = <T>(queue: Queue<T>): Queue<T> => {
  const { size, front, middle, back, pending } = queue
  if (front === null) return queue
  if (front.tail !== null) return { size: size - 1, front: front.tail, middle, back, pending }
  const next = middle === null ? undefined : peek(middle)
  if (middle === null || next === undefined) {
    return { size: size - 1, front: reverse(back), middle: null, back: null, pending: 0 }
  }
  return { size: size - 1, front: next, middle: middle.size === 1 ? null : dequeue(middle), back, pending }
}

/** The queue without its `index`-th entry, counted from the oldest; without change if there is none. O(n). */
export const removeAt = <T>(queue: Queue<T>, index: number): Queue<T> =>
  index === 0 ? dequeue(queue) : fromArray(items(queue).filter((_, i) => i !== index))

/** A queue of the given entries, the first one the oldest. O(n). */
export const fromArray = <T>(entries: readonly T[]): Queue<T> => {
  let queue: Queue<T> = emptyQueue
  for (const entry of entries) queue = enqueue(queue, entry)
  return queue
}

/** The entries, oldest first. O(n). */
export const items = <T>({ front, middle, back }: Queue<T>): readonly T[] => {
  const lists = [front, ...(middle === null ? [] : items(middle)), reverse(back)]
  const entries: T[] = []
  for (let list of lists) for (; list !== null; list = list.tail) entries.push(list.head)
  return entries
}

const reverse = <T>(list: List<T>): List<T> => {
  let reversed: List<T> = null
  for (let rest = list; rest !== null; rest = rest.tail) reversed = { head: rest.head, tail: reversed }
  return reversed
}

/** Whether some entry is as asked. O(n). */
export const some = <T>(queue: Queue<T>, asked: (entry: T) => boolean): boolean => items(queue).some(asked)
