import { defaultValues } from './parameters.js'
import type { DictComp, Expression, GeneratorExp, ListComp, SetComp, Statement } from './syntax.js'

type AnyComprehension = ListComp | SetComp | DictComp | GeneratorExp

/** The blocks of a statement that belong to the same function. */
export const blocksOf = (statement: Statement): readonly (readonly Statement[])[] => {
  switch (statement.kind) {
    case 'For':
    case 'AsyncFor':
    case 'While':
    case 'If':
      return [statement.body, statement.orelse]
    case 'With':
    case 'AsyncWith':
      return [statement.body]
    case 'Try':
    case 'TryStar':
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
    case 'AsyncFor':
      return [statement.target, statement.iter]
    case 'While':
    case 'If':
      return [statement.test]
    case 'Assert':
      return [statement.test, statement.msg ?? []].flat()
    case 'Delete':
      return statement.targets
    case 'Raise':
      return [statement.exc, statement.cause].flatMap((part) => (part === null ? [] : [part]))
    case 'With':
    case 'AsyncWith':
      return statement.items.flatMap(({ context_expr, optional_vars }) =>
        optional_vars === null ? [context_expr] : [context_expr, optional_vars],
      )
    case 'Try':
    case 'TryStar':
      return statement.handlers.flatMap(({ type }) => (type === null ? [] : [type]))
    case 'FunctionDef':
    case 'AsyncFunctionDef':
      return [...(statement.decorator_list ?? []), ...defaultValues(statement)]
    case 'ClassDef':
      return [...(statement.decorator_list ?? []), ...statement.bases]
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

/** All that stands in a comprehension. */
export const partsOf = (comprehension: AnyComprehension): readonly Expression[] => [
  ...comprehension.generators.flatMap(({ iter, target, ifs }) => [iter, target, ...ifs]),
  ...(comprehension.kind === 'DictComp' ? [comprehension.key, comprehension.value] : [comprehension.elt]),
]

/**
 * The expressions directly inside an expression, in order of evaluation. What is evaluated in a function of its own is not
 * among them: the body of a lambda, and of a generator expression all but its first iterable.
 */
export const childrenOf = (expression: Expression): readonly Expression[] => {
  switch (expression.kind) {
    case 'Constant':
    case 'Name':
      return []
    case 'Tuple':
    case 'List':
      return expression.elts
    case 'Dict':
      return expression.values.flatMap((value, index) => [expression.keys[index] ?? [], value].flat())
    case 'Set':
      return expression.elts
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
      return partsOf(expression)
    case 'GeneratorExp':
      return expression.generators.slice(0, 1).map(({ iter }) => iter)
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
    case 'Lambda':
      return defaultValues(expression)
    case 'Call':
      return [
        expression.func,
        ...expression.args.map((argument) => (argument.kind === 'Starred' ? argument.value : argument)),
        ...expression.keywords.map(({ value }) => value),
      ]
    case 'Attribute':
    case 'Await':
    case 'YieldFrom':
    case 'Starred':
      return [expression.value]
    case 'NamedExpr':
      return [expression.target, expression.value]
    case 'Slice':
      return [expression.lower, expression.upper, expression.step].flatMap((part) => (part === null ? [] : [part]))
    case 'Yield':
      return expression.value === null ? [] : [expression.value]
    case 'Subscript':
      return [expression.value, expression.slice]
    case 'JoinedStr':
      return expression.values.flatMap((part) => (part.kind === 'FormattedValue' ? [part.value] : []))
  }
}
