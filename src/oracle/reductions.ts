import { parameterNames } from '../program/parameters.js'
import type {
  AsyncFunctionDef,
  ClassDef,
  ExceptHandler,
  Expression,
  FunctionDef,
  Statement,
  Try,
  TryStar,
} from '../program/syntax.js'

type Block = readonly Statement[]

/** The bodies of the functions in reach that take no arguments, by name. */
type Functions = ReadonlyMap<string, Block>

/**
 * What can stand in place of a block, larger cuts first: some of its statements, a compound statement's body without its
 * head, the body of a function in place of its call, or a statement with something smaller inside. Not all of it need be
 * Python, nor shorter.
 */
export function* reductions(block: Block, outer: Functions = new Map()): Generator<Block> {
  for (let size = block.length; size >= 1; size = Math.floor(size / 2)) {
    for (let from = 0; from < block.length; from += size) yield [...block.slice(0, from), ...block.slice(from + size)]
  }
  const functions = new Map([...outer, ...block.flatMap(withoutParameters)])
  for (const [index, statement] of block.entries()) {
    for (const smaller of reductionsOf(statement, functions)) {
      yield [...block.slice(0, index), ...smaller, ...block.slice(index + 1)]
    }
  }
}

const withoutParameters = (statement: Statement): readonly (readonly [string, Block])[] =>
  (statement.kind === 'FunctionDef' || statement.kind === 'AsyncFunctionDef') && parameterNames(statement).length === 0
    ? [[statement.name, statement.body]]
    : []

const pass: Statement = { kind: 'Pass' }

/** A block that must not be empty. */
function* bodies(body: Block, functions: Functions): Generator<Block> {
  if (body.length === 1 && body[0]?.kind === 'Pass') return
  for (const smaller of reductions(body, functions)) yield smaller.length === 0 ? [pass] : smaller
}

/** What can stand in place of one statement. */
function* reductionsOf(statement: Statement, functions: Functions): Generator<Block> {
  switch (statement.kind) {
    case 'If':
    case 'While':
    case 'For':
    case 'AsyncFor':
      yield statement.body
      yield statement.orelse
      for (const body of bodies(statement.body, functions)) yield [{ ...statement, body }]
      for (const orelse of reductions(statement.orelse, functions)) yield [{ ...statement, orelse }]
      return
    case 'With':
    case 'AsyncWith':
      yield statement.body
      for (const item of statement.items) {
        if (statement.items.length > 1) yield [{ ...statement, items: statement.items.filter((each) => each !== item) }]
      }
      for (const body of bodies(statement.body, functions)) yield [{ ...statement, body }]
      return
    case 'Try':
    case 'TryStar':
      yield* reductionsOfTry(statement, functions)
      return
    case 'FunctionDef':
    case 'AsyncFunctionDef':
      for (const body of bodies(statement.body, functions)) yield [{ ...statement, body }]
      yield* withoutDecorators(statement)
      yield* withoutDefaults(statement)
      return
    case 'ClassDef':
      yield* withoutDecorators(statement)
      for (const body of bodies(statement.body, functions)) yield [{ ...statement, body }]
      if (statement.bases.length > 0) yield [{ ...statement, bases: [] }]
      return
    case 'Expr':
      yield* inlined(statement.value, functions)
      for (const value of reductionsOfExpression(statement.value)) yield [{ kind: 'Expr', value }]
      return
    case 'Assign':
      yield* inlined(statement.value, functions)
      yield [{ kind: 'Expr', value: statement.value }]
      for (const value of reductionsOfExpression(statement.value)) yield [{ ...statement, value }]
      return
    case 'Return':
      if (statement.value === null) return
      yield [{ kind: 'Expr', value: statement.value }]
      for (const value of [null, ...reductionsOfExpression(statement.value)]) yield [{ kind: 'Return', value }]
      return
    case 'Assert':
      yield [{ kind: 'Expr', value: statement.test }]
      if (statement.msg !== null) yield [{ ...statement, msg: null }]
      return
    case 'Raise':
      if (statement.cause !== null) yield [{ ...statement, cause: null }]
      return
    case 'Global':
    case 'Nonlocal':
      for (const name of statement.names)
        yield [{ ...statement, names: statement.names.filter((each) => each !== name) }]
      return
    default:
      return
  }
}

function* withoutDecorators(statement: FunctionDef | AsyncFunctionDef | ClassDef): Generator<Block> {
  const { decorator_list = [], ...plain } = statement
  if (decorator_list.length > 0) yield [plain]
  for (const each of decorator_list.length > 1 ? decorator_list : []) {
    yield [{ ...statement, decorator_list: decorator_list.filter((other) => other !== each) }]
  }
}

function* withoutDefaults(statement: FunctionDef | AsyncFunctionDef): Generator<Block> {
  const { defaults, kwonlyargs, kw_defaults, ...plain } = statement
  if (defaults !== undefined || kwonlyargs !== undefined) yield [plain]
}

