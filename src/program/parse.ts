import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common'
import { checkFutures } from './future-imports.js'
import { newestVersion } from './history.js'
import { checkLayout } from './layout.js'
import { needsOf } from './needs.js'
import { parseBlock } from './parse-statement.js'
import { checkWithHead } from './parse-with.js'
import { checkNonlocals, openScope } from './scope.js'
import { check, notPython, refuse, type Source, unmodelled } from './source.js'
import type { Module } from './syntax.js'
import { parts, readTree } from './tree.js'
import { findWords } from './words.js'

/** How a text is read. */
export interface ParseOptions {
  /** The version of Python that it is read as, such as `3.5` or `3.11.3`; the newest by default. */
  readonly python?: string
}

/**
 * Reads Python text. What the subset of {@link Module} lacks, and what is no Python, is refused by throwing a
 * `SyntaxRefusal`, and so is what the version that it is read as does not have.
 */
export function parse(text: string, file = 'program.py', { python = newestVersion }: ParseOptions = {}): Module {
  const plain = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n')
  const source: Source = { file, text: plain, python, words: findWords(plain), places: new Map() }
  checkCharacters(source)
  const script = readTree(source)
  checkNodes(source, script)
  checkLayout(source, script)
  const scope = openScope('module', null)
  const body = parseBlock({ source, scope, inLoop: false }, parts(script))
  checkNonlocals(source, scope)
  const module: Module = { kind: 'Module', body }
  checkFutures(source, module)
  checkNeeds(source, module)
  return module
}

/** Refuses the first thing that the version has not got. */
function checkNeeds(source: Source, module: Module): void {
  const needs = needsOf(module).map(({ feature, node }) => ({ feature, at: source.places.get(node) ?? 0 }))
  for (const { feature, at } of needs.sort((one, other) => one.at - other.at)) check(source, at, feature)
}

function checkCharacters(source: Source): void {
  const bad = source.text.search(/\0|\p{Surrogate}/u)
  if (bad >= 0) notPython(source, bad, 'no text has such a character')
}

/** CPython's own limit lies somewhat higher and changes from version to version. */
const MAX_DEPTH = 100

/** Refuses the first node that is an error or outside the subset wherever it stands. */
function checkNodes(source: Source, script: SyntaxNode): void {
  let depth = 0
  script.cursor().iterate(
    (node) => {
      if (++depth > MAX_DEPTH) refuse(source, node.from, 'nesting this deep is not in the modelled subset')
      if (node.type.isError) checkWithHead(source, node.node)
      if (node.type.isError && node.node.parent?.name === 'Decorator') {
        unmodelled(source, node.from, 'decorators that are no name and no call of one')
      }
      if (node.type.isError) notPython(source, node.from, describeError(source, node.from))
      const things = describe(node)
      if (things !== undefined) unmodelled(source, node.from, things)
    },
    () => {
      depth--
    },
  )
}

function describeError({ text }: Source, at: number): string {
  const [, next] = /^[ \t]*(\w+|[\s\S])/.exec(text.slice(at)) ?? []
  if (next === undefined) return 'unexpected end of the text'
  return next === '\n' ? 'unexpected end of the line' : `unexpected '${next}'`
}

const UNMODELLED: Readonly<Record<string, string>> = {
  MatchStatement: "'match' statements",
  TypeDefinition: 'type aliases',
  TypeParamList: 'type parameters',
}

function describe({ name, node }: SyntaxNodeRef): string | undefined {
  const first = node.firstChild
  // In wrong text the tree can take a stray `async` for the start of a statement.
  if (first?.nextSibling?.type.isError && first.name === 'async') return undefined
  return UNMODELLED[name]
}
