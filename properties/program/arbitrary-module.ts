import fc, { type Arbitrary } from 'fast-check'
import { parameterNames } from '../../src/program/parameters.js'
import type {
  Alias,
  BinaryOperator,
  Call,
  ComparisonOperator,
  Comprehension,
  Constant,
  Decorator,
  ExceptHandler,
  Expression,
  FormattedValue,
  JoinedStr,
  Module,
  Name,
  Parameters,
  Slice,
  Starred,
  Statement,
  StringConstant,
  Target,
  UnaryOperator,
} from '../../src/program/syntax.js'

type Within = 'module' | 'def' | 'async def'

/** What is legal at a place of a program. */
interface Context {
  readonly within: Within
  readonly inLoop: boolean
  /** Whether it stands in an `except*` block, which nothing can return from. */
  readonly inStar?: boolean
  /** Parameters of the functions around, which a function may declare nonlocal. */
  readonly outer: readonly string[]
  /** How many more levels of nesting there may be. */
  readonly depth: number
}

/** Only these are ever declared global, and no parameter is called so. */
const GLOBALS = ['total', 'shared']

const KEYWORDS = new Set(
  `False None True and as assert async await break class continue def del elif else except finally for from global if
  import in is lambda nonlocal not or pass raise return try while with yield __debug__`.split(/\s+/),
)

/** What classes would mangle. */
const isPrivate = (name: string): boolean => name.startsWith('__') && !name.endsWith('__')

const identifier: Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('x', 'y', 'f', 'task', 'print', 'match', 'case', 'type', '_', ...GLOBALS) },
  {
    weight: 1,
    arbitrary: fc.stringMatching(/^[a-zA-Z_]\w{0,6}$/).filter((name) => !KEYWORDS.has(name) && !isPrivate(name)),
  },
)

const name: Arbitrary<Name> = identifier.map((id) => ({ kind: 'Name', id }))

/** No comprehension has a variable of this name, which an assignment inside of it could not bind. */
const named: Arbitrary<Name> = fc.constant({ kind: 'Name', id: 'assigned' })

const text: Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "'",
        '"',
        '\\',
        '\n',
        '{',
        '}',
        '\t',
        '\r',
        '\0',
        '#',
        ' ',
        ':',
        '!',
        'ü',
        '\u2028',
        '\x7f',
        '😀',
      ),
      fc.string({ maxLength: 3 }),
      fc.string({ unit: 'binary', maxLength: 1 }).filter((char) => !/\p{Surrogate}/u.test(char)),
    ),
    { maxLength: 4 },
  )
  .map((pieces) => pieces.join(''))

const constant: Arbitrary<Constant> = fc
  .oneof(
    fc.constantFrom(null, true, false, 0n, 1n, 0, 1, 0.1, 1e16, 1e-5, 1e22, 5e-324, Number.MAX_VALUE),
    fc.bigInt({ min: 0n, max: 1n << 200n }),
    fc.nat(100).map(BigInt),
    fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map(Math.abs),
    text,
  )
  .map((value) => ({ kind: 'Constant', value }))

const binaryOperator = fc.constantFrom<BinaryOperator[]>(
  ...([
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
  ] as const),
)
const unaryOperator = fc.constantFrom<UnaryOperator[]>('Not', 'USub', 'UAdd', 'Invert')
const comparison = fc.constantFrom<ComparisonOperator[]>(
  ...(['Eq', 'NotEq', 'Lt', 'LtE', 'Gt', 'GtE', 'Is', 'IsNot', 'In', 'NotIn'] as const),
)

/** What may stand in an expression: an `await`, a `yield`, or neither of them, as in a comprehension of a `def`. */
type Inside = Within | 'comprehension'

/** Keeps what `make` made for each key: arbitraries that contain each other would be made over and over. */
function memo<T>(make: (within: Inside, depth: number) => T): (within: Inside, depth: number) => T {
  const made = new Map<string, T>()
  return (within, depth) => {
    const key = `${within} ${depth}`
    const known = made.get(key) ?? make(within, depth)
    made.set(key, known)
    return known
  }
}

const inComprehension = (within: Inside): Inside => (within === 'def' ? 'comprehension' : within)

