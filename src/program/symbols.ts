import type { AsyncFunctionDef, Expression, FunctionDef, Module, Statement, Target } from './syntax.js'

/** The names of one module or function, by where their values live. Mirrors CPython's `symtable`. */
export interface Symbols {
  /** Bound here and used by no function inside. */
  readonly local: readonly string[]
  /** Bound here and used by a function inside. */
  readonly cell: readonly string[]
  /** Bound in a function around. */
  readonly free: readonly string[]
  /** Names that are bound in the module; empty but for the module. */
  readonly global: readonly string[]
}

/** The symbols of a module: every name that is bound in it, or bound anywhere under a `global` declaration. */
export const moduleSymbols = (module: Module): Symbols => ({
  local: [],
  cell: [],
  free: [],
  global: [...new Set([...bindings(module.body), ...globalBindings(module.body)])],
})

/** The symbols of a function, given the names that the functions around it bind. */
export const functionSymbols = (definition: FunctionDef | AsyncFunctionDef, around: ReadonlySet<string>): Symbols => {
  const bound = boundNames(definition)
  const inside = new Set([...around].filter((name) => !declared(definition.body, 'Global').has(name)))
  const needed = new Set(functionsIn(definition.body).flatMap((inner) => [...freeNames(inner)]))
  const used = new Set([...namesIn(definition.body), ...needed])
  return {
    local: [...bound].filter((name) => !needed.has(name)),
    cell: [...bound].filter((name) => needed.has(name)),
    free: [...used].filter((name) => !bound.has(name) && inside.has(name)),
    global: [],
  }
}

/** The names a function binds itself: parameters first. */
export const boundNames = (definition: FunctionDef | AsyncFunctionDef): ReadonlySet<string> => {
  const elsewhere = new Set([...declared(definition.body, 'Global'), ...declared(definition.body, 'Nonlocal')])
  return new Set([...definition.args, ...bindings(definition.body)].filter((name) => !elsewhere.has(name)))
}

/** The names that a function, or one inside it, uses and neither binds nor takes from the module. */
const freeNames = (definition: FunctionDef | AsyncFunctionDef): ReadonlySet<string> => {
  const bound = boundNames(definition)
  const global = declared(definition.body, 'Global')
  const used = [...namesIn(definition.body), ...functionsIn(definition.body).flatMap((inner) => [...freeNames(inner)])]
  return new Set(used.filter((name) => !bound.has(name) && !global.has(name)))
}

const declared = (body: readonly Statement[], kind: 'Global' | 'Nonlocal'): ReadonlySet<string> =>
  new Set(statementsIn(body).flatMap((statement) => (statement.kind === kind ? statement.names : [])))

const globalBindings = (body: readonly Statement[]): readonly string[] =>
  functionsIn(body).flatMap((definition) => [
    ...declared(definition.body, 'Global'),
    ...globalBindings(definition.body),
  ])

const functionsIn = (body: readonly Statement[]): readonly (FunctionDef | AsyncFunctionDef)[] =>
  statementsIn(body).flatMap((statement) =>
    statement.kind === 'FunctionDef' || statement.kind === 'AsyncFunctionDef' ? [statement] : [],
  )

/** All statements of one block of code, without those inside functions that it defines. */
const statementsIn = (body: readonly Statement[]): readonly Statement[] =>
  body.flatMap((statement) => [statement, ...blocksOf(statement).flatMap(statementsIn)])

/** The blocks of a statement that belong to the same function. */
export const blocksOf = (statement: Statement): readonly (readonly Statement[])[] => {
  switch (statement.kind) {
    case 'For':
    case 'While':
    case 'If':
      return [statement.body, statement.orelse]
    case 'With':
    case 'AsyncWith':
      return [statement.body]
    case 'Try':
      return [
        statement.body,
        ...statement.handlers.map((handler) => handler.body),
        statement.orelse,
        statement.finalbody,
      ]
    default:
      return []
  }
}

const bindings = (body: readonly Statement[]): readonly string[] =>
  statementsIn(body).flatMap((statement): readonly string[] => {
    switch (statement.kind) {
      case 'Assign':
        return statement.targets.flatMap(namesOfTarget)
      case 'AugAssign':
        return namesOfTarget(statement.target)
      case 'For':
        return namesOfTarget(statement.target)
      case 'With':
      case 'AsyncWith':
        return statement.items.flatMap(({ optional_vars }) => (optional_vars === null ? [] : [optional_vars.id]))
      case 'Try':
        return statement.handlers.flatMap(({ name }) => (name === null ? [] : [name]))
      case 'FunctionDef':
      case 'AsyncFunctionDef':
        return [statement.name]
      case 'Import':
      case 'ImportFrom':
        return statement.names.map(({ name, asname }) => asname ?? name)
      default:
        return []
    }
  })

