/** An exact fraction in lowest terms; the denominator is positive. */
export interface Rational {
  readonly numerator: bigint
  readonly denominator: bigint
}

const divisor = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : divisor(b, a % b))

/** `numerator / denominator`; the denominator is not 0. */
export const rational = (numerator: bigint, denominator = 1n): Rational => {
  const common = divisor(numerator, denominator) * (denominator < 0n ? -1n : 1n)
  return { numerator: numerator / common, denominator: denominator / common }
}

export const zero = rational(0n)

/** The number that a decimal text names exactly: `0.3` is 3/10, which no double is. Null where it is no such text. */
export const fromDecimal = (text: string): Rational | null => {
  const [, whole = '', fraction = '', exponent = '0'] = /^(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/i.exec(text) ?? []
  if (whole + fraction === '') return null
  const power = BigInt(exponent) - BigInt(fraction.length)
  const digits = BigInt(whole + fraction)
  return power < 0n ? rational(digits, 10n ** -power) : rational(digits * 10n ** power)
}

/** Exactly the number that a finite double is. */
export const fromDouble = (value: number): Rational => {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is no fraction`)
  let doublings = 0n
  let whole = value
  for (; !Number.isInteger(whole); whole *= 2) doublings += 1n
  return rational(BigInt(whole), 2n ** doublings)
}

/** The double nearest to a fraction that is not negative, but for the last bit where a part of it is beyond 2⁵³. */
export const toDouble = ({ numerator, denominator }: Rational): number => {
  if (numerator < 2n ** 53n && denominator < 2n ** 53n) return Number(numerator) / Number(denominator)
  const whole = numerator / denominator
  return whole >= 2n ** 53n ? Number(whole) : Number((numerator << 128n) / denominator) / 2 ** 128
}

export const add = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)

export const times = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.numerator, a.denominator * b.denominator)

export const negative = (a: Rational): Rational => ({ numerator: -a.numerator, denominator: a.denominator })

/** `a / b`; b is not 0. */
export const over = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.denominator, a.denominator * b.numerator)

export const isAtLeast = (a: Rational, b: Rational): boolean =>
  a.numerator * b.denominator >= b.numerator * a.denominator

export const max = (a: Rational, b: Rational): Rational => (isAtLeast(a, b) ? a : b)
export const min = (a: Rational, b: Rational): Rational => (isAtLeast(a, b) ? b : a)
