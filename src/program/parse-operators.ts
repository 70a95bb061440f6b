import type { SyntaxNode } from '@lezer/common'
import { mayAwait, type Scope } from './scope.js'
import { notPython, placed, type Source, unmodelled } from './source.js'
import type { BinaryOperator, ComparisonOperator, Expression, UnaryOperator } from './syntax.js'
import { parts, textOf } from './tree.js'

interface Token {
  /** Null for an operand. */
  readonly operator: string | null
  readonly node: SyntaxNode
}

const OPERATIONS = /^(?:Binary|Unary|Await)Expression$/
const OPERATORS = /^(?:ArithOp|BitOp|CompareOp|and|or|not|in|is|await)$/

/** Operands and operators as they stand in the text. The tree's own nesting does not help: `not` and `await` bind too loosely. */
function flatten(source: Source, node: SyntaxNode): readonly Token[] {
  if (!OPERATIONS.test(node.name)) return [{ operator: null, node }]
  const children = parts(node)
  const words = children.filter(({ name }) => OPERATORS.test(name))
  const operator = words.map((word) => textOf(source, word)).join(' ')
  return children.flatMap((child) => {
    if (!OPERATORS.test(child.name)) return flatten(source, child)
    return child === words[0] ? [{ operator, node: child }] : []
  })
}

const SUM: Readonly<Record<string, BinaryOperator>> = { '+': 'Add', '-': 'Sub' }
const PRODUCT: Readonly<Record<string, BinaryOperator>> = { '*': 'Mult', '/': 'Div', '//': 'FloorDiv', '%': 'Mod' }
const SHIFT: Readonly<Record<string, BinaryOperator>> = { '<<': 'LShift', '>>': 'RShift' }
const BIT_AND: Readonly<Record<string, BinaryOperator>> = { '&': 'BitAnd' }
const BIT_XOR: Readonly<Record<string, BinaryOperator>> = { '^': 'BitXor' }
const BIT_OR: Readonly<Record<string, BinaryOperator>> = { '|': 'BitOr' }
const SIGN: Readonly<Record<string, UnaryOperator>> = { '+': 'UAdd', '-': 'USub', '~': 'Invert' }
const COMPARISON: Readonly<Record<string, ComparisonOperator>> = {
  '==': 'Eq',
  '!=': 'NotEq',
  '<': 'Lt',
  '<=': 'LtE',
  '>': 'Gt',
  '>=': 'GtE',
  is: 'Is',
  'is not': 'IsNot',
  in: 'In',
  'not in': 'NotIn',
}

const UNMODELLED: Readonly<Record<string, string>> = {
  '@': 'matrix products',
}

/** Reads an expression made of operators by the precedence that Python's grammar gives them. */
export function parseOperators(
  source: Source,
  scope: Scope,
  root: SyntaxNode,
  parseOperand: (node: SyntaxNode) => Expression,
): Expression {
  const tokens = flatten(source, root)
  for (const { operator, node } of tokens) {
    const things = UNMODELLED[operator ?? '']
    if (things !== undefined) unmodelled(source, node.from, things)
  }
  let at = 0

  const takeOf = <T>(table: Readonly<Record<string, T>>): T | null => {
    const found = table[tokens[at]?.operator ?? '']
    if (found === undefined) return null
    at++
    return found
  }
  const take = (operator: string): boolean => takeOf({ [operator]: true }) ?? false

  const logic = (word: string, op: 'And' | 'Or', parse: () => Expression) => (): Expression => {
    const first = parse()
    const rest: Expression[] = []
    while (take(word)) rest.push(parse())
    return rest.length === 0 ? first : { kind: 'BoolOp', op, values: [first, ...rest] }
  }

  const leftToRight = (table: typeof SUM, parse: () => Expression) => (): Expression => {
    let left = parse()
    for (let op = takeOf(table); op !== null; op = takeOf(table)) left = { kind: 'BinOp', left, op, right: parse() }
    return left
  }

  const operand = (): Expression => {
    const token = tokens[at]
    if (token === undefined) return notPython(source, root.to, 'an operand is missing')
    if (token.operator !== null) return notPython(source, token.node.from, `unexpected '${token.operator}'`)
    at++
    return parseOperand(token.node)
  }

  const awaited = (): Expression => {
    const place = tokens[at]?.node.from ?? root.from
    if (!take('await')) return operand()
    if (!mayAwait(scope)) notPython(source, place, "'await' outside an async function")
    return placed(source, place, { kind: 'Await', value: operand() })
  }

  const power = (): Expression => {
    const left = awaited()
    return take('**') ? { kind: 'BinOp', left, op: 'Pow', right: signed() } : left
  }

  const signed = (): Expression => {
    const op = takeOf(SIGN)
    return op === null ? power() : { kind: 'UnaryOp', op, operand: signed() }
  }

  const sum = leftToRight(SUM, leftToRight(PRODUCT, signed))
  const shift = leftToRight(SHIFT, sum)
  const bitOr = leftToRight(BIT_OR, leftToRight(BIT_XOR, leftToRight(BIT_AND, shift)))

  const comparison = (): Expression => {
    const left = bitOr()
    const ops: ComparisonOperator[] = []
    const comparators: Expression[] = []
    for (let op = takeOf(COMPARISON); op !== null; op = takeOf(COMPARISON)) {
      ops.push(op)
      comparators.push(bitOr())
    }
    return ops.length === 0 ? left : { kind: 'Compare', left, ops, comparators }
  }

  const negated = (): Expression => (take('not') ? { kind: 'UnaryOp', op: 'Not', operand: negated() } : comparison())

  const value = logic('or', 'Or', logic('and', 'And', negated))()
  const rest = tokens[at]
  return rest === undefined ? value : notPython(source, rest.node.from, `unexpected '${textOf(source, rest.node)}'`)
}
