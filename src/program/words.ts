/** What the grammar has to be told of the words of a text before it reads it. Offsets are those of the text. */
export interface Words {
  /** Where each `async` and `await` stands in the code, comments and strings left out. */
  readonly asynchronous: readonly Word[]
  /** Where a `yield` stands without a value. */
  readonly bareYields: readonly number[]
}

export interface Word {
  readonly at: number
  /**
   * Whether Python 3.5 and 3.6 take it for a word of their own: before `def`, and down to the end of that function. In an
   * f-string they do not; there it counts where it can be nothing else, to be refused by its name. Mirrors the tokenizer's
   * `async_def` (3.5, 3.6, and `feature_version` in 3.8 to 3.12).
   */
  readonly isKeyword: boolean
}

/** The next thing in a text: white space, comment, line break, string, f-string's beginning, word, or another character. */
const PIECE =
  /(?<space>[ \t\f]+|\\\n|#.*)|(?<line>\n)|(?<string>(?<prefix>(?:[bru]|[bf]r|r[bf]|f)?)(?<quote>'''|"""|'|"))|(?<word>[\p{L}\p{N}_]+)|(?<other>[\s\S])/iuy

/** What may stand behind the word `await`, and not behind a name. */
const OPERAND = /^[ \t]+(?!(?:and|as|else|for|if|in|is|not|or)\b)[\p{L}\p{N}_'"{]/u

/** What may stand in front of the `async` of a comprehension, and not in front of a name. */
const BEHIND_OPERAND =
  /(?<![\p{L}\p{N}_])(?!(?:and|as|else|for|if|in|is|lambda|not|or|yield|from)\s*$)[\p{L}\p{N}_]+\s*$|['")\]}]\s*$/u

/** An f-string that is open, and how deep in brackets its replacement field began. */
interface Field {
  readonly quote: string
  readonly level: number
}

/** Goes through a text as a tokenizer does. What is no Python may come out as anything. */
export function findWords(text: string): Words {
  const asynchronous: Word[] = []
  const bareYields: number[] = []
  const fields: Field[] = []
  let level = 0
  let indent = 0
  let startsLine = true
  /** The indentation of the `async def` around, and whether its first line has ended. */
  let within: { readonly indent: number; readonly hasEnded: boolean } | null = null
  let pendingYield: number | null = null

  const endYield = (isBare: boolean): void => {
    if (pendingYield !== null && isBare) bareYields.push(pendingYield)
    pendingYield = null
  }

  let at = 0
  while (at < text.length) {
    PIECE.lastIndex = at
    const { space, line, string, prefix = '', quote = '', word, other } = PIECE.exec(text)?.groups ?? {}
    const from = at
    at = PIECE.lastIndex
    if (space !== undefined) continue
    if (line !== undefined) {
      if (level > 0) continue
      endYield(true)
      if (within !== null && !startsLine) within = { indent: within.indent, hasEnded: true }
      startsLine = true
      continue
    }
    if (startsLine) {
      indent = from - (text.lastIndexOf('\n', from - 1) + 1)
      if (within?.hasEnded && indent <= within.indent) within = null
      startsLine = false
    }
    endYield(other !== undefined && /[)\]},;:=!]/.test(other))
    if (string !== undefined) {
      at = endOfString(text, at, quote, /f/i.test(prefix))
      if (text.charAt(at - 1) === '{') fields.push({ quote, level: level++ })
    } else if (word === 'async' || word === 'await') {
      const begins = word === 'async' && /^(?:[ \t\f]|\\\n)+def(?![\p{L}\p{N}_])/u.test(text.slice(at, at + 200))
      if (begins && within === null && fields.length === 0) within = { indent, hasEnded: false }
      const isAwait = word === 'await' && OPERAND.test(text.slice(at, at + 20))
      const isFor =
        word === 'async' &&
        /^\s+for(?![\p{L}\p{N}_])/u.test(text.slice(at, at + 200)) &&
        BEHIND_OPERAND.test(text.slice(Math.max(0, from - 200), from))
      asynchronous.push({ at: from, isKeyword: within !== null && (fields.length === 0 || isAwait || isFor) })
    } else if (word === 'yield') {
      pendingYield = from
    } else if (other !== undefined) {
      if (/[([{]/.test(other)) level += 1
      if (/[)\]}]/.test(other)) level = Math.max(0, level - 1)
      const field = fields.at(-1)
      const ends = other === '}' && level === field?.level
      const isSpecification = other === ':' && level - 1 === field?.level
      if (field !== undefined && (ends || isSpecification)) {
        at = isSpecification ? endOfSpecification(text, at) : at
        fields.pop()
        if (isSpecification) level = field.level
        at = endOfString(text, at, field.quote, true)
        if (text.charAt(at - 1) === '{') fields.push({ quote: field.quote, level: level++ })
      }
    }
  }
  endYield(true)
  return { asynchronous, bareYields }
}

/** The offset behind the quote that ends a string, or behind a brace that opens a replacement field in it. */
function endOfString(text: string, from: number, quote: string, isFormatted: boolean): number {
  for (let at = from; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (character === '\\') at += 1
    else if (text.startsWith(quote, at)) return at + quote.length
    else if (quote.length === 1 && character === '\n') return at
    else if (isFormatted && character === '{') {
      if (text.charAt(at + 1) !== '{') return at + 1
      at += 1
    }
  }
  return text.length
}

/** The offset behind the brace that ends a format specification. */
function endOfSpecification(text: string, from: number): number {
  let depth = 1
  for (let at = from; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (character === '\n') return at
    if (character === '{') depth += 1
    if (character === '}' && --depth === 0) return at + 1
  }
  return text.length
}
