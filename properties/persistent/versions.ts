import { fc } from '@fast-check/vitest'

/** A persistent structure next to the plain one which it has to agree with. */
export type Version<S, M> = { readonly actual: S; readonly model: M }

/** An operation and the version it starts from, counted back from the newest. */
export type Step<Op> = { readonly back: number; readonly op: Op }

/** Steps of which most continue the newest version and some an older one. */
export const steps = <Op>(op: fc.Arbitrary<Op>, maxLength: number): fc.Arbitrary<readonly Step<Op>[]> =>
  fc.array(fc.record({ back: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(maxLength)), op }), {
    maxLength,
    size: 'max',
  })

/** Every version that arises from a first one, each deeply frozen before anything is made of it. */
export const versions = <S, M, Op>(
  first: Version<S, M>,
  history: readonly Step<Op>[],
  apply: (version: Version<S, M>, op: Op) => Version<S, M>,
): readonly Version<S, M>[] => {
  const all = [deepFreeze(first)]
  for (const { back, op } of history) {
    const base = all[Math.max(0, all.length - 1 - back)] ?? first
    all.push(deepFreeze(apply(base, op)))
  }
  return all
}

/** The share of generated values for which a predicate holds: a property about rare values says little. */
export const share = <T>(values: fc.Arbitrary<T>, holds: (value: T) => boolean): number => {
  const sample = fc.sample(values, 1000)
  return sample.filter(holds).length / sample.length
}

/** Freezes all that a value reaches. What is frozen already is taken to be frozen throughout. */
export const deepFreeze = <T>(value: T): T => {
  // No recursion: a chain of many links, as a context is, is deeper than the stack.
  const waiting: unknown[] = [value]
  while (waiting.length > 0) {
    const next = waiting.pop()
    if (typeof next !== 'object' || next === null || Object.isFrozen(next)) continue
    Object.freeze(next)
    for (const part of Object.values(next)) waiting.push(part)
  }
  return value
}
