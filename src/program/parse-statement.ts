import type { SyntaxNode } from '@lezer/common'
import { history } from './history.js'
import { skipAnnotation } from './parse-annotation.js'
import { parseClass } from './parse-class.js'
import { parseDecorator } from './parse-decorator.js'
import { type Place, parseExpression, parseSequence, parseTargets, parseValue } from './parse-expression.js'
import { parseImport } from './parse-import.js'
import { parseParameters } from './parse-parameters.js'
import { parseItems } from './parse-with.js'
import { bind, declare, identifier, isInFunction, mayAwait, openScope } from './scope.js'
import { check, lineAt, notPython, placed, unmodelled } from './source.js'
import { isGeneratorFunction, returnsValue } from './symbols.js'
import type {
  Assign,
  AsyncFunctionDef,
  AugAssign,
  BinaryOperator,
  ExceptHandler,
  FunctionDef,
  Statement,
  Try,
  TryStar,
} from './syntax.js'
import { commaGroups, cursor, parts, present, split, textOf } from './tree.js'

/** Reads the statements of a block. */
export const parseBlock = (place: Place, nodes: readonly SyntaxNode[]): readonly Statement[] =>
  nodes.flatMap((node) => {
    if (node.name !== 'StatementGroup') return [numbered(place, node)]
    const groups = split(parts(node), ';')
    return groups.flatMap(([statement], index) => {
      if (statement !== undefined) return [numbered(place, statement)]
      return index === groups.length - 1 ? [] : notPython(place.source, node.from, "nothing between two ';'")
    })
  })

/** A decorated function stands where its `def` does. */
const numbered = (place: Place, node: SyntaxNode): Statement => {
  const { from } = node.name === 'DecoratedStatement' ? present(place.source, parts(node).at(-1), node.to) : node
  return placed(place.source, from, { ...parseStatement(place, node), lineno: lineAt(place.source, from) })
}

/** Reads the block behind a colon. */
const parseBody = (place: Place, body: SyntaxNode): readonly Statement[] => parseBlock(place, parts(body).slice(1))

function parseStatement(place: Place, node: SyntaxNode): Statement {
  const { source, scope } = place
  const nodes = parts(node)
  const { next, take, until, peek } = cursor(source, nodes, node.to)
  const expression = () => parseExpression(place, next())
  const orelse = (inside: Place) => (take('else') === null ? [] : parseBody(inside, next()))
  switch (node.name) {
    case 'ExpressionStatement':
      return { kind: 'Expr', value: parseValue(place, nodes, node.to) }
    case 'YieldStatement':
      return { kind: 'Expr', value: parseValue(place, [node], node.to) }
    case 'DecoratedStatement':
      return parseDecorated(place, nodes, node)
    case 'AssignStatement':
      return parseAssign(place, node)
    case 'UpdateStatement':
      return parseAugAssign(place, node)
    case 'FunctionDefinition':
      return parseFunction(place, node)
    case 'ClassDefinition':
      return parseClass(place, node, parseBlock)
    case 'IfStatement':
      return parseIf(place, nodes, node)
    case 'TryStatement':
      return parseTry(place, node)
    case 'WithStatement': {
      const kind = take('async') === null ? 'With' : 'AsyncWith'
      if (kind === 'AsyncWith' && !mayAwait(scope)) {
        return notPython(source, node.from, "'async with' outside an async function")
      }
      next()
      return { kind, items: parseItems(place, until('Body'), node.to), body: parseBody(place, next()) }
    }
    case 'ImportStatement':
      return parseImport(place, node)
    case 'PassStatement':
      return { kind: 'Pass' }
    case 'ReturnStatement': {
      if (!isInFunction(scope)) return notPython(source, node.from, "'return' outside a function")
      if (place.inStar !== undefined) return notPython(source, node.from, "'return' in an 'except*' block")
      return { kind: 'Return', value: nodes.length === 1 ? null : parseSequence(place, nodes.slice(1), node.to) }
    }
    case 'BreakStatement':
    case 'ContinueStatement': {
      if (!place.inLoop) return notPython(source, node.from, `'${textOf(source, node)}' outside a loop`)
      if (place.inStar === 'directly') {
        return notPython(source, node.from, `'${textOf(source, node)}' in an 'except*' block`)
      }
      return { kind: node.name === 'BreakStatement' ? 'Break' : 'Continue' }
    }
    case 'WhileStatement': {
      next()
      return { kind: 'While', test: expression(), body: parseBody(inLoop(place), next()), orelse: orelse(place) }
    }
    case 'ForStatement': {
      const kind = take('async') === null ? 'For' : 'AsyncFor'
      if (kind === 'AsyncFor' && !mayAwait(scope)) {
        return notPython(source, node.from, "'async for' outside an async function")
      }
      next()
      const target = parseTargets(place, until('in'), node.to)
      next()
      const iter = parseSequence(place, until('Body'), node.to)
      return { kind, target, iter, body: parseBody(inLoop(place), next()), orelse: orelse(place) }
    }
    case 'RaiseStatement': {
      next()
      if (peek() === undefined) return { kind: 'Raise', exc: null, cause: null }
      const exc = expression()
      if (peek() === ',') return notPython(source, next().from, "unexpected ','")
      return { kind: 'Raise', exc, cause: take('from') === null ? null : expression() }
    }
    case 'AssertStatement': {
      next()
      const test = expression()
      return { kind: 'Assert', test, msg: take(',') === null ? null : expression() }
    }
    case 'DeleteStatement': {
      const targets = commaGroups(nodes.slice(1)).map((group) => parseTargets(place, group, node.to))
      return { kind: 'Delete', targets }
    }
    case 'ScopeStatement': {
      const keyword = next().name === 'global' ? 'global' : 'nonlocal'
      if (keyword === 'nonlocal' && scope.kind === 'module') {
        return notPython(source, node.from, "'nonlocal' outside a function")
      }
      const names = split(nodes.slice(1), ',').map(([name]) =>
        declare(source, scope, keyword, present(source, name, node.to)),
      )
      return keyword === 'global' ? { kind: 'Global', names } : { kind: 'Nonlocal', names }
    }
    default:
      return notPython(source, node.from, `unexpected '${textOf(source, node)}'`)
  }
}

