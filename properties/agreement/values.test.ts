import { fc } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { pythonAt } from '../../src/asyncio/versions.js'
import { implementationNames } from '../../src/implementations/named.js'
import type { Python } from '../../src/loop/python.js'
import { type Raise, UNMODELLED, worded } from '../../src/loop/raise.js'
import type { Value } from '../../src/loop/value.js'
import { isInconclusive } from '../../src/oracle/implementation.js'
import { binary, unary } from '../../src/program/arithmetic.js'
import { compare } from '../../src/program/comparison.js'
import { absoluteValue, floatOf, intOf, round } from '../../src/program/conversion.js'
import { format } from '../../src/program/format.js'
import { type Contents, repr, str } from '../../src/program/representation.js'
import type { BinaryOperator, ComparisonOperator, UnaryOperator } from '../../src/program/syntax.js'
import { truth } from '../../src/program/truth.js'
import { sharedBuild } from '../builds.js'
import { runs } from '../seed.js'
import { bitsOf, encode, fromBits, hex, judgeOf, type Wire, world } from './values-wire.js'

interface Case {
  readonly does: string
  readonly name: string
  readonly values: readonly Wire[]
}

type Outcome = { readonly returns: Wire } | { readonly raises: readonly [string, readonly Wire[]] } | 'refused'

function apply({ does, name }: Case, values: readonly Value[], contents: Contents): Value | undefined {
  const [a = null, b = null] = values
  switch (does) {
    case 'binary':
      return binary(name as BinaryOperator, a, b)
    case 'augmented':
      return binary(name.slice(0, -1) as BinaryOperator, a, b, true)
    case 'unary':
      return unary(name as UnaryOperator, a, contents)
    case 'compare':
      return compare(name as ComparisonOperator, a, b, contents)
  }
  switch (name) {
    case 'repr':
      return repr(a, contents)
    case 'str':
      return str(a, contents)
    case 'bool':
      return truth(a, contents)
    case 'int':
      return intOf(a, contents.python)
    case 'float':
      return floatOf(a)
    case 'abs':
      return absoluteValue(a)
    case 'round':
      return round(a, b)
    default:
      return format(a, String(b), contents)
  }
}

const isRaise = (error: unknown): error is Extract<Raise, { readonly kind: 'raise new' }> =>
  typeof error === 'object' && error !== null && 'kind' in error && error.kind === 'raise new'

function outcome(given: Case, python: Python): Outcome {
  const { decode, contents } = world(python)
  try {
    const result = apply(given, given.values.map(decode), contents)
    return result === undefined ? 'refused' : { returns: encode(result, contents) }
  } catch (error) {
    if (!isRaise(error)) throw error
    if (error.type === UNMODELLED) return 'refused'
    return { raises: [error.type, worded(error.args, python).map((value) => encode(value, contents))] }
  }
}

const smallInt = fc.bigInt(-20n, 20n)
const anyInt = fc.oneof(smallInt, fc.bigInt(-(2n ** 70n), 2n ** 70n), fc.bigInt(-(10n ** 330n), 10n ** 330n))
const decimal = fc.tuple(fc.integer({ min: -9999, max: 9999 }), fc.integer({ min: 0, max: 4 }))
const anyFloat = fc.oneof(
  fc.double(),
  decimal.map(([digits, places]) => digits / 10 ** places),
  smallInt.map((n) => Number(n) / 2),
  smallInt.map((n) => Number(n) * 2 ** 52),
)
const float = anyFloat.map((n): Wire => ['float', bitsOf(n)])
const int = anyInt.map((n): Wire => ['int', hex(n)])
const small = smallInt.map((n): Wire => ['int', hex(n)])
const bool = fc.boolean().map((b): Wire => ['bool', b])
const points = (text: string): Wire => ['str', [...text].map((character) => character.codePointAt(0) ?? 0)]
// Characters as old as Unicode itself: younger ones are printable or not by the version each side has.
const character = fc.oneof(
  fc.integer({ min: 0, max: 0x36f }).map((code) => String.fromCodePoint(code)),
  fc.constantFrom(...'ab\'"\\\n😀é\uffff\x7f\u2028\u3000\ue000\ufeff\u{e0001}'),
)
const string = fc.string({ unit: character }).map(points)
const number = fc.oneof(int, small, float, bool)
const classes = ['ValueError', 'KeyError', 'TimeoutError', 'RuntimeError', 'SystemExit', 'StopIteration']
const { value } = fc.letrec<{ value: Wire; many: readonly Wire[] }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 6, arbitrary: number },
    { weight: 3, arbitrary: string },
    fc.constant<Wire>(['none']),
    fc.constantFrom(...classes).map((name): Wire => ['class', name]),
    fc.tuple(smallInt, smallInt, fc.bigInt(1n, 3n)).map((numbers): Wire => ['range', numbers.map(hex)]),
    { weight: 2, arbitrary: tie('many').map((items): Wire => ['tuple', items]) },
    { weight: 2, arbitrary: tie('many').map((items): Wire => ['list', items]) },
    // More arguments make an OSError something else.
    fc
      .tuple(fc.constantFrom(...classes), fc.array(string, { maxLength: 1 }))
      .map((parts): Wire => ['exception', ...parts]),
    fc.tuple(fc.constantFrom('ValueError', 'KeyError'), tie('many')).map((parts): Wire => ['exception', ...parts]),
  ),
  many: fc.array(tie('value'), { maxLength: 3 }),
}))

