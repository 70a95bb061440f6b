import { printJoinedStr, printString } from './print-string.js'
import type {
  BinaryOperator,
  Call,
  ComparisonOperator,
  Comprehension,
  Constant,
  Expression,
  Parameters,
  Tuple,
  UnaryOperator,
} from './syntax.js'

/** How tightly an expression binds, by the levels of Python's grammar. */
const BINDS = {
  yield: 0,
  named: 1,
  conditional: 2,
  or: 3,
  and: 4,
  not: 5,
  comparison: 6,
  bitOr: 7,
  bitXor: 8,
  bitAnd: 9,
  shift: 10,
  sum: 11,
  product: 12,
  sign: 13,
  power: 14,
  await: 15,
  primary: 16,
} as const

const BINARY: Readonly<Record<BinaryOperator, string>> = {
  Add: '+',
  Sub: '-',
  Mult: '*',
  Div: '/',
  FloorDiv: '//',
  Mod: '%',
  Pow: '**',
  BitOr: '|',
  BitAnd: '&',
  BitXor: '^',
  LShift: '<<',
  RShift: '>>',
}

const UNARY: Readonly<Record<UnaryOperator, string>> = { Not: 'not ', USub: '-', UAdd: '+', Invert: '~' }

const COMPARISON: Readonly<Record<ComparisonOperator, string>> = {
  Eq: '==',
  NotEq: '!=',
  Lt: '<',
  LtE: '<=',
  Gt: '>',
  GtE: '>=',
  Is: 'is',
  IsNot: 'is not',
  In: 'in',
  NotIn: 'not in',
}

export const printOperator = (op: BinaryOperator): string => BINARY[op]

/** The text of an expression, in parentheses if it binds less tightly than it has to. */
export function printExpression(expression: Expression, least: number = BINDS.conditional): string {
  const text = bare(expression)
  return binding(expression) < least ? `(${text})` : text
}

/** The text of an expression where a tuple needs no parentheses. */
export function printSequence(expression: Expression): string {
  return expression.kind === 'Tuple' && expression.elts.length > 1 && !hasStar(expression)
    ? list(expression.elts)
    : printExpression(expression)
}

/** A starred element needs parentheses around its tuple, but for assignments. */
const hasStar = ({ elts }: Tuple): boolean => elts.some(({ kind }) => kind === 'Starred')

/** The text of an expression where a tuple and a `yield` need no parentheses. */
export const printValue = (expression: Expression): string =>
  binding(expression) === BINDS.yield ? bare(expression) : printSequence(expression)

function binding(expression: Expression): number {
  switch (expression.kind) {
    case 'Yield':
    case 'YieldFrom':
      return BINDS.yield
    case 'NamedExpr':
      return BINDS.named
    case 'IfExp':
    case 'Lambda':
      return BINDS.conditional
    case 'BoolOp':
      return expression.op === 'Or' ? BINDS.or : BINDS.and
    case 'UnaryOp':
      return expression.op === 'Not' ? BINDS.not : BINDS.sign
    case 'Compare':
      return BINDS.comparison
    case 'BinOp':
      return binaryBinding(expression.op)
    case 'Await':
      return BINDS.await
    case 'Constant':
    case 'Name':
    case 'Tuple':
    case 'List':
    case 'Dict':
    case 'Set':
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
    case 'GeneratorExp':
    case 'Call':
    case 'Attribute':
    case 'Subscript':
    case 'Slice':
    case 'Starred':
    case 'JoinedStr':
      return BINDS.primary
  }
}

function binaryBinding(op: BinaryOperator): number {
  switch (op) {
    case 'Pow':
      return BINDS.power
    case 'Add':
    case 'Sub':
      return BINDS.sum
    case 'Mult':
    case 'Div':
    case 'FloorDiv':
    case 'Mod':
      return BINDS.product
    case 'LShift':
    case 'RShift':
      return BINDS.shift
    case 'BitAnd':
      return BINDS.bitAnd
    case 'BitXor':
      return BINDS.bitXor
    case 'BitOr':
      return BINDS.bitOr
  }
}

