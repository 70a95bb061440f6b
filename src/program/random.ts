import { withObjects } from '../loop/update.js'
import type { Reference, Value } from '../loop/value.js'
import type { World } from '../loop/world.js'
import { get, push as pushObject, set as setObject } from '../persistent/table.js'
import { fromArray } from '../persistent/vector.js'
import { bind, unmodelled } from './arguments.js'
import { asNumber, binary } from './arithmetic.js'
import type { Begun, Builtin, Method } from './builtin.js'
import type { Activation, Cell, Keywords } from './code.js'
import { bitLength } from './digits.js'
import { isSequence, itemsOf, listOf, putItems } from './lists.js'
import { nextBits, nextFloat, type Twister, twisterOf } from './mersenne-twister.js'
import { methodNames } from './method-names.js'

/** What a `random.Random` is. */
interface Random {
  readonly kind: 'random'
  readonly twister: Twister
}

/** The variable of the module that holds the instance behind the functions of `random`; no text can name it. */
export const RANDOM = '#random'

/** Where that variable's cell is among the objects of the world. */
const hiddenCell = 0

const seedFirst = 'random without a seed (random.seed(…) or random.Random(…) with an int makes it certain)'

const drawn = <T>(activation: Activation, { id }: Reference, draw: (twister: Twister) => readonly [Twister, T]): T => {
  const [twister, value] = draw((get(activation.world.objects, id) as Random).twister)
  const random: Random = { kind: 'random', twister }
  activation.world = withObjects(activation.world, setObject<unknown>(activation.world.objects, id, random))
  return value
}

/** A float from 0 up to but not including 1. */
const float = (activation: Activation, random: Reference): number => drawn(activation, random, nextFloat)

/** An int from 0 up to but not including `end`. Mirrors `_randbelow_with_getrandbits` (3.2 to 3.14). */
const below = (activation: Activation, random: Reference, end: bigint): bigint => {
  const bits = bitLength(end)
  for (;;) {
    const value = drawn(activation, random, (twister) => nextBits(twister, bits))
    if (value < end) return value
  }
}

const placeBelow = (activation: Activation, random: Reference, end: number): number =>
  Number(below(activation, random, BigInt(end)))

const integer = (activation: Activation, name: string, value: Value): bigint => {
  const number = asNumber(value)
  return typeof number === 'bigint' ? number : unmodelled(activation, `${name}() of what is no int`)
}

/** The twister of a seed that programs can tell: of an int. */
const seeded = (activation: Activation, seed: Value | undefined): Twister => {
  if (seed === undefined || seed === null) return unmodelled(activation, seedFirst)
  return twisterOf(integer(activation, 'random.seed', seed))
}

/** Mirrors `Random.randrange` (3.2 to 3.14). */
const range = (activation: Activation, random: Reference, start: bigint, stop: bigint, step: bigint): bigint => {
  if (step === 0n) return unmodelled(activation, 'randrange() with a step of 0')
  const width = stop - start
  const steps = step > 0n ? (width + step - 1n) / step : (width + step + 1n) / step
  if (width === 0n || width > 0n !== step > 0n) return unmodelled(activation, 'randrange() of an empty range')
  return start + step * below(activation, random, steps)
}

const sequence = (activation: Activation, name: string, value: Value): readonly Value[] =>
  isSequence(value) ? itemsOf(activation, value, 'iterate') : unmodelled(activation, `${name}() of what is no sequence`)

/** Mirrors `Random.sample` (3.9 to 3.14): out of few, by moving what was taken aside; out of many, by asking again. */
const sample = (activation: Activation, random: Reference, all: readonly Value[], count: number): readonly Value[] => {
  const few = 21 + (count > 5 ? 4 ** Math.ceil(Math.log(count * 3) / Math.log(4)) : 0)
  if (all.length <= few) {
    const pool = all.slice()
    return Array.from({ length: count }, (_, taken) => {
      const at = placeBelow(activation, random, all.length - taken)
      const value = pool[at] ?? null
      pool[at] = pool[all.length - taken - 1] ?? null
      return value
    })
  }
  const selected = new Set<number>()
  while (selected.size < count) selected.add(placeBelow(activation, random, all.length))
  return [...selected].map((at) => all[at] ?? null)
}

