/**
 * How long an exhibition takes, in closed form and exactly. m boards, n pair-moves, t seconds ours, T seconds theirs.
 *
 * A round of moves over all boards takes us m·t. A board is ready for its next move t+T after its last one began. So
 * rounds begin C = max(m·t, t+T) apart: either we are what everybody waits for, or the first board is what we wait for.
 */
import { type Exhibition, termsOf, wholeTime } from './exhibition.js'
import type { Board } from './programs.js'
import { add, isAtLeast, max, min, negative, over, type Rational, rational, times, zero } from './rational.js'

const one = rational(1n)

const isEmpty = ({ boards, moves }: Exhibition): boolean => boards === 0 || moves === 0

/**
 * One board after the other: `m·n·(t+T)`.
 * We and an opponent take turns and nobody else does anything, so every move and every reply adds its time.
 */
export const oneByOneTime = (exhibition: Exhibition): Rational => wholeTime(exhibition)

/**
 * The time from round to round: `C = max(m·t, t+T)`.
 * We are back at the first board after m·t, and it is ready for us t+T after we came to it: the later of the two.
 */
export const roundTime = (exhibition: Exhibition): Rational => {
  const { m, t, T } = termsOf(exhibition)
  return max(times(m, t), add(t, T))
}

/**
 * When board `board` sees the beginning of its move `move`, both from 0: `move·C + board·t`.
 * A round begins every C, and the boards before this one take t each. With t = 0 the order of boards is not claimed.
 */
export const moveStart = (exhibition: Exhibition, board: number, move: number): Rational => {
  const { t } = termsOf(exhibition)
  return add(times(rational(BigInt(move)), roundTime(exhibition)), times(rational(BigInt(board)), t))
}

/**
 * When our last move ends: `(n−1)·C + m·t`.
 * The last of the n rounds begins at (n−1)·C and takes us m·t.
 */
export const lastMoveTime = (exhibition: Exhibition): Rational => {
  if (isEmpty(exhibition)) return zero
  const { m, n, t } = termsOf(exhibition)
  return add(times(add(n, negative(one)), roundTime(exhibition)), times(m, t))
}

/**
 * When the last reply comes: `(n−1)·C + m·t + T`.
 * Replies of the last round come in the order of our moves, so the last belongs to our last move, T later.
 */
export const lastReplyTime = (exhibition: Exhibition): Rational =>
  isEmpty(exhibition) ? zero : add(lastMoveTime(exhibition), termsOf(exhibition).T)

/** The introduction's formula for our time: `n·m·t`. It is true where we never have to wait: see {@link holds}. */
export const introductionTime = (exhibition: Exhibition): Rational => {
  const { m, n, t } = termsOf(exhibition)
  return times(times(n, m), t)
}

/**
 * Whether the introduction's formula is true: iff `n = 1` or `m·t ≥ t+T` (or nothing is played).
 * (n−1)·C + m·t = n·m·t says that n−1 = 0 or C = m·t.
 */
export const holds = (exhibition: Exhibition): boolean => {
  const { m, t, T } = termsOf(exhibition)
  return isEmpty(exhibition) || exhibition.moves === 1 || isAtLeast(times(m, t), add(t, T))
}

/**
 * The fewest boards with which the formula is true for games of any length: `⌈(t+T)/t⌉`. Null where there are none.
 * m·t ≥ t+T solved for m; with t = 0 it is never so but for T = 0.
 */
export const fewestBoards = (exhibition: Exhibition): bigint | null => {
  const { t, T } = termsOf(exhibition)
  if (t.numerator === 0n) return T.numerator === 0n ? 0n : null
  const { numerator, denominator } = over(add(t, T), t)
  return (numerator + denominator - 1n) / denominator
}

const ratio = (whole: Rational, part: Rational): Rational | null => (part.numerator === 0n ? null : over(whole, part))

/** How many times sooner our last move ends than one board after the other; null where both take no time at all. */
export const speedup = (exhibition: Exhibition): Rational | null =>
  ratio(oneByOneTime(exhibition), lastMoveTime(exhibition))

/** How many times sooner the last reply comes. */
export const speedupWithLastReply = (exhibition: Exhibition): Rational | null =>
  ratio(oneByOneTime(exhibition), lastReplyTime(exhibition))

/**
 * What both speed-ups tend to as games get longer: `min(m, (t+T)/t)`, and m for t = 0. Null where no time passes.
 * Per move it is m·(t+T)/C, and C is m·t or t+T.
 */
export const speedupLimit = (exhibition: Exhibition): Rational | null => {
  const { m, t, T } = termsOf(exhibition)
  if (t.numerator === 0n) return T.numerator === 0n ? null : m
  return min(m, over(add(t, T), t))
}

/**
 * Boards of different speed: the last reply comes between `max(Σ nᵢtᵢ, max nᵢ(tᵢ+Tᵢ))` and `Σ nᵢtᵢ + max nᵢTᵢ`.
 * We cannot be faster than all our moves, nor than the slowest game alone; and while we have no move to make, every game
 * that is left has its opponent thinking, the one that ends last too, so that we idle for no longer than it thinks.
 */
export const boundsOfSpeeds = (boards: readonly Board[]): { readonly least: Rational; readonly most: Rational } => {
  const terms = boards.map((board) => termsOf({ boards: 1, ...board }))
  const work = terms.map(({ n, t }) => times(n, t)).reduce(add, zero)
  const games = terms.map(({ n, t, T }) => times(n, add(t, T)))
  const replies = terms.map(({ n, T }) => times(n, T))
  return { least: games.reduce(max, work), most: add(work, replies.reduce(max, zero)) }
}
