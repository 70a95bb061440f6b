import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { rules as allRules } from '../../src/asyncio/rules.js'
import { rules } from '../../src/cli/rules.js'
import { type RuleRow, rulesText } from '../../src/report/rules.js'

const folder = mkdtempSync(join(tmpdir(), 'simul-rules-'))
afterAll(() => rmSync(folder, { recursive: true }))

const quiet = { out: () => undefined, err: () => undefined, isTTY: false }

test('every rule has a file, a property that cites it and a vector, and is counted in random programs', async () => {
  const output = join(folder, 'rules.md')
  await rules({ programs: 40, seed: 1, output }, quiet)
  const table = readFileSync(output, 'utf8').split('\n')
  const rows = table.filter((line) => line.startsWith('| `')).map((line) => line.split(' | '))
  expect(rows.map(([name]) => name)).toEqual(Object.keys(allRules).map((name) => `| \`${name}\``))
  for (const [name, , , file, properties, vectors, planted] of rows) {
    expect([name, file], String(name)).toEqual([name, expect.stringMatching(/^src\/(?:loop|asyncio)\/[a-z-]+\.ts$/)])
    expect(Number(properties), `no property cites ${name}`).toBeGreaterThan(0)
    expect(Number(vectors), `no vector exercises ${name}`).toBeGreaterThan(0)
    expect(Number(planted)).toBeGreaterThanOrEqual(0)
  }
  const programs = rows.map((cells) => Number.parseInt(cells.at(-1) ?? '', 10))
  expect(Math.max(...programs)).toBe(40)
  expect(rows.filter(([, , , , , , planted]) => Number(planted) > 0).length).toBeGreaterThan(2)
})

test('outside of the project there is nothing to read', async () => {
  expect(await rules({}, quiet, folder)).toBe(1)
})

test('a rule that nothing looks after is told', () => {
  const row: RuleRow = {
    name: 'sleep',
    mirrors: 'tasks.sleep',
    versions: '3.4 to 3.14',
    file: 'src/asyncio/sleep.ts',
    properties: 1,
    vectors: 2,
    planted: 1,
    mutants: { noticed: 9, all: 10 },
    programs: 1234,
  }
  const text = rulesText([row, { ...row, name: 'idle', programs: 0, mutants: null }], { programs: 2000, seed: 7 })
  expect(text).toContain('Without a property, a vector or a random program: `idle`.')
  expect(text).toContain('| 1 | 2 | 1 | 9 of 10 | 1,234 |')
  expect(text).toContain('| 1 | 2 | 1 |  | 0 |')
  expect(rulesText([row], { programs: 2000, seed: 7 })).toContain('No rule is without')
})
