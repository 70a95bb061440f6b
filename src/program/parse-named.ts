import type { SyntaxNode } from '@lezer/common'
import { history } from './history.js'
import type { Place } from './place.js'
import { bind, identifier, type Scope } from './scope.js'
import { check, notPython, unmodelled } from './source.js'
import type { Expression, NamedExpr } from './syntax.js'
import { present } from './tree.js'

/** Reads `target := value`. It binds the name in the function around, also out of a comprehension. */
export function parseNamed(
  place: Place,
  [name, sign, value, extra]: readonly SyntaxNode[],
  end: number,
  parse: (place: Place, node: SyntaxNode) => Expression,
): NamedExpr {
  const { source, scope } = place
  const target = present(source, name, end)
  check(source, target.from, history['assignment expression'])
  if (target.name !== 'VariableName') return notPython(source, target.from, "only a name can stand before ':='")
  if (extra !== undefined) return notPython(source, extra.from, 'an operator is missing')
  const id = identifier(source, target)
  for (let at: Scope = scope; at.kind === 'comprehension' || at.kind === 'generator expression'; ) {
    if (at.kind === 'generator expression') return unmodelled(source, target.from, "':=' in a generator expression")
    if (at.bound.has(id)) return notPython(source, target.from, `'${id}' is a variable of the comprehension around`)
    if (at.parent === null) break
    at = at.parent
  }
  const parsed = parse(place, present(source, value, present(source, sign, end).to))
  bind(functionAround(scope), id)
  return { kind: 'NamedExpr', target: { kind: 'Name', id }, value: parsed }
}

const functionAround = (scope: Scope): Scope =>
  scope.kind === 'comprehension' && scope.parent !== null ? functionAround(scope.parent) : scope
