import { nextOf } from '../loop/generator-object.js'
import { beginning, calling, calls, machine, raised, raises, returned } from '../loop/machine.js'
import { raise } from '../loop/raise.js'
import type { IteratorValue, Reference, Value } from '../loop/value.js'
import type { World } from '../loop/world.js'
import { bind, unmodelled } from './arguments.js'
import { asNumber } from './arithmetic.js'
import { type Begun, type Builtin, isBuiltin } from './builtin.js'
import type { Activation } from './code.js'
import { compare } from './comparison.js'
import { iteratorOf, newIterator, nextFrame, reversedOf } from './iterators.js'
import { isIterable, isIterator } from './lists.js'
import { contentsOf, isTrue } from './operations.js'
import { asIterator, iterNow, sourceFor } from './program-iterator.js'
import { applied } from './sorting.js'
import { specialMethod } from './special-methods.js'
import { fullTypeName } from './type-name.js'

type Iterator = Reference | IteratorValue

const sourceOf = (activation: Activation, name: string, value: Value): Iterator =>
  isIterable(value) || isIterator(value) || iterates(activation, value)
    ? sourceFor(activation, value)
    : unmodelled(activation, `${name}() of what cannot be iterated`)

const iterates = ({ world }: Activation, value: Value): boolean =>
  ['__iter__', '__getitem__'].some((name) => specialMethod(world, value, name) !== undefined)

const isCallable = (value: Value): boolean =>
  typeof value === 'object' &&
  value !== null &&
  ['builtin', 'class', 'function', 'method', 'partial'].includes(value.kind)

/** `next(iterator, default)` of any iterator: the default comes where StopIteration would. */
export const nextOr = machine<{ readonly iterator: Iterator; readonly otherwise: Value }>('next', {
  start: { sent: (world, locals) => calls(world, nextFrame(locals.iterator), 'item', locals) },
  item: {
    sent: (world, _, value) => returned(world, value),
    thrown: (world, { otherwise }, error) =>
      error.type === 'StopIteration' ? returned(world, otherwise) : raised(world, error),
  },
})

const begun = (frame: Begun['frame']): Begun => ({ kind: 'begun', frame, coroutine: null })

interface Seeking {
  readonly name: 'max' | 'min'
  readonly iterator: Iterator
  readonly key: Value
  /** What comes for nothing at all; undefined where that is an error. */
  readonly otherwise: Value | undefined
  readonly best: Candidate | null
}

interface Candidate {
  readonly value: Value
  readonly rank: Value
}

/** `max` and `min` of an iterable, whose items are asked for and ranked one by one. Mirrors `min_max` (3.4 to 3.14). */
export const seekExtreme = machine<Seeking & { readonly item?: Value }>('extreme', {
  start: { sent: (world, locals) => calls(world, nextFrame(locals.iterator), 'item', locals) },
  item: {
    sent: (world, locals, item) =>
      locals.key === null
        ? judged(world, locals, { value: item, rank: item })
        : calls(world, applied(locals.key, [item]), 'rank', { ...locals, item }),
    thrown: (world, { name, best, otherwise }, error) => {
      if (error.type !== 'StopIteration') return raised(world, error)
      if (best !== null) return returned(world, best.value)
      return otherwise === undefined ? raises(world, nothing(name)) : returned(world, otherwise)
    },
  },
  rank: {
    sent: (world, locals, rank) => judged(world, locals, { value: locals.item ?? null, rank }),
  },
})

const judged = (world: World, locals: Seeking, candidate: Candidate) => {
  const { name, iterator, best } = locals
  const op = name === 'max' ? 'Gt' : 'Lt'
  const isBetter = best === null || compare(op, candidate.rank, best.rank, contentsOf(world))
  return calls(world, nextFrame(iterator), 'item', { ...locals, best: isBetter ? candidate : best })
}

/** The ValueError for the greatest or least of nothing. */
export const nothing = (name: 'max' | 'min') =>
  raise('ValueError', ({ textsSayIterableIsEmpty }) =>
    textsSayIterableIsEmpty ? `${name}() iterable argument is empty` : `${name}() arg is an empty sequence`,
  )

