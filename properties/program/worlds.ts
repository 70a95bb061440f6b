import { fc } from '@fast-check/vitest'
import { newestPython } from '../../src/asyncio/versions.js'
import { type Argument, worded } from '../../src/loop/raise.js'
import type { Reference, Value } from '../../src/loop/value.js'
import type { Contents } from '../../src/program/representation.js'

/** Contents of lists, given in the order of their ids. */
export const listsOf = (...lists: readonly (readonly Value[])[]): Contents => ({
  items: (list) => lists[list.id] ?? [],
  entries: () => [],
  lookUp: () => undefined,
  args: ({ args }) => args,
  has: () => false,
  ask: () => undefined,
  qualname: ({ name }) => name,
  describe: (reference) => `<${reference.kind} ${reference.id}>`,
  python: newestPython,
})

export const noLists: Contents = listsOf()

export const list = (id: number): Reference => ({ kind: 'list', id })
export const tuple = (...items: readonly Value[]): Value => ({ kind: 'tuple', items })
export const error = (type: string, ...args: readonly Value[]): Value => ({ kind: 'exception', id: 1, type, args })
export const range = (start: bigint, stop: bigint, step = 1n): Value => ({ kind: 'range', start, stop, step })

/** What an evaluation gives: its value, or the error it raises as `Type: text`. */
export function attempt(run: () => Value | undefined): Value | undefined {
  try {
    return run()
  } catch (raised) {
    const { type, args } = raised as { readonly type: string; readonly args: readonly Argument[] }
    return `${type}: ${worded(args, newestPython).join(', ')}`
  }
}

export const int: fc.Arbitrary<bigint> = fc.oneof(fc.bigInt(-30n, 30n), fc.bigInt(-(10n ** 40n), 10n ** 40n))

export const number: fc.Arbitrary<bigint | number | boolean> = fc.oneof(int, fc.double(), fc.boolean())

/** Values without lists. */
export const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    number,
    fc.string({ unit: 'binary' }),
    fc.constant(null),
    fc.constantFrom<Value>({ kind: 'class', name: 'ValueError' }, range(0n, 3n), error('KeyError', 'a')),
    fc.array(tie('value'), { maxLength: 3 }).map((items) => tuple(...items)),
  ),
}))
