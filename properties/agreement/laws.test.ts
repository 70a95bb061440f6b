import { fc } from '@fast-check/vitest'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cpython } from '../../src/implementations/cpython.js'
import { laws } from '../../src/laws/laws.js'
import { programTexts } from '../../src/oracle/arbitrary-program.js'
import { type Implementation, isInconclusive } from '../../src/oracle/implementation.js'
import type { Trace } from '../../src/trace/events.js'
import { examples } from '../laws/examples.js'
import { casesOf, evidenceOf } from '../laws/on-programs.js'
import { runs } from '../seed.js'
import { wildPrograms } from './wild-programs.js'

let implementation: Implementation

beforeAll(async () => {
  implementation = await cpython('3.14.2', { maxTurns: 500 })
})

afterAll(() => implementation.close())

const traceOf = async (text: string): Promise<Trace> => {
  const answer = await implementation.run(text)
  if (isInconclusive(answer)) throw new Error(`${answer.inconclusive}\n${text}`)
  return answer
}

describe('the laws on the traces of CPython', () => {
  test('all of them hold, and each has its cases, in random programs', async () => {
    const counts = new Map(laws.map(({ name }) => [name, 0]))
    for (const text of fc.sample(programTexts(), runs(40))) {
      const trace = await traceOf(text)
      for (const law of laws) {
        expect([law.name, evidenceOf(law, trace), text]).toEqual([law.name, null, text])
        counts.set(law.name, (counts.get(law.name) ?? 0) + casesOf(law.check(trace)))
      }
    }
    expect([...counts].filter(([, count]) => count === 0)).toEqual([])
  })

  test.each(Object.entries({ ...examples, ...wildPrograms }))('all of them hold in the example %s', async (_, text) => {
    const trace = await traceOf(text)
    for (const law of laws) expect([law.name, evidenceOf(law, trace)]).toEqual([law.name, null])
  })
})