const expression = memo((within, depth): Arbitrary<Expression> => {
  if (depth === 0) return fc.oneof(name, constant)
  const part = expression(within, depth - 1)
  const starred: Arbitrary<Starred> = fc.record({ kind: fc.constant('Starred'), value: part })
  const element = fc.oneof<Arbitrary<Expression>[]>(part, part, part, starred)
  const elements = fc.array(element, { maxLength: 3 })
  const inside = expression(inComprehension(within), depth - 1)
  const clauses = fc.array(comprehension(inComprehension(within), depth - 1), { minLength: 1, maxLength: 2 })
  const composed: Arbitrary<Expression>[] = [
    fc.record({ kind: fc.constant('Tuple'), elts: elements }),
    fc.record({ kind: fc.constant('List'), elts: elements }),
    fc.record({
      kind: fc.constant('ListComp'),
      elt: expression(inComprehension(within), depth - 1),
      generators: fc.array(comprehension(inComprehension(within), depth - 1), { minLength: 1, maxLength: 2 }),
    }),
    fc.array(fc.tuple(fc.option(part, { freq: 3 }), part), { maxLength: 3 }).map((entries) => ({
      kind: 'Dict',
      keys: entries.map(([key]) => key),
      values: entries.map(([, value]) => value),
    })),
    fc.record({ kind: fc.constant('Set'), elts: fc.array(element, { minLength: 1, maxLength: 3 }) }),
    ...(within === 'comprehension'
      ? []
      : [fc.record({ kind: fc.constant('NamedExpr' as const), target: named, value: part })]),
    fc.record({ kind: fc.constant('SetComp'), elt: inside, generators: clauses }),
    fc.record({ kind: fc.constant('DictComp'), key: inside, value: inside, generators: clauses }),
    fc.record({
      kind: fc.constant('GeneratorExp'),
      elt: expression('comprehension', depth - 1),
      generators: fc.array(comprehension('comprehension', depth - 1), { minLength: 1, maxLength: 2 }),
    }),
    fc.record({ kind: fc.constant('BinOp'), left: part, op: binaryOperator, right: part }),
    fc.record({ kind: fc.constant('UnaryOp'), op: unaryOperator, operand: part }),
    fc.record({
      kind: fc.constant('BoolOp'),
      op: fc.constantFrom('And', 'Or'),
      values: fc.array(part, { minLength: 2, maxLength: 3 }),
    }),
    fc.tuple(part, fc.array(fc.tuple(comparison, part), { minLength: 1, maxLength: 3 })).map(([left, rest]) => ({
      kind: 'Compare',
      left,
      ops: rest.map(([op]) => op),
      comparators: rest.map(([, comparator]) => comparator),
    })),
    fc.record({ kind: fc.constant('IfExp'), test: part, body: part, orelse: part }),
    fc
      .tuple(parameters(part, identifier), expression('comprehension', depth - 1))
      .map(([given, body]) => ({ kind: 'Lambda', ...given, body })),
    call(within, depth - 1),
    fc.record({ kind: fc.constant('Attribute'), value: part, attr: identifier }),
    fc.record({
      kind: fc.constant('Subscript'),
      value: part,
      slice: fc.oneof<Arbitrary<Expression>[]>(part, part, slice(part)),
    }),
    joinedStr(within, depth - 1),
  ]
  const awaited = fc.record({ kind: fc.constant('Await' as const), value: part })
  const yielded: Arbitrary<Expression> = fc.option(part).map((value) => ({ kind: 'Yield', value }))
  const delegated: Arbitrary<Expression> = part.map((value) => ({ kind: 'YieldFrom', value }))
  const own = within === 'async def' ? [awaited] : within === 'def' ? [yielded, delegated] : []
  return fc.oneof(name, constant, ...composed, ...own)
})

const slice = (part: Arbitrary<Expression>): Arbitrary<Slice> =>
  fc.record({ kind: fc.constant('Slice'), lower: fc.option(part), upper: fc.option(part), step: fc.option(part) })