/** `max` and `min` where items have to be ranked by calls, come from an iterator, or may be none at all. */
export const extremeByCalls = (
  activation: Activation,
  name: 'max' | 'min',
  args: readonly Value[],
  key: Value,
  otherwise: Value | undefined,
): Begun => {
  const [only = null] = args
  if (args.length > 1 && otherwise !== undefined) {
    throw raise('TypeError', `Cannot specify a default for ${name}() with multiple positional arguments`)
  }
  const iterator = iteratorOf(activation, args.length === 1 ? only : { kind: 'tuple', items: args })
  return begun(beginning(seekExtreme, { name, iterator, key, otherwise, best: null } satisfies Seeking))
}

const integer = (activation: Activation, name: string, value: Value): bigint => {
  const number = asNumber(value)
  return typeof number === 'bigint' ? number : unmodelled(activation, `${name}() with a number that is no int`)
}

/** The builtins that give iterators, and `next`. */
export const iteratorFunctions = {
  enumerate: (activation, args, keywords) => {
    const [iterable = null, start = 0n] = bind(activation, 'enumerate', ['iterable', 'start'], 1, args, keywords)
    const count = integer(activation, 'enumerate', start)
    return newIterator(activation, 'enumerate', { of: 'enumerate', source: sourceFor(activation, iterable), count })
  },
  filter: (activation, args, keywords) => {
    const [callee = null, iterable = null] = bind(activation, 'filter', ['/function', '/iterable'], 2, args, keywords)
    const source = sourceFor(activation, iterable)
    return newIterator(activation, 'filter', {
      of: 'filter',
      callee: isBuiltin(callee, 'bool') ? null : callee,
      source,
    })
  },
  iter: (activation, args, keywords) => {
    const [value = null, sentinel] = bind(activation, 'iter', ['/object', '/sentinel'], 1, args, keywords)
    if (sentinel === undefined) return iterNow(activation, value) ?? iteratorOf(activation, value)
    if (!isCallable(value)) return unmodelled(activation, 'iter() of what cannot be called')
    return newIterator(activation, 'callable_iterator', { of: 'calls', callee: value, sentinel, ended: false })
  },
  map: (activation, args, keywords) => {
    const [callee = null, ...iterables] = args
    if (keywords.size > 0 || iterables.length === 0) return unmodelled(activation, 'map() with these arguments')
    const sources = iterables.map((iterable) => sourceFor(activation, iterable))
    return newIterator(activation, 'map', { of: 'map', callee, sources })
  },
  next: (activation, args, keywords) => {
    const [iterator = null, otherwise] = bind(activation, 'next', ['/iterator', '/default'], 1, args, keywords)
    const method = specialMethod(activation.world, iterator, '__next__')
    if (method !== undefined && otherwise === undefined) return begun(calling(method, []))
    if (method !== undefined) return begun(beginning(nextOr, { iterator: asIterator(activation, iterator), otherwise }))
    if (!isIterator(iterator)) {
      throw raise('TypeError', (python) => `'${fullTypeName(iterator, python)}' object is not an iterator`)
    }
    if (iterator.kind === 'generator') return begun(nextOf(iterator.id, otherwise))
    return begun(otherwise === undefined ? nextFrame(iterator) : beginning(nextOr, { iterator, otherwise }))
  },
  reversed: (activation, args, keywords) => {
    const [value = null] = bind(activation, 'reversed', ['/sequence'], 1, args, keywords)
    return reversedOf(activation, value)
  },
  zip: (activation, args, keywords) => {
    const [strict = false] = bind(activation, 'zip', ['*strict'], 0, [], keywords)
    const sources = args.map((iterable) => sourceOf(activation, 'zip', iterable))
    return newIterator(activation, 'zip', { of: 'zip', sources, strict: isTrue(activation, strict) })
  },
} as const satisfies Readonly<Record<string, Builtin>>
