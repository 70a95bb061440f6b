/**
 * Exact decimal digits of floats and exact quotients of integers, both rounded half to even as CPython does. JavaScript
 * rounds halves up in `toFixed`, so the digits come from the binary value, in integers.
 */

const word = new DataView(new ArrayBuffer(8))

/** A finite float as `mantissa * 2 ** exponent`. */
export function decompose(value: number): { readonly mantissa: bigint; readonly exponent: number } {
  word.setFloat64(0, value)
  const bits = word.getBigUint64(0)
  const fraction = bits & 0xfffffffffffffn
  const biased = Number((bits >> 52n) & 0x7ffn)
  const magnitude = biased === 0 ? fraction : fraction | 0x10000000000000n
  return { mantissa: bits >> 63n === 0n ? magnitude : -magnitude, exponent: Math.max(biased, 1) - 1075 }
}

/** Number of bits of a positive integer. */
export function bitLength(value: bigint): number {
  const hex = value.toString(16)
  return 4 * (hex.length - 1) + 32 - Math.clz32(Number.parseInt(hex.charAt(0), 16))
}

/** `value * 2 ** exponent` as a fraction. */
export const scaled = (value: bigint, exponent: number): readonly [bigint, bigint] =>
  exponent < 0 ? [value, 1n << BigInt(-exponent)] : [value << BigInt(exponent), 1n]

/** `numerator / denominator`, both positive, rounded half to even. */
export function halfEven(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator
  const twice = 2n * (numerator - quotient * denominator)
  return twice > denominator || (twice === denominator && quotient % 2n === 1n) ? quotient + 1n : quotient
}

/** The float nearest to `numerator / denominator`, both positive; infinity if there is none. */
export function nearest(numerator: bigint, denominator: bigint): number {
  const guess = bitLength(numerator) - bitLength(denominator)
  const [low, high] = guess < 0 ? [numerator << BigInt(-guess), denominator] : [numerator, denominator << BigInt(guess)]
  const exponent = Math.max((low < high ? guess - 1 : guess) - 52, -1074)
  if (exponent > 971) return Number.POSITIVE_INFINITY
  const digits =
    exponent < 0
      ? halfEven(numerator << BigInt(-exponent), denominator)
      : halfEven(numerator, denominator << BigInt(exponent))
  return Number(digits) * 2 ** exponent
}

/** `value * 10 ** places`, for a finite float not below 0, rounded half to even. */
export function fixed(value: number, places: number): bigint {
  const { mantissa, exponent } = decompose(value)
  const [numerator, denominator] = scaled(mantissa, exponent)
  return places < 0
    ? halfEven(numerator, denominator * 10n ** BigInt(-places))
    : halfEven(numerator * 10n ** BigInt(places), denominator)
}

/** Decimal digits, and the power of ten of the first of them: `['125', -1]` is 0.125 × … 1.25e-1. */
export type Scientific = readonly [digits: string, exponent: number]

/** A finite float not below 0, rounded half to even to so many significant digits (one or more). */
export function significant(value: number, count: number): Scientific {
  if (value === 0) return ['0'.repeat(count), 0]
  // No float is so near below a power of ten that 40 places would round it up to that.
  const exponent = Number(value.toExponential(40).split('e')[1])
  const digits = fixed(value, count - 1 - exponent).toString()
  return digits.length > count ? [digits.slice(0, count), exponent + 1] : [digits, exponent]
}

/** Python's `repr` of a float. */
export function shortest(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf'
  if (Object.is(value, -0)) return '-0.0'
  const magnitude = Math.abs(value)
  if (magnitude === 0 || (magnitude >= 1e-4 && magnitude < 1e16)) {
    return Number.isInteger(value) ? `${value}.0` : `${value}`
  }
  const [digits = '', exponent] = value.toExponential().split('e')
  return `${digits}e${exponentText(Number(exponent))}`
}

/** An exponent as C writes it: with its sign, in two digits or more. */
export const exponentText = (exponent: number): string =>
  `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
