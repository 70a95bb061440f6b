import { parse } from '../program/parse.js'
import { print } from '../program/print.js'
import { SyntaxRefusal } from '../program/source.js'
import type { Module } from '../program/syntax.js'
import { reductions } from './reductions.js'

/** What came of the search for a smaller program. */
export interface Minimised {
  readonly program: Module
  /** How many times a smaller one was found. */
  readonly steps: number
}

/** How many programs are tried at most. */
const mostTries = 3000

/**
 * The smallest program found for which something is still so. Statements are taken out, compound statements replaced by
 * their bodies, and expressions by what is inside of them, as long as any of that leaves a shorter program in question.
 */
export const minimise = async (
  program: Module,
  isStillSo: (smaller: Module) => Promise<boolean>,
): Promise<Minimised> => {
  const tried = new Set<string>()
  let smallest = program
  let steps = 0
  let next = candidates(smallest)
  for (;;) {
    const candidate = next.next()
    if (candidate.done === true || tried.size >= mostTries) return { program: smallest, steps }
    const text = print(candidate.value)
    if (tried.has(text) || !isSimpler(text, print(smallest))) continue
    tried.add(text)
    const module = readable(text)
    if (module === null || !(await isStillSo(module))) continue
    smallest = module
    steps += 1
    next = candidates(smallest)
  }
}

/** Shorter; or as long and first in the order of letters and digits, so that numbers become small. */
const isSimpler = (text: string, other: string): boolean =>
  text.length < other.length || (text.length === other.length && text < other)

function* candidates(program: Module): Generator<Module> {
  for (const body of reductions(program.body)) yield { kind: 'Module', body }
  for (const float of new Set(floatsIn(program))) {
    for (const number of [0n, 1n, 2n]) yield replaced(program, float, number)
  }
}

/** The floats that stand in a program. What is equal must often stay so, and changes together. */
const floatsIn = (data: unknown): readonly number[] => {
  if (typeof data !== 'object' || data === null) return []
  if ('kind' in data && data.kind === 'Constant')
    return 'value' in data && typeof data.value === 'number' ? [data.value] : []
  return Object.values(data).flatMap(floatsIn)
}

/** The same data with another number wherever a float stands. */
const replaced = <Data>(data: Data, float: number, number: bigint): Data => {
  if (typeof data !== 'object' || data === null) return data
  if (Array.isArray(data)) return data.map((each) => replaced(each, float, number)) as Data
  const isIt = 'kind' in data && data.kind === 'Constant' && 'value' in data && data.value === float
  if (isIt) return { ...data, value: number }
  return Object.fromEntries(Object.entries(data).map(([name, each]) => [name, replaced(each, float, number)])) as Data
}

/** The program of a text; null where it is none, such as a `return` without its function. */
const readable = (text: string): Module | null => {
  try {
    return parse(text)
  } catch (caught) {
    if (caught instanceof SyntaxRefusal) return null
    throw caught
  }
}
