import { isDeepStrictEqual } from 'node:util'
import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { clear, emptyTable, entries, get, push, set, skip, type Table } from '../../src/persistent/table.js'
import { steps, type Version, versions } from './versions.js'

type Model = { readonly next: number; readonly values: ReadonlyMap<number, string> }
type Op = {
  readonly kind: 'push' | 'skip' | 'set' | 'clear' | 'clear all but'
  /** Where, as a fraction of the ids. */
  readonly where: number
  readonly times: number
}

const history = steps<Op>(
  fc.record({
    kind: fc.constantFrom('push', 'push', 'skip', 'set', 'clear', 'clear all but'),
    where: fc.double({ min: 0, max: 0.999, noNaN: true }),
    times: fc.nat(40),
  }),
  25,
)

const upTo = (length: number): readonly number[] => Array.from({ length }, (_, i) => i)
const without = (values: Model['values'], dropped: (id: number) => boolean): Model['values'] =>
  new Map([...values].filter(([id]) => !dropped(id)))

const empty: Version<Table<string>, Model> = { actual: emptyTable, model: { next: 0, values: new Map() } }

const apply = ({ actual, model }: Version<Table<string>, Model>, op: Op): Version<Table<string>, Model> => {
  const { next, values } = model
  const id = Math.floor(op.where * next)
  switch (op.kind) {
    case 'push': {
      const added = upTo(op.times).map((i) => [next + i, `${next}+${i}`] as const)
      return {
        actual: added.reduce<Table<string>>((table, [, value]) => push(table, value), actual),
        model: { next: next + op.times, values: new Map([...values, ...added]) },
      }
    }
    case 'skip':
      return {
        actual: upTo(op.times).reduce((table) => skip(table), actual),
        model: { next: next + op.times, values },
      }
    case 'set':
      return next === 0
        ? { actual, model }
        : {
            actual: set(actual, id, `set ${op.times}`),
            model: { next, values: new Map([...values, [id, `set ${op.times}`]]) },
          }
    case 'clear':
      return {
        actual: upTo(op.times).reduce((table, i) => clear(table, id + i), actual),
        model: { next, values: without(values, (other) => other >= id && other < id + op.times) },
      }
    case 'clear all but': {
      const kept = (other: number) => other % (op.times + 2) === 0
      return {
        actual: upTo(next).reduce((table, i) => (kept(i) ? table : clear(table, i)), actual),
        model: { next, values: without(values, (other) => !kept(other)) },
      }
    }
  }
}

/** The table that has the entries and nothing of their history. */
const fresh = ({ next, values }: Model): Table<string> =>
  upTo(next).reduce<Table<string>>((table, id) => {
    const value = values.get(id)
    return value === undefined ? skip(table) : push(table, value)
  }, emptyTable)

const depth = (slot: unknown): number => (Array.isArray(slot) ? 1 + Math.max(...slot.map(depth)) : 0)

const ascending = (values: Model['values']) => [...values].sort(([a], [b]) => a - b)

describe('table', () => {
  it.prop([history])('every version holds what a Map would', (history) => {
    for (const { actual, model } of versions(empty, history, apply)) {
      expect(actual.next).toBe(model.next)
      expect(isDeepStrictEqual(entries(actual), ascending(model.values))).toBe(true)
      for (let id = -1; id <= model.next + 8; id += 1) {
        if (get(actual, id) !== model.values.get(id)) expect(get(actual, id)).toBe(model.values.get(id))
      }
    }
  })

  it.prop([history])('the layout depends on the entries and the next id only', (history) => {
    for (const { actual, model } of versions(empty, history, apply)) {
      expect(isDeepStrictEqual(actual, fresh(model))).toBe(true)
    }
  })

  it.prop([history])('an entry sits as high as it can: no node but the root has fewer than two', (history) => {
    const count = (slot: unknown): number =>
      Array.isArray(slot) ? slot.map(count).reduce((a, b) => a + b) : slot === undefined ? 0 : 1
    const nodes = (slot: unknown): readonly unknown[] => (Array.isArray(slot) ? [slot, ...slot.flatMap(nodes)] : [])
    for (const { actual } of versions(empty, history, apply)) {
      for (const node of nodes(actual.root).slice(1)) expect(count(node)).toBeGreaterThan(1)
    }
  })

  it.prop([history])('a table of nothing is the empty one but for the next id', (history) => {
    const { actual, model } = versions(empty, history, apply).at(-1) ?? empty
    const nothing = [...model.values.keys()].reduce(clear, actual as Table<unknown>)
    expect(nothing).toEqual({ next: model.next, root: emptyTable.root })
  })

  it.prop([history, fc.integer({ min: -3, max: 400 })])('only an id that was handed out is set', (history, id) => {
    const { actual, model } = versions(empty, history, apply).at(-1) ?? empty
    expect(() => set(actual, model.next, 'new')).toThrow(RangeError)
    if (id >= 0 && id < model.next) expect(get(set(actual, id, 'new'), id)).toBe('new')
    else expect(() => set(actual, id, 'new')).toThrow(new RangeError(`no id ${id} among ${model.next}`))
  })

  it.prop([history, fc.nat(400)])('to clear what is not there changes nothing', (history, id) => {
    const { actual, model } = versions(empty, history, apply).at(-1) ?? empty
    if (model.values.has(id)) expect(get(clear(actual, id), id)).toBeUndefined()
    else expect(clear(actual, id)).toBe(actual)
  })

  test('ids in a row spread evenly: the depth is that of a full trie', () => {
    const full = (count: number) => upTo(count).reduce((table, id) => push(table, id), emptyTable as Table<number>)
    expect([1, 8, 9, 64, 65, 512, 513].map((count) => depth(full(count).root))).toEqual([1, 1, 2, 2, 3, 3, 4])
  })

  test('what remains after a long life is as small as if it had never been longer', () => {
    let window: Table<number> = emptyTable
    for (let i = 0; i < 20_000; i += 1) window = clear(push(window, i), i - 50)
    expect(entries(window).map(([id]) => id)).toEqual(upTo(50).map((i) => 19_950 + i))
    expect(depth(window.root)).toBeLessThan(4)
  })

  test('ids that differ in their highest digit only share a long way', () => {
    const high = { next: 8 ** 5 + 1, root: push(emptyTable as Table<string>, 'low').root }
    const both = set(high, 8 ** 5, 'high')
    expect(depth(both.root)).toBe(6)
    expect(entries(both)).toEqual([
      [0, 'low'],
      [8 ** 5, 'high'],
    ])
    expect(clear(both, 8 ** 5)).toEqual(high)
  })

  test('other branches are shared, not copied', () => {
    const table = upTo(64).reduce((all, id) => push(all, id), emptyTable as Table<number>)
    const changed = set(table, 0, -1)
    expect(changed.root.slice(1).every((slot, i) => slot === table.root[i + 1])).toBe(true)
  })

  test('many of the generated tables have gaps, and many nest', () => {
    const last = fc.sample(history, 200).map((steps) => versions(empty, steps, apply).at(-1) ?? empty)
    const share = (holds: (version: Version<Table<string>, Model>) => boolean) =>
      last.filter(holds).length / last.length
    expect(share(({ model }) => model.values.size < model.next)).toBeGreaterThan(0.5)
    expect(share(({ actual }) => depth(actual.root) > 1)).toBeGreaterThan(0.4)
    expect(share(({ actual }) => depth(actual.root) > 2)).toBeGreaterThan(0.05)
  })
})
