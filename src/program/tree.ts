import type { SyntaxNode } from '@lezer/common'
import { parser } from '@lezer/python'
import { areWordsReserved } from './history.js'
import { notPython, type Source } from './source.js'

/**
 * The grammar still reads Python 2's `print x`, never `1.`, and `:=` even where a format specification starts; it knows no
 * `async` and `await` as names, and no `yield` without a value. So it is shown other letters there. All positions stay the same, and everything that is kept is taken from the true text.
 */
const disguise = ({ text, python, words }: Source): string => {
  const plain = text
    .replace(/\bprint\b/g, 'pr_nt')
    .replace(/(?<![\w.]|\b\d[\d_.]*e[+-])(\d[\d_]*)\.(?!\d)/gi, '$1_')
    .replace(/(?<=\{[^{}()\n]*):=/g, ':_')
  const names = areWordsReserved(python) ? [] : words.asynchronous.filter(({ isKeyword }) => !isKeyword)
  const hidden = [...names.map(({ at }) => at), ...words.bareYields]
  return hidden.reduce((shown, at) => `${shown.slice(0, at)}n_a_m${shown.slice(at + 5)}`, plain)
}

/** The syntax tree of a text. Wherever the text is no Python it has error nodes, and it is no judge of layout. */
export const readTree = (source: Source): SyntaxNode => parser.parse(disguise(source)).topNode

/** The children of a node, without comments. */
export function parts(node: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = []
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== 'Comment') found.push(child)
  }
  return found
}

export const textOf = (source: Source, node: SyntaxNode): string => source.text.slice(node.from, node.to)

/** The groups of nodes between separators of one name; there is always one more group than separators. */
export function split(nodes: readonly SyntaxNode[], separator: string): readonly (readonly SyntaxNode[])[] {
  const groups: SyntaxNode[][] = [[]]
  for (const node of nodes) {
    if (node.name === separator) groups.push([])
    else groups.at(-1)?.push(node)
  }
  return groups
}

/** The groups of nodes between commas, of which the last may be followed by one more comma. */
export function commaGroups(nodes: readonly SyntaxNode[]): readonly (readonly SyntaxNode[])[] {
  const groups = split(nodes, ',')
  return groups.at(-1)?.length === 0 ? groups.slice(0, -1) : groups
}

/** The nodes of each argument of a call. A comma between `for` and `in` belongs to the targets of a generator expression. */
export function argumentGroups(nodes: readonly SyntaxNode[]): readonly (readonly SyntaxNode[])[] {
  const groups: SyntaxNode[][] = [[]]
  let isInTargets = false
  for (const node of nodes) {
    isInTargets = node.name === 'for' || (isInTargets && node.name !== 'in')
    if (node.name === ',' && !isInTargets) groups.push([])
    else groups.at(-1)?.push(node)
  }
  return groups.at(-1)?.length === 0 ? groups.slice(0, -1) : groups
}

/** The node, which every tree without error nodes has in this place. */
export function present(source: Source, node: SyntaxNode | undefined, at: number): SyntaxNode {
  return node ?? notPython(source, at, 'something is missing')
}

/** A cursor over nodes in a row. */
export interface Cursor {
  readonly peek: () => string | undefined
  readonly next: () => SyntaxNode
  /** Takes the next node if it has this name. */
  readonly take: (name: string) => SyntaxNode | null
  /** Takes all nodes up to one of these names, which stays. */
  readonly until: (...names: readonly string[]) => readonly SyntaxNode[]
}

export function cursor(source: Source, nodes: readonly SyntaxNode[], end: number): Cursor {
  let at = 0
  const peek = () => nodes[at]?.name
  const next = () => present(source, nodes[at++], end)
  const until = (...names: readonly string[]) => {
    const start = at
    while (at < nodes.length && !names.includes(peek() ?? '')) at++
    return nodes.slice(start, at)
  }
  return { peek, next, take: (name) => (peek() === name ? next() : null), until }
}