function* reductionsOfTry(statement: Try | TryStar, functions: Functions): Generator<Block> {
  const { body, handlers, orelse, finalbody } = statement
  yield body
  yield [...body, ...orelse, ...finalbody]
  for (const handler of handlers) yield handler.body
  for (const handler of handlers) yield [{ ...statement, handlers: handlers.filter((each) => each !== handler) }]
  for (const smaller of bodies(body, functions)) yield [{ ...statement, body: smaller }]
  for (const smaller of reductions(orelse, functions)) yield [{ ...statement, orelse: smaller }]
  for (const smaller of reductions(finalbody, functions)) yield [{ ...statement, finalbody: smaller }]
  for (const [index, handler] of handlers.entries()) {
    if (handler.name !== null) yield [{ ...statement, handlers: handlers.with(index, { ...handler, name: null }) }]
    if (handler.type !== null && statement.kind === 'Try') {
      yield [{ ...statement, handlers: handlers.with(index, { ...handler, type: null, name: null }) }]
    }
    for (const smaller of bodies(handler.body, functions)) {
      const changed: ExceptHandler = { ...handler, body: smaller }
      yield [{ ...statement, handlers: handlers.with(index, changed) }]
    }
  }
}

/** The body of a function in place of the statement that calls it somewhere. */
function* inlined(value: Expression, functions: Functions): Generator<Block> {
  for (const name of calledIn(value)) {
    const body = functions.get(name)
    if (body !== undefined) yield body
  }
}

/** The names of what an expression calls, from the outside to the inside. */
function* calledIn(expression: Expression): Generator<string> {
  switch (expression.kind) {
    case 'Await':
    case 'YieldFrom':
      yield* calledIn(expression.value)
      return
    case 'Call':
      if (expression.func.kind === 'Name') yield expression.func.id
      for (const argument of expression.args) if (argument.kind !== 'Starred') yield* calledIn(argument)
      return
    default:
      return
  }
}

/** What can stand in place of an expression: what is inside of it, a plainer constant, or itself with such inside. */
function* reductionsOfExpression(expression: Expression): Generator<Expression> {
  switch (expression.kind) {
    case 'Constant':
      yield* plainer(expression.value)
      return
    case 'Await':
    case 'YieldFrom':
      for (const value of reductionsOfExpression(expression.value)) yield { ...expression, value }
      return
    case 'Yield':
      if (expression.value === null) return
      yield { ...expression, value: null }
      for (const value of reductionsOfExpression(expression.value)) yield { ...expression, value }
      return
    case 'Call': {
      const { func, args, keywords } = expression
      for (const argument of args) if (argument.kind !== 'Starred') yield argument
      if (func.kind === 'Attribute') yield func.value
      for (const argument of args) yield { ...expression, args: args.filter((each) => each !== argument) }
      if (keywords.length > 0) yield { ...expression, keywords: [] }
      for (const [index, argument] of args.entries()) {
        if (argument.kind === 'Starred') continue
        for (const smaller of reductionsOfExpression(argument)) yield { ...expression, args: args.with(index, smaller) }
      }
      return
    }
    case 'Tuple':
    case 'List':
    case 'Set':
      for (const element of expression.elts) yield element.kind === 'Starred' ? element.value : element
      return
    case 'Dict':
      yield* expression.values
      yield* expression.keys.filter((key) => key !== null)
      for (const index of expression.keys.keys()) {
        yield {
          ...expression,
          keys: expression.keys.toSpliced(index, 1),
          values: expression.values.toSpliced(index, 1),
        }
      }
      return
    case 'ListComp':
    case 'SetComp':
    case 'GeneratorExp':
      for (const [index, generator] of expression.generators.entries()) {
        for (const iter of reductionsOfExpression(generator.iter)) {
          yield { ...expression, generators: expression.generators.with(index, { ...generator, iter }) }
        }
      }
      for (const elt of reductionsOfExpression(expression.elt)) yield { ...expression, elt }
      return
    case 'BinOp':
      yield expression.left
      yield expression.right
      for (const left of reductionsOfExpression(expression.left)) yield { ...expression, left }
      for (const right of reductionsOfExpression(expression.right)) yield { ...expression, right }
      return
    case 'NamedExpr':
      yield expression.value
      return
    case 'UnaryOp':
      yield expression.operand
      return
    case 'Lambda':
      yield expression.body
      for (const body of reductionsOfExpression(expression.body)) yield { ...expression, body }
      return
    default:
      return
  }
}

function* plainer(value: string | number | bigint | boolean | null): Generator<Expression> {
  if (value === '') return
  const plain = typeof value === 'string' ? [''] : typeof value === 'number' ? [0n, 1n, 2n] : []
  const halves = typeof value === 'bigint' ? [0n, 1n, 2n, value / 2n].filter((each) => each < value) : []
  for (const each of [...plain, ...halves]) yield { kind: 'Constant', value: each }
}
