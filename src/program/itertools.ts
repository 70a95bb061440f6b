import { raise } from '../loop/raise.js'
import type { IteratorValue, Value } from '../loop/value.js'
import { bind, unmodelled } from './arguments.js'
import { asNumber } from './arithmetic.js'
import type { Builtin } from './builtin.js'
import type { Activation, Keywords } from './code.js'
import { type IteratorObject, newIterator } from './iterators.js'
import { isIterable, itemsOf, iterate } from './lists.js'
import type { functionNames } from './names.js'
import { binaryOperation } from './operations.js'
import { sourceFor } from './program-iterator.js'

type Name = (typeof functionNames)['itertools'][number]

const made = (activation: Activation, name: Name, object: IteratorObject): IteratorValue =>
  newIterator(activation, `itertools.${name}`, object)

/** `takewhile` and `dropwhile`. */
const whilst =
  (name: 'dropwhile' | 'takewhile'): Builtin =>
  (activation, args, keywords) => {
    const [callee = null, iterable = null] = bind(activation, name, ['/predicate', '/iterable'], 2, args, keywords)
    return made(activation, name, { of: name, callee, source: sourceFor(activation, iterable), isOver: false } as const)
  }

const number = (activation: Activation, name: Name, value: Value): bigint | number =>
  typeof value === 'bigint' || typeof value === 'number' ? value : unmodelled(activation, `${name}() of such a number`)

/** A number that `islice` is given; what is none, or too big, stands for -1. */
const placeOf = (value: Value): number => {
  const given = asNumber(value)
  return typeof given === 'bigint' && given < 2n ** 31n ? Number(given) : -1
}

const range = 'must be None or an integer: 0 <= x <= sys.maxsize.'

/** `islice(iterable, stop)` or `islice(iterable, start, stop, step)`. Mirrors `islice_new` (3.0 to 3.14). */
const islice: Builtin = (activation, args, keywords) => {
  const bound = bind(activation, 'islice', ['/iterable', '/start', '/stop', '/step'], 2, args, keywords)
  const [iterable = null, first = null, last, stride = null] = bound
  const [from, to] = last === undefined ? [null, first] : [first, last]
  const next = from === null ? 0 : placeOf(from)
  const stop = to === null ? null : placeOf(to)
  const step = stride === null ? 1 : placeOf(stride)
  if (stop === -1) throw raise('ValueError', `Stop argument for islice() ${range}`)
  if (next < 0 || (stop ?? 0) < 0) throw raise('ValueError', `Indices for islice() ${range}`)
  if (step < 1) throw raise('ValueError', 'Step for islice() must be a positive integer or None.')
  return made(activation, 'islice', {
    of: 'islice',
    source: sourceFor(activation, iterable),
    taken: 0,
    next,
    stop,
    step,
  })
}

/** What is combined, all of it at hand, as long as that is not too much. */
const combined = (activation: Activation, name: Name, tuples: readonly (readonly Value[])[]): Value => {
  const items = tuples.map((each): Value => ({ kind: 'tuple', items: each }))
  return made(activation, name, { of: 'items', at: iterate(activation.world, { kind: 'tuple', items }) })
}

const mostCombined = 100_000

const pool = (activation: Activation, name: Name, value: Value): readonly Value[] =>
  isIterable(value) ? itemsOf(activation, value, 'iterate') : unmodelled(activation, `${name}() of such an iterable`)

const count = (activation: Activation, name: Name, value: Value): number =>
  typeof value === 'bigint' && value >= 0n ? Number(value) : unmodelled(activation, `${name}() with such a number`)

/** Those that are left when tuples of a length have been drawn from a pool, by which places may follow which. */
const drawings = (
  activation: Activation,
  name: Name,
  items: readonly Value[],
  length: number,
  mayFollow: (taken: readonly number[], at: number) => boolean,
): Value => {
  let places: readonly (readonly number[])[] = [[]]
  for (let drawn = 0; drawn < length && places.length > 0; drawn += 1) {
    places = places.flatMap((taken) => items.flatMap((_, at) => (mayFollow(taken, at) ? [[...taken, at]] : [])))
    if (places.length > mostCombined) return unmodelled(activation, `${name}() of so much`)
  }
  return combined(
    activation,
    name,
    places.map((taken) => taken.map((at) => items[at] ?? null)),
  )
}

