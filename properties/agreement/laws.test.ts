import { fc } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { laws } from '../../src/laws/laws.js'
import { programTexts } from '../../src/oracle/arbitrary-program.js'
import type { Feature } from '../../src/oracle/features.js'
import { type Implementation, isInconclusive } from '../../src/oracle/implementation.js'
import type { Trace } from '../../src/trace/events.js'
import { examples } from '../laws/examples.js'
import { casesOf, evidenceOf } from '../laws/on-programs.js'
import { runs } from '../seed.js'
import { onEachBuild } from './on-builds.js'
import { wildPrograms } from './wild-programs.js'

const traceOf = async (implementation: Implementation, text: string): Promise<Trace> => {
  const answer = await implementation.run(text)
  if (isInconclusive(answer)) throw new Error(`${answer.inconclusive}\n${text}`)
  return answer
}

/** Laws of what not every version has. */
const needs: Readonly<Record<string, Feature>> = { timeouts: 'timeouts', 'structured concurrency': 'task groups' }

onEachBuild(
  (implementation) => {
    test('all laws hold, and each has its cases, in random programs and examples', async () => {
      const { features } = implementation()
      const counts = new Map(laws.map(({ name }) => [name, 0]))
      const texts = fc.sample(programTexts({ features }), runs(40))
      for (const text of [...texts, ...Object.values(examples), ...Object.values(wildPrograms)]) {
        const trace = await traceOf(implementation(), text)
        for (const law of laws) {
          expect([law.name, evidenceOf(law, trace), text]).toEqual([law.name, null, text])
          counts.set(law.name, (counts.get(law.name) ?? 0) + casesOf(law.check(trace)))
        }
      }
      const without = [...counts].filter(([, count]) => count === 0).map(([name]) => name)
      const impossible = Object.keys(needs).filter((name) => !features.some((feature) => feature === needs[name]))
      expect(without.filter((name) => !impossible.includes(name))).toEqual([])
    })
  },
  { maxTurns: 500 },
)
