import type { SyntaxNode } from '@lezer/common'
import { type Place, parseExpression } from './parse-expression.js'
import { bind, identifier } from './scope.js'
import { notPython, type Source, unmodelled } from './source.js'
import type { WithItem } from './syntax.js'
import { cursor, present, split } from './tree.js'

/** Reads what stands between `with` and the colon: `context as name, …`. */
export function parseItems(place: Place, nodes: readonly SyntaxNode[], end: number): readonly WithItem[] {
  const [only, ...others] = nodes
  // Since 3.9 these are several items in parentheses; before, a tuple.
  if (only?.name === 'TupleExpression' && others.length === 0) return parenthesized(place.source, only.from)
  return split(nodes, ',').map((group) => parseItem(place, group, end))
}

function parseItem(place: Place, nodes: readonly SyntaxNode[], end: number): WithItem {
  const { next, take, peek } = cursor(place.source, nodes, end)
  const context_expr = parseExpression(place, next())
  const name = take('as') === null ? null : identifier(place.source, present(place.source, next(), end))
  if (peek() !== undefined) return notPython(place.source, next().from, 'an operator is missing')
  return { context_expr, optional_vars: name === null ? null : { kind: 'Name', id: bind(place.scope, name) } }
}

const parenthesized = (source: Source, at: number): never => unmodelled(source, at, "items of 'with' in parentheses")

/** Refuses what the grammar takes for an error in the head of a `with` although Python knows it. */
export function checkWithHead(source: Source, error: SyntaxNode): void {
  const { parent, prevSibling: before } = error
  const next = source.text.slice(error.from).trimStart()
  if (parent?.name === 'ParenthesizedExpression' && parent.parent?.name === 'WithStatement' && /^as\b/.test(next)) {
    parenthesized(source, parent.from)
  }
  if (parent?.name !== 'WithStatement') return
  const isTarget =
    before?.name === 'as' ? /^[([]/.test(next) : before?.prevSibling?.name === 'as' && /^[.[(]/.test(next)
  if (isTarget) unmodelled(source, error.from, "targets of 'with' other than names")
}
