import { expect, test } from 'vitest'
import { agree } from '../../src/oracle/agree.js'
import { evidenceText } from '../../src/report/evidence.js'
import { runs, seed } from '../seed.js'
import { onEachBuild } from './on-builds.js'

onEachBuild((implementation) => {
  test('the model and CPython tell the same of random programs: every event, its time and turn and task', async () => {
    const programs = runs(1000)
    const { compared, evidence, inconclusive, skipped } = await agree(implementation(), { programs, seed })
    if (evidence !== null) expect.fail(evidenceText(evidence))
    expect({ compared, inconclusive, skipped }).toEqual({ compared: programs, inconclusive: [], skipped: [] })
  })
})
