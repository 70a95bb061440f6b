import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { isInconclusive } from '../../src/oracle/implementation.js'
import { parse } from '../../src/program/parse.js'
import { print } from '../../src/program/print.js'
import { run } from '../../src/program/run.js'
import { describeDifference, difference } from '../../src/trace/difference.js'
import { onEachBuild } from './on-builds.js'

const folder = fileURLToPath(new URL('../../fixtures/programs/tutorials/', import.meta.url))
const files = readdirSync(folder).filter((name) => name.endsWith('.py'))
const textOf = (file: string): string => readFileSync(`${folder}${file}`, 'utf8')

describe('programs of the kind that introductions show run as they stand', () => {
  onEachBuild((implementation) => {
    test.each(files)('%s', async (file) => {
      const real = await implementation().run(textOf(file))
      if (isInconclusive(real)) throw new Error(real.inconclusive)
      const found = difference(real, run(parse(textOf(file), file), { python: implementation().python }))
      expect(found === null ? '' : describeDifference(found)).toBe('')
    })
  })

  test.each(files)('%s comes to its end, and means the same when it was printed', (file) => {
    const program = parse(textOf(file), file)
    expect(run(program).verdict).toEqual({ kind: 'finished' })
    expect(run(parse(print(program), file))).toEqual(run(program))
  })
})
