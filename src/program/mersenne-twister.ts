/** The state of MT19937: its 624 words, and how many of them have been given out. */
export interface Twister {
  readonly words: readonly number[]
  readonly used: number
}

const size = 624
const shift = 397

const scrambled = (word: number): number => word ^ (word >>> 30)

/** The generator that a seed begins. Mirrors `random_seed` and `init_by_array` (3.2 to 3.14): the sign does not count. */
export const twisterOf = (seed: bigint): Twister => {
  const key = wordsOf(seed < 0n ? -seed : seed)
  const words = [19650218]
  for (let at = 1; at < size; at += 1) {
    words.push((Math.imul(1812433253, scrambled(words[at - 1] ?? 0)) + at) >>> 0)
  }
  let at = 1
  const put = (word: number): void => {
    words[at] = word >>> 0
    at += 1
    if (at < size) return
    words[0] = words[size - 1] ?? 0
    at = 1
  }
  const mixed = (factor: number): number => (words[at] ?? 0) ^ Math.imul(scrambled(words[at - 1] ?? 0), factor)
  for (let step = 0; step < Math.max(size, key.length); step += 1) {
    const place = step % key.length
    put(mixed(1664525) + (key[place] ?? 0) + place)
  }
  for (let step = 1; step < size; step += 1) put(mixed(1566083941) - at)
  words[0] = 0x80000000
  return { words, used: size }
}

/** An integer in words of 32 bits, the lowest first; at least one. */
const wordsOf = (value: bigint): readonly number[] => {
  const words: number[] = []
  for (let rest = value; rest > 0n; rest >>= 32n) words.push(Number(rest & 0xffffffffn))
  return words.length === 0 ? [0] : words
}

/** The next 32 bits. Mirrors `genrand_uint32` (3.2 to 3.14). */
export const nextWord = (twister: Twister): readonly [Twister, number] => {
  const { words, used } = twister.used < size ? twister : { words: twisted(twister.words), used: 0 }
  let word = words[used] ?? 0
  word ^= word >>> 11
  word ^= (word << 7) & 0x9d2c5680
  word ^= (word << 15) & 0xefc60000
  word ^= word >>> 18
  return [{ words, used: used + 1 }, word >>> 0]
}

const twisted = (before: readonly number[]): readonly number[] => {
  const words = before.slice()
  for (let at = 0; at < size; at += 1) {
    const joined = ((words[at] ?? 0) & 0x80000000) | ((words[(at + 1) % size] ?? 0) & 0x7fffffff)
    words[at] = ((words[(at + shift) % size] ?? 0) ^ (joined >>> 1) ^ (joined & 1 ? 0x9908b0df : 0)) >>> 0
  }
  return words
}

/** A float from 0 up to but not including 1, of 53 random bits. Mirrors `_random_Random_random_impl` (3.2 to 3.14). */
export const nextFloat = (twister: Twister): readonly [Twister, number] => {
  const [between, high] = nextWord(twister)
  const [after, low] = nextWord(between)
  return [after, ((high >>> 5) * 67108864 + (low >>> 6)) / 9007199254740992]
}

/** An int of so many random bits. Mirrors `_random_Random_getrandbits_impl` (3.9 to 3.14). */
export const nextBits = (twister: Twister, bits: number): readonly [Twister, bigint] => {
  let after = twister
  let value = 0n
  for (let done = 0; done < bits; done += 32) {
    const [next, word] = nextWord(after)
    after = next
    value |= BigInt(bits - done < 32 ? word >>> (32 - (bits - done)) : word) << BigInt(done)
  }
  return [after, value]
}
