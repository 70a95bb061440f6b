import { add, fromDecimal, type Rational, rational, times } from './rational.js'

/** A simultaneous exhibition: one master, many boards, all alike. Times are decimal texts, to be taken exactly. */
export interface Exhibition {
  readonly boards: number
  /** Pair-moves a game: one of ours and the opponent's reply. */
  readonly moves: number
  /** Seconds that we take for a move. */
  readonly ours: string
  /** Seconds that an opponent takes to reply. */
  readonly theirs: string
}

/** The exhibition of the introduction. */
export const introduction: Exhibition = { boards: 24, moves: 30, ours: '5', theirs: '55' }

/** The numbers of an exhibition, exactly: m, n, t and T of the formulas. */
export interface Terms {
  readonly m: Rational
  readonly n: Rational
  readonly t: Rational
  readonly T: Rational
}

/** The longest and, 0 apart, the shortest time that may be given, in seconds. */
export const longest = 2 ** 31
export const shortest = 1e-9

/** Reads a decimal text of seconds; null where it is none, or out of range. */
export const secondsOf = (text: string): Rational | null => {
  const exact = text.length > 40 ? null : fromDecimal(text)
  const value = Number(text)
  return exact !== null && (exact.numerator === 0n || (value >= shortest && value <= longest)) ? exact : null
}

/** The exact numbers of an exhibition. Throws a RangeError where one of them is none. */
export const termsOf = ({ boards, moves, ours, theirs }: Exhibition): Terms => {
  const t = secondsOf(ours)
  const T = secondsOf(theirs)
  if (t === null || T === null) throw new RangeError(`seconds are decimal numbers, not '${t === null ? ours : theirs}'`)
  return { m: rational(BigInt(boards)), n: rational(BigInt(moves)), t, T }
}

/** The time of the whole exhibition, one board after the other, exactly: no other way takes longer. */
export const wholeTime = (exhibition: Exhibition): Rational => {
  const { m, n, t, T } = termsOf(exhibition)
  return times(times(m, n), add(t, T))
}

/** The text of a number as Python writes it: `05` is none there. */
export const pythonNumber = (text: string): string => text.replace(/^0+(?=\d)/, '')
