import { fc, test as testProperty } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import type { Law, LawVerdict } from '../../src/laws/law.js'
import { programs } from '../../src/oracle/arbitrary-program.js'
import { parse } from '../../src/program/parse.js'
import { run } from '../../src/program/run.js'
import type { Trace } from '../../src/trace/events.js'
import { runs } from '../seed.js'
import { examples } from './examples.js'

/** How a law is kept: by random programs, of how many at least it has something to say, and how often of the examples. */
export interface Kept {
  readonly share: number
  /** Of how many programs the share is taken: more where it is small. */
  readonly among?: number
  readonly cases: Readonly<Record<keyof typeof examples, number>>
}

/** Short runs: a program that goes on and on tells a law nothing new. */
const bounds = { turns: 500 }

/** The evidence against a law, or null. */
export const evidenceOf = (law: Law, trace: Trace): string | null => {
  const verdict = law.check(trace)
  return verdict.holds ? null : verdict.evidence.message
}

export const casesOf = (verdict: LawVerdict): number => (verdict.holds ? verdict.cases : Number.NaN)

/** The model keeps a law. */
export const keeps = (law: Law, { share, among = 300, cases }: Kept): void => {
  describe(`${law.name}: the model`, () => {
    testProperty.prop([programs()], { numRuns: runs(200) })('keeps it in random programs', (program) => {
      expect(evidenceOf(law, run(program, bounds))).toBeNull()
    })

    test(`has a case of it in ${share * 100} % of random programs`, () => {
      const counts = fc.sample(programs(), runs(among)).map((program) => casesOf(law.check(run(program, bounds))))
      expect(counts.filter((count) => count > 0).length / counts.length).toBeGreaterThanOrEqual(share)
    })

    test('keeps it in the examples', () => {
      const found = Object.entries(examples).map(([name, text]) => [name, casesOf(law.check(run(parse(text))))])
      expect(Object.fromEntries(found)).toEqual(cases)
    })

    test('keeps it wherever a trace is cut short', () => {
      const { events, tasks } = run(parse(examples.exhibition))
      for (let length = 0; length <= events.length; length += 7) {
        const cut: Trace = { events: events.slice(0, length), verdict: { kind: 'step limit', steps: length }, tasks }
        expect(evidenceOf(law, cut)).toBeNull()
      }
    })
  })
}
