import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type RuleName, rules } from '../../src/asyncio/rules.js'
import { newestPython } from '../../src/asyncio/versions.js'
import { programTexts } from '../../src/oracle/arbitrary-program.js'
import { exercised } from '../../src/vectors/exercised.js'
import { versionsOf } from '../../src/vectors/vector.js'
import { seed } from '../seed.js'
import { stored } from './vectors.js'

const names = Object.keys(rules) as readonly RuleName[]

/** Rules that no program can reach, each with the reason. There is none. */
const unreachable: Partial<Readonly<Record<RuleName, string>>> = {}

test('the rules of each vector are those of which the code runs', async () => {
  const measured = await exercised(stored.map(({ vector }) => ({ text: vector.text, versions: versionsOf(vector) })))
  expect(stored.map(({ id, vector }) => [id, vector.rules])).toEqual(
    stored.map(({ id }, index) => [id, measured[index]]),
  )
})

test('every rule is exercised by some vector', () => {
  const reached = new Set(stored.flatMap(({ vector }) => vector.rules))
  expect(names.filter((name) => !reached.has(name))).toEqual(Object.keys(unreachable))
})

/** So many that each rule is expected ten times or more: the rarest are in one of a hundred. */
test('every rule is exercised by some random program', async () => {
  const texts = fc.sample(programTexts(), { numRuns: 1500, seed })
  const measured = await exercised(texts.map((text) => ({ text, versions: [newestPython.version] })))
  const reached = new Set(measured.flat())
  expect(names.filter((name) => !reached.has(name))).toEqual([])
}, 600_000)

test('what is measured are differences between programs', async () => {
  const texts = [
    'print(7)\n',
    'import asyncio\nloop = asyncio.new_event_loop()\nloop.close()\n',
    'import asyncio\nloop = asyncio.new_event_loop()\nprint(loop.create_future().cancel())\n',
  ]
  const versions = ['3.13.2']
  expect(await exercised(texts.map((text) => ({ text, versions })))).toEqual([
    ['yield from'],
    ['close', 'new_event_loop', 'yield from'],
    ['new_event_loop', 'create_future', 'Future.done', 'Future.cancel', 'Future.__schedule_callbacks', 'yield from'],
  ])
})

test('a program that cannot be measured is told', async () => {
  await expect(exercised([{ text: 'match 7:\n    case _: pass\n', versions: [] }])).rejects.toThrow(
    /could not be measured[\s\S]*match/,
  )
})
