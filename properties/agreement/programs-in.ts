import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { isAtLeast } from '../../src/asyncio/versions.js'
import { type Implementation, isInconclusive } from '../../src/oracle/implementation.js'
import { newestVersion } from '../../src/program/history.js'
import { earliestVersion } from '../../src/program/needs.js'
import { parse } from '../../src/program/parse.js'
import { run } from '../../src/program/run.js'
import { describeDifference, difference } from '../../src/trace/difference.js'

/** The programs in a folder. */
interface Programs {
  readonly files: readonly string[]
  readonly textOf: (file: string) => string
  /** Whether a version of Python reads a program at all. */
  readonly isRead: (file: string, version: string) => boolean
}

/** The programs in a folder of `fixtures/programs`. */
export const programsIn = (folder: string): Programs => {
  const path = fileURLToPath(new URL(`../../fixtures/programs/${folder}/`, import.meta.url))
  const textOf = (file: string): string => readFileSync(`${path}${file}`, 'utf8')
  return {
    files: readdirSync(path).filter((name) => name.endsWith('.py')),
    textOf,
    isRead: (file, version) => isAtLeast(version, earliestVersion(parse(textOf(file), file)) ?? newestVersion),
  }
}

/** A build tells the same of a program as the model. */
export const expectAgreement = async (implementation: Implementation, file: string, text: string): Promise<void> => {
  const real = await implementation.run(text)
  if (isInconclusive(real)) throw new Error(real.inconclusive)
  const found = difference(real, run(parse(text, file), { python: implementation.python }))
  expect(found === null ? '' : describeDifference(found)).toBe('')
}
