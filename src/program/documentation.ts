import type { Python } from '../loop/python.js'
import { notModelled } from './arithmetic.js'

/** A docstring as the compiler keeps it: without the indent of its lines (3.13). Mirrors `_PyCompile_CleanDoc`. */
export const documentation = (text: string, { docstringsLoseIndent }: Python): string => {
  if (!docstringsLoseIndent) return text
  if (text.includes('\t')) throw notModelled('tabs in a docstring are')
  const [first = '', ...others] = text.split('\n')
  const indents = others.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length)
  const margin = indents.length === 0 ? 0 : Math.min(...indents)
  const shorter = others.map((line) => line.slice(Math.min(margin, line.length - line.trimStart().length)))
  return [first.trimStart(), ...shorter].join('\n')
}
