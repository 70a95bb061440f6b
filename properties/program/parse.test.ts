import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { parse } from '../../src/program/parse.js'
import { print } from '../../src/program/print.js'
import { SyntaxRefusal } from '../../src/program/source.js'
import { arbitraryModule } from './arbitrary-module.js'
import { REFUSALS } from './refusals.js'
import { withoutLines } from './tree.js'

describe('refused', () => {
  it.each(REFUSALS)('%j: %s', (text, reason, line, column) => {
    const message = `some.py:${line}:${column}: ${reason}`
    const refusal = expect.objectContaining({ message, reason, file: 'some.py', line, column })
    expect(() => parse(text, 'some.py')).toThrow(refusal)
  })
})

/** Ways to write the same thing, of which the second is the canonical one. */
const SAME: readonly (readonly [text: string, canonical: string])[] = [
  ['x=1;y=2;', 'x = 1\ny = 2'],
  ['if x: a; b', 'if x:\n    a\n    b'],
  ['if x:\n a\nelif y:\n   b\nelse: c', 'if x:\n    a\nelif y:\n    b\nelse:\n    c'],
  ['if x: pass\nelse:\n  if y: pass', 'if x:\n    pass\nelif y:\n    pass'],
  ['\ufeffx\r\ny\rz', 'x\ny\nz'],
  ['# one\nx # two\n\n  # three\ny', 'x\ny'],
  ['x = (1 +\n # why\n  2)', 'x = 1 + 2'],
  ['x = 1 + \\\n    2', 'x = 1 + 2'],
  ['(x) = ((1))', 'x = 1'],
  ['[a, (b, c)] = x', '[a, (b, c)] = x'],
  ['a, = b, = c', '(a,) = (b,) = c'],
  ['x += 1, 2', 'x += (1, 2)'],
  ['x[0] **= 2', 'x[0] **= 2'],
  ['for x, in y, z: pass', 'for (x,) in (y, z):\n    pass'],
  ['\'a\' "b"\n', "'ab'"],
  ["f'a' 'b{}' f'{c}' ''", "f'ab{{}}{c}'"],
  ["f''", "f''"],
  ["f'{x:}' rf'\\n{y !r:\\d}'", "f'{x:}\\\\n{y!r:\\\\d}'"],
  ["f'{a['b']}' f'{'''c'''}'", "f\"{a['b']}{'c'}\""],
  ["f'{a, b}{x:=^9}'", "f'{(a, b)}{x:\\x3d^9}'"],
  ["'''a\nb\"'''", "'a\\nb\"'"],
  ["u'\\x41\\101\\u0041\\U00000041\\a\\b\\f\\v\\d\\\n.'", "'AAAA\\x07\\x08\\x0c\\x0b\\\\d.'"],
  ["r'\\n\\''", '"\\\\n\\\\\'"'],
  ['0x1F, 0o17, 0b1_1, 1_000, 00', '(31, 15, 3, 1000, 0)'],
  ['1e3, 1., .5, 1_0.0_1e+1_0, 1.e-5.real', '(1000.0, 1.0, 0.5, 100100000000.0, 1e-5.real)'],
  ['not a in b', 'not a in b'],
  ['- a ** - b', '-a ** -b'],
  ['a<b!=c is not d', 'a < b != c is not d'],
  ['async def f(): await a ** await b + c', 'async def f():\n    await a ** await b + c'],
  ['def f(a: list[int], b: "B",) -> a.b | None: pass', 'def f(a, b):\n    pass'],
  ['x: dict[str, int] = 1', 'x = 1'],
  ['def f():\n    "doc"\n    return', "def f():\n    'doc'\n    return"],
  ['from time import (a, b as c,)', 'from time import a, b as c'],
  ['import asyncio as a, time', 'import asyncio as a, time'],
  ['f(a=1, *b)', 'f(*b, a=1)'],
  ['print\nprint = print, 1\nprint (1)', 'print\nprint = print, 1\nprint(1)'],
  ['match = case = type\nmatch(x)\nmatch[x]', 'match = case = type\nmatch(x)\nmatch[x]'],
]

