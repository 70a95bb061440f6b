import type { SyntaxNode } from '@lezer/common'
import { type Place, parseExpression } from './parse-expression.js'
import { bind, identifier, openScope } from './scope.js'
import { type Source, unmodelled } from './source.js'
import { isSpecialName, specialNames } from './special-names.js'
import type { ClassDef, Expression, Statement } from './syntax.js'
import { commaGroups, cursor, parts, present, textOf } from './tree.js'

/** Reads a class; `block` reads the statements in its body. */
export function parseClass(
  place: Place,
  node: SyntaxNode,
  block: (inside: Place, nodes: readonly SyntaxNode[]) => readonly Statement[],
): ClassDef {
  const { source } = place
  const { next, peek } = cursor(source, parts(node), node.to)
  next()
  const name = bind(place.scope, identifier(source, next()))
  const bases = peek() === 'ArgList' ? parseBases(place, next()) : []
  const nodes = parts(next()).slice(1)
  checkNames(source, node)
  checkStatements(source, nodes)
  const scope = openScope('class', place.scope)
  const body = block({ source, scope, inLoop: false }, nodes)
  const special = [...scope.bound].find((bound) => isSpecialName(bound) && !specialNames.has(bound))
  if (special !== undefined) return unmodelled(source, node.from, `classes with '${special}'`)
  return { kind: 'ClassDef', name, bases, body }
}

function parseBases(place: Place, list: SyntaxNode): readonly Expression[] {
  const { source } = place
  const groups = commaGroups(parts(list).slice(1, -1))
  const keyword = groups.find((group) => group.length > 1)
  if (keyword !== undefined) return unmodelled(source, list.from, 'classes with more than plain bases')
  if (groups.length > 1) return unmodelled(source, list.from, 'classes with several bases')
  return groups.map(([base]) => parseExpression(place, present(source, base, list.to)))
}

const plain =
  /^(?:FunctionDefinition|ClassDefinition|DecoratedStatement|AssignStatement|ExpressionStatement|PassStatement)$/

function checkStatements(source: Source, nodes: readonly SyntaxNode[]): void {
  for (const node of nodes.flatMap((each) => (each.name === 'StatementGroup' ? parts(each) : [each]))) {
    if (node.name !== ';' && !plain.test(node.name)) {
      unmodelled(source, node.from, 'such statements in the body of a class')
    }
  }
}

/** Python mangles `__name` in a class to `_Class__name`. */
function checkNames(source: Source, node: SyntaxNode): void {
  node.cursor().iterate(({ name, from, node: inner }) => {
    if (name !== 'VariableName' && name !== 'PropertyName') return
    const text = textOf(source, inner)
    if (text.startsWith('__') && !text.endsWith('__')) unmodelled(source, from, 'private names in classes')
  })
}
