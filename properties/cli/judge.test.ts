import { expect, test } from 'vitest'
import { judge } from '../../src/cli/judge.js'
import { introduction } from '../../src/exhibition/exhibition.js'
import { type Implementation, implementation, type Run } from '../../src/oracle/implementation.js'
import { parse } from '../../src/program/parse.js'
import { run } from '../../src/program/run.js'

const small = { ...introduction, boards: 2, moves: 2 }

const few = { programs: 5, seed: 7 }

const pretending = (answer: (text: string) => Run) => async (): Promise<Implementation> =>
  implementation('a loop', answer, { version: '1.0' })

test('a loop that does as the model does', async () => {
  const judgement = await judge(
    small,
    few,
    pretending((text) => run(parse(text))),
  )
  expect(judgement).toEqual({
    agrees: true,
    says: expect.stringMatching(
      /^a loop ran the same two programs: all \d+ events are the model's; and so are all events of 5 random programs$/,
    ),
    times: { name: 'a loop', oneByOne: 240, lastMove: 70, lastReply: 125 },
  })
})

test('a loop that differs', async () => {
  const hasty = (text: string): Run => {
    const trace = run(parse(text))
    return { ...trace, events: trace.events.slice(1) }
  }
  expect(await judge(small, few, pretending(hasty))).toMatchObject({ agrees: false })
})

test('no loop at hand, or one that gives no trace: nothing is said', async () => {
  expect(await judge(small, few, () => Promise.reject(new Error('not installed')))).toBeNull()
  expect(
    await judge(
      small,
      few,
      pretending(() => ({ inconclusive: 'too slow' })),
    ),
  ).toBeNull()
})
