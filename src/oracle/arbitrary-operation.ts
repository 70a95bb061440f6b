import fc, { type Arbitrary } from 'fast-check'
import { type Clause, endings, guards, type Kind, type Operation } from './operation.js'

const index = fc.nat(7)

const delay = fc.constantFrom(0, 1, 0, 1, 2, 1, 3, 2, 0.5, -1)

const guard = fc.oneof(
  { weight: 1, arbitrary: fc.constant(guards[0]) },
  { weight: 1, arbitrary: fc.constantFrom(...guards) },
)

const nothingInside = {
  body: fc.constant([]),
  handlers: fc.constant([]),
  orelse: fc.constant([]),
  finalbody: fc.constant(null),
}

/** One operation with nothing inside it. */
export const simple = (kinds: readonly Kind[]): Arbitrary<Operation> =>
  fc.record({
    does: fc.constantFrom(...kinds),
    guard,
    which: index,
    other: fc.nat(15),
    variant: fc.nat(15),
    delay,
    ...nothingInside,
  })

/** Some operations, those of `control` with others inside them. */
export const operations = (
  kinds: readonly Kind[],
  control: readonly Kind[],
  size: number,
  depth: number,
): Arbitrary<Operation[]> => {
  const one = simple(kinds)
  if (depth === 0 || control.length === 0) return fc.array(one, { maxLength: size })
  const inside = operations(kinds, control, Math.ceil(size / 2), depth - 1)
  const clause: Arbitrary<Clause> = fc.record({
    catches: fc.constantFrom(...guards.slice(1)),
    body: inside,
    ending: fc.constantFrom(...endings),
  })
  const compound = fc.record<Operation>({
    does: fc.constantFrom(...control),
    guard: fc.constant(''),
    which: index,
    other: index,
    variant: fc.nat(15),
    delay,
    body: inside,
    handlers: fc.array(clause, { maxLength: 2 }),
    orelse: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: inside }),
    finalbody: fc.option(clause),
  })
  const any = fc.oneof({ weight: 5, arbitrary: one }, { weight: 1, arbitrary: compound })
  return fc.array(any, { maxLength: size })
}
