import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { RuleName } from '../asyncio/rules.js'

/** A program to measure, and the versions of Python on which it is run. */
export interface Measured {
  readonly text: string
  readonly versions: readonly string[]
}

/** Tells which rules each program exercises. */
export type Measure = (programs: readonly Measured[]) => Promise<readonly (readonly RuleName[])[]>

/** From its source the other process runs by the loader that runs this one; from what was built of it by itself. */
const isSource = import.meta.url.endsWith('.ts')
const loader = isSource ? ['--import', new URL('../register.mjs', import.meta.url).href] : []
const script = fileURLToPath(new URL(isSource ? './measure.ts' : './measure.js', import.meta.url))

/**
 * The rules that each program exercises, in the order of the table: those of which the code runs, as V8 counts it, when the
 * model runs the program.
 */
export const exercised: Measure = async (programs) => {
  if (programs.length === 0) return []
  const child = spawn(process.execPath, [...loader, script], { env: environment() })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  child.stdin.end(JSON.stringify(programs))
  const [answer, complaint, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  if (code !== 0) throw new Error(`the rules could not be measured: ${complaint}`)
  return JSON.parse(answer)
}

/** A coverage that somebody else asked for would take the counts away. */
const environment = (): NodeJS.ProcessEnv => ({ ...process.env, NODE_V8_COVERAGE: undefined })
