import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { boundsOfSpeeds } from '../../src/exhibition/closed-form.js'
import { introduction } from '../../src/exhibition/exhibition.js'
import { type Board, differentSpeedsText, moveToMoveText, oneByOneText } from '../../src/exhibition/programs.js'
import { toDouble } from '../../src/exhibition/rational.js'
import { cpython } from '../../src/implementations/cpython.js'
import { type Implementation, isInconclusive } from '../../src/oracle/implementation.js'
import { parse } from '../../src/program/parse.js'
import { print } from '../../src/program/print.js'
import { run } from '../../src/program/run.js'
import type { Trace } from '../../src/trace/events.js'

const speeds: readonly Board[] = [
  { moves: 30, ours: '5', theirs: '55' },
  { moves: 40, ours: '3', theirs: '20' },
  { moves: 25, ours: '10.5', theirs: '120' },
]

const programs = [
  ['one_by_one.py', oneByOneText(introduction), ['the last reply came after 43200.0 seconds']],
  [
    'move_to_move.py',
    moveToMoveText(introduction),
    ['our last move ended after 3600.0 seconds', 'the last reply came after 3655.0 seconds'],
  ],
  [
    'different_speeds.py',
    differentSpeedsText(speeds),
    ['our last move ended after 3161.0 seconds', 'the last reply came after 3281.0 seconds'],
  ],
] as const

const printed = ({ events }: Trace): readonly string[] =>
  events.flatMap((event) => (event.event === 'Printed' ? [event.text] : []))

let judge: Implementation

beforeAll(async () => {
  judge = await cpython()
})

afterAll(() => judge.close())

describe.each(programs)('fixtures/programs/%s', (name, text, says) => {
  const file = readFileSync(new URL(`../../fixtures/programs/${name}`, import.meta.url), 'utf8')

  test('is the program with the numbers of the introduction', () => {
    expect(file).toBe(text)
    expect(print(parse(file))).toBe(print(parse(print(parse(text)))))
  })

  test('says the same on the model and on CPython, event by event', async () => {
    const model = run(parse(file))
    expect(printed(model)).toEqual(says)
    const real = await judge.run(file)
    if (isInconclusive(real)) throw new Error(real.inconclusive)
    expect(printed(real)).toEqual(says)
    expect(real.events.length).toBe(model.events.length)
  })
})

test('boards of different speed: the fixture lies within the bounds', () => {
  const { least, most } = boundsOfSpeeds(speeds)
  expect([toDouble(least), toDouble(most)]).toEqual([3262.5, 3532.5])
})
