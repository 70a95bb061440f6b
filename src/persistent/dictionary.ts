/**
 * A persistent dictionary: values by strings.
 *
 * A trie on the digits of a hash of the string, the lowest first. A string sits as high as it can; strings of one hash sit
 * together.
 *
 * Source: P. Bagwell, "Ideal Hash Trees" (2001); the hash is FNV-1a.
 */

type Slot<T> = undefined | Leaf<T> | Node<T>
type Leaf<T> = { readonly hash: number; readonly entries: readonly (readonly [key: string, value: T])[] }
type Node<T> = readonly Slot<T>[]

/** Values by string. */
export type Dictionary<T> = Node<T>

const BITS = 3
const MASK = (1 << BITS) - 1

const _ = undefined

/** The dictionary without entries. */
export const emptyDictionary: Dictionary<never> = [_, _, _, _, _, _, _, _]

/** The value of a key; undefined where it has none. O(log n). */
export const find = <T>(dictionary: Dictionary<T>, key: string): T | undefined => {
  const hash = hashOf(key)
  let node = dictionary
  for (let digits = hash; ; digits >>>= BITS) {
    const slot = node[digits & MASK]
    if (slot === undefined) return undefined
    if (!isNode(slot)) return slot.entries.find(([other]) => other === key)?.[1]
    node = slot
  }
}

/** The dictionary with a value for a key. O(log n). */
export const assign = <T>(dictionary: Dictionary<T>, key: string, value: T): Dictionary<T> =>
  write(dictionary, 0, { hash: hashOf(key), entries: [[key, value]] })

/** The dictionary without a key. O(log n). */
export const without = <T>(dictionary: Dictionary<T>, key: string): Dictionary<T> =>
  erase(dictionary, 0, hashOf(key), key)

/** All keys with their values, in no order that means anything. */
export const entries = <T>(dictionary: Dictionary<T>): readonly (readonly [key: string, value: T])[] =>
  dictionary.flatMap((slot) => (slot === undefined ? [] : isNode(slot) ? entries(slot) : slot.entries))

const hashOf = (key: string): number => {
  let hash = 0x811c9dc5
  for (let at = 0; at < key.length; at += 1) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

const isNode = <T>(slot: Slot<T>): slot is Node<T> => Array.isArray(slot)

const write = <T>(node: Node<T>, shift: number, leaf: Leaf<T>): Node<T> => {
  const digit = (leaf.hash >>> shift) & MASK
  const slot = node[digit]
  if (slot === undefined) return node.with(digit, leaf)
  if (isNode(slot)) return node.with(digit, write(slot, shift + BITS, leaf))
  if (slot.hash === leaf.hash) return node.with(digit, joined(slot, leaf))
  const below = shift + BITS
  return node.with(digit, write(write<T>(emptyDictionary, below, slot), below, leaf))
}

/** Two leaves of one hash. */
const joined = <T>({ hash, entries }: Leaf<T>, leaf: Leaf<T>): Leaf<T> => ({
  hash,
  entries: [...entries.filter(([key]) => leaf.entries.every(([other]) => other !== key)), ...leaf.entries],
})

const erase = <T>(node: Node<T>, shift: number, hash: number, key: string): Node<T> => {
  const digit = (hash >>> shift) & MASK
  const slot = node[digit]
  if (slot === undefined) return node
  if (isNode(slot)) return node.with(digit, erase(slot, shift + BITS, hash, key))
  const entries = slot.entries.filter(([other]) => other !== key)
  return node.with(digit, entries.length === 0 ? undefined : { hash: slot.hash, entries })
}
