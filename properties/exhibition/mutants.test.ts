import { fc } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { lastReplyTime } from '../../src/exhibition/closed-form.js'
import { agrees } from '../../src/exhibition/measure.js'
import { moveToMove } from '../../src/exhibition/programs.js'
import type { Trace } from '../../src/trace/events.js'
import { mutants, places, planted, readme } from '../laws/mutants.js'
import { exhibitions } from './arbitrary-exhibition.js'

/** When the last handle of a run ended: the time of the last reply. */
const endOf = ({ events }: Trace): number => events.at(-1)?.time ?? 0

describe('mutants that the closed forms convict', () => {
  test.each(mutants.filter(({ law }) => law === 'closed forms'))('$name', async (mutant) => {
    expect(places(mutant)).toBe(1)
    expect(readme()).toContain(`\n| ${mutant.name} | ${mutant.why} | **closed forms**`)
    const { run } = await planted(mutant)
    const convicting = fc.sample(exhibitions, 100).find((exhibition) => {
      const formula = lastReplyTime(exhibition)
      return !agrees(exhibition, formula, formula, endOf(run(moveToMove(exhibition))))
    })
    expect(convicting).toBeDefined()
  })
})
