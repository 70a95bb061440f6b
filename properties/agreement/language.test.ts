import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cpython } from '../../src/implementations/cpython.js'
import { type Implementation, isInconclusive } from '../../src/oracle/implementation.js'
import { parse } from '../../src/program/parse.js'
import { print } from '../../src/program/print.js'
import { run } from '../../src/program/run.js'
import { describeDifference, difference } from '../../src/trace/difference.js'

const folder = fileURLToPath(new URL('../../fixtures/programs/language/', import.meta.url))
const files = readdirSync(folder).filter((name) => name.endsWith('.py'))

describe('programs that show what the language means', () => {
  let judge: Implementation
  beforeAll(async () => {
    judge = await cpython()
  })
  afterAll(async () => {
    await judge.close()
  })

  test.each(files)('%s runs on the model as on CPython', async (file) => {
    const text = readFileSync(`${folder}${file}`, 'utf8')
    const real = await judge.run(text)
    if (isInconclusive(real)) throw new Error(real.inconclusive)
    const found = difference(real, run(parse(text, file)))
    expect(found === null ? '' : describeDifference(found)).toBe('')
  })

  test.each(files)('%s means the same when it was printed', (file) => {
    const program = parse(readFileSync(`${folder}${file}`, 'utf8'), file)
    expect(run(parse(print(program), file))).toEqual(run(program))
  })
})
