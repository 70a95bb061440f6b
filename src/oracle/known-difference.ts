/** A difference between the model and an implementation that cannot be settled, as `fixtures/differences.json` lists them. */
export interface KnownDifference {
  /** The name of the implementation. */
  readonly implementation: string
  /** Why the model cannot do as it does. */
  readonly reason: string
  /** Where Python's developers speak of it. */
  readonly issue: string
  /** The smallest program that shows it. */
  readonly program: string
  /** A regular expression that matches the texts of exactly those programs that may show it. */
  readonly covers: string
}

/** The known difference that a program may show on an implementation. */
export const knownDifference = (
  known: readonly KnownDifference[],
  implementation: string,
  text: string,
): KnownDifference | undefined =>
  known.find((each) => each.implementation === implementation && new RegExp(each.covers, 's').test(text))