const numeral = fc.stringMatching(/^[ \u3000]?[-+]?[0-9_٣]{0,5}\.?[0-9]{0,3}(e[-+]?[0-9]{1,3})?\s?$/).map(points)
const named = fc.constantFrom(' -inf', 'Infinity', 'nan', '+NaN', 'infinit', '1_0.5', '1__0', '0x10', '').map(points)
const specification = fc.oneof(
  fc.stringMatching(/^([*é0]?[<>=^])?[-+ ]?z?#?0?([1-9][0-9]?)?[,_]?(\.[0-9]{1,2})?[bcdeEfFgGosxX%]?$/),
  fc.stringMatching(/^[<>=^ +#0-9,_.a-z%{]{0,4}$/),
)

const given = (does: string, names: readonly string[], ...values: fc.Arbitrary<Wire>[]): fc.Arbitrary<Case> =>
  fc.record({ does: fc.constant(does), name: fc.constantFrom(...names), values: fc.tuple(...values) })

const ordering = ['Eq', 'NotEq', 'Lt', 'LtE', 'Gt', 'GtE']
const arithmetic = ['Add', 'Sub', 'Mult', 'Div', 'FloorDiv', 'Mod']
/** Two values that are more often equal than any two. */
const similar = value.chain((one) => fc.tuple(fc.constant(one), fc.oneof(fc.constant(one), value)))
const nearby = fc.tuple(float, fc.integer({ min: -1, max: 1 })).map(([[, bits], off]): readonly [Wire, Wire] => {
  const n = fromBits(String(bits))
  const other: Wire = Number.isFinite(n) ? ['int', hex(BigInt(Math.trunc(n)) + BigInt(off))] : ['int', '0x1']
  return [['float', bitsOf(n)], other]
})
const pairs = (names: readonly string[], pair: fc.Arbitrary<readonly [Wire, Wire]>): fc.Arbitrary<Case> =>
  fc.record({ does: fc.constant('compare'), name: fc.constantFrom(...names), values: pair })

const cases: fc.Arbitrary<Case> = fc.oneof(
  given('binary', arithmetic, number, number),
  given('binary', arithmetic, fc.oneof(value, string), fc.oneof(value, small)),
  given('binary', ['Mult'], small, fc.oneof(value, string)),
  given('binary', ['Pow'], fc.oneof(small, float, bool), fc.oneof(small, float)),
  given('augmented', ['Add=', 'Sub=', 'Div='], fc.oneof(small, string), fc.oneof(value, small)),
  given('augmented', ['Pow='], fc.oneof(small, string), fc.oneof(small, string, float)),
  given('unary', ['USub', 'UAdd', 'Not'], value),
  pairs(ordering, similar),
  pairs(ordering, nearby),
  given('compare', ordering, string, string),
  given('compare', ['In', 'NotIn'], value, value),
  given('conversion', ['repr', 'str', 'bool', 'int', 'float', 'abs', 'round'], value),
  given('conversion', ['int', 'float'], fc.oneof(numeral, named)),
  given('conversion', ['repr', 'int', 'round'], number),
  given('conversion', ['round'], number, fc.oneof(small, bool, string, float)),
  given('conversion', ['format'], fc.oneof(number, number, string, value), specification.map(points)),
  given(
    'conversion',
    ['format'],
    float,
    fc.stringMatching(/^[-+ ]?z?#?0?[0-9]?[,_]?(\.[0-9]{1,2})?[eEfFgG%]?$/).map(points),
  ),
)

const isSequence = ([kind]: Wire): boolean => kind === 'str' || kind === 'tuple' || kind === 'list'

/** What both sides can be asked: a sequence many times over is large here, and in WebAssembly too large at once. */
function isModest({ name, values }: Case): boolean {
  const repeats = name === 'Mult' && values.some(isSequence)
  return !repeats || values.every((wire) => wire[0] !== 'int' || wire[1].length < 5 || wire[1].length > 20)
}

/** The C library of WebAssembly numbers and words this error otherwise than that of Linux. */
const onLinux = (found: string): string =>
  found.replaceAll(encoded([68n, 'Result not representable']), encoded([34n, 'Numerical result out of range']))

const encoded = (args: readonly Value[]): string =>
  JSON.stringify(args.map((value) => encode(value, world(pythonAt('3.13.2')).contents)))

/** Whether two outcomes of `**` are floats side by side: the C library does not round every last place correctly. */
function areNeighbours(one: Outcome, other: Outcome): boolean {
  if (one === 'refused' || other === 'refused' || !('returns' in one) || !('returns' in other)) return false
  if (one.returns[0] !== 'float' || other.returns[0] !== 'float') return false
  const distance = BigInt(`0x${one.returns[1]}`) - BigInt(`0x${other.returns[1]}`)
  return distance === 1n || distance === -1n
}

test.each(implementationNames)('values are what %s says they are', async (name) => {
  const implementation = await sharedBuild(name)
  const sample = fc.sample(cases, { numRuns: runs(1000) }).filter(isModest)
  const run = await implementation.run(judgeOf(sample))
  if (isInconclusive(run)) throw new Error(run.inconclusive)
  const [event] = run.events
  if (event?.event !== 'Printed') throw new Error(JSON.stringify(run.verdict))
  const theirs = JSON.parse(onLinux(event.text)) as Outcome[]
  const ours = sample.map((one) => outcome(one, implementation.python))
  const compared = sample.filter((_, at) => ours[at] !== 'refused')
  const differences = sample.flatMap((one, at) => {
    const [our = 'refused', their = 'refused'] = [ours[at], theirs[at]]
    if (our === 'refused' || JSON.stringify(our) === JSON.stringify(their)) return []
    if (one.name.startsWith('Pow') && areNeighbours(our, their)) return []
    return [JSON.stringify({ ...one, our, their })]
  })
  expect(differences).toEqual([])
  expect(theirs.length).toBe(sample.length)
  expect(compared.length).toBeGreaterThan(sample.length * 0.9)
})
