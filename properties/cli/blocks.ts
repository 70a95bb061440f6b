import { readFileSync } from 'node:fs'

/** The README. */
export const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

/** A fenced block. */
export interface Block {
  /** The line on which it begins, from 1. */
  readonly line: number
  readonly language: string
  /** What stands in it, each line with its end. */
  readonly text: string
  /** What stands between the block before and this one. */
  readonly lead: string
  readonly before: Block | null
}

/** The blocks of a Markdown text, in order. A fence that is nowhere closed, or indented, is an error. */
export const blocksOf = (markdown: string): readonly Block[] => {
  const blocks: Block[] = []
  let end = 0
  for (const { 0: whole, 1: language = '', 2: text = '', index } of markdown.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)) {
    const line = markdown.slice(0, index).split('\n').length
    blocks.push({ line, language, text, lead: markdown.slice(end, index), before: blocks.at(-1) ?? null })
    end = index + whole.length
  }
  const fences = markdown.match(/```/g)?.length ?? 0
  if (fences !== 2 * blocks.length) throw new Error(`${fences} fences make no ${blocks.length} blocks`)
  return blocks
}

/** The blocks of the README. */
export const blocks = blocksOf(readme)

/** The parts of an excerpt: a line `…` stands for lines left out. */
export const partsOf = (excerpt: string): readonly string[] => excerpt.split(/^…\n/m)

/** What is left of an output behind the parts of an excerpt, each found behind the one before; null where one is not. */
export const behind = (output: string, excerpt: string): string | null =>
  partsOf(excerpt).reduce<string | null>((rest, part) => {
    const at = rest === null ? -1 : `\n${rest}`.indexOf(`\n${part}`)
    return rest === null || at < 0 ? null : rest.slice(at + part.length)
  }, output)
