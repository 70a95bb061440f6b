import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { isInconclusive } from '../../src/oracle/implementation.js'
import { parse } from '../../src/program/parse.js'
import { run } from '../../src/program/run.js'
import { describeDifference, difference } from '../../src/trace/difference.js'
import { onEachBuild } from './on-builds.js'

const folder = fileURLToPath(new URL('../../fixtures/programs/bugs/', import.meta.url))
const files = readdirSync(folder).filter((name) => name.endsWith('.py'))

describe('bugs of asyncio that there are or have been', () => {
  onEachBuild((implementation) => {
    test.each(files)('%s runs on the model as on CPython, bug included', async (file) => {
      const text = readFileSync(`${folder}${file}`, 'utf8')
      const real = await implementation().run(text)
      if (isInconclusive(real)) throw new Error(real.inconclusive)
      const found = difference(real, run(parse(text, file), { python: implementation().python }))
      expect(found === null ? '' : describeDifference(found)).toBe('')
    })
  })
})
