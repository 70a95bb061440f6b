import { functionOf } from './function-of.js'
import { parameterNames } from './parameters.js'
import { blocksOf, childrenOf, expressionsOf } from './parts.js'
import type {
  AsyncFunctionDef,
  ClassDef,
  DictComp,
  Expression,
  FunctionDef,
  ListComp,
  Module,
  SetComp,
  Statement,
  Target,
} from './syntax.js'

/** The cell that holds the class in whose body a function stands, for `super()`. */
export const CLASS_CELL = '__class__'

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
  const needed = new Set(takenInside(definition.body))
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
  return new Set([...parameterNames(definition), ...bindings(definition.body)].filter((name) => !elsewhere.has(name)))
}

/** The names that a function, or one inside it, uses and neither binds nor takes from the module. */
const freeNames = (definition: FunctionDef | AsyncFunctionDef): ReadonlySet<string> => {
  const bound = boundNames(definition)
  const global = declared(definition.body, 'Global')
  const used = [...namesIn(definition.body), ...takenInside(definition.body)]
  return new Set(used.filter((name) => !bound.has(name) && !global.has(name)))
}

/** What the functions inside a block take from around them. */
const takenInside = (body: readonly Statement[]): readonly string[] => [
  ...functionsIn(body).flatMap((inner) => [...freeNames(inner)]),
  ...withClassBodies(body).flatMap(expressionsOf).flatMap(takenByFunctions),
]

/** A comprehension that is evaluated where it stands. */
export type InPlace = ListComp | SetComp | DictComp

/** The names that the functions inside an expression take from around it. */
export const takenByFunctions = (expression: Expression): readonly string[] => {
  switch (expression.kind) {
    case 'Lambda':
    case 'GeneratorExp':
      return [...freeNames(functionOf(expression)), ...childrenOf(expression).flatMap(takenByFunctions)]
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
      return outsideOf(expression, takenByFunctions)
    default:
      return childrenOf(expression).flatMap(takenByFunctions)
  }
}

/** The names that a comprehension binds: nobody outside knows them. */
export const ownNames = ({ generators }: InPlace): ReadonlySet<string> =>
  new Set(generators.flatMap(({ target }) => namesOfTarget(target)))

/** Names in a comprehension that are not its own. Its first iterable stands outside of it. */
const outsideOf = (
  comprehension: InPlace,
  namesOf: (expression: Expression) => readonly string[],
): readonly string[] => {
  const own = ownNames(comprehension)
  const [first, ...others] = childrenOf(comprehension)
  return [...(first === undefined ? [] : namesOf(first)), ...others.flatMap(namesOf).filter((name) => !own.has(name))]
}

const declared = (body: readonly Statement[], kind: 'Global' | 'Nonlocal'): ReadonlySet<string> =>
  new Set(statementsIn(body).flatMap((statement) => (statement.kind === kind ? statement.names : [])))

const globalBindings = (body: readonly Statement[]): readonly string[] =>
  functionsIn(body).flatMap((definition) => [
    ...declared(definition.body, 'Global'),
    ...globalBindings(definition.body),
  ])

/** The functions that a block defines, those in the bodies of classes among them. */
const functionsIn = (body: readonly Statement[]): readonly (FunctionDef | AsyncFunctionDef)[] =>
  withClassBodies(body).flatMap((statement) =>
    statement.kind === 'FunctionDef' || statement.kind === 'AsyncFunctionDef' ? [statement] : [],
  )

/** All statements of one block of code, and those in the bodies of classes. */
const withClassBodies = (body: readonly Statement[]): readonly Statement[] =>
  statementsIn(body).flatMap((statement) =>
    statement.kind === 'ClassDef' ? [statement, ...withClassBodies(statement.body)] : [statement],
  )

/** All statements of one block of code, without those inside functions that it defines. */
const statementsIn = (body: readonly Statement[]): readonly Statement[] =>
  body.flatMap((statement) => [statement, ...blocksOf(statement).flatMap(statementsIn)])

const bindings = (body: readonly Statement[]): readonly string[] => [
  ...boundByStatements(body),
  ...statementsIn(body).flatMap(expressionsOf).flatMap(namedIn),
]