/** Parameters of every kind, with default values and without. */
const parameters = (value: Arbitrary<Expression>, parameter: Arbitrary<string>): Arbitrary<Parameters> =>
  fc
    .tuple(
      fc.uniqueArray(parameter, { maxLength: 4 }),
      fc.nat(4),
      fc.array(value, { maxLength: 2 }),
      fc.boolean(),
      fc.array(fc.option(value), { minLength: 4, maxLength: 4 }),
      fc.boolean(),
    )
    .map(([all, split, defaults, starred, others, double]) => {
      const kwarg = double ? all[3] : undefined
      const names = kwarg === undefined ? all : all.slice(0, 3)
      const args = names.slice(0, split)
      const [star, ...rest] = names.slice(split)
      const isVararg = starred && star !== undefined
      const kwonlyargs = isVararg || star === undefined ? rest : [star, ...rest]
      const given = defaults.slice(0, args.length)
      return {
        args,
        ...(given.length === 0 ? {} : { defaults: given }),
        ...(isVararg ? { vararg: star } : {}),
        ...(kwonlyargs.length === 0 ? {} : { kwonlyargs, kw_defaults: others.slice(0, kwonlyargs.length) }),
        ...(kwarg === undefined ? {} : { kwarg }),
      }
    })

const target = memo((within, depth): Arbitrary<Target> => {
  if (depth === 0) return name
  const part = expression(within, depth - 1)
  const targets = fc
    .tuple(fc.array(target(within, depth - 1), { maxLength: 3 }), fc.nat(9))
    .map(([all, at]): readonly Expression[] =>
      all.map((each, index) => (index === at ? { kind: 'Starred', value: each } : each)),
    )
  return fc.oneof(
    { weight: 3, arbitrary: name },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('Subscript'),
        value: part,
        slice: fc.oneof<Arbitrary<Expression>[]>(part, slice(part)),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('Attribute'), value: part, attr: identifier }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('Tuple'), elts: targets }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('List'), elts: targets }) },
  )
})

const comprehension = memo((within, depth): Arbitrary<Comprehension> => {
  const part = expression(within, depth)
  const plain = { target: target(within, depth), iter: part, ifs: fc.array(part, { maxLength: 2 }) }
  if (within !== 'async def') return fc.record(plain)
  return fc.oneof(fc.record(plain), fc.record({ ...plain, is_async: fc.constant(true as const) }))
})

const call = memo((within, depth): Arbitrary<Call> => {
  const part = expression(within, depth)
  const starred: Arbitrary<Starred> = fc.record({ kind: fc.constant('Starred'), value: part })
  return fc.record({
    kind: fc.constant('Call'),
    func: part,
    args: fc.array(fc.oneof({ weight: 3, arbitrary: part }, { weight: 1, arbitrary: starred }), { maxLength: 3 }),
    keywords: fc.uniqueArray(fc.record({ arg: fc.option(identifier), value: part }), {
      maxLength: 3,
      selector: ({ arg }) => arg ?? {},
    }),
  })
})

const joinedStr = memo((within, depth): Arbitrary<JoinedStr> => {
  const literal: Arbitrary<StringConstant> = text.map((value) => ({ kind: 'Constant', value }))
  const field: Arbitrary<FormattedValue> = fc.record({
    kind: fc.constant('FormattedValue'),
    value: expression(within, depth),
    conversion: fc.constantFrom('s', 'r', null),
    format_spec: fc.option(fc.oneof(fc.constantFrom('>10', '.3f'), text)),
  })
  return fc
    .array(fc.oneof(literal, field), { maxLength: 4 })
    .map((pieces) =>
      pieces.filter((piece, index) => piece.kind !== 'Constant' || pieces[index - 1]?.kind !== 'Constant'),
    )
    .map((pieces) => ({ kind: 'JoinedStr', values: pieces.filter(({ value }) => value !== '') }))
    .filter(({ values }) => values.every(({ kind }, index) => kind !== 'Constant' || values[index + 1]?.kind !== kind))
    .map((joined) => joined as JoinedStr)
})

const alias = (known: Arbitrary<string>): Arbitrary<readonly Alias[]> =>
  fc.array(fc.record({ name: known, asname: fc.option(identifier) }), { minLength: 1, maxLength: 2 })

const importedModule = fc.constantFrom('asyncio', 'time', 'contextvars')

