import type { SyntaxNode } from '@lezer/common'
import { history } from './history.js'
import { mayAwait, openScope, type Scope } from './scope.js'
import { check, notPython, type Source, unmodelled } from './source.js'
import type { Comprehension, Expression, Target } from './syntax.js'
import { cursor } from './tree.js'

/** What reading a comprehension needs to know about the place it is at. */
interface Around {
  readonly source: Source
  readonly scope: Scope
  readonly inLoop: boolean
}

/** How what stands in a comprehension is read. */
interface Parts {
  readonly expression: (place: Around, node: SyntaxNode) => Expression
  readonly targets: (place: Around, nodes: readonly SyntaxNode[]) => Target
}

/** A comprehension but for what stands before its first `for`: those nodes, and the place where they stand. */
export interface ComprehensionParts {
  readonly within: Around
  readonly elements: readonly SyntaxNode[]
  readonly generators: readonly Comprehension[]
}

/** Reads the clauses of a comprehension. The first iterable is evaluated outside, where its names are looked up, too. */
export function parseComprehension(
  place: Around,
  nodes: readonly SyntaxNode[],
  end: number,
  parts: Parts,
  kind: 'comprehension' | 'generator expression' = 'comprehension',
): ComprehensionParts {
  const { source } = place
  const [first] = nodes
  if (place.scope.kind === 'class')
    return unmodelled(source, first?.from ?? end, 'comprehensions in the body of a class')
  const { peek, next, take, until } = cursor(source, nodes, end)
  const within: Around = { ...place, scope: openScope(kind, place.scope) }
  const elements = until('for', 'async')
  const generators: Comprehension[] = []
  while (peek() !== undefined) {
    const keyword = next()
    const isAsync = keyword.name === 'async'
    if (isAsync) {
      check(source, keyword.from, history['async comprehension'])
      if (!mayAwait(within.scope))
        notPython(source, keyword.from, 'an asynchronous comprehension outside an async function')
      if (place.scope.kind === 'comprehension' || place.scope.kind === 'generator expression') {
        check(source, keyword.from, history['async comprehension in a comprehension'])
      }
      next()
    }
    const target = parts.targets(within, until('in'))
    take('in')
    const iter = parts.expression(generators.length === 0 ? place : within, next())
    // CPython before 3.14 makes a tuple of it, and the TypeError says so.
    if (isAsync && isOfConstants(iter)) unmodelled(source, keyword.from, "'async for' over a display of constants")
    const ifs: Expression[] = []
    while (take('if') !== null) ifs.push(parts.expression(within, next()))
    generators.push({ target, iter, ifs, ...(isAsync ? { is_async: true } : {}) })
  }
  return { within, elements, generators }
}

const isOfConstants = (iter: Expression): boolean =>
  (iter.kind === 'List' || iter.kind === 'Set') && iter.elts.every(({ kind }) => kind === 'Constant')
