import { printExpression, printOperator, printParameters, printSequence, printValue } from './print-expression.js'
import type { Alias, Decorator, ExceptHandler, Expression, Module, Statement, WithItem } from './syntax.js'

/**
 * The Python text of a module, in the style of PEP 8. Reading it again gives the same module. Every Python from 3.10 on
 * reads it, except for f-strings whose replacement fields need 3.12: see `printJoinedStr`.
 */
export function print(module: Module): string {
  return printBlock(module.body, 0)
    .map((line) => `${line}\n`)
    .join('')
}

type Lines = readonly string[]

/** The lines of a block; `depth` tells how many blank lines part its statements. */
function printBlock(statements: readonly Statement[], depth: number): Lines {
  return statements.flatMap((statement, index) => {
    const before = statements[index - 1]
    const blank = before === undefined ? 0 : gap(before, statement, depth)
    return [...Array<string>(blank).fill(''), ...printStatement(statement, depth)]
  })
}

function gap(before: Statement, after: Statement, depth: number): number {
  if (isDefinition(before) || isDefinition(after)) return depth === 0 ? 2 : 1
  return depth === 0 && isImport(before) && !isImport(after) ? 1 : 0
}

const isDefinition = ({ kind }: Statement): boolean =>
  kind === 'FunctionDef' || kind === 'AsyncFunctionDef' || kind === 'ClassDef'
const isImport = ({ kind }: Statement): boolean => kind === 'Import' || kind === 'ImportFrom'

function printStatement(statement: Statement, depth: number): Lines {
  const clause = (head: string, body: readonly Statement[]): Lines => [
    `${head}:`,
    ...printBlock(body, depth + 1).map((line) => (line === '' ? '' : `    ${line}`)),
  ]
  const orElse = (body: readonly Statement[]): Lines => (body.length === 0 ? [] : clause('else', body))
  switch (statement.kind) {
    case 'FunctionDef':
    case 'AsyncFunctionDef': {
      const { kind, name, body } = statement
      const head = `${kind === 'FunctionDef' ? 'def' : 'async def'} ${name}(${printParameters(statement)})`
      return [...printDecorators(statement), ...clause(head, body)]
    }
    case 'ClassDef': {
      const { name, bases } = statement
      const head = bases.length === 0 ? name : `${name}(${bases.map((base) => printExpression(base)).join(', ')})`
      return [...printDecorators(statement), ...clause(`class ${head}`, statement.body)]
    }
    case 'Return':
      return [statement.value === null ? 'return' : `return ${printSequence(statement.value)}`]
    case 'Assign':
      return [[...statement.targets.map(printSequence), printValue(statement.value)].join(' = ')]
    case 'AugAssign':
      return [
        `${printExpression(statement.target)} ${printOperator(statement.op)}= ${printStatementValue(statement.value)}`,
      ]
    case 'For':
    case 'AsyncFor': {
      const head = `${statement.kind === 'For' ? 'for' : 'async for'} ${printSequence(statement.target)} in ${printExpression(statement.iter)}`
      return [...clause(head, statement.body), ...orElse(statement.orelse)]
    }
    case 'While':
      return [...clause(`while ${printExpression(statement.test)}`, statement.body), ...orElse(statement.orelse)]
    case 'If': {
      const [first, second] = statement.orelse
      const isElif = first?.kind === 'If' && second === undefined
      const rest = isElif ? asElif(printStatement(first, depth)) : orElse(statement.orelse)
      return [...clause(`if ${printExpression(statement.test)}`, statement.body), ...rest]
    }
    case 'Raise': {
      const cause = statement.cause === null ? '' : ` from ${printExpression(statement.cause)}`
      return [statement.exc === null ? 'raise' : `raise ${printExpression(statement.exc)}${cause}`]
    }
    case 'Assert':
      return [
        `assert ${[statement.test, statement.msg ?? []]
          .flat()
          .map((part) => printExpression(part))
          .join(', ')}`,
      ]
    case 'Delete':
      return [`del ${statement.targets.map((target) => printExpression(target)).join(', ')}`]
    case 'Try':
    case 'TryStar':
      return [
        ...clause('try', statement.body),
        ...statement.handlers.flatMap((handler) => clause(printExcept(statement.kind, handler), handler.body)),
        ...orElse(statement.orelse),
        ...(statement.finalbody.length === 0 ? [] : clause('finally', statement.finalbody)),
      ]
    case 'With':
    case 'AsyncWith': {
      const head = `${statement.kind === 'With' ? 'with' : 'async with'} ${printItems(statement.items)}`
      return clause(head, statement.body)
    }
    case 'Import':
      return [`import ${statement.names.map(printAlias).join(', ')}`]
    case 'ImportFrom':
      return [`from ${statement.module} import ${statement.names.map(printAlias).join(', ')}`]
    case 'Global':
      return [`global ${statement.names.join(', ')}`]
    case 'Nonlocal':
      return [`nonlocal ${statement.names.join(', ')}`]
    case 'Expr':
      return [printStatementValue(statement.value)]
    case 'Pass':
      return ['pass']
    case 'Break':
      return ['break']
    case 'Continue':
      return ['continue']
  }
}

const printDecorators = ({ decorator_list = [] }: { readonly decorator_list?: readonly Decorator[] }): Lines =>
  decorator_list.map((decorator) => `@${printExpression(decorator)}`)

/** A `yield` needs no parentheses here; a tuple keeps them. */
const printStatementValue = (value: Expression): string =>
  value.kind === 'Yield' || value.kind === 'YieldFrom' ? printValue(value) : printExpression(value)

const asElif = ([head = '', ...rest]: Lines): Lines => [`el${head}`, ...rest]

const printAlias = ({ name, asname }: Alias): string => (asname === null ? name : `${name} as ${asname}`)

/** A tuple that stands alone would read as several items: it has two pairs of parentheses. */
function printItems(items: readonly WithItem[]): string {
  const [only, ...others] = items
  if (only?.context_expr.kind === 'Tuple' && only.optional_vars === null && others.length === 0) {
    return `(${printExpression(only.context_expr)})`
  }
  return items
    .map(({ context_expr, optional_vars }) =>
      optional_vars === null
        ? printExpression(context_expr)
        : `${printExpression(context_expr)} as ${optional_vars.id}`,
    )
    .join(', ')
}

function printExcept(kind: 'Try' | 'TryStar', { type, name }: ExceptHandler): string {
  if (type === null) return 'except'
  const head = `${kind === 'Try' ? 'except' : 'except*'} ${printExpression(type)}`
  return name === null ? head : `${head} as ${name}`
}
