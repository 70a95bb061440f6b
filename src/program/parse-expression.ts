import type { SyntaxNode } from '@lezer/common'
import { history } from './history.js'
import { decodeNumber } from './literal.js'
import { type ComprehensionParts, parseComprehension } from './parse-comprehension.js'
import { parseNamed } from './parse-named.js'
import { parseOperators } from './parse-operators.js'
import { parseParameters } from './parse-parameters.js'
import { parseStrings, refuseLiteral } from './parse-string.js'
import { parseSlice } from './parse-subscript.js'
import { parseStarred, readTargets } from './parse-target.js'
import type { Place } from './place.js'
import { identifier, isInFunction, openScope, use } from './scope.js'
import { check, notPython, placed, type Source, unmodelled } from './source.js'
import type {
  Attribute,
  Call,
  Dict,
  DictComp,
  Expression,
  GeneratorExp,
  Keyword,
  Lambda,
  Starred,
  Subscript,
  Target,
  Yield,
  YieldFrom,
} from './syntax.js'
import { argumentGroups, commaGroups, parts, present, textOf } from './tree.js'

export type { Place } from './place.js'

export const parseExpression = (place: Place, node: SyntaxNode): Expression =>
  placed(place.source, node.from, readExpression(place, node))

function readExpression(place: Place, node: SyntaxNode): Expression {
  const { source, scope } = place
  switch (node.name) {
    case 'BinaryExpression':
    case 'UnaryExpression':
    case 'AwaitExpression':
      return parseOperators(source, scope, node, (operand) => parseExpression(place, operand))
    case 'ConditionalExpression': {
      const [body, , test, , orelse] = parts(node).map((part) => () => parseExpression(place, part))
      if (!body || !test || !orelse) return notPython(source, node.from, 'half a conditional expression')
      return { kind: 'IfExp', test: test(), body: body(), orelse: orelse() }
    }
    case 'LambdaExpression':
      return parseLambda(place, node)
    case 'ParenthesizedExpression':
      return parseValue(place, parts(node).slice(1, -1), node.from)
    case 'TupleExpression':
      return { kind: 'Tuple', elts: parseElements(place, inner(node)) }
    case 'ArrayExpression':
      return { kind: 'List', elts: parseElements(place, inner(node)) }
    case 'DictionaryExpression':
      return parseDict(place, node)
    case 'SetExpression':
      return { kind: 'Set', elts: parseElements(place, inner(node)) }
    case 'ArrayComprehensionExpression':
      return { kind: 'ListComp', ...elementOf(place, node) }
    case 'SetComprehensionExpression':
      return { kind: 'SetComp', ...elementOf(place, node) }
    case 'DictionaryComprehensionExpression':
      return parseDictComp(place, node)
    case 'ComprehensionExpression':
      return parseGeneratorExp(place, inner(node), node.to)
    case 'CallExpression':
      return parseCall(place, node)
    case 'NamedExpression':
      return parseNamed(place, parts(node), node.to, parseExpression)
    case 'MemberExpression':
      return parseMember(place, node)
    case 'VariableName':
      return { kind: 'Name', id: use(scope, identifier(source, node)) }
    case 'Number':
      return { kind: 'Constant', value: parseNumber(source, node) }
    case 'ContinuedString':
      return parseStrings(source, parts(node), (nodes, end) => parseValue(place, nodes, end))
    case 'String':
    case 'FormatString':
      return parseStrings(source, [node], (nodes, end) => parseValue(place, nodes, end))
    case 'None':
      return { kind: 'Constant', value: null }
    case 'Boolean':
      return { kind: 'Constant', value: textOf(source, node) === 'True' }
    case 'Ellipsis':
      return unmodelled(source, node.from, 'ellipses')
    default:
      return notPython(source, node.from, `unexpected '${textOf(source, node)}'`)
  }
}

function parseDict(place: Place, node: SyntaxNode): Dict {
  const { source } = place
  const entries = commaGroups(inner(node)).map((group): readonly [Expression | null, Expression] => {
    const [first, second, third, fourth] = group
    const extra = first?.name === '**' ? third : fourth
    if (extra !== undefined) return notPython(source, extra.from, `unexpected '${textOf(source, extra)}'`)
    const start = present(source, first, node.to)
    if (start.name === '**') return [null, parseExpression(place, present(source, second, node.to))]
    if (second?.name !== ':') return notPython(source, start.from, 'a key without a value')
    return [parseExpression(place, start), parseExpression(place, present(source, third, node.to))]
  })
  return { kind: 'Dict', keys: entries.map(([key]) => key), values: entries.map(([, value]) => value) }
}

