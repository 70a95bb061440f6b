import type { SyntaxNode } from '@lezer/common'
import { history } from './history.js'
import type { Place } from './place.js'
import { bind, identifier } from './scope.js'
import { check, notPython } from './source.js'
import type { Attribute, Expression, Starred, Subscript, Target } from './syntax.js'
import { commaGroups, parts, present, textOf } from './tree.js'

/** How the expressions in a target are read. */
interface Readers {
  readonly expression: (place: Place, node: SyntaxNode) => Expression
  readonly member: (place: Place, node: SyntaxNode) => Attribute | Subscript
}

/** Reads one target, or a tuple of them without parentheses. */
export function readTargets(place: Place, nodes: readonly SyntaxNode[], end: number, readers: Readers): Target {
  const isTuple = nodes.some(({ name }) => name === ',')
  if (isTuple) return { kind: 'Tuple', elts: readElements(place, nodes, end, readers) }
  const [only, extra] = nodes
  if (only?.name === '*') return notPython(place.source, only.from, 'a starred target needs others, or brackets')
  if (extra !== undefined) return notPython(place.source, extra.from, `unexpected '${textOf(place.source, extra)}'`)
  return readTarget(place, present(place.source, only, end), readers)
}

function readElements(
  place: Place,
  nodes: readonly SyntaxNode[],
  end: number,
  readers: Readers,
): readonly (Target | Starred)[] {
  const { source } = place
  let starred = 0
  return commaGroups(nodes).map(([first, second, third]) => {
    const node = present(source, first, end)
    const extra = node.name === '*' ? third : second
    if (extra !== undefined) return notPython(source, extra.from, `unexpected '${textOf(source, extra)}'`)
    if (node.name !== '*') return readTarget(place, node, readers)
    starred += 1
    if (starred > 1) return notPython(source, node.from, 'a second starred target')
    return { kind: 'Starred', value: readTarget(place, present(source, second, node.to), readers) }
  })
}

function readTarget(place: Place, node: SyntaxNode, readers: Readers): Target {
  const { source, scope } = place
  const inside = parts(node).slice(1, -1)
  switch (node.name) {
    case 'VariableName':
      return { kind: 'Name', id: bind(scope, identifier(source, node)) }
    case 'MemberExpression':
      return readers.member(place, node)
    case 'ParenthesizedExpression':
      return readTargets(place, inside, node.to, readers)
    case 'TupleExpression':
      return { kind: 'Tuple', elts: readElements(place, inside, node.to, readers) }
    case 'ArrayExpression':
      return { kind: 'List', elts: readElements(place, inside, node.to, readers) }
    default:
      return notPython(source, node.from, `nothing can be assigned to '${textOf(source, node)}'`)
  }
}

/** Reads a starred element of a display. */
export function parseStarred(
  place: Place,
  star: SyntaxNode,
  operand: SyntaxNode | undefined,
  parse: Readers['expression'],
): Starred {
  check(place.source, star.from, history['starred element'])
  return { kind: 'Starred', value: parse(place, present(place.source, operand, star.to)) }
}
