import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { Build } from '../../src/asyncio/versions.js'
import { agree } from '../../src/oracle/agree.js'
import { evidenceText } from '../../src/report/evidence.js'
import { sharedBuild } from '../builds.js'
import { runs, seed } from '../seed.js'

const reports = fileURLToPath(new URL('../../reports/agreement/', import.meta.url))

/** Random programs on a build and on the model. Each build has a file of its own, so that machines can share them out. */
export const agreesOnRandomPrograms = (build: Build): void => {
  describe(`random programs on cpython-${build}`, () => {
    test('tell the same as on the model: every event, its time and turn and task', async () => {
      const implementation = await sharedBuild(`cpython-${build}`)
      const programs = runs(1000)
      const began = performance.now()
      const { compared, evidence, inconclusive, skipped } = await agree(implementation, { programs, seed })
      report(build, programs, (performance.now() - began) / 1000)
      if (evidence !== null) expect.fail(evidenceText(evidence))
      expect({ compared, inconclusive }).toEqual({ compared: programs, inconclusive: [] })
      // What the model refuses it tells; it may not become much.
      expect(skipped.length, skipped.map(({ reason }) => reason).join(', ')).toBeLessThan(programs * 0.005)
    })
  })
}

/** How fast programs are compared. It depends on what else the machine does, and nothing is asserted of it. */
const report = (build: Build, programs: number, seconds: number): void => {
  mkdirSync(reports, { recursive: true })
  const programsPerSecond = Math.round(programs / seconds)
  const said = { name: `cpython-${build}`, seed, programs, seconds: Math.round(seconds * 10) / 10, programsPerSecond }
  writeFileSync(`${reports}cpython-${build}.json`, `${JSON.stringify(said)}\n`)
}