const comprehension = (
  place: Place,
  nodes: readonly SyntaxNode[],
  end: number,
  kind: 'comprehension' | 'generator expression' = 'comprehension',
): ComprehensionParts =>
  parseComprehension(
    place,
    nodes,
    end,
    { expression: parseExpression, targets: (within, targets) => parseTargets(within, targets, end) },
    kind,
  )

const elementOf = (place: Place, node: SyntaxNode) => {
  const { within, elements, generators } = comprehension(place, inner(node), node.to)
  return { elt: parseSequence(within, elements, node.to), generators }
}

function parseDictComp(place: Place, node: SyntaxNode): DictComp {
  const { within, elements, generators } = comprehension(place, inner(node), node.to)
  const [key, colon, value] = elements
  if (colon?.name !== ':') return notPython(place.source, node.from, 'a key without a value')
  const parsed = parseExpression(within, present(place.source, key, node.from))
  return {
    kind: 'DictComp',
    key: parsed,
    value: parseExpression(within, present(place.source, value, node.to)),
    generators,
  }
}

function parseGeneratorExp(place: Place, nodes: readonly SyntaxNode[], end: number): GeneratorExp {
  const { within, elements, generators } = comprehension(place, nodes, end, 'generator expression')
  return { kind: 'GeneratorExp', elt: parseSequence(within, elements, end), generators }
}

const inner = (node: SyntaxNode): readonly SyntaxNode[] => parts(node).slice(1, -1)

function parseNumber(source: Source, node: SyntaxNode): bigint | number {
  const next = source.text.charAt(node.to)
  if (/\w/.test(next) || next > '\x7f') return unmodelled(source, node.to, 'numbers that touch a word')
  if (textOf(source, node).includes('_')) check(source, node.from, history['number with underscores'])
  const value = decodeNumber(textOf(source, node))
  return typeof value === 'object' ? refuseLiteral(source, node.from, value) : value
}

/** Reads the elements between commas, of which any may be starred. */
const parseElements = (place: Place, nodes: readonly SyntaxNode[], end = 0): readonly Expression[] =>
  commaGroups(nodes).map((group) => parseElement(place, group, end))

function parseElement(place: Place, [first, second, third]: readonly SyntaxNode[], end: number): Expression {
  const { source } = place
  const extra = first?.name === '*' ? third : second
  if (extra !== undefined) return notPython(source, extra.from, `unexpected '${textOf(source, extra)}'`)
  const node = present(source, first, end)
  return node.name === '*' ? parseStarred(place, node, second, parseExpression) : parseExpression(place, node)
}

/** Reads one expression, or a tuple without parentheses. */
export function parseSequence(place: Place, nodes: readonly SyntaxNode[], end: number): Expression {
  if (nodes.some(({ name }) => name === ',')) return { kind: 'Tuple', elts: parseElements(place, nodes, end) }
  const [only, extra] = nodes
  if (only?.name === '*') return notPython(place.source, only.from, 'nothing can be starred here')
  if (extra !== undefined) {
    const isFor = extra.name === 'for'
    return notPython(place.source, extra.from, isFor ? "unexpected 'for'" : 'an operator is missing')
  }
  return parseExpression(place, present(place.source, only, end))
}

/** Reads what may stand behind `=` and in parentheses: one expression, a tuple without parentheses, or a `yield`. */
export function parseValue(place: Place, nodes: readonly SyntaxNode[], end: number): Expression {
  const [only, second] = nodes
  if (only === undefined || second !== undefined || !/^yield\b/.test(textOf(place.source, only))) {
    return parseSequence(place, nodes, end)
  }
  return placed(place.source, only.from, parseYield(place, only))
}

