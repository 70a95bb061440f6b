import { isDeepStrictEqual } from 'node:util'
import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { emptyVector, fromArray, get, items, pop, push, set, type Vector } from '../../src/persistent/vector.js'
import { share, steps, type Version, versions } from './versions.js'

type Entry = number
type Op = {
  readonly kind: 'push' | 'pop' | 'set'
  /** Where, as a fraction of the size. */
  readonly where: number
  readonly times: number
}

const WIDTH = 16
const EDGES = [1, WIDTH, 2 * WIDTH, WIDTH ** 2, WIDTH ** 2 + WIDTH, WIDTH ** 3, WIDTH ** 3 + WIDTH]
const size = fc.oneof(
  { weight: 1, arbitrary: fc.nat(40) },
  { weight: 2, arbitrary: fc.noBias(fc.nat(6000)) },
  { weight: 1, arbitrary: fc.constantFrom(...EDGES.flatMap((edge) => [edge - 1, edge, edge + 1])) },
)
const history = steps<Op>(
  fc.record({
    kind: fc.constantFrom('push', 'pop', 'set'),
    where: fc.double({ min: 0, max: 0.999, noNaN: true }),
    times: fc.nat(40),
  }),
  30,
)

const upTo = (length: number): readonly number[] => Array.from({ length }, (_, i) => i)

const start = (size: number): Version<Vector<number>, readonly Entry[]> => ({
  actual: fromArray(upTo(size)),
  model: upTo(size),
})

const times = <T>(count: number, change: (value: T) => T, first: T): T => {
  let value = first
  for (let i = 0; i < count; i += 1) value = change(value)
  return value
}

const apply = ({ actual, model }: Version<Vector<number>, readonly Entry[]>, op: Op) => {
  const index = Math.floor(op.where * model.length)
  if (op.kind === 'push') {
    const added = upTo(op.times).map((i) => -i)
    return {
      actual: added.reduce<Vector<number>>((vector, entry) => push(vector, entry), actual),
      model: [...model, ...added],
    }
  }
  if (op.kind === 'pop') {
    return { actual: times(op.times, pop, actual), model: model.slice(0, Math.max(0, model.length - op.times)) }
  }
  return model.length === 0
    ? { actual, model }
    : { actual: set(actual, index, op.times), model: model.with(index, op.times) }
}

describe('vector', () => {
  it.prop([size, history])('every version holds what an array would', (size, history) => {
    for (const { actual, model } of versions(start(size), history, apply)) {
      expect(actual.size).toBe(model.length)
      expect(isDeepStrictEqual(items(actual), model)).toBe(true)
      for (let i = 0; i < model.length; i += 7) if (get(actual, i) !== model[i]) expect(get(actual, i)).toBe(model[i])
      for (const outside of [-1, model.length, model.length + WIDTH, 2 ** 31, Number.NaN]) {
        expect(get(actual, outside)).toBeUndefined()
      }
    }
  })

  test('with its last entry gone it is the one before, at every edge', () => {
    for (const edge of EDGES) {
      for (const size of [edge - 1, edge, edge + 1]) {
        expect(isDeepStrictEqual(pop(fromArray(upTo(size + 1))), fromArray(upTo(size)))).toBe(true)
      }
    }
    expect(pop(fromArray([1]))).toBe(emptyVector)
    expect(pop(emptyVector)).toBe(emptyVector)
  })

  it.prop([size, history])('the layout depends on size and entries only', (size, history) => {
    const { actual } = versions(start(size), history, apply).at(-1) ?? start(size)
    expect(isDeepStrictEqual(actual, fromArray(items(actual)))).toBe(true)
  })

  it.prop([size])('an unrelated part is shared, not copied', (size) => {
    const vector = fromArray(upTo(size + 2 * WIDTH))
    expect(set(vector, vector.size - 1, -1).root).toBe(vector.root)
    expect(set(vector, 0, -1).tail).toBe(vector.tail)
    expect(set(vector, 0, -1).root?.[1]).toBe(vector.root?.[1])
  })

  test('what is not there can be neither set nor taken', () => {
    expect(() => set(fromArray([1, 2]), 2, 3)).toThrow(new RangeError('no index 2 in a vector of size 2'))
    expect(() => set(fromArray([1, 2]), -1, 3)).toThrow(RangeError)
    expect(pop(emptyVector)).toBe(emptyVector)
  })

  test('the generated vectors reach several levels', () => {
    expect(share(size, (n) => n > WIDTH ** 2 + WIDTH)).toBeGreaterThan(0.4)
    expect(share(size, (n) => n > WIDTH ** 3 + WIDTH)).toBeGreaterThan(0.08)
  })
})