/** The names that `:=` binds in an expression. */
const namedIn = (expression: Expression): readonly string[] => [
  ...(expression.kind === 'NamedExpr' ? [expression.target.id] : []),
  ...childrenOf(expression).flatMap(namedIn),
]

const boundByStatements = (body: readonly Statement[]): readonly string[] =>
  statementsIn(body).flatMap((statement): readonly string[] => {
    switch (statement.kind) {
      case 'Assign':
        return statement.targets.flatMap(namesOfTarget)
      case 'Delete':
        return statement.targets.flatMap(namesOfTarget)
      case 'AugAssign':
        return namesOfTarget(statement.target)
      case 'For':
      case 'AsyncFor':
        return namesOfTarget(statement.target)
      case 'With':
      case 'AsyncWith':
        return statement.items.flatMap(({ optional_vars }) => (optional_vars === null ? [] : [optional_vars.id]))
      case 'Try':
      case 'TryStar':
        return statement.handlers.flatMap(({ name }) => (name === null ? [] : [name]))
      case 'FunctionDef':
      case 'AsyncFunctionDef':
      case 'ClassDef':
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
    case 'Starred':
      return namesOfTarget(target.value)
    default:
      return []
  }
}

/** The names that a function declares global. */
export const globalNames = ({ body }: FunctionDef | AsyncFunctionDef): ReadonlySet<string> => declared(body, 'Global')

/** Every name that stands anywhere in the statements of one block, as far as it is the block's own. */
const namesIn = (body: readonly Statement[]): readonly string[] => statementsIn(body).flatMap(namesInStatement)

const namesInStatement = (statement: Statement): readonly string[] => {
  if (statement.kind === 'Nonlocal') return statement.names
  const names = expressionsOf(statement).flatMap(namesInExpression)
  return statement.kind === 'ClassDef' ? [...names, ...takenByClass(statement)] : names
}

/** The names that the body of a class takes from around it. */
const takenByClass = ({ body }: ClassDef): readonly string[] => {
  const own = classNames(body)
  return namesIn(body).filter((name) => !own.has(name))
}

/** The names that the body of a class binds. */
export const classNames = (body: readonly Statement[]): ReadonlySet<string> => new Set(bindings(body))

/** Whether a `yield` stands in a function, and not in one inside it. */
export const isGeneratorFunction = ({ body }: FunctionDef | AsyncFunctionDef): boolean =>
  statementsIn(body).flatMap(expressionsOf).some(yields)

/** Whether a `return` with a value stands in a function, and not in one inside it. */
export const returnsValue = ({ body }: FunctionDef | AsyncFunctionDef): boolean =>
  statementsIn(body).some((statement) => statement.kind === 'Return' && statement.value !== null)

/** Whether the innermost decorator of a function is called `coroutine`, as that of asyncio is. */
export const isNamedCoroutine = ({ decorator_list = [] }: FunctionDef | AsyncFunctionDef): boolean => {
  const innermost = decorator_list.at(-1)
  return (
    (innermost?.kind === 'Name' && innermost.id === 'coroutine') ||
    (innermost?.kind === 'Attribute' && innermost.attr === 'coroutine')
  )
}

/** Whether a `yield from` stands in a function, and not in one inside it. */
export const delegates = ({ body }: FunctionDef | AsyncFunctionDef): boolean =>
  statementsIn(body).flatMap(expressionsOf).some(yieldsFrom)

const yieldsFrom = (expression: Expression): boolean =>
  expression.kind === 'YieldFrom' || childrenOf(expression).some(yieldsFrom)

const yields = (expression: Expression): boolean =>
  expression.kind === 'Yield' || expression.kind === 'YieldFrom' || childrenOf(expression).some(yields)

const namesInExpression = (expression: Expression): readonly string[] => {
  if (expression.kind === 'Name') return expression.id === 'super' ? ['super', CLASS_CELL] : [expression.id]
  return expression.kind === 'ListComp' || expression.kind === 'SetComp' || expression.kind === 'DictComp'
    ? outsideOf(expression, namesInExpression)
    : childrenOf(expression).flatMap(namesInExpression)
}
