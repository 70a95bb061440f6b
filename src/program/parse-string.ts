import type { SyntaxNode } from '@lezer/common'
import { history } from './history.js'
import { type BadLiteral, decodeString } from './literal.js'
import { check, notPython, type Source, unmodelled } from './source.js'
import type { Constant, Expression, FormattedValue, JoinedStr, StringConstant } from './syntax.js'
import { parts, textOf } from './tree.js'

type Piece = StringConstant | FormattedValue

/** Reads what stands in the braces of an f-string before `!` and `:`. */
type ParseField = (nodes: readonly SyntaxNode[], end: number) => Expression

/** Reads string literals that stand side by side, of which any may be an f-string. */
export function parseStrings(source: Source, nodes: readonly SyntaxNode[], field: ParseField): Constant | JoinedStr {
  const pieces = join(nodes.flatMap((node) => parseLiteral(source, node, field)))
  if (nodes.some(({ name }) => name === 'FormatString')) return { kind: 'JoinedStr', values: pieces }
  return { kind: 'Constant', value: pieces.map(({ value }) => value).join('') }
}

/** Joins constants that stand side by side and drops empty ones. */
function join(pieces: readonly Piece[]): readonly Piece[] {
  const joined: Piece[] = []
  for (const piece of pieces) {
    const last = joined.at(-1)
    if (piece.kind === 'Constant' && last?.kind === 'Constant') {
      joined.splice(-1, 1, { kind: 'Constant', value: last.value + piece.value })
    } else if (piece.value !== '') joined.push(piece)
  }
  return joined
}

/** How a literal is written. */
interface Form {
  readonly raw: boolean
  readonly quote: string
  /** Where the characters between the quotes start and end. */
  readonly from: number
  readonly to: number
}

function parseLiteral(source: Source, node: SyntaxNode, field: ParseField): readonly Piece[] {
  const form = readForm(source, node)
  if (node.name !== 'FormatString') return [constant(decode(source, form, form.from, form.to))]
  const pieces: Piece[] = []
  let from = form.from
  for (const replacement of parts(node).filter(({ name }) => name === 'FormatReplacement')) {
    pieces.push(constant(formatText(source, form, from, replacement.from)))
    pieces.push(...parseReplacement(source, form, replacement, field))
    from = replacement.to
  }
  return [...pieces, constant(formatText(source, form, from, form.to))]
}

const constant = (value: string): StringConstant => ({ kind: 'Constant', value })

function readForm(source: Source, node: SyntaxNode): Form {
  const text = textOf(source, node)
  const [, prefix = '', quote = ''] = /^([a-z]*)('''|"""|'|")/i.exec(text) ?? []
  if (/b/i.test(prefix)) unmodelled(source, node.from, 'bytes')
  const body = text.slice(prefix.length + quote.length)
  const closed = body.endsWith(quote) && !/(?<!\\)(?:\\\\)*\\$/.test(body.slice(0, -quote.length))
  if (!closed) notPython(source, node.from, 'a string has no end')
  const from = node.from + prefix.length + quote.length
  return { raw: /r/i.test(prefix), quote, from, to: node.to - quote.length }
}

function decode(source: Source, { raw }: Form, from: number, to: number): string {
  const text = source.text.slice(from, to)
  const value = raw ? text : decodeString(text)
  return typeof value === 'string' ? value : refuseLiteral(source, from, value)
}

/** Refuses a literal that starts at an offset. */
export const refuseLiteral = (source: Source, from: number, { offset, unmodelled: known, why }: BadLiteral): never =>
  (known ? unmodelled : notPython)(source, from + offset, why)

/** The text of an f-string between its replacement fields. */
function formatText(source: Source, form: Form, from: number, to: number): string {
  const text = source.text.slice(from, to)
  const brace = /(?<!\\)(?:\\\\)*\\[{}]/.exec(text)
  if (brace !== null) unmodelled(source, from + brace.index, 'backslashes before braces')
  const value = decode(source, form, from, to)
  const rest = text.replace(/\{\{|\}\}/g, '__')
  const single = rest.search(/[{}]/)
  if (single >= 0) notPython(source, from + single, `a single '${rest.charAt(single)}' in an f-string`)
  return value.replaceAll('{{', '{').replaceAll('}}', '}')
}

function parseReplacement(source: Source, form: Form, node: SyntaxNode, field: ParseField): readonly Piece[] {
  const nodes = parts(node).slice(1, -1)
  const conversion = nodes.find(({ name }) => name === 'FormatConversion')
  const spec = nodes.find(({ name }) => name === 'FormatSpec')
  const equals = nodes.find(({ name }) => name === 'FormatSelfDoc')
  const operands = nodes.filter((part) => part !== conversion && part !== spec && part !== equals)
  const inside = source.text.slice(node.from, operands.at(-1)?.to ?? node.from)
  const isAny =
    inside.includes(form.quote) || inside.includes('\\') || (form.quote.length === 1 && inside.includes('\n'))
  if (isAny) check(source, node.from, history['any f-string'])
  const bare = equals !== undefined && spec === undefined ? 'r' : null
  const value: FormattedValue = {
    kind: 'FormattedValue',
    value: field(operands, node.to),
    conversion: conversion === undefined ? bare : parseConversion(source, conversion),
    format_spec: spec === undefined ? null : parseSpec(source, form, spec),
  }
  if (equals === undefined) return [value]
  check(source, equals.from, history["'=' in an f-string"])
  const end = (conversion ?? spec)?.from ?? node.to - 1
  return [constant(source.text.slice(node.from + 1, end)), value]
}

function parseConversion(source: Source, node: SyntaxNode): 's' | 'r' {
  const after = source.text.charAt(node.to)
  if (after !== ':' && after !== '}') return unmodelled(source, node.to, 'spaces behind a conversion')
  const letter = textOf(source, node).charAt(1)
  return letter === 's' || letter === 'r' ? letter : unmodelled(source, node.from, 'conversions other than !s and !r')
}

function parseSpec(source: Source, form: Form, node: SyntaxNode): string {
  const [nested] = parts(node).filter(({ name }) => name === 'FormatReplacement')
  if (nested !== undefined) unmodelled(source, nested.from, 'replacement fields in format specifications')
  const text = source.text.slice(node.from + 1, node.to)
  const unescaped = text.replace(/\\[\s\S]/g, '__')
  if (unescaped.includes(form.quote) || (form.quote.length === 1 && unescaped.includes('\n'))) {
    notPython(source, node.from, 'a replacement field has no end')
  }
  return decode(source, form, node.from + 1, node.to)
}