function bare(expression: Expression): string {
  switch (expression.kind) {
    case 'Constant':
      return printConstant(expression)
    case 'Name':
      return expression.id
    case 'Tuple':
      return expression.elts.length === 1 ? `(${list(expression.elts)},)` : `(${list(expression.elts)})`
    case 'List':
      return `[${list(expression.elts)}]`
    case 'Dict':
      return `{${expression.values.map((value, index) => printEntry(expression.keys[index] ?? null, value)).join(', ')}}`
    case 'Set':
      return `{${list(expression.elts)}}`
    case 'ListComp':
      return `[${printComprehension(printExpression(expression.elt), expression.generators)}]`
    case 'SetComp':
      return `{${printComprehension(printExpression(expression.elt), expression.generators)}}`
    case 'GeneratorExp':
      return `(${printComprehension(printExpression(expression.elt), expression.generators)})`
    case 'DictComp':
      return `{${printComprehension(printEntry(expression.key, expression.value), expression.generators)}}`
    case 'BinOp':
      return printBinary(expression.left, expression.op, expression.right)
    case 'UnaryOp':
      return UNARY[expression.op] + printExpression(expression.operand, binding(expression))
    case 'BoolOp': {
      const tighter = binding(expression) + 1
      return expression.values.map((value) => printExpression(value, tighter)).join(` ${expression.op.toLowerCase()} `)
    }
    case 'Compare': {
      const [first = '', ...rest] = [expression.left, ...expression.comparators].map((operand) =>
        printExpression(operand, BINDS.bitOr),
      )
      return [first, ...expression.ops.map((op, index) => `${COMPARISON[op]} ${rest[index]}`)].join(' ')
    }
    case 'IfExp': {
      const { body, test, orelse } = expression
      return `${printExpression(body, BINDS.or)} if ${printExpression(test, BINDS.or)} else ${printExpression(orelse)}`
    }
    case 'Lambda': {
      const parameters = printParameters(expression)
      return `lambda${parameters === '' ? '' : ` ${parameters}`}: ${printExpression(expression.body)}`
    }
    case 'Call':
      return `${printExpression(expression.func, BINDS.primary)}(${printArguments(expression)})`
    case 'Attribute': {
      const value = printExpression(expression.value, BINDS.primary)
      // The dot behind an integer would make it a float.
      return `${/^\d+$/.test(value) ? `(${value})` : value}.${expression.attr}`
    }
    case 'Subscript':
      return `${printExpression(expression.value, BINDS.primary)}[${printSequence(expression.slice)}]`
    case 'Slice': {
      const [lower, upper, step] = [expression.lower, expression.upper, expression.step].map((part) =>
        part === null ? '' : printExpression(part),
      )
      return `${lower}:${upper}${step === '' ? '' : `:${step}`}`
    }
    case 'Starred':
      return `*${printExpression(expression.value, BINDS.bitOr)}`
    case 'NamedExpr':
      return `${expression.target.id} := ${printExpression(expression.value)}`
    case 'Await':
      return `await ${printExpression(expression.value, BINDS.primary)}`
    case 'Yield':
      return expression.value === null ? 'yield' : `yield ${printSequence(expression.value)}`
    case 'YieldFrom':
      return `yield from ${printExpression(expression.value)}`
    case 'JoinedStr':
      return printJoinedStr(expression, printField)
  }
}

/** What stands in a replacement field. The colon of a lambda would begin a format specification, two braces are one. */
const printField = (expression: Expression): string => {
  const text = printExpression(expression)
  return endsInLambda(expression) || text.startsWith('{') ? `(${text})` : text
}

const endsInLambda = (expression: Expression): boolean =>
  expression.kind === 'Lambda' || (expression.kind === 'IfExp' && endsInLambda(expression.orelse))

const printEntry = (key: Expression | null, value: Expression): string =>
  key === null ? `**${printExpression(value, BINDS.bitOr)}` : `${printExpression(key)}: ${printExpression(value)}`

const list = (elements: readonly Expression[]): string => elements.map((element) => printExpression(element)).join(', ')

function printBinary(left: Expression, op: BinaryOperator, right: Expression): string {
  const level = binaryBinding(op)
  const [leastLeft, leastRight] = op === 'Pow' ? [BINDS.await, BINDS.sign] : [level, level + 1]
  return `${printExpression(left, leastLeft)} ${BINARY[op]} ${printExpression(right, leastRight)}`
}

const printComprehension = (element: string, generators: readonly Comprehension[]): string =>
  [element, ...generators.map(printGenerator)].join(' ')

function printGenerator({ target, iter, ifs, is_async }: Comprehension): string {
  const tests = ifs.map((test) => ` if ${printExpression(test, BINDS.or)}`)
  return `${is_async ? 'async for' : 'for'} ${printSequence(target)} in ${printExpression(iter, BINDS.or)}${tests.join('')}`
}

function printArguments({ args, keywords }: Call): string {
  const positional = (arg: Expression) =>
    arg.kind === 'Starred' ? `*${printExpression(arg.value)}` : printExpression(arg)
  return [
    ...args.map(positional),
    ...keywords.map(({ arg, value }) => `${arg === null ? '**' : `${arg}=`}${printExpression(value)}`),
  ].join(', ')
}

/** The parameters of a function, as they stand between its parentheses. */
export function printParameters(parameters: Parameters): string {
  const { args, defaults = [], vararg, kwonlyargs = [], kw_defaults = [], kwarg } = parameters
  const one = (name: string, value: Expression | null | undefined) =>
    value === null || value === undefined ? name : `${name}=${printExpression(value)}`
  const star = vararg === undefined ? (kwonlyargs.length > 0 ? ['*'] : []) : [`*${vararg}`]
  return [
    ...args.map((name, index) => one(name, defaults[index - args.length + defaults.length])),
    ...star,
    ...kwonlyargs.map((name, index) => one(name, kw_defaults[index])),
    ...(kwarg === undefined ? [] : [`**${kwarg}`]),
  ].join(', ')
}

function printConstant({ value }: Constant): string {
  if (value === null) return 'None'
  switch (typeof value) {
    case 'boolean':
      return value ? 'True' : 'False'
    case 'string':
      return printString(value)
    case 'bigint':
      return printInteger(value)
    case 'number':
      return printFloat(value)
  }
}

/** CPython refuses decimal integers of more than 4300 digits, but not hexadecimal ones. */
function printInteger(value: bigint): string {
  const text = value.toString()
  return text.length > 4300 ? `0x${value.toString(16)}` : text
}

function printFloat(value: number): string {
  if (value >= 1e16 || (value > 0 && value < 1e-4)) return value.toExponential().replace('+', '')
  return Number.isInteger(value) ? `${value}.0` : String(value)
}
