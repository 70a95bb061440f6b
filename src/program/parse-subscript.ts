import type { SyntaxNode } from '@lezer/common'
import { notPython, type Source, unmodelled } from './source.js'
import type { Expression, Slice } from './syntax.js'
import { split } from './tree.js'

/** Reads what stands between the brackets of a subscript where there is a colon. */
export function parseSlice(
  source: Source,
  nodes: readonly SyntaxNode[],
  parse: (node: SyntaxNode) => Expression,
): Slice {
  const comma = nodes.find(({ name }) => name === ',')
  if (comma !== undefined) return unmodelled(source, comma.from, 'slices in tuples')
  const [lower = null, upper = null, step = null] = split(nodes, ':').map((group) => {
    const [first, second] = group
    if (second !== undefined) return notPython(source, second.from, 'an operator is missing')
    if (first?.name === 'NamedExpression') return notPython(source, first.from, "an unparenthesized ':=' in a slice")
    return first === undefined ? null : parse(first)
  })
  return { kind: 'Slice', lower, upper, step }
}