const inLoop = (place: Place): Place =>
  place.inStar === undefined ? { ...place, inLoop: true } : { ...place, inLoop: true, inStar: 'in a loop' }

function parseAssign(place: Place, node: SyntaxNode): Assign {
  const { source, scope } = place
  const annotation = parts(node).find(({ name }) => name === 'TypeDef')
  const groups = split(
    parts(node).filter(({ name }) => name !== 'TypeDef'),
    'AssignOp',
  )
  const value = groups.at(-1) ?? []
  const places = groups.slice(0, -1)
  if (annotation !== undefined) {
    check(source, annotation.from, history['annotated variable'])
    skipAnnotation(place, annotation)
    const [target, second] = places[0] ?? []
    if (target === undefined) return unmodelled(source, annotation.from, 'annotations without a value')
    if (/^(?:Tuple|Array)Expression$/.test(target.name) || second !== undefined || places.length > 1) {
      return notPython(source, annotation.from, 'only a single target can be annotated')
    }
    const name = textOf(source, target)
    if (scope.globals.has(name) || scope.nonlocals.has(name)) {
      return notPython(source, annotation.from, `'${name}' is declared global or nonlocal and cannot be annotated`)
    }
  }
  const targets = places.map((target) => parseTargets(place, target, node.from))
  return { kind: 'Assign', targets, value: parseValue(place, value, node.to) }
}

const AUGMENTED: Readonly<Record<string, BinaryOperator>> = {
  '+=': 'Add',
  '-=': 'Sub',
  '*=': 'Mult',
  '/=': 'Div',
  '//=': 'FloorDiv',
  '%=': 'Mod',
  '**=': 'Pow',
  '|=': 'BitOr',
  '&=': 'BitAnd',
  '^=': 'BitXor',
  '<<=': 'LShift',
  '>>=': 'RShift',
}

function parseAugAssign(place: Place, node: SyntaxNode): AugAssign {
  const { source } = place
  const { next, until } = cursor(source, parts(node), node.to)
  const left = until('UpdateOp')
  const sign = next()
  const op = AUGMENTED[textOf(source, sign)]
  if (op === undefined) return unmodelled(source, sign.from, `assignments by '${textOf(source, sign)}'`)
  const target = parseTargets(place, left, node.from)
  if (target.kind === 'Tuple' || target.kind === 'List') {
    return notPython(source, node.from, 'an augmented assignment has a single target')
  }
  return { kind: 'AugAssign', target, op, value: parseValue(place, until(), node.to) }
}

