import fc from 'fast-check'
import type { Exhibition } from '../../src/exhibition/exhibition.js'

/** Seconds as multiples of 2⁻¹⁰: doubles hold them and every sum of them exactly. */
const binarySeconds: fc.Arbitrary<string> = fc.oneof(
  fc.constant('0'),
  fc.integer({ min: 0, max: 60 }).map(String),
  fc.integer({ min: 0, max: 2 ** 17 }).map((ticks) => String(ticks / 2 ** 10)),
)

/** Seconds as people write them: to the tenth, to the thousandth, to the nanosecond, in the style of `1e-3`. */
const decimalSeconds: fc.Arbitrary<string> = fc.oneof(
  fc.constant('0'),
  fc.integer({ min: 0, max: 600 }).map((tenths) => (tenths / 10).toFixed(1)),
  fc.integer({ min: 0, max: 100_000 }).map((thousandths) => (thousandths / 1000).toFixed(3)),
  fc.integer({ min: 1, max: 999 }).map((nanoseconds) => `${nanoseconds}e-9`),
  fc.tuple(fc.nat(2 ** 20), fc.nat(999_999_999)).map(([whole, part]) => `${whole}.${String(part).padStart(9, '0')}`),
)

const sizes = { boards: fc.integer({ min: 0, max: 30 }), moves: fc.integer({ min: 0, max: 12 }) }

const anyTimes = (seconds: fc.Arbitrary<string>): fc.Arbitrary<Exhibition> =>
  fc.record({ ...sizes, ours: seconds, theirs: seconds })

/**
 * Exhibitions near the tie m·t = t+T, in which we are done with a round at the very moment at which the first board is
 * ready again: on it, a little to either side, and far beyond it, where we wait.
 */
const nearTies = (write: (ticks: number) => string): fc.Arbitrary<Exhibition> =>
  fc
    .record({
      boards: fc.integer({ min: 1, max: 30 }),
      moves: sizes.moves,
      ours: fc.nat(2 ** 8),
      off: fc.constantFrom(0, 0, -1, 1, 2 ** 12),
    })
    .map(({ boards, moves, ours, off }) => ({
      boards,
      moves,
      ours: write(ours),
      theirs: write(Math.max(0, ours * (boards - 1) + off)),
    }))

/** Exhibitions whose every time is a double. */
export const binaryExhibitions: fc.Arbitrary<Exhibition> = fc.oneof(
  { weight: 1, arbitrary: anyTimes(binarySeconds) },
  { weight: 1, arbitrary: nearTies((ticks) => String(ticks / 2 ** 10)) },
)

/** Exhibitions with times in decimal notation. */
export const decimalExhibitions: fc.Arbitrary<Exhibition> = fc.oneof(
  { weight: 1, arbitrary: anyTimes(decimalSeconds) },
  { weight: 1, arbitrary: nearTies((ticks) => (ticks / 10).toFixed(1)) },
)

/** Exhibitions of any kind. */
export const exhibitions: fc.Arbitrary<Exhibition> = fc.oneof(binaryExhibitions, decimalExhibitions)