function simple({ within, inLoop, inStar = false, depth }: Context): Arbitrary<Statement> {
  const part = expression(within, Math.min(depth + 1, 2))
  const place = target(within, 1)
  const single = place.filter((found) => found.kind !== 'Tuple' && found.kind !== 'List')
  const always: Arbitrary<Statement>[] = [
    fc.record({
      kind: fc.constant('Assign'),
      targets: fc.array(place, { minLength: 1, maxLength: 2 }),
      value: part,
    }),
    fc.record({ kind: fc.constant('AugAssign'), target: single, op: binaryOperator, value: part }),
    fc.record({ kind: fc.constant('Expr'), value: part }),
    fc
      .tuple(fc.option(part), fc.option(part))
      .map(([exc, cause]) => ({ kind: 'Raise', exc, cause: exc === null ? null : cause })),
    fc.tuple(part, fc.option(part)).map(([test, msg]) => ({ kind: 'Assert', test, msg })),
    fc.record({ kind: fc.constant('Delete'), targets: fc.array(place, { minLength: 1, maxLength: 2 }) }),
    fc.record({ kind: fc.constant('Import'), names: alias(importedModule) }),
    fc.record({ kind: fc.constant('ImportFrom'), module: importedModule, names: alias(identifier) }),
    fc.constant({ kind: 'Pass' }),
  ]
  const returns: Arbitrary<Statement> = fc.option(part).map((value) => ({ kind: 'Return', value }))
  const leaves: Arbitrary<Statement> = fc.constantFrom({ kind: 'Break' } as const, { kind: 'Continue' } as const)
  return fc.oneof(...always, ...(within === 'module' || inStar ? [] : [returns]), ...(inLoop ? [leaves] : []))
}

const block = (context: Context): Arbitrary<readonly Statement[]> =>
  fc.array(statement(context), { minLength: 1, maxLength: 2 })

function statement(context: Context): Arbitrary<Statement> {
  if (context.depth === 0) return simple(context)
  // Lazily: most of what may be nested here is never generated.
  return fc.oneof({ weight: 2, arbitrary: simple(context) }, { weight: 3, arbitrary: lazily(() => compound(context)) })
}

const lazily = <T>(make: () => Arbitrary<T>): Arbitrary<T> => fc.constant(null).chain(make)

function compound(context: Context): Arbitrary<Statement> {
  const within = { ...context, depth: context.depth - 1 }
  const part = expression(context.within, 1)
  const body = block(within)
  const orelse = fc.oneof(fc.constant([]), block(within))
  const loop = block({ ...within, inLoop: true })
  const place = target(context.within, 1)
  const common: Arbitrary<Statement> = fc.oneof<Arbitrary<Statement>[]>(
    fc.record({ kind: fc.constant('If'), test: part, body, orelse }),
    fc.record({ kind: fc.constant('While'), test: part, body: loop, orelse }),
    fc.record({ kind: fc.constant('For'), target: place, iter: part, body: loop, orelse }),
    attempt(part, body),
    attemptStar(part, body, block({ ...within, inLoop: false, inStar: true })),
    managed('With', part, body),
    lazily(() => definition(within, 'FunctionDef')),
    lazily(() => definition(within, 'AsyncFunctionDef')),
    lazily(() => classDefinition(within)),
  )
  if (context.within !== 'async def') return common
  const asynchronous: Arbitrary<Statement> = fc.oneof<Arbitrary<Statement>[]>(
    fc.record({ kind: fc.constant('AsyncFor'), target: place, iter: part, body: loop, orelse }),
    managed('AsyncWith', part, body),
  )
  return fc.oneof(common, asynchronous)
}

const managed = (
  kind: 'With' | 'AsyncWith',
  part: Arbitrary<Expression>,
  body: Arbitrary<readonly Statement[]>,
): Arbitrary<Statement> =>
  fc.record({
    kind: fc.constant(kind),
    items: fc.array(fc.record({ context_expr: part, optional_vars: fc.option(name) }), { minLength: 1, maxLength: 2 }),
    body,
  })

function attempt(part: Arbitrary<Expression>, body: Arbitrary<readonly Statement[]>): Arbitrary<Statement> {
  const handler: Arbitrary<ExceptHandler> = fc.record({ type: part, name: fc.option(identifier), body })
  const bareHandler: Arbitrary<ExceptHandler> = fc.record({ type: fc.constant(null), name: fc.constant(null), body })
  const handlers = fc
    .tuple(fc.array(handler, { minLength: 1, maxLength: 2 }), fc.option(bareHandler))
    .map(([typed, last]) => (last === null ? typed : [...typed, last]))
  const kind = fc.constant('Try' as const)
  const none = fc.constant([])
  return fc.oneof(
    fc.record({ kind, body, handlers, orelse: fc.oneof(none, body), finalbody: fc.oneof(none, body) }),
    fc.record({ kind, body, handlers: none, orelse: none, finalbody: body }),
  )
}