const product: Builtin = (activation, args, keywords) => {
  const [repeat = 1n] = bind(activation, 'product', ['*repeat'], 0, [], keywords)
  const once = args.map((iterable) => pool(activation, 'product', iterable))
  const pools = Array.from({ length: count(activation, 'product', repeat) }, () => once).flat()
  if (pools.reduce((size, { length }) => size * length, 1) > mostCombined)
    return unmodelled(activation, 'product() of so much')
  const tuples = pools.reduce<readonly (readonly Value[])[]>(
    (all, items) => all.flatMap((tuple) => items.map((item) => [...tuple, item])),
    [[]],
  )
  return combined(activation, 'product', tuples)
}

const parametersOf = ['iterable', 'r']

/** `itertools`, as far as programs can use it. Each gives an iterator that asks for no more than it must. */
export const itertoolsFunctions: Readonly<Record<Name, Builtin>> = {
  accumulate: (activation, args, keywords) => {
    const parameters = ['iterable', 'func', '*initial']
    const [iterable = null, callee = null, initial = null] = bind(
      activation,
      'accumulate',
      parameters,
      1,
      args,
      keywords,
    )
    const source = sourceFor(activation, iterable)
    return made(activation, 'accumulate', { of: 'accumulate', callee, source, initial, total: undefined })
  },
  chain: (activation, args, keywords) => {
    if (keywords.size > 0) return unmodelled(activation, 'chain() with these arguments')
    return chained(activation, { kind: 'tuple', items: args })
  },
  combinations: (activation, args, keywords) => {
    const [iterable = null, r = null] = bind(activation, 'combinations', parametersOf, 2, args, keywords)
    const items = pool(activation, 'combinations', iterable)
    const length = count(activation, 'combinations', r)
    return drawings(activation, 'combinations', items, length, (taken, at) => at > (taken.at(-1) ?? -1))
  },
  count: (activation, args, keywords) => {
    const [start = 0n, step = 1n] = bind(activation, 'count', ['start', 'step'], 0, args, keywords)
    const at = number(activation, 'count', start)
    return made(activation, 'count', { of: 'count', at, step: number(activation, 'count', step) })
  },
  cycle: (activation, args, keywords) => {
    const [iterable = null] = bind(activation, 'cycle', ['/iterable'], 1, args, keywords)
    const source = sourceFor(activation, iterable)
    return made(activation, 'cycle', { of: 'cycle', source, saved: [], index: 0 })
  },
  dropwhile: whilst('dropwhile'),
  islice,
  pairwise: (activation, args, keywords) => {
    const [iterable = null] = bind(activation, 'pairwise', ['/iterable'], 1, args, keywords)
    const source = sourceFor(activation, iterable)
    return made(activation, 'pairwise', { of: 'pairwise', source, before: undefined })
  },
  permutations: (activation, args, keywords) => {
    const [iterable = null, r = null] = bind(activation, 'permutations', parametersOf, 1, args, keywords)
    const items = pool(activation, 'permutations', iterable)
    const length = r === null ? items.length : count(activation, 'permutations', r)
    return drawings(activation, 'permutations', items, length, (taken, at) => !taken.includes(at))
  },
  product,
  repeat: (activation, args, keywords) => {
    const [value = null, times] = bind(activation, 'repeat', ['object', 'times'], 1, args, keywords)
    if (times !== undefined && typeof times !== 'bigint') return unmodelled(activation, 'repeat() with such a number')
    return made(activation, 'repeat', { of: 'repeat', value, left: times })
  },
  takewhile: whilst('takewhile'),
}

const chained = (activation: Activation, iterables: Value): IteratorValue =>
  made(activation, 'chain', { of: 'chain', sources: sourceFor(activation, iterables), active: null })

/** `chain.from_iterable(…)` */
export const chainFrom = (activation: Activation, _: unknown, args: readonly Value[], keywords: Keywords): Value => {
  const [iterables = null] = bind(activation, 'from_iterable', ['/iterable'], 1, args, keywords)
  return chained(activation, iterables)
}

/** `left + right` */
export const add: Builtin = (activation, [left = null, right = null]) =>
  binaryOperation(
    'Add',
    () => left,
    () => right,
  )(activation)
