import { fc } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { isInconclusive } from '../../src/oracle/implementation.js'
import { describeDifference, difference } from '../../src/trace/difference.js'
import { pythonOf } from '../../src/vectors/replay.js'
import { expectedOn } from '../../src/vectors/vector.js'
import { onEachBuild } from '../agreement/on-builds.js'
import { runs } from '../seed.js'
import { stored } from './vectors.js'

const size = Math.min(runs(15), stored.length)

/** Some of the vectors; with RUNS=10 all of them. */
const [sample = []] = fc.sample(fc.shuffledSubarray([...stored], { minLength: size, maxLength: size }), 1)

onEachBuild((implementation) => {
  test('the model replays vectors as this Python', () => {
    expect(pythonOf(implementation().version)).toEqual(implementation().python)
  })

  test.each(sample)('$id is what happens', async ({ vector }) => {
    const { version, run } = implementation()
    const expected = expectedOn(vector, version)
    if (expected === undefined) return
    const real = await run(vector.text)
    if (isInconclusive(real)) throw new Error(real.inconclusive)
    const found = difference(expected, real)
    expect(found === null ? '' : describeDifference(found)).toBe('')
  })
})
