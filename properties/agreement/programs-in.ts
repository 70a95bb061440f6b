import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { type Implementation, isInconclusive } from '../../src/oracle/implementation.js'
import { parse } from '../../src/program/parse.js'
import { run } from '../../src/program/run.js'
import { describeDifference, difference } from '../../src/trace/difference.js'

/** The programs in a folder of `fixtures/programs`. */
export const programsIn = (
  folder: string,
): { readonly files: readonly string[]; readonly textOf: (file: string) => string } => {
  const path = fileURLToPath(new URL(`../../fixtures/programs/${folder}/`, import.meta.url))
  return {
    files: readdirSync(path).filter((name) => name.endsWith('.py')),
    textOf: (file) => readFileSync(`${path}${file}`, 'utf8'),
  }
}

/** A build tells the same of a program as the model. */
export const expectAgreement = async (implementation: Implementation, file: string, text: string): Promise<void> => {
  const real = await implementation.run(text)
  if (isInconclusive(real)) throw new Error(real.inconclusive)
  const found = difference(real, run(parse(text, file), { python: implementation.python }))
  expect(found === null ? '' : describeDifference(found)).toBe('')
}
