import { spawn } from 'node:child_process'
import { text as textOf } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

/** A text, and the minor version of Python that it is to be read as. */
export type Question = readonly [text: string, minor: number]

/**
 * Whether the grammar of a real CPython takes each text for a program of its version: `ast.parse(…, feature_version=…)`. The
 * build is loaded in a process of its own, since two of them do not live in one.
 */
export const askGrammar = async (build: string, questions: readonly Question[]): Promise<readonly boolean[]> => {
  const worker = fileURLToPath(new URL('./grammar-worker.mjs', import.meta.url))
  const child = spawn(process.execPath, [worker, build], { stdio: ['pipe', 'pipe', 'ignore'] })
  child.stdin.end(JSON.stringify(questions))
  return JSON.parse(await textOf(child.stdout)) as readonly boolean[]
}
