import { fc } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { laws } from '../../src/laws/laws.js'
import { programs } from '../../src/oracle/arbitrary-program.js'
import { run as runModel } from '../../src/program/run.js'
import type { Module } from '../../src/program/syntax.js'
import type { Trace } from '../../src/trace/events.js'
import { runs } from '../seed.js'
import { mutants as allMutants, places, planted, readme } from './mutants.js'
import { evidenceOf } from './on-programs.js'

const bounds = { turns: 300 }

/** What convicts others: the formulas in properties/exhibition, and the comparison with CPython in properties/quality. */
const elsewhere: readonly string[] = ['closed forms', 'agreement']

/** Those that a law of traces convicts. */
const mutants = allMutants.filter(({ law }) => !elsewhere.includes(law))

/** A fault may make the model throw: then there is no trace to judge. */
const traceOf = (run: () => Trace): Trace | null => {
  try {
    return run()
  } catch {
    return null
  }
}

/** Enough for the rarest fault, which one program in a hundred shows. */
const candidates: readonly Module[] = fc.sample(programs(), runs(1500))

describe('planted mutants', () => {
  test.each(laws)('some mutant is there for $name', ({ name }) => {
    expect(mutants.map(({ law }) => law)).toContain(name)
  })

  test.each(mutants)('$name applies, and the table of mutants has it', (mutant) => {
    expect(places(mutant)).toBe(1)
    expect(readme()).toContain(`\n| ${mutant.name} | ${mutant.why} | **${mutant.law}**`)
  })

  test.each(mutants)('$name breaks the law of $law, which the model keeps in the same program', async (mutant) => {
    const law = laws.find(({ name }) => name === mutant.law)
    if (law === undefined) throw new Error(`no law ${mutant.law}`)
    const { run } = await planted(mutant)
    const convicting = candidates.find((program) => {
      const trace = traceOf(() => run(program, bounds))
      return trace !== null && evidenceOf(law, trace) !== null
    })
    expect(convicting).toBeDefined()
    if (convicting === undefined) return
    const sound = runModel(convicting, bounds)
    expect(laws.map((each) => evidenceOf(each, sound))).toEqual(laws.map(() => null))
  })
})
