import { isDeepStrictEqual } from 'node:util'
import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import {
  dequeue,
  emptyQueue,
  enqueue,
  fromArray,
  isEmpty,
  items,
  peek,
  type Queue,
  removeAt,
} from '../../src/persistent/queue.js'
import { share, steps, type Version, versions } from './versions.js'

type Entry = number | undefined
type Op =
  | { readonly kind: 'enqueue'; readonly entries: readonly Entry[] }
  | { readonly kind: 'dequeue'; readonly times: number }
  | { readonly kind: 'removeAt'; readonly index: number }

const entry: fc.Arbitrary<Entry> = fc.option(fc.nat(99), { nil: undefined, freq: 20 })
const some = (maxLength: number) => fc.array(entry, { maxLength, size: 'max' })
const op: fc.Arbitrary<Op> = fc.oneof(
  fc.record({ kind: fc.constant('enqueue'), entries: some(40) }),
  fc.record({ kind: fc.constant('dequeue'), times: fc.nat(40) }),
  fc.record({ kind: fc.constant('removeAt'), index: fc.integer({ min: -1, max: 100 }) }),
)
const history = steps(op, 30)

const apply = ({ actual, model }: Version<Queue<Entry>, readonly Entry[]>, op: Op) => {
  if (op.kind === 'enqueue') return { actual: op.entries.reduce(enqueue, actual), model: [...model, ...op.entries] }
  if (op.kind === 'removeAt') {
    return { actual: removeAt(actual, op.index), model: model.filter((_, index) => index !== op.index) }
  }
  let rest = actual
  for (let i = 0; i < op.times; i += 1) rest = dequeue(rest)
  return { actual: rest, model: model.slice(op.times) }
}

describe('queue', () => {
  it.prop([some(700), history])('every version holds what an array would', (start, history) => {
    for (const { actual, model } of versions({ actual: fromArray(start), model: start }, history, apply)) {
      expect(items(actual)).toEqual(model)
      expect(actual.size).toBe(model.length)
      expect(isEmpty(actual)).toBe(model.length === 0)
      expect(peek(actual)).toBe(model[0])
    }
  })

  it.prop([some(700), history])('entries leave in the order of arrival', (start, history) => {
    const last = versions({ actual: fromArray(start), model: start }, history, apply).at(-1)
    const left: Entry[] = []
    let rest = last?.actual ?? emptyQueue
    for (; !isEmpty(rest); rest = dequeue(rest)) left.push(peek(rest))
    expect(left).toEqual(last?.model)
    expect(rest).toEqual(emptyQueue)
  })

  test('the generated queues reach several levels of lists of lists', () => {
    expect(share(some(700), (start) => start.length > 16 * 16 + 32)).toBeGreaterThan(0.3)
  })

  test('a long queue nests so little that it can be cloned, printed and compared', () => {
    const long = fromArray(Array.from({ length: 50_000 }, (_, i) => i))
    expect(isDeepStrictEqual(structuredClone(long), long)).toBe(true)
    expect(isDeepStrictEqual(JSON.parse(JSON.stringify(long)), long)).toBe(true)
  })

  test('whichever version is continued, no list is longer than a chunk', () => {
    let queue: Queue<number> = emptyQueue
    let longest = 0
    for (let i = 0; i < 2000; i += 1) {
      queue = enqueue(queue, i)
      longest = Math.max(longest, queue.pending, items({ ...queue, middle: null, back: null }).length)
    }
    for (; !isEmpty(queue); queue = dequeue(queue)) {
      longest = Math.max(longest, queue.pending, items({ ...queue, middle: null, back: null }).length)
    }
    expect(longest).toBe(16)
  })

  test('what is not there cannot be taken', () => {
    expect(peek(emptyQueue)).toBeUndefined()
    expect(dequeue(emptyQueue)).toBe(emptyQueue)
    expect(removeAt(emptyQueue, 0)).toBe(emptyQueue)
  })
})
