import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { parse } from '../../src/program/parse.js'
import { print } from '../../src/program/print.js'
import type { Expression, Module } from '../../src/program/syntax.js'
import { arbitraryModule } from './arbitrary-module.js'
import { labels, withoutLines } from './tree.js'

test.prop([arbitraryModule])('what is printed reads back as the same module', (module) => {
  expect(withoutLines(parse(print(module)))).toEqual(module)
})

test.prop([arbitraryModule])('what is printed is in the canonical style already', (module) => {
  const text = print(module)
  expect(print(parse(text))).toBe(text)
})

const EVERYTHING = [
  ...[
    'FunctionDef',
    'AsyncFunctionDef',
    'Return',
    'Assign',
    'AugAssign',
    'For',
    'While',
    'If',
    'Raise',
    'Try',
    'TryStar',
  ],
  ...['Import', 'ImportFrom', 'Global', 'Nonlocal', 'Expr', 'Pass', 'Break', 'Continue', 'Assert', 'Delete'],
  ...['With', 'AsyncWith', 'AsyncFor', 'ClassDef'],
  ...['Constant', 'Name', 'Tuple', 'List', 'ListComp', 'BinOp', 'UnaryOp', 'BoolOp', 'Compare', 'IfExp', 'Call'],
  ...['Lambda', 'Dict', 'Set', 'SetComp', 'DictComp', 'GeneratorExp'],
  ...[
    'Starred',
    'Slice',
    'NamedExpr',
    'Attribute',
    'Subscript',
    'Await',
    'Yield',
    'YieldFrom',
    'JoinedStr',
    'FormattedValue',
  ],
  ...[
    'Add',
    'Sub',
    'Mult',
    'Div',
    'FloorDiv',
    'Mod',
    'Pow',
    'BitOr',
    'BitAnd',
    'BitXor',
    'LShift',
    'RShift',
    'Not',
    'USub',
    'UAdd',
    'Invert',
    'And',
    'Or',
  ],
  ...['Eq', 'NotEq', 'Lt', 'LtE', 'Gt', 'GtE', 'Is', 'IsNot', 'In', 'NotIn'],
  ...['null', 'boolean', 'bigint', 'number', 'string'],
]

it('the generated modules contain every node type, operator and kind of constant', () => {
  const found = new Map<string, number>()
  const modules = fc.sample(arbitraryModule, 1000)
  for (const module of modules) {
    for (const label of labels(module)) found.set(label, (found.get(label) ?? 0) + 1)
  }
  const rare = EVERYTHING.filter((label) => (found.get(label) ?? 0) < modules.length / 100)
  expect(rare).toEqual([])
})

const inModule = (value: Expression): Module => ({ kind: 'Module', body: [{ kind: 'Expr', value }] })

describe('constants', () => {
  it.each<[string | bigint | number, string]>([
    ['', "''"],
    ["it's", '"it\'s"'],
    ['\'"', "'\\'\"'"],
    ['a\n\t\r\\\0\u2028ü', "'a\\n\\t\\r\\\\\\x00\\u2028ü'"],
    ['\u{e0001}😀', "'\\U000e0001😀'"],
    [10n ** 30n, '1000000000000000000000000000000'],
    [16n ** 4000n, `0x1${'0'.repeat(4000)}`],
    [1, '1.0'],
    [0, '0.0'],
    [0.1, '0.1'],
    [1e15, '1000000000000000.0'],
    [1e16, '1e16'],
    [0.0001, '0.0001'],
    [0.00001, '1e-5'],
    [1.5e300, '1.5e300'],
  ])('$1', (value, text) => {
    expect(print(inModule({ kind: 'Constant', value }))).toBe(`${text}\n`)
  })
})

describe('texts that are in the canonical style', () => {
  it.each([
    '(-2) ** 2',
    '-2 ** 2',
    '2 ** -1',
    '(2 ** 3) ** 4',
    '2 ** 3 ** 4',
    'a - (b - c)',
    'a - b - c',
    '(a + b) * c',
    'not (a and b) or c',
    '(a or b) or c',
    'not a == b',
    '(not a) == b',
    'a < b < c',
    '(a < b) < c',
    'a not in b is not c',
    'a if b else c if d else e',
    '(a if b else c) if (d if e else f) else g',
    '(1).real',
    '1.5.real',
    '(a,)',
    '()',
    'a[b, c]',
    'a[(b,)]',
    'a[()]',
    'f(*a, (b, c), d=e)',
    '[x for x, y in z if a if b for z in c]',
    "f'{a}{{}}'",
    'f"{a[\'b\']}"',
    'f"it\'s {a!r:>10}"',
    "f'''{f(\"it's\")} {'a'}'''",
    "f'{a:\\x3d^10\\x7b}'",
    "f'{'\\n'}'",
    'a = b, c = d, e',
    'for a, b in (c, d):\n    pass',
    'if a:\n    pass\nelif b:\n    pass\nelse:\n    pass',
    'if a:\n    pass\nelse:\n    if b:\n        pass\n    c',
    'try:\n    pass\nexcept (A, B) as e:\n    raise\nexcept:\n    raise a from b\nelse:\n    pass\nfinally:\n    pass',
    'import asyncio\nfrom time import a, b as c\n\nx',
    'a\n\n\ndef f():\n    pass\n\n\nasync def g():\n    await (await f())\n\n    def h(a, b):\n        return a, b\n\n    pass\n\n\nb',
    'def f(x):\n    def g():\n        nonlocal x\n        global y, z\n        x += 1',
    'while a:\n    break\nelse:\n    pass',
    'def f():\n    yield\n    yield a, b\n    yield from a\n    x = yield\n    x, y = yield a\n    x += yield a\n    x = yield from a',
    'def f():\n    return (yield)\n    g((yield a), [(yield from b), (yield)])\n    (yield a).b\n    (yield) + (yield a)',
    "def f():\n    f'{(yield)}'\n    x = (yield), 1\n    if (yield a):\n        pass",
    'def f(a, b=1, *c, d, e=2):\n    pass',
    'def f(*, a=1, b):\n    pass',
    'def f(a, **b):\n    pass',
    'lambda **a: f(*b, c=1, **d, **e)',
    '{a: b, **(c if d else e), (f, g): lambda: 1}',
    '{}',
    '{a, (b, c)}',
    'assert a, (b, c)',
    'assert (a, b)',
    'del a, b[c], (d, [e]), (f,)',
    '{a for b in c}',
    '{a: (yield_, b) for b in c if d for e in f}',
    '(a for b in c)',
    'f((a for b in c))',
    'f((a for b in c), d)',
    "f'{({})}{({a: b}[c])}'",
    'lambda: 1',
    'lambda a, b=lambda: 1, *c, d=lambda *a: 1: lambda: 2',
    '(lambda: 1)() if (lambda: 1) else lambda: 2',
    '[(lambda: 1) or x for x in (lambda: 1) if (lambda: 1)]',
    "f'{(lambda: 1)}{(a if b else lambda: 2)}'",
    '@asyncio.coroutine\ndef f():\n    @coroutine\n    async def g():\n        pass',
  ])('%j', (text) => {
    expect(print(parse(text))).toBe(`${text}\n`)
  })
})

it('an empty module has an empty text', () => {
  expect(print({ kind: 'Module', body: [] })).toBe('')
})
