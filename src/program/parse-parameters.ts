import type { SyntaxNode } from '@lezer/common'
import { bindParameter, type Scope } from './scope.js'
import { notPython, type Source, unmodelled } from './source.js'
import type { Expression, Parameters } from './syntax.js'
import { commaGroups, parts, present } from './tree.js'

/** How what stands around the names of parameters is read: outside of the function. */
export interface Around {
  readonly value: (node: SyntaxNode) => Expression
  readonly annotation: (node: SyntaxNode) => void
}

interface Parameter {
  readonly star: '*' | '**' | null
  readonly name: string | null
  readonly value: Expression | null
  readonly at: number
}

/** Reads the list of parameters of a function or lambda. */
export function parseParameters(source: Source, scope: Scope, list: SyntaxNode, around: Around): Parameters {
  refuseSlash(source, list)
  const nodes = parts(list).filter(({ name }) => name !== '(' && name !== ')')
  const given = commaGroups(nodes).map((group) => parseParameter(source, scope, group, list, around))
  const double = given.findIndex(({ star }) => star === '**')
  const behind = given[double + 1]
  if (double >= 0 && behind !== undefined) return notPython(source, behind.at, "a parameter behind one with '**'")
  const all = double < 0 ? given : given.slice(0, double)
  const kwarg = given[double]?.name ?? null
  const found = all.findIndex(({ star }) => star !== null)
  const positional = found < 0 ? all : all.slice(0, found)
  const [star, ...keywordOnly] = found < 0 ? [] : all.slice(found)
  const second = keywordOnly.find((parameter) => parameter.star !== null)
  if (second !== undefined) return notPython(source, second.at, "a second '*' among the parameters")
  if (star?.name === null && keywordOnly.length === 0) {
    return notPython(source, star.at, "no parameter follows the bare '*'")
  }
  return {
    args: positional.map(nameOf),
    ...withDefaults(source, positional),
    ...(star === undefined || star.name === null ? {} : { vararg: star.name }),
    ...(keywordOnly.length === 0
      ? {}
      : { kwonlyargs: keywordOnly.map(nameOf), kw_defaults: keywordOnly.map(({ value }) => value) }),
    ...(kwarg === null ? {} : { kwarg }),
  }
}

const nameOf = ({ name }: Parameter): string => name ?? ''

function withDefaults(source: Source, positional: readonly Parameter[]): { readonly defaults?: readonly Expression[] } {
  const first = positional.findIndex(({ value }) => value !== null)
  if (first < 0) return {}
  const defaults = positional.slice(first).map(({ name, value, at }) => {
    return value ?? notPython(source, at, `the parameter '${name}' has no default and follows one that has`)
  })
  return { defaults }
}

/** The tree has no node for the slash that ends positional-only parameters. */
function refuseSlash(source: Source, list: SyntaxNode): void {
  for (let node = list.firstChild; node !== null; node = node.nextSibling) {
    const slash = source.text.slice(node.to, node.nextSibling?.from ?? list.to).search(/^[\s\\]*\//)
    if (slash >= 0) unmodelled(source, source.text.indexOf('/', node.to), 'positional-only parameters')
  }
}

function parseParameter(
  source: Source,
  scope: Scope,
  [first, ...others]: readonly SyntaxNode[],
  list: SyntaxNode,
  around: Around,
): Parameter {
  if (first === undefined) return notPython(source, list.from, 'a parameter is missing')
  const star = first.name === '*' || first.name === '**' ? first.name : null
  const [name, ...rest] = star === null ? [first, ...others] : others
  if (name === undefined) return { star, name: null, value: null, at: first.from }
  for (const part of rest) if (part.name === 'TypeDef') around.annotation(part)
  const sign = rest.findIndex((part) => part.name === 'AssignOp')
  if (sign >= 0 && star !== null) return notPython(source, first.from, 'a starred parameter has no default')
  const value = sign < 0 ? null : around.value(present(source, rest[sign + 1], list.to))
  return { star, name: bindParameter(source, scope, name), value, at: first.from }
}
