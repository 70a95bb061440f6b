import { bitLength, decompose, halfEven, nearest } from './digits.js'

/**
 * `Math.pow` may be off in the last place, and CPython's `pow` is not (its C library rounds nearly every result
 * correctly). So this one calculates in fixed point with many more bits than a float has.
 */

const precision = 256
const one = 1n << BigInt(precision)

/** Twice the inverse hyperbolic tangent of a fraction: the logarithm of (1 + x) / (1 - x). */
function logarithmOfRatio(numerator: bigint, denominator: bigint): bigint {
  let power = (numerator << BigInt(precision)) / denominator
  const square = (power * power) >> BigInt(precision)
  let sum = 0n
  for (let n = 1n; power !== 0n && power !== -1n; n += 2n) {
    sum += power / n
    power = (power * square) >> BigInt(precision)
  }
  return 2n * sum
}

const ln2 = logarithmOfRatio(1n, 3n)

/** The binary logarithm of a positive finite float, in fixed point. */
function log2(base: number): bigint {
  const { mantissa, exponent } = decompose(base)
  const bits = bitLength(mantissa)
  // Between 3/4 and 3/2, so that no digits are lost near 1.
  const shift = 2n * mantissa > 3n << BigInt(bits - 1) ? bits : bits - 1
  const unit = 1n << BigInt(shift)
  const fraction = logarithmOfRatio(mantissa - unit, mantissa + unit)
  return BigInt(exponent + shift) * one + (fraction << BigInt(precision)) / ln2
}

/** 2 to a power from 0 to 1, in fixed point. */
function exp2(power: bigint): bigint {
  const argument = (power * ln2) >> BigInt(precision)
  let term = one
  let sum = 0n
  for (let n = 1n; term !== 0n; n += 1n) {
    sum += term
    term = ((term * argument) >> BigInt(precision)) / n
  }
  return sum
}

/** A positive finite float to a finite power, correctly rounded. */
function positivePower(base: number, exponent: number): number {
  const rough = base ** exponent
  if (base === 1 || rough === 0 || rough === Number.POSITIVE_INFINITY) return rough
  const { mantissa, exponent: scale } = decompose(exponent)
  const product = log2(base) * mantissa
  const power = scale < 0 ? product >> BigInt(-scale) : product << BigInt(scale)
  const whole = power >> BigInt(precision)
  // Rounded to far fewer bits than were calculated, which makes exact results and exact halves exact again.
  const digits = halfEven(exp2(power - whole * one), 1n << BigInt(precision - 128))
  const places = whole - 128n
  return places < 0n ? nearest(digits, 1n << -places) : nearest(digits << places, 1n)
}

/**
 * C's `pow`, except that an exponent that is not whole asks for a base that is not negative. The result is infinite if
 * it is too large.
 */
export function floatPower(base: number, exponent: number): number {
  if (base === 1 || exponent === 0 || (base === -1 && !Number.isFinite(exponent) && !Number.isNaN(exponent))) return 1
  if (base === 0 || !Number.isFinite(base) || !Number.isFinite(exponent)) return base ** exponent
  const magnitude = positivePower(Math.abs(base), exponent)
  return base < 0 && Math.abs(exponent % 2) === 1 ? -magnitude : magnitude
}