function parseYield(place: Place, node: SyntaxNode): Yield | YieldFrom {
  const { source, scope } = place
  const [, from, ...operands] = parts(node)
  const isDelegation = from?.name === 'from'
  const word = isDelegation ? "'yield from'" : "'yield'"
  if (!isInFunction(scope)) return notPython(source, node.from, `${word} outside a function`)
  if (scope.kind === 'comprehension' || scope.kind === 'generator expression') {
    return notPython(source, node.from, `${word} inside a comprehension`)
  }
  if (scope.kind === 'lambda') return unmodelled(source, node.from, 'generators by lambda expressions')
  if (scope.kind === 'async def') {
    if (isDelegation) return notPython(source, node.from, "'yield from' inside an async function")
    check(source, node.from, history['asynchronous generator'])
  }
  if (isDelegation) return { kind: 'YieldFrom', value: parseSequence(place, operands, node.to) }
  return { kind: 'Yield', value: from === undefined ? null : parseSequence(place, [from, ...operands], node.to) }
}

/** Reads one target, or a tuple of them without parentheses. */
export function parseTargets(place: Place, nodes: readonly SyntaxNode[], end: number): Target {
  return readTargets(place, nodes, end, { expression: parseExpression, member: parseMember })
}

function parseMember(place: Place, node: SyntaxNode): Attribute | Subscript {
  const { source } = place
  const [value, dot, attr] = parts(node)
  if (dot?.name !== '.') return parseSubscript(place, node)
  const object = parseExpression(place, present(source, value, node.from))
  return { kind: 'Attribute', value: object, attr: identifier(source, present(source, attr, node.to)) }
}

function parseSubscript(place: Place, node: SyntaxNode): Subscript {
  const { source } = place
  const [value, , ...rest] = parts(node)
  const inside = rest.slice(0, -1)
  const object = parseExpression(place, present(source, value, node.from))
  const slice = inside.some(({ name }) => name === ':')
    ? parseSlice(source, inside, (part) => parseExpression(place, part))
    : parseSequence(place, inside, node.to)
  return { kind: 'Subscript', value: object, slice }
}

function parseLambda(place: Place, node: SyntaxNode): Lambda {
  const { source } = place
  const [, list, , body] = parts(node)
  const scope = openScope('lambda', place.scope)
  const parameters = parseParameters(source, scope, present(source, list, node.from), {
    value: (value) => parseExpression(place, value),
    annotation: ({ from }) => notPython(source, from, 'a parameter of a lambda has no annotation'),
  })
  const inside: Place = { source, scope, inLoop: false }
  return { kind: 'Lambda', ...parameters, body: parseExpression(inside, present(source, body, node.to)) }
}

function parseCall(place: Place, node: SyntaxNode): Call {
  const [func, list] = parts(node)
  const given = parseArguments(place, present(place.source, list, node.to), node.to)
  return { kind: 'Call', func: parseExpression(place, present(place.source, func, node.from)), ...given }
}

/** Reads what stands in the parentheses of a call. */
export function parseArguments(place: Place, list: SyntaxNode, end: number): Pick<Call, 'args' | 'keywords'> {
  const { source } = place
  const args: (Expression | Starred)[] = []
  const keywords: Keyword[] = []
  const groups = argumentGroups(inner(list))
  for (const group of groups) {
    const [first, second, third] = group
    if (first === undefined) return notPython(source, end, 'an argument is missing')
    if (group.some(({ name }) => name === 'for' || name === 'async')) {
      if (groups.length > 1) return notPython(source, first.from, 'a generator expression needs parentheses here')
      args.push(placed(source, first.from, parseGeneratorExp(place, group, end)))
    } else if (first.name === '**') {
      keywords.push({ arg: null, value: parseExpression(place, present(source, second, first.to)) })
    } else if (first.name === '*') {
      if (keywords.some(({ arg }) => arg === null)) notPython(source, first.from, "'*' follows '**'")
      args.push({ kind: 'Starred', value: parseExpression(place, present(source, second, first.to)) })
    } else if (second === undefined) {
      if (keywords.length > 0) notPython(source, first.from, 'a positional argument follows a keyword argument')
      args.push(parseExpression(place, first))
    } else {
      if (textOf(source, second) === ':=') {
        args.push(placed(source, first.from, parseNamed(place, group, end, parseExpression)))
        continue
      }
      const arg = identifier(source, first)
      if (keywords.some((keyword) => keyword.arg === arg)) notPython(source, first.from, `'${arg}' is given twice`)
      keywords.push({ arg, value: parseExpression(place, present(source, third, second.to)) })
    }
  }
  return { args, keywords }
}