/** The names that assigning to a target binds. */
export const namesOfTarget = (target: Target | Expression): readonly string[] => {
  switch (target.kind) {
    case 'Name':
      return [target.id]
    case 'Tuple':
    case 'List':
      return target.elts.flatMap(namesOfTarget)
    default:
      return []
  }
}

/** Every name that stands anywhere in the statements of one block, as far as it is the block's own. */
const namesIn = (body: readonly Statement[]): readonly string[] => statementsIn(body).flatMap(namesInStatement)

const namesInStatement = (statement: Statement): readonly string[] =>
  statement.kind === 'Nonlocal' ? statement.names : expressionsOf(statement).flatMap(namesInExpression)

/** The expressions directly in a statement. */
export const expressionsOf = (statement: Statement): readonly Expression[] => {
  switch (statement.kind) {
    case 'Return':
    case 'Expr':
      return statement.value === null ? [] : [statement.value]
    case 'Assign':
      return [...statement.targets, statement.value]
    case 'AugAssign':
      return [statement.target, statement.value]
    case 'For':
      return [statement.target, statement.iter]
    case 'While':
    case 'If':
      return [statement.test]
    case 'Raise':
      return [statement.exc, statement.cause].flatMap((part) => (part === null ? [] : [part]))
    case 'With':
    case 'AsyncWith':
      return statement.items.flatMap(({ context_expr, optional_vars }) =>
        optional_vars === null ? [context_expr] : [context_expr, optional_vars],
      )
    case 'Try':
      return statement.handlers.flatMap(({ type }) => (type === null ? [] : [type]))
    case 'FunctionDef':
    case 'AsyncFunctionDef':
      return statement.decorator_list ?? []
    case 'Import':
    case 'ImportFrom':
    case 'Global':
    case 'Nonlocal':
    case 'Pass':
    case 'Break':
    case 'Continue':
      return []
  }
}

/** Whether a `yield` stands in a function, and not in one inside it. */
export const isGeneratorFunction = ({ body }: FunctionDef | AsyncFunctionDef): boolean =>
  statementsIn(body).flatMap(expressionsOf).some(yields)

const yields = (expression: Expression): boolean =>
  expression.kind === 'Yield' || expression.kind === 'YieldFrom' || childrenOf(expression).some(yields)

const namesInExpression = (expression: Expression): readonly string[] => {
  if (expression.kind === 'Name') return [expression.id]
  if (expression.kind !== 'ListComp') return childrenOf(expression).flatMap(namesInExpression)
  const own = new Set(expression.generators.flatMap(({ target }) => namesOfTarget(target)))
  const outermost = expression.generators[0]
  const first = outermost === undefined ? [] : namesInExpression(outermost.iter)
  return [
    ...first,
    ...childrenOf(expression)
      .flatMap(namesInExpression)
      .filter((name) => !own.has(name)),
  ]
}

/** The expressions directly inside an expression, in order of evaluation. */
export const childrenOf = (expression: Expression): readonly Expression[] => {
  switch (expression.kind) {
    case 'Constant':
    case 'Name':
      return []
    case 'Tuple':
    case 'List':
      return expression.elts
    case 'ListComp':
      return [...expression.generators.flatMap(({ iter, target, ifs }) => [iter, target, ...ifs]), expression.elt]
    case 'BinOp':
      return [expression.left, expression.right]
    case 'UnaryOp':
      return [expression.operand]
    case 'BoolOp':
      return expression.values
    case 'Compare':
      return [expression.left, ...expression.comparators]
    case 'IfExp':
      return [expression.test, expression.body, expression.orelse]
    case 'Call':
      return [
        expression.func,
        ...expression.args.map((argument) => (argument.kind === 'Starred' ? argument.value : argument)),
        ...expression.keywords.map(({ value }) => value),
      ]
    case 'Attribute':
    case 'Await':
    case 'YieldFrom':
      return [expression.value]
    case 'Yield':
      return expression.value === null ? [] : [expression.value]
    case 'Subscript':
      return [expression.value, expression.slice]
    case 'JoinedStr':
      return expression.values.flatMap((part) => (part.kind === 'FormattedValue' ? [part.value] : []))
  }
}
