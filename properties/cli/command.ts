import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { simul } from '../../src/cli/simul.js'

/** What a command gave. */
export interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs a command line in this process. */
export const command = async (args: readonly string[], isTTY = false): Promise<Ended> => {
  let out = ''
  let err = ''
  const io = {
    out: (text: string) => {
      out += text
    },
    err: (text: string) => {
      err += text
    },
    isTTY,
  }
  const code = await simul(args, io)
  return { code, out, err }
}

/** A folder of its own that is gone afterwards. */
export const inFolder = async (use: (folder: string) => Promise<void>): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'simul-cli-'))
  try {
    await use(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Runs a Python program that stands in a file `program.py`; the file's folder is taken out of what is written. */
export const runText = async (text: string | Uint8Array, ...options: readonly string[]): Promise<Ended> => {
  let ended: Ended = { code: -1, out: '', err: '' }
  await inFolder(async (folder) => {
    writeFileSync(join(folder, 'program.py'), text)
    const { code, out, err } = await command(['run', join(folder, 'program.py'), ...options])
    ended = { code, out, err: err.replaceAll(`${folder}/`, '') }
  })
  return ended
}
