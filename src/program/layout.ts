import type { SyntaxNode } from '@lezer/common'
import { indentAt, notPython, type Source, unmodelled } from './source.js'
import { parts } from './tree.js'

/** Refuses what the grammar lets through although Python's rules of indentation do not. */
export function checkLayout(source: Source, script: SyntaxNode): void {
  checkContinuations(source, script)
  checkBlock(source, parts(script), 0)
}

function checkBlock(source: Source, statements: readonly SyntaxNode[], indent: number): void {
  for (const statement of statements) {
    checkIndent(source, statement, indent)
    checkClauses(source, statement, indent)
    if (statement.name === 'DecoratedStatement') checkBlock(source, parts(statement), indent)
  }
}

function checkClauses(source: Source, statement: SyntaxNode, indent: number): void {
  for (const part of parts(statement)) {
    if (/^(?:elif|else|except|finally)$/.test(part.name) && statement.name !== 'ConditionalExpression') {
      checkIndent(source, part, indent)
    }
    if (part.name === 'Body') checkBody(source, part, indent)
  }
}

function checkBody(source: Source, body: SyntaxNode, indent: number): void {
  const [colon, ...statements] = parts(body)
  const [first] = statements
  const missing = (at: number): never => notPython(source, at, 'an indented block is missing')
  if (colon === undefined || first === undefined) {
    missing(body.from)
    return
  }
  if (!source.text.slice(colon.to, first.from).includes('\n')) return
  const inner = indentAt(source, first.from)
  if (inner <= indent) missing(first.from)
  checkBlock(source, statements, inner)
}

function checkIndent(source: Source, node: SyntaxNode, indent: number): void {
  const actual = indentAt(source, node.from)
  const before = source.text.slice(node.from - actual, node.from)
  if (/[\t\f]/.test(before)) unmodelled(source, node.from, 'tabs in indentation')
  if (actual !== indent || before.trim() !== '') notPython(source, node.from, 'the indentation fits no block')
}

/** A backslash may join lines within a statement, but here neither stand before one nor end the text. */
function checkContinuations(source: Source, script: SyntaxNode): void {
  for (const { index } of source.text.matchAll(
    /(?<=^[ \t\f]*|[:;][ \t\f]*)\\(?=\n)|\\(?=\n?[ \t\f\n]*$(?![\s\S]))/gm,
  )) {
    const inside = script.resolveInner(index, 1).name
    if (/^(?:Comment|String|FormatString|Escape)$/.test(inside)) continue
    unmodelled(source, index, 'line continuations before or after a statement')
  }
}
