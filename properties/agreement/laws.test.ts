import { fc } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { laws } from '../../src/laws/laws.js'
import { programTexts } from '../../src/oracle/arbitrary-program.js'
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

onEachBuild(
  (implementation) => {
    test('all laws hold, and each has its cases, in random programs', async () => {
      const counts = new Map(laws.map(({ name }) => [name, 0]))
      for (const text of fc.sample(programTexts({ features: implementation().features }), runs(40))) {
        const trace = await traceOf(implementation(), text)
        for (const law of laws) {
          expect([law.name, evidenceOf(law, trace), text]).toEqual([law.name, null, text])
          counts.set(law.name, (counts.get(law.name) ?? 0) + casesOf(law.check(trace)))
        }
      }
      expect([...counts].filter(([, count]) => count === 0)).toEqual([])
    })

    test.each(Object.entries({ ...examples, ...wildPrograms }))('all laws hold in the example %s', async (_, text) => {
      const trace = await traceOf(implementation(), text)
      for (const law of laws) expect([law.name, evidenceOf(law, trace)]).toEqual([law.name, null])
    })
  },
  { maxTurns: 500 },
)
