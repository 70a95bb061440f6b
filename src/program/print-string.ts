import type { Expression, FormattedValue, JoinedStr, StringConstant } from './syntax.js'

/** A string literal as `repr` writes it. */
export function printString(value: string): string {
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'"
  return quote + escapeString(value, quote) + quote
}

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** Escapes backslashes, the quote, and what `str.isprintable` would not call printable. */
function escapeString(value: string, quote: string): string {
  return value.replace(/[\\'"]|(?! )[\p{C}\p{Z}]/gu, (char) => {
    if (char === '"' || char === "'") return quote.startsWith(char) ? `\\${char}` : char
    return char === '\\' ? '\\\\' : (SHORT[char] ?? escapeCodePoint(char.codePointAt(0) ?? 0))
  })
}

function escapeCodePoint(code: number): string {
  const hex = code.toString(16)
  if (code < 0x100) return `\\x${hex.padStart(2, '0')}`
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`
}

const QUOTES = ["'", '"', "'''", '"""'] as const

/**
 * An f-string, quoted in a way that Python before 3.12 reads, too. There is none if a replacement field holds a
 * backslash or every kind of quote; then the text is for 3.12 and later.
 */
export function printJoinedStr({ values }: JoinedStr, printValue: (value: Expression) => string): string {
  const fields = new Map(
    values.flatMap((piece) => (piece.kind === 'Constant' ? [] : [[piece, printValue(piece.value)] as const])),
  )
  const code = [...fields.values()].join('\n')
  const texts = values.map((piece) => (piece.kind === 'Constant' ? piece.value : (piece.format_spec ?? ''))).join('')
  const fitting = code.includes('\\') ? [] : QUOTES.filter((candidate) => !code.includes(candidate))
  const quote = fitting.find(([char = '']) => !texts.includes(char)) ?? fitting[0] ?? QUOTES[0]
  const pieces = values.map((piece) => printPiece(piece, fields, quote))
  return `f${quote}${pieces.join('')}${quote}`
}

function printPiece(
  piece: StringConstant | FormattedValue,
  fields: ReadonlyMap<FormattedValue, string>,
  quote: string,
): string {
  if (piece.kind === 'Constant') return escapeString(piece.value, quote).replace(/[{}]/g, '$&$&')
  const conversion = piece.conversion === null ? '' : `!${piece.conversion}`
  return `{${fields.get(piece) ?? ''}${conversion}${printSpec(piece.format_spec, quote)}}`
}

/** A brace in a format specification cannot be doubled, and the parser takes `:=` for one token; so these are escaped. */
function printSpec(spec: string | null, quote: string): string {
  if (spec === null) return ''
  return `:${escapeString(spec, quote).replace(/[{}]|^=/g, (char) => escapeCodePoint(char.charCodeAt(0)))}`
}
