import { type Feature, refusal } from './history.js'
import type { Words } from './words.js'

/** Text that is being read, with `\n` as its only line break. */
export interface Source {
  readonly file: string
  readonly text: string
  /** The version that it is read as. */
  readonly python: string
  readonly words: Words
  /** Where the nodes of the syntax tree stand that have been read so far. */
  readonly places: Map<object, number>
}

/** Thrown for text that is no Python, or Python outside the modelled subset. Lines and columns count from 1. */
export class SyntaxRefusal extends Error {
  override readonly name = 'SyntaxRefusal'

  constructor(
    readonly reason: string,
    readonly file: string,
    readonly line: number,
    readonly column: number,
  ) {
    super(`${file}:${line}:${column}: ${reason}`)
  }
}

/** The line of an offset, from 1. */
export const lineAt = ({ text }: Source, at: number): number => text.slice(0, at).split('\n').length

/** How many characters stand before an offset on its line. */
export const indentAt = ({ text }: Source, at: number): number => at - (text.lastIndexOf('\n', at - 1) + 1)

/** Keeps where a node stands. */
export function placed<T extends object>(source: Source, at: number, node: T): T {
  source.places.set(node, at)
  return node
}

/** Refuses what the version that the text is read as does not have. */
export function check(source: Source, at: number, feature: Feature): void {
  const reason = refusal(feature, source.python)
  if (reason !== null) refuse(source, at, reason)
}

export function refuse(source: Source, at: number, reason: string): never {
  throw new SyntaxRefusal(reason, source.file, lineAt(source, at), indentAt(source, at) + 1)
}

/** Refuses what Python knows and the model does not. */
export const unmodelled = (source: Source, at: number, things: string): never =>
  refuse(source, at, `${things} are not in the modelled subset`)

/** Refuses what Python refuses, too. */
export const notPython = (source: Source, at: number, why: string): never =>
  refuse(source, at, `this is not Python: ${why}`)
