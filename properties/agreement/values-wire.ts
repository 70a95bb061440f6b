import type { Python } from '../../src/loop/python.js'
import type { Reference, Value } from '../../src/loop/value.js'
import { type Contents, repr } from '../../src/program/representation.js'

/** A value as it travels: its type and, for what JSON has not, a text or the bits of a float. */
export type Wire =
  | readonly ['none']
  | readonly ['bool', boolean]
  | readonly ['int' | 'float' | 'class', string]
  | readonly ['str', readonly number[]]
  | readonly ['tuple' | 'list', readonly Wire[]]
  | readonly ['range', readonly string[]]
  | readonly ['exception', string, readonly Wire[]]

export const hex = (value: bigint): string => (value < 0n ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}`)
const fromHex = (text: string): bigint => (text.startsWith('-') ? -BigInt(text.slice(1)) : BigInt(text))

export function bitsOf(value: number): string {
  const view = new DataView(new ArrayBuffer(8))
  // The sign of nan is the machine's, and shows nowhere.
  view.setFloat64(0, Number.isNaN(value) ? 0 : value)
  return Number.isNaN(value) ? '7ff8000000000000' : view.getBigUint64(0).toString(16).padStart(16, '0')
}

export function fromBits(bits: string): number {
  const view = new DataView(new ArrayBuffer(8))
  view.setBigUint64(0, BigInt(`0x${bits}`))
  return view.getFloat64(0)
}

/** The values of one case, and the lists among them. */
export function world(python: Python): { readonly decode: (wire: Wire) => Value; readonly contents: Contents } {
  const lists: (readonly Value[])[] = []
  let exceptions = 0
  const decode = (wire: Wire): Value => {
    switch (wire[0]) {
      case 'none':
        return null
      case 'bool':
        return wire[1]
      case 'int':
        return fromHex(wire[1])
      case 'float':
        return fromBits(wire[1])
      case 'str':
        return String.fromCodePoint(...wire[1])
      case 'tuple':
        return { kind: 'tuple', items: wire[1].map(decode) }
      case 'list':
        lists.push(wire[1].map(decode))
        return { kind: 'list', id: lists.length - 1 }
      case 'range': {
        const [start = 0n, stop = 0n, step = 1n] = wire[1].map(fromHex)
        return { kind: 'range', start, stop, step }
      }
      case 'class':
        return { kind: 'class', name: wire[1] }
      case 'exception':
        exceptions += 1
        return { kind: 'exception', id: exceptions, type: wire[1], args: wire[2].map(decode) }
    }
  }
  const items = (list: Reference): readonly Value[] => lists[list.id] ?? []
  return {
    decode,
    contents: {
      items,
      entries: () => [],
      lookUp: () => undefined,
      args: ({ args }) => args,
      has: () => false,
      ask: () => undefined,
      qualname: ({ name }) => name,
      describe: (reference) => `<${reference.kind}>`,
      python,
    },
  }
}

/** A result, in which a list, a class and so on is its `repr`. */
export function encode(value: Value, contents: Contents): Wire {
  if (value === null) return ['none']
  switch (typeof value) {
    case 'boolean':
      return ['bool', value]
    case 'bigint':
      return ['int', hex(value)]
    case 'number':
      return ['float', bitsOf(value)]
    case 'string':
      return ['str', [...value].map((character) => character.codePointAt(0) ?? 0)]
  }
  if (value.kind === 'tuple') return ['tuple', value.items.map((item) => encode(item, contents))]
  return ['class', repr(value, contents)]
}

/** A program that prints, as JSON, what CPython makes of each case. */
export const judgeOf = (cases: readonly object[]): string => `
cases = ${JSON.stringify(JSON.stringify(cases))}
${judge}`

const judge = `
import json, operator, struct

OPERATIONS = dict(
  Add='+', Sub='-', Mult='*', Div='/', FloorDiv='//', Mod='%', Pow='**', Eq='==', NotEq='!=', Lt='<', LtE='<=', Gt='>',
  GtE='>=', Is='is', IsNot='is not', In='in', NotIn='not in')
OPERATIONS = {name: eval(f'lambda a, b: a {text} b') for name, text in OPERATIONS.items()}
OPERATIONS |= dict(USub=operator.neg, UAdd=operator.pos, Not=operator.not_)
OPERATIONS |= dict(repr=repr, str=str, format=format, int=int, float=float, bool=bool, abs=abs, round=round)
NAN = float('nan')

def augmented(name):
  def run(a, b):
    scope = dict(a=a, b=b)
    exec(f'a {name} b', scope)
    return scope['a']
  return run

OPERATIONS |= {name + '=': augmented(text + '=') for name, text in dict(Add='+', Sub='-', Mult='*', Div='/', Pow='**').items()}

def decode(wire):
  kind, *rest = wire
  if kind == 'none': return None
  if kind == 'bool': return rest[0]
  if kind == 'int': return int(rest[0], 16)
  if kind == 'float':
    value = struct.unpack('>d', bytes.fromhex(rest[0]))[0]
    return NAN if value != value else value
  if kind == 'str': return ''.join(map(chr, rest[0]))
  if kind == 'tuple': return tuple(map(decode, rest[0]))
  if kind == 'list': return list(map(decode, rest[0]))
  if kind == 'range': return range(*(int(text, 16) for text in rest[0]))
  if kind == 'class': return eval(rest[0])
  return eval(rest[0])(*map(decode, rest[1]))

def encode(value):
  if value is None: return ['none']
  if isinstance(value, bool): return ['bool', value]
  if isinstance(value, int): return ['int', hex(value)]
  if isinstance(value, float): return ['float', struct.pack('>d', NAN if value != value else value).hex()]
  if isinstance(value, str): return ['str', list(map(ord, value))]
  if isinstance(value, tuple): return ['tuple', list(map(encode, value))]
  return ['class', repr(value)]

def outcome(case):
  values = list(map(decode, case['values']))
  try:
    return dict(returns=encode(OPERATIONS[case['name']](*values)))
  except Exception as error:
    return dict(raises=[type(error).__name__, list(map(encode, error.args))])

print(json.dumps([outcome(case) for case in json.loads(cases)], separators=(',', ':')))
`
