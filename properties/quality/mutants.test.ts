import { expect, test } from 'vitest'
import { agree, compare } from '../../src/oracle/agree.js'
import { implementation } from '../../src/oracle/implementation.js'
import { parse } from '../../src/program/parse.js'
import { run } from '../../src/program/run.js'
import { sharedBuild } from '../builds.js'
import { mutants, places, planted, readme } from '../laws/mutants.js'
import { seed } from '../seed.js'

/** The longest program, in lines that are not empty, that is still small: most are half as long. */
const mostLines = 18

const lines = (text: string): number => text.split('\n').filter((line) => line !== '').length

test.each(mutants.filter(({ law }) => law === 'agreement'))(
  '$name applies, and the table of mutants has it',
  (mutant) => {
    expect(places(mutant)).toBe(1)
    expect(readme()).toContain(`\n| ${mutant.name} | ${mutant.why} | **agreement**`)
  },
)

test.each(mutants)(
  'with the fault $name in the model a program of a few lines differs from CPython',
  async (mutant) => {
    const { run: model } = await planted(mutant)
    const judge = await sharedBuild('cpython-3.14.2')
    // The model without the fault stands for CPython, whose word on the smallest program is the last.
    const sound = implementation('the sound model', (text) => run(parse(text)))
    const agreed = await agree(sound, { programs: 3000, seed, model }).catch((failure: Error) => failure.message)
    if (typeof agreed === 'string') {
      // A fault may make the model fail, which is told with a small program too.
      expect(agreed).toMatch(/^the model fails on\n/)
      expect(lines(agreed), agreed).toBeLessThanOrEqual(mostLines)
      return
    }
    const { evidence } = agreed
    if (evidence === null) expect.fail('no difference was found')
    expect(lines(evidence.text), evidence.text).toBeLessThanOrEqual(mostLines)
    const program = parse(evidence.text)
    expect(await compare(judge, program, { model })).toMatchObject({
      kind: 'different',
      difference: evidence.difference,
    })
    expect((await compare(judge, program)).kind).toBe('same')
  },
)