describe('the same', () => {
  it.each(SAME)('%j is %j', (text, canonical) => {
    expect(print(parse(text))).toBe(`${canonical}\n`)
    expect(withoutLines(parse(text))).toEqual(withoutLines(parse(canonical)))
  })
})

it('statements know their lines', () => {
  const module = parse('# a program\n\nif x:\n    y\nelif (\n    z\n):\n    a; b\n')
  expect(module).toEqual({
    kind: 'Module',
    body: [
      {
        kind: 'If',
        lineno: 3,
        test: { kind: 'Name', id: 'x' },
        body: [{ kind: 'Expr', lineno: 4, value: { kind: 'Name', id: 'y' } }],
        orelse: [
          {
            kind: 'If',
            lineno: 5,
            test: { kind: 'Name', id: 'z' },
            body: [
              { kind: 'Expr', lineno: 8, value: { kind: 'Name', id: 'a' } },
              { kind: 'Expr', lineno: 8, value: { kind: 'Name', id: 'b' } },
            ],
            orelse: [],
          },
        ],
      },
    ],
  })
})

it('an f-string is a tree of constants and formatted values', () => {
  expect(withoutLines(parse("f'{{a' 'b' f'{c!r:>3}'"))).toEqual({
    kind: 'Module',
    body: [
      {
        kind: 'Expr',
        value: {
          kind: 'JoinedStr',
          values: [
            { kind: 'Constant', value: '{ab' },
            { kind: 'FormattedValue', value: { kind: 'Name', id: 'c' }, conversion: 'r', format_spec: '>3' },
          ],
        },
      },
    ],
  })
})

/** Whether a text is read or refused; anything else that happens is thrown. */
function isRead(text: string): boolean {
  try {
    parse(text)
    return true
  } catch (error) {
    if (error instanceof SyntaxRefusal) return false
    throw error
  }
}

test.prop([fc.string({ unit: 'binary' })])('any text is read or refused', (text) => {
  isRead(text)
})

const TOKENS = [
  ...'()[]{}:;,.=\'"\\\n\t #*+-/%<>!@&|~0_xj\r\f\0',
  ...['    ', 'f"', "'''", 'r"', ' if ', ' else ', 'not ', ' in ', ' is ', 'await ', 'async ', 'lambda ', 'yield '],
  ...['global x\n', 'nonlocal x\n', 'def f():', 'return', 'break', 'pass', '**', ':=', '==', '\\\n', '1.', 'e5', '{x}'],
  ...['!r', 'import a', ' as x', 'from ', 'print ', ' for x in y', 'elif x:', 'else:', 'try:', 'except:', 'finally:'],
]

const edit = fc.record({ at: fc.nat(), removed: fc.nat(3), inserted: fc.constantFrom('', ...TOKENS) })

const damaged = fc
  .tuple(arbitraryModule.map(print), fc.array(edit, { minLength: 1, maxLength: 3 }))
  .map(([text, edits]) =>
    edits.reduce((damage, { at, removed, inserted }) => {
      const start = at % (damage.length + 1)
      return damage.slice(0, start) + inserted + damage.slice(start + removed)
    }, text),
  )

test.prop([damaged])('damaged programs are read or refused, and what is read can be printed and read again', (text) => {
  fc.pre(isRead(text))
  const module = parse(text)
  expect(withoutLines(parse(print(module)))).toEqual(withoutLines(module))
})

it('nesting has a limit', () => {
  expect(isRead(`x = ${'('.repeat(50)}1${')'.repeat(50)}`)).toBe(true)
  expect(isRead(`x = ${'-'.repeat(1000)}1`)).toBe(false)
  expect(isRead(`if x: pass\n${'elif x: pass\n'.repeat(500)}`)).toBe(true)
})