/** Methods of `random.Random`. */
export const randomMethods: Readonly<Record<(typeof methodNames)['random'][number], Method>> = {
  choice: (activation, random, args, keywords) => {
    const [seq = null] = bind(activation, 'choice', ['seq'], 1, args, keywords)
    const all = sequence(activation, 'choice', seq)
    if (all.length === 0) return unmodelled(activation, 'choice() of nothing')
    return all[placeBelow(activation, random, all.length)] ?? null
  },
  choices: (activation, random, args, keywords) => {
    const parameters = ['population', 'weights', '*k']
    const [population = null, weights = null, k = 1n] = bind(activation, 'choices', parameters, 1, args, keywords)
    const all = sequence(activation, 'choices', population)
    const count = Number(integer(activation, 'choices', k))
    if (all.length === 0) return unmodelled(activation, 'choices() of nothing')
    if (weights === null) {
      return listOf(
        activation,
        Array.from({ length: count }, () => all[Math.floor(float(activation, random) * all.length)] ?? null),
      )
    }
    const sums = accumulated(activation, sequence(activation, 'choices', weights))
    const total = sums.at(-1) ?? 0
    if (sums.length !== all.length || !(total > 0) || !Number.isFinite(total))
      return unmodelled(activation, 'choices() with these weights')
    const pick = (): Value => {
      const at = float(activation, random) * total
      const place = sums.findIndex((sum) => at < sum)
      return all[place < 0 ? all.length - 1 : place] ?? null
    }
    return listOf(activation, Array.from({ length: count }, pick))
  },
  getrandbits: (activation, random, args, keywords) => {
    const [k = null] = bind(activation, 'getrandbits', ['/k'], 1, args, keywords)
    const bits = integer(activation, 'getrandbits', k)
    if (bits < 0n || bits > 100_000n) return unmodelled(activation, 'getrandbits() of so many bits')
    return drawn(activation, random, (twister) => nextBits(twister, Number(bits)))
  },
  randint: (activation, random, args, keywords) => {
    const [a = null, b = null] = bind(activation, 'randint', ['a', 'b'], 2, args, keywords)
    const [first, last] = [integer(activation, 'randint', a), integer(activation, 'randint', b)]
    return range(activation, random, first, last + 1n, 1n)
  },
  random: (activation, random, args, keywords) => {
    bind(activation, 'random', [], 0, args, keywords)
    return float(activation, random)
  },
  randrange: (activation, random, args, keywords) => {
    const bound = bind(activation, 'randrange', ['start', 'stop', 'step'], 1, args, keywords)
    const [start = 0n, stop, step = 1n] = bound.map((value) =>
      value === undefined ? undefined : integer(activation, 'randrange', value),
    )
    return stop === undefined ? range(activation, random, 0n, start, 1n) : range(activation, random, start, stop, step)
  },
  sample: (activation, random, args, keywords) => {
    const [population = null, k = null] = bind(activation, 'sample', ['population', 'k'], 2, args, keywords)
    const all = sequence(activation, 'sample', population)
    const count = Number(integer(activation, 'sample', k))
    if (count < 0 || count > all.length) return unmodelled(activation, 'sample() of more than there are')
    return listOf(activation, sample(activation, random, all, count))
  },
  seed: (activation, random, args, keywords) => {
    const [seed] = bind(activation, 'seed', ['a'], 0, args, keywords)
    drawn(activation, random, () => [seeded(activation, seed), null])
    return null
  },
  shuffle: (activation, random, args, keywords) => {
    const [list = null] = bind(activation, 'shuffle', ['x'], 1, args, keywords)
    if (typeof list !== 'object' || list?.kind !== 'list') return unmodelled(activation, 'shuffle() of what is no list')
    const values = itemsOf(activation, list, 'iterate').slice()
    for (let last = values.length - 1; last > 0; last -= 1) {
      const at = placeBelow(activation, random, last + 1)
      ;[values[last], values[at]] = [values[at] ?? null, values[last] ?? null]
    }
    putItems(activation, list as Reference, fromArray(values))
    return null
  },
  uniform: (activation, random, args, keywords) => {
    const [a = null, b = null] = bind(activation, 'uniform', ['a', 'b'], 2, args, keywords)
    if (asNumber(a) === undefined || asNumber(b) === undefined)
      return unmodelled(activation, 'uniform() of what is no number')
    const width = binary('Sub', b, a) ?? null
    return binary('Add', a, binary('Mult', width, float(activation, random)) ?? null) ?? null
  },
}

const accumulated = (activation: Activation, weights: readonly Value[]): readonly number[] => {
  let sum: Value = 0n
  return weights.map((weight) => {
    if (asNumber(weight) === undefined) return unmodelled(activation, 'choices() with these weights')
    sum = binary('Add', sum, weight) ?? null
    return Number(sum)
  })
}

const hidden = (world: World): Reference | undefined =>
  (get(world.objects, hiddenCell) as Cell).value as Reference | undefined

const newRandom = (activation: Activation, twister: Twister): Reference => {
  const random: Random = { kind: 'random', twister }
  const id = activation.world.objects.next
  activation.world = withObjects(activation.world, pushObject<unknown>(activation.world.objects, random))
  return { kind: 'random', id }
}

/** A function of the module: the method of the instance that all its functions share. */
const shared =
  (name: keyof typeof randomMethods) =>
  (activation: Activation, args: readonly Value[], keywords: Keywords): Value | Begun =>
    randomMethods[name](activation, hidden(activation.world) ?? unmodelled(activation, seedFirst), args, keywords)

/** The module `random`. */
export const randomFunctions: Readonly<Record<string, Builtin>> = {
  ...Object.fromEntries(methodNames.random.map((name) => [name, shared(name)])),
  Random: (activation, args, keywords) => {
    const [seed] = bind(activation, 'Random', ['/x'], 0, args, keywords)
    return newRandom(activation, seeded(activation, seed))
  },
  seed: (activation, args, keywords) => {
    const [seed] = bind(activation, 'seed', ['a'], 0, args, keywords)
    const value = newRandom(activation, seeded(activation, seed))
    const cell: Cell = { kind: 'cell', value }
    activation.world = withObjects(activation.world, setObject<unknown>(activation.world.objects, hiddenCell, cell))
    return null
  },
}
