import type {
  Comprehension,
  Decorator,
  ExceptHandler,
  Expression,
  Name,
  Parameters,
  Statement,
  Target,
  WithItem,
} from './syntax.js'

/** What becomes of each statement and expression of a program. What stands inside has been changed already. */
export interface Changes {
  readonly statement: (statement: Statement) => readonly Statement[]
  readonly expression: (expression: Expression) => Expression
}

interface Decorated {
  readonly decorator_list?: readonly Decorator[]
}

/** A block changed from the inside out. Line numbers go: its text will be another one. */
export const mapBody = (body: readonly Statement[], changes: Changes): readonly Statement[] =>
  body.flatMap((statement) => changes.statement(mapInside(statement, changes)))

const mapInside = (statement: Statement, changes: Changes): Statement => {
  const { lineno: _, ...plain } = statement
  const one = (expression: Expression): Expression => mapExpression(expression, changes.expression)
  const maybe = (expression: Expression | null): Expression | null => (expression === null ? null : one(expression))
  const block = (inner: readonly Statement[]): readonly Statement[] => mapBody(inner, changes)
  const handler = ({ type, name, body }: ExceptHandler): ExceptHandler => ({
    type: maybe(type),
    name,
    body: block(body),
  })
  const item = ({ context_expr, optional_vars }: WithItem): WithItem => ({
    context_expr: one(context_expr),
    optional_vars: optional_vars === null ? null : (one(optional_vars) as Name),
  })
  const decorators = ({ decorator_list }: Decorated): Decorated =>
    decorator_list === undefined ? {} : { decorator_list: decorator_list.map((each) => one(each) as Decorator) }
  switch (plain.kind) {
    case 'FunctionDef':
    case 'AsyncFunctionDef':
      return { ...mapDefaults(plain, one), body: block(plain.body), ...decorators(plain) }
    case 'ClassDef':
      return { ...plain, bases: plain.bases.map(one), body: block(plain.body), ...decorators(plain) }
    case 'Return':
      return { ...plain, value: maybe(plain.value) }
    case 'Expr':
      return { ...plain, value: one(plain.value) }
    case 'Assign':
      return { ...plain, targets: plain.targets.map((target) => one(target) as Target), value: one(plain.value) }
    case 'AugAssign':
      return { ...plain, target: one(plain.target) as typeof plain.target, value: one(plain.value) }
    case 'For':
    case 'AsyncFor':
      return {
        ...plain,
        target: one(plain.target) as Target,
        iter: one(plain.iter),
        body: block(plain.body),
        orelse: block(plain.orelse),
      }
    case 'While':
    case 'If':
      return { ...plain, test: one(plain.test), body: block(plain.body), orelse: block(plain.orelse) }
    case 'Assert':
      return { ...plain, test: one(plain.test), msg: maybe(plain.msg) }
    case 'Delete':
      return { ...plain, targets: plain.targets.map((target) => one(target) as Target) }
    case 'Raise':
      return { ...plain, exc: maybe(plain.exc), cause: maybe(plain.cause) }
    case 'With':
    case 'AsyncWith':
      return { ...plain, items: plain.items.map(item), body: block(plain.body) }
    case 'Try':
    case 'TryStar':
      return {
        ...plain,
        body: block(plain.body),
        handlers: plain.handlers.map(handler),
        orelse: block(plain.orelse),
        finalbody: block(plain.finalbody),
      }
    default:
      return plain
  }
}

/** Parameters with their default values changed. */
const mapDefaults = <P extends Parameters>(parameters: P, one: (value: Expression) => Expression): P => {
  const { defaults, kw_defaults } = parameters
  return {
    ...parameters,
    ...(defaults === undefined ? {} : { defaults: defaults.map(one) }),
    ...(kw_defaults === undefined
      ? {}
      : { kw_defaults: kw_defaults.map((value) => (value === null ? null : one(value))) }),
  }
}

/** An expression changed from the inside out. */
const mapExpression = (expression: Expression, change: Changes['expression']): Expression => {
  const one = <T extends Expression>(inner: T): T => mapExpression(inner, change) as T
  const all = <T extends Expression>(inner: readonly T[]): readonly T[] => inner.map(one)
  const generator = ({ target, iter, ifs, ...rest }: Comprehension): Comprehension => ({
    ...rest,
    target: one(target),
    iter: one(iter),
    ifs: all(ifs),
  })
  const inside = (): Expression => {
    switch (expression.kind) {
      case 'Constant':
      case 'Name':
        return expression
      case 'Tuple':
      case 'List':
      case 'Set':
        return { ...expression, elts: all(expression.elts) }
      case 'Dict':
        return {
          ...expression,
          keys: expression.keys.map((key) => (key === null ? null : one(key))),
          values: all(expression.values),
        }
      case 'DictComp': {
        const { key, value, generators } = expression
        return { ...expression, key: one(key), value: one(value), generators: generators.map(generator) }
      }
      case 'ListComp':
      case 'SetComp':
      case 'GeneratorExp':
        return { ...expression, elt: one(expression.elt), generators: expression.generators.map(generator) }
      case 'BinOp':
        return { ...expression, left: one(expression.left), right: one(expression.right) }
      case 'UnaryOp':
        return { ...expression, operand: one(expression.operand) }
      case 'BoolOp':
        return { ...expression, values: all(expression.values) }
      case 'Compare':
        return { ...expression, left: one(expression.left), comparators: all(expression.comparators) }
      case 'IfExp':
        return { ...expression, test: one(expression.test), body: one(expression.body), orelse: one(expression.orelse) }
      case 'Lambda':
        return { ...mapDefaults(expression, one), body: one(expression.body) }
      case 'Call':
        return {
          ...expression,
          func: one(expression.func),
          args: all(expression.args),
          keywords: expression.keywords.map(({ arg, value }) => ({ arg, value: one(value) })),
        }
      case 'NamedExpr':
        return { ...expression, target: one(expression.target), value: one(expression.value) }
      case 'Slice': {
        const [lower, upper, step] = [expression.lower, expression.upper, expression.step].map((part) =>
          part === null ? null : one(part),
        )
        return { kind: 'Slice', lower: lower ?? null, upper: upper ?? null, step: step ?? null }
      }
      case 'Starred':
        return { ...expression, value: one(expression.value) }
      case 'Subscript':
        return { ...expression, value: one(expression.value), slice: one(expression.slice) }
      case 'Attribute':
      case 'Await':
      case 'YieldFrom':
        return { ...expression, value: one(expression.value) }
      case 'Yield':
        return { ...expression, value: expression.value === null ? null : one(expression.value) }
      case 'JoinedStr':
        return {
          ...expression,
          values: expression.values.map((part) =>
            part.kind === 'Constant' ? part : { ...part, value: one(part.value) },
          ),
        }
    }
  }
  return change(inside())
}
