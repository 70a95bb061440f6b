import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { isAtLeast } from '../../src/asyncio/versions.js'
import { isInconclusive } from '../../src/oracle/implementation.js'
import { newestVersion } from '../../src/program/history.js'
import { earliestVersion } from '../../src/program/needs.js'
import { parse } from '../../src/program/parse.js'
import { print } from '../../src/program/print.js'
import { run } from '../../src/program/run.js'
import { describeDifference, difference } from '../../src/trace/difference.js'
import { onEachBuild } from './on-builds.js'

const folder = fileURLToPath(new URL('../../fixtures/programs/language/', import.meta.url))
const files = readdirSync(folder).filter((name) => name.endsWith('.py'))
const textOf = (file: string): string => readFileSync(`${folder}${file}`, 'utf8')

/** Whether a version of Python reads the program at all. */
const isRead = (file: string, version: string): boolean =>
  isAtLeast(version, earliestVersion(parse(textOf(file), file)) ?? newestVersion)

describe('programs that show what the language means', () => {
  onEachBuild((implementation) => {
    test.each(files)('%s runs on the model as on CPython', async (file) => {
      if (!isRead(file, implementation().python.version)) return
      const real = await implementation().run(textOf(file))
      if (isInconclusive(real)) throw new Error(real.inconclusive)
      const found = difference(real, run(parse(textOf(file), file), { python: implementation().python }))
      expect(found === null ? '' : describeDifference(found)).toBe('')
    })
  })

  test.each(files)('%s means the same when it was printed', (file) => {
    const program = parse(textOf(file), file)
    expect(run(parse(print(program), file))).toEqual(run(program))
  })
})
