import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import type { Value } from '../../src/loop/value.js'
import { compare, rangeLength } from '../../src/program/comparison.js'
import type { ComparisonOperator } from '../../src/program/syntax.js'
import { attempt, error, list, listsOf, noLists, number, range, tuple, value } from './worlds.js'

const holds = (op: ComparisonOperator, a: Value, b: Value, contents = noLists): boolean => compare(op, a, b, contents)
const run = (op: ComparisonOperator, a: Value, b: Value): Value | undefined => attempt(() => compare(op, a, b, noLists))
const text = fc.string({ unit: fc.constantFrom('a', 'b', '\uffff', '😀') })
const isNotANumber = (one: Value): boolean => typeof one === 'number' && Number.isNaN(one)
const comparable = number.filter((one) => !isNotANumber(one))

describe('comparison', () => {
  test.prop([value, value])('equality is symmetric, and the negation of inequality', (a, b) => {
    expect(holds('Eq', a, b)).toBe(holds('Eq', b, a))
    expect(holds('NotEq', a, b)).toBe(!holds('Eq', a, b))
    expect(holds('IsNot', a, b)).toBe(!holds('Is', a, b))
    if (!isNotANumber(a) && holds('Is', a, b)) expect(holds('Eq', a, b)).toBe(true)
    expect(holds('Is', a, a)).toBe(true)
  })

  test.prop([comparable, comparable, comparable])('the order of numbers is total', (a, b, c) => {
    const relations = (['Lt', 'Eq', 'Gt'] as const).filter((op) => holds(op, a, b))
    expect(relations).toHaveLength(1)
    expect(holds('LtE', a, b)).toBe(!holds('Gt', a, b))
    expect(holds('GtE', a, b)).toBe(holds('LtE', b, a))
    if (holds('LtE', a, b) && holds('LtE', b, c)) expect(holds('LtE', a, c)).toBe(true)
  })

  test.prop([text, text])('strings are in the order of their code points', (a, b) => {
    const points = (one: string): Value => tuple(...[...one].map((character) => BigInt(character.codePointAt(0) ?? 0)))
    for (const op of ['Lt', 'LtE', 'Gt', 'GtE', 'Eq'] as const) {
      expect(holds(op, a, b)).toBe(holds(op, points(a), points(b)))
    }
  })

  test.prop([fc.array(comparable), fc.array(comparable)])('lists are in the order of tuples', (a, b) => {
    for (const op of ['Lt', 'LtE', 'Gt', 'GtE', 'Eq'] as const) {
      expect(holds(op, list(0), list(1), listsOf(a, b))).toBe(holds(op, tuple(...a), tuple(...b)))
    }
  })

  test.prop([fc.array(value), value])('an item is in a container if it is one of its items', (items, item) => {
    expect(holds('In', item, tuple(...items, item))).toBe(true)
    expect(holds('NotIn', item, tuple(...items))).toBe(!holds('In', item, list(0), listsOf(items)))
  })

  test.prop([fc.bigInt(-9n, 9n), fc.bigInt(-9n, 9n), fc.bigInt(-3n, 3n).filter((n) => n !== 0n), fc.bigInt(-9n, 9n)])(
    'a range holds what it counts',
    (start, stop, step, item) => {
      const counted: bigint[] = []
      for (let at = start; step > 0n ? at < stop : at > stop; at += step) counted.push(at)
      expect(holds('In', item, range(start, stop, step))).toBe(counted.includes(item))
      expect(holds('In', Number(item), range(start, stop, step))).toBe(counted.includes(item))
      expect(rangeLength({ kind: 'range', start, stop, step })).toBe(BigInt(counted.length))
      const [first = 0n, second = first + 1n] = counted
      const same = range(first, first + (second - first) * BigInt(counted.length), second - first)
      expect(holds('Eq', range(start, stop, step), same)).toBe(true)
    },
  )

  it.each<[ComparisonOperator, Value, Value, Value]>([
    ['Eq', 2n ** 53n + 1n, 2 ** 53, false],
    ['Gt', 2n ** 53n + 1n, 2 ** 53, true],
    ['Lt', 10n ** 400n, Number.POSITIVE_INFINITY, true],
    ['Eq', Number.NaN, Number.NaN, false],
    ['In', Number.NaN, tuple(Number.NaN), true],
    ['Eq', 1n, true, true],
    ['Is', 1n, true, false],
    ['Is', 1n, 1, false],
    ['Is', 0, -0, false],
    ['Is', range(0n, 1n), range(0n, 1n), true],
    ['Is', { kind: 'module', name: 'asyncio' }, { kind: 'module', name: 'asyncio' }, true],
    ['Eq', null, 0n, false],
    ['Eq', tuple(1n, 2), tuple(true, 2n), true],
    ['Lt', tuple(1n), tuple(1n, 'a'), true],
    ['Eq', tuple(), list(0), false],
    ['Eq', range(0n, 0n), range(5n, 1n), true],
    ['Eq', range(0n, 3n, 2n), range(0n, 4n, 2n), true],
    ['Eq', { kind: 'task', id: 1 }, { kind: 'task', id: 1 }, true],
    ['Eq', { kind: 'task', id: 1 }, { kind: 'future', id: 1 }, false],
    ['Eq', error('KeyError'), error('KeyError'), true],
    [
      'Eq',
      { kind: 'method', receiver: list(0), name: 'append' },
      { kind: 'method', receiver: list(0), name: 'append' },
      true,
    ],
    ['In', 'b', 'abc', true],
    ['In', '', '', true],
    ['In', 'a', range(0n, 3n), false],
    ['In', 1.5, range(0n, 3n), false],
    ['Lt', 1n, 'a', "TypeError: '<' not supported between instances of 'int' and 'str'"],
    ['GtE', tuple(1n, null), tuple(1n, 2n), "TypeError: '>=' not supported between instances of 'NoneType' and 'int'"],
    ['LtE', null, null, "TypeError: '<=' not supported between instances of 'NoneType' and 'NoneType'"],
    ['Gt', range(0n, 1n), range(0n, 1n), "TypeError: '>' not supported between instances of 'range' and 'range'"],
    ['In', 1n, 1n, "TypeError: argument of type 'int' is not a container or iterable"],
    ['In', 1n, error('KeyError'), "TypeError: argument of type 'KeyError' is not a container or iterable"],
    ['In', 1n, 'abc', "TypeError: 'in <string>' requires string as left operand, not int"],
    ['In', 1n, { kind: 'task', id: 1 }, "Unmodelled: 'in' with a future is not in the modelled subset"],
  ])('%s of %o and %o', (op, a, b, result) => {
    expect(run(op, a, b)).toBe(result)
  })

  it('lists within themselves are equal to themselves and too deep for others', () => {
    const contents = listsOf([list(0)], [list(1)])
    expect(holds('Eq', list(0), list(0), contents)).toBe(true)
    expect(attempt(() => compare('Eq', list(0), list(1), contents))).toBe(
      'RecursionError: maximum recursion depth exceeded in comparison',
    )
  })
})
