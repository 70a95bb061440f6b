/** Why a literal is refused, and where in it. */
export interface BadLiteral {
  readonly offset: number
  /** In Python it has a meaning that the model lacks. */
  readonly unmodelled: boolean
  readonly why: string
}

const bad = (offset: number, why: string, unmodelled = false): BadLiteral => ({ offset, unmodelled, why })

const INTEGER = /^(?:[1-9](?:_?\d)*|0(?:_?0)*|0x(?:_?[\da-f])+|0o(?:_?[0-7])+|0b(?:_?[01])+)$/i
const DIGITS = '\\d(?:_?\\d)*'
const FLOAT = new RegExp(
  `^(?:(?:(?:${DIGITS})?\\.${DIGITS}|${DIGITS}\\.)(?:e[+-]?${DIGITS})?|${DIGITS}e[+-]?${DIGITS})$`,
  'i',
)

/** CPython reads no longer decimal integers. */
const MAX_DECIMAL_DIGITS = 4300

/** The value of a number literal. */
export function decodeNumber(text: string): bigint | number | BadLiteral {
  if (/j$/i.test(text) && !/^0x/i.test(text)) return bad(0, 'complex numbers', true)
  const digits = text.replaceAll('_', '')
  if (INTEGER.test(text)) {
    const tooLong = /^\d+$/.test(digits) && digits.length > MAX_DECIMAL_DIGITS
    return tooLong ? bad(0, `decimal integers of more than ${MAX_DECIMAL_DIGITS} digits`, true) : BigInt(digits)
  }
  if (!FLOAT.test(text)) return bad(0, `'${text}' is no number`)
  const value = Number(digits)
  return Number.isFinite(value) ? value : bad(0, 'infinite numbers', true)
}

const SIMPLE: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

const CHUNK = /[^\\]+|\\x[\da-fA-F]{2}|\\u[\da-fA-F]{4}|\\U[\da-fA-F]{8}|\\[0-7]{1,3}|\\[\s\S]/g

/** The value of the characters between quotes. */
export function decodeString(text: string): string | BadLiteral {
  let value = ''
  for (const { 0: chunk, index } of text.matchAll(CHUNK)) {
    const decoded = chunk.startsWith('\\') ? decodeEscape(chunk, index) : chunk
    if (typeof decoded !== 'string') return decoded
    value += decoded
  }
  return value
}

function decodeEscape(sequence: string, offset: number): string | BadLiteral {
  const letter = sequence.charAt(1)
  if (letter === 'N') return bad(offset, 'character names in strings', true)
  if ('xuU'.includes(letter)) return decodeCodePoint(sequence, offset)
  if (/[0-7]/.test(letter)) return String.fromCodePoint(Number.parseInt(sequence.slice(1), 8))
  return SIMPLE[letter] ?? sequence
}

function decodeCodePoint(sequence: string, offset: number): string | BadLiteral {
  const code = Number.parseInt(sequence.slice(2), 16)
  if (!(code <= 0x10ffff)) return bad(offset, `'${sequence}' is no character`)
  return isSurrogate(code) ? bad(offset, 'surrogates in strings', true) : String.fromCodePoint(code)
}

const isSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdfff
