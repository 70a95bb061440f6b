import type { SyntaxNode } from '@lezer/common'
import { FUTURE } from './future-imports.js'
import type { Place } from './parse-expression.js'
import { bind, identifier } from './scope.js'
import { notPython, unmodelled } from './source.js'
import type { Alias, Import, ImportFrom } from './syntax.js'
import { cursor, parts, present, split, textOf } from './tree.js'

const MODULES = new Set([
  'asyncio',
  'time',
  'contextlib',
  'contextvars',
  'functools',
  'random',
  'itertools',
  'sys',
  'typing',
])

export function parseImport(place: Place, node: SyntaxNode): Import | ImportFrom {
  const { source } = place
  const { next, until, take } = cursor(source, parts(node), node.to)
  if (next().name === 'import') {
    return { kind: 'Import', names: parseAliases(place, until(), (name) => checkModule(place, name)) }
  }
  const module = readModule(place, until('import'))
  next()
  const open = take('(')
  const names = open === null ? until() : until(')')
  const listed = open !== null && names.at(-1)?.name === ',' ? names.slice(0, -1) : names
  return { kind: 'ImportFrom', module, names: parseAliases(place, listed, (name) => checkName(place, name, node)) }
}

/** Reads `name as asname, …`; only within parentheses may a comma end it. */
function parseAliases(
  place: Place,
  nodes: readonly SyntaxNode[],
  readName: (nodes: readonly SyntaxNode[]) => string,
): readonly Alias[] {
  return split(nodes, ',').map((alias) => {
    const [name = [], as] = split(alias, 'as')
    if (name.length === 0) return notPython(place.source, nodes.at(-1)?.from ?? 0, "a name is missing behind ','")
    const asname = as?.[0] === undefined ? null : identifier(place.source, as[0])
    const found = readName(name)
    bind(place.scope, asname ?? found)
    return { name: found, asname }
  })
}

/** What `from` may name: a module that can be imported, or the one whose names change how Python reads a text. */
function readModule(place: Place, nodes: readonly SyntaxNode[]): string {
  const module = nodes.map((node) => textOf(place.source, node)).join('')
  return module === FUTURE ? module : checkModule(place, nodes)
}

function checkModule({ source }: Place, nodes: readonly SyntaxNode[]): string {
  const first = present(source, nodes[0], 0)
  if (/^(?:\.|Ellipsis)/.test(first.name)) return unmodelled(source, first.from, 'relative imports')
  const module = nodes.map((node) => textOf(source, node)).join('')
  return MODULES.has(module) ? module : unmodelled(source, first.from, `imports of '${module}'`)
}

function checkName({ source }: Place, [name, dot]: readonly SyntaxNode[], statement: SyntaxNode): string {
  const node = present(source, name, statement.to)
  if (dot !== undefined) return notPython(source, dot.from, "unexpected '.'")
  return node.name === '*' ? unmodelled(source, node.from, 'imports of *') : identifier(source, node)
}