function parseIf(place: Place, nodes: readonly SyntaxNode[], node: SyntaxNode): Statement {
  const { next, take, peek } = cursor(place.source, nodes, node.to)
  const branches: { readonly keyword: SyntaxNode; readonly test: SyntaxNode; readonly body: SyntaxNode }[] = []
  while (peek() === 'if' || peek() === 'elif') {
    const keyword = next()
    if (peek() === 'Body') return notPython(place.source, keyword.from, `'${keyword.name}' without a condition`)
    branches.push({ keyword, test: next(), body: next() })
  }
  const read = branches.map(({ keyword, test, body }) => ({
    lineno: lineAt(place.source, keyword.from),
    test: parseExpression(place, test),
    body: parseBody(place, body),
  }))
  const last = take('else') === null ? [] : parseBody(place, next())
  const [statement] = read.reduceRight<readonly Statement[]>(
    (orelse, branch) => [{ kind: 'If', ...branch, orelse }],
    last,
  )
  return statement ?? notPython(place.source, node.from, "'if' without a condition")
}

function parseTry(place: Place, node: SyntaxNode): Try | TryStar {
  const { source } = place
  const { next, take, peek } = cursor(source, parts(node), node.to)
  const body = (inside = place) => parseBody(inside, next())
  next()
  const tried = body()
  let isStar: boolean | null = null
  const handlers: ExceptHandler[] = []
  for (let except = take('except'); except !== null; except = take('except')) {
    if (handlers.at(-1)?.type === null) return notPython(source, except.from, "an 'except' behind a bare 'except:'")
    const hasStar = take('*') !== null
    if (isStar !== null && isStar !== hasStar) {
      return notPython(source, except.from, "both 'except' and 'except*' on the same 'try'")
    }
    isStar = hasStar
    if (isStar && peek() === 'Body') return notPython(source, except.from, "'except*' without a type")
    const type = peek() === 'Body' ? null : parseExpression(place, next())
    if (peek() === ',') return notPython(source, next().from, "unexpected ','")
    const name = take('as') === null ? null : bind(place.scope, identifier(source, next()))
    handlers.push({ type, name, body: body(isStar ? { ...place, inStar: 'directly' } : place) })
  }
  const orelse = peek() === 'else' ? next() : null
  if (handlers.length === 0 && orelse !== null) return notPython(source, orelse.from, "'else' without 'except'")
  const elseBody = orelse === null ? [] : body()
  const finalbody = take('finally') === null ? [] : body()
  if (handlers.length + finalbody.length === 0) {
    return notPython(source, node.from, "'try' without 'except' and 'finally'")
  }
  return { kind: isStar ? 'TryStar' : 'Try', body: tried, handlers, orelse: elseBody, finalbody }
}

function parseFunction(place: Place, node: SyntaxNode): FunctionDef | AsyncFunctionDef {
  const { source } = place
  const { next, take } = cursor(source, parts(node), node.to)
  const kind = take('async') === null ? 'FunctionDef' : 'AsyncFunctionDef'
  next()
  const name = bind(place.scope, identifier(source, next()))
  const scope = openScope(kind === 'FunctionDef' ? 'def' : 'async def', place.scope)
  const parameters = parseParameters(source, scope, next(), {
    value: (value) => parseExpression(place, value),
    annotation: (annotation) => skipAnnotation(place, annotation),
  })
  const result = take('TypeDef')
  if (result !== null) skipAnnotation(place, result)
  const definition = { kind, name, ...parameters, body: parseBody({ source, scope, inLoop: false }, next()) } as const
  if (kind === 'AsyncFunctionDef' && isGeneratorFunction(definition) && returnsValue(definition)) {
    return notPython(source, node.from, "'return' with a value in an asynchronous generator")
  }
  return definition
}

/** Reads a function or a class with the decorators above it. */
function parseDecorated(place: Place, nodes: readonly SyntaxNode[], node: SyntaxNode): Statement {
  const decorator_list = nodes.slice(0, -1).map((decorator) => parseDecorator(place, decorator))
  const defined = present(place.source, nodes.at(-1), node.to)
  return defined.name === 'ClassDefinition'
    ? { ...parseClass(place, defined, parseBlock), decorator_list }
    : { ...parseFunction(place, defined), decorator_list }
}
