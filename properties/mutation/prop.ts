import fc, { type Arbitrary } from 'fast-check'
import { test } from 'vitest'

/**
 * `it.prop` of `@fast-check/vitest`, in whose place it stands in mutation runs: that takes two seconds to load, and every
 * mutant would have to wait for it.
 */
export const it = {
  prop:
    <Values extends [unknown, ...unknown[]]>(arbitraries: { [Index in keyof Values]: Arbitrary<Values[Index]> }) =>
    (title: string, body: (...values: Values) => void): void => {
      test(title, () => {
        fc.assert(fc.property(...arbitraries, body))
      })
    },
}

export { fc }