function attemptStar(
  part: Arbitrary<Expression>,
  body: Arbitrary<readonly Statement[]>,
  inside: Arbitrary<readonly Statement[]>,
): Arbitrary<Statement> {
  const handler: Arbitrary<ExceptHandler> = fc.record({ type: part, name: fc.option(identifier), body: inside })
  const handlers = fc.array(handler, { minLength: 1, maxLength: 2 })
  const orNone = fc.oneof(fc.constant([]), body)
  return fc.record({ kind: fc.constant('TryStar' as const), body, handlers, orelse: orNone, finalbody: orNone })
}

function definition(
  context: Context,
  kind: 'FunctionDef' | 'AsyncFunctionDef',
  value: Arbitrary<Expression> = expression('comprehension', 1),
): Arbitrary<Statement> {
  const within = kind === 'FunctionDef' ? 'def' : 'async def'
  const parameter = identifier.filter((id) => !GLOBALS.includes(id))
  return parameters(value, parameter).chain((given) => {
    const own = parameterNames(given)
    const inner = { ...context, within, inLoop: false, inStar: false, outer: [...context.outer, ...own] } as const
    const free = [...new Set(context.outer)].filter((id) => !own.includes(id))
    return fc
      .tuple(declaration('Global', GLOBALS), declaration('Nonlocal', free), block(inner))
      .chain(([globals, nonlocals, body]) =>
        fc
          .record({
            kind: fc.constant(kind),
            name: identifier,
            body: fc.constant([...globals, ...nonlocals, ...body]),
          })
          .map((plain) => ({ ...plain, ...given })),
      )
      .chain(perhapsDecorated)
  })
}

/** A class: a base or none, and what may stand in its body. */
function classDefinition(context: Context): Arbitrary<Statement> {
  const part = expression('comprehension', 0)
  const member = fc.oneof<Arbitrary<Statement>[]>(
    fc.constant({ kind: 'Pass' }),
    fc.record({ kind: fc.constant('Expr'), value: part }),
    fc.record({ kind: fc.constant('Assign'), targets: fc.array(name, { minLength: 1, maxLength: 2 }), value: part }),
    definition(context, 'FunctionDef', part),
    definition(context, 'AsyncFunctionDef', part),
  )
  const plain = fc.record({
    kind: fc.constant('ClassDef' as const),
    name: identifier,
    bases: fc.array(part, { maxLength: 1 }),
    body: fc.array(member, { minLength: 1, maxLength: 2 }),
  })
  return plain.chain(perhapsDecorated)
}

/** A definition without decorators or, rarely, with some. */
const perhapsDecorated = <D extends object>(plain: D): Arbitrary<D> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(plain) },
    {
      weight: 1,
      arbitrary: fc
        .array(decorator, { minLength: 1, maxLength: 2 })
        .map((decorators) => ({ ...plain, decorator_list: decorators })),
    },
  )

const decorator: Arbitrary<Decorator> = fc.oneof(
  fc.constant<Decorator>({ kind: 'Name', id: 'coroutine' }),
  fc.constant<Decorator>({ kind: 'Attribute', value: { kind: 'Name', id: 'generators' }, attr: 'coroutine' }),
  fc
    .array(
      lazily(() => expression('comprehension', 0)),
      { maxLength: 2 },
    )
    .map((args): Decorator => ({ kind: 'Call', func: { kind: 'Name', id: 'coroutine' }, args, keywords: [] })),
)

/** Nothing, or the declaration of some names. */
function declaration(kind: 'Global' | 'Nonlocal', names: readonly string[]): Arbitrary<readonly Statement[]> {
  if (names.length === 0) return fc.constant([])
  const some = fc.subarray([...names], { minLength: 1 }).map((chosen) => [{ kind, names: chosen }])
  return fc.oneof(fc.constant([]), some)
}

/** A module that CPython 3.12 and later compiles, made of all that the core language has. */
export const arbitraryModule: Arbitrary<Module> = fc
  .array(statement({ within: 'module', inLoop: false, outer: [], depth: 2 }), { maxLength: 4 })
  .map((body) => ({ kind: 'Module', body }))
