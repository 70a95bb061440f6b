import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { emptyHeap, type Heap, heapify, heappop, heappush, items, peek } from '../../src/persistent/heap.js'
import * as heapq from './heapq.js'
import { share, steps, type Version, versions } from './versions.js'

type Timer = { readonly when: number; readonly id: number }
type Op =
  | { readonly kind: 'push'; readonly when: number }
  | { readonly kind: 'pop' }
  | { readonly kind: 'drop and heapify'; readonly modulus: number }

const tied = fc.constantFrom(0, 1, 2, 3)
const any = fc.oneof(tied, tied, tied, fc.constantFrom(Number.NaN, -0, 0.5, Number.POSITIVE_INFINITY), fc.double())
const keys = (key: fc.Arbitrary<number>) => fc.array(key, { maxLength: 80, size: 'max' })
const history = steps<Op>(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('push'), when: any }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('pop') }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('drop and heapify'), modulus: fc.integer({ min: 2, max: 5 }) }),
    },
  ),
  60,
)

const timers = (keys: readonly number[]): readonly Timer[] => keys.map((when, id) => ({ when, id }))
const pushed = (keys: readonly number[]): Heap<Timer> => timers(keys).reduce<Heap<Timer>>(heappush, emptyHeap)

const drained = (heap: Heap<Timer>): readonly Timer[] => {
  const out: Timer[] = []
  for (let next = heappop(heap); next !== undefined; next = heappop(next.rest)) out.push(next.entry)
  return out
}
const order = (heap: Heap<Timer>): string =>
  drained(heap)
    .map(({ id }) => id)
    .join(' ')
const layout = (heap: Heap<Timer>): string =>
  items(heap)
    .map(({ id }) => id)
    .join(' ')

const apply = ({ actual, model }: Version<Heap<Timer>, readonly Timer[]>, op: Op) => {
  if (op.kind === 'push') {
    const timer = { when: op.when, id: 1000 + model.length }
    return { actual: heappush(actual, timer), model: heapq.heappush(model, timer) }
  }
  if (op.kind === 'pop') {
    const popped = heappop(actual)
    expect(popped?.entry).toBe(model[0])
    return { actual: popped?.rest ?? actual, model: heapq.heappop(model) }
  }
  const kept = model.filter((_, i) => i % op.modulus !== 0)
  return { actual: heapify(kept), model: heapq.heapify(kept) }
}

const isHeap = (list: readonly Timer[]): boolean =>
  list.every(({ when }, i) => i === 0 || !(when < (list[(i - 1) >> 1]?.when ?? Number.NaN)))

describe('heap', () => {
  it.prop([keys(any), history])("every version is CPython's list, ties and NaN included", (start, history) => {
    const list = timers(start)
    const first = { actual: heapify(list), model: heapq.heapify(list) }
    for (const { actual, model } of versions(first, history, apply)) {
      expect(items(actual)).toEqual(model)
      expect(actual.size).toBe(model.length)
      expect(peek(actual)).toBe(model[0])
    }
  })

  it.prop([keys(fc.double({ noNaN: true }))])('entries leave in ascending order', (keys) => {
    const ascending = [...keys].sort((a, b) => a - b)
    expect(drained(pushed(keys)).map(({ when }) => when + 0)).toEqual(ascending.map((when) => when + 0))
    expect(isHeap(items(pushed(keys)))).toBe(true)
    expect(isHeap(items(heapify(timers(keys))))).toBe(true)
  })

  test('large heaps agree too', () => {
    const list = timers(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 97))
    expect(items(heapify(list))).toEqual(heapq.heapify(list))
    expect(items(list.reduce<Heap<Timer>>(heappush, emptyHeap))).toEqual(
      list.reduce(heapq.heappush, [] as readonly Timer[]),
    )
  })

  test('equal keys leave in the order that they leave CPython', () => {
    const equal = (count: number) => Array(count).fill(0)
    expect(order(pushed(equal(5)))).toBe('0 2 4 1 3')
    expect(order(pushed(equal(10)))).toBe('0 2 6 9 8 5 7 4 1 3')
    expect(order(pushed([...equal(5), 1]))).toBe('0 2 1 3 4 5')
    expect(order(pushed([...equal(10), 1]))).toBe('0 2 6 5 9 8 7 1 3 4 10')
  })

  test('NaN does to the order what it does in CPython', () => {
    const keys = [3, Number.NaN, 1, Number.NaN, 2, 0, Number.NaN, 1, 0, 2]
    expect(layout(pushed(keys))).toBe('5 1 2 3 4 0 6 7 8 9')
    expect(order(pushed(keys))).toBe('5 2 6 8 7 9 4 0 1 3')
    expect(layout(heapify(timers(keys)))).toBe('6 8 5 3 9 0 2 7 1 4')
    expect(order(heapify(timers(keys)))).toBe('6 5 8 2 7 4 9 0 3 1')
  })

  test('nothing leaves an empty heap', () => {
    expect(heappop(emptyHeap)).toBeUndefined()
    expect(peek(emptyHeap)).toBeUndefined()
    expect(heapify([])).toEqual(emptyHeap)
    expect(heappop(pushed([1]))?.rest).toEqual(emptyHeap)
  })

  test('most of the generated heaps have ties, and many NaN', () => {
    expect(share(keys(any), (list) => new Set(list).size < list.length)).toBeGreaterThan(0.7)
    expect(share(keys(any), (list) => list.includes(Number.NaN))).toBeGreaterThan(0.4)
  })
})
