import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { builds, changes, pythonAt } from '../../src/asyncio/versions.js'
import { bugs } from '../../src/cli/bugs.js'
import { simul } from '../../src/cli/simul.js'
import type { Open } from '../../src/cli/verify.js'
import { featuresAt } from '../../src/oracle/features.js'
import { implementation } from '../../src/oracle/implementation.js'
import type { Bug } from '../../src/oracle/known-bug.js'
import { parse } from '../../src/program/parse.js'
import { run } from '../../src/program/run.js'

const folder = mkdtempSync(join(tmpdir(), 'simul-bugs-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** The model of a build in the place of the build. */
const modelled: Open = async (name) => {
  const version = name.replace('cpython-', '')
  const python = pythonAt(version)
  return implementation(name, (text) => run(parse(text), { python }), {
    version,
    python,
    features: featuresAt(version),
  })
}

describe('bugs', () => {
  test('the table has a row for each bug and each change that parts the builds, and a program for each that was found', async () => {
    const texts: string[] = []
    const write = (text: string): number => texts.push(text)
    const output = join(folder, 'deep', 'bugs.md')
    const io = { out: write, err: write, isTTY: false }
    expect(await bugs({ programs: 30, seed: 1, output }, io, modelled)).toBe(0)
    const table = readFileSync(output, 'utf8')
    const rows = table.split('\n').filter((line) => line.startsWith('| `'))
    const parting = Object.keys(changes).filter((name) => builds.some((build) => !pythonAt(build)[name as never]))
    expect(rows.map((row) => row.split('`')[1])).toEqual(parting)
    const found = rows.filter((row) => /\| (the first program|\d+ programs) \|$/.test(row))
    expect(found.length).toBeGreaterThan(2)
    expect(table.match(/^### \w+$/gm)).toHaveLength(found.length)
    expect(table).toMatch(/--against cpython-3\.10\.2 --with runMakesLoopFirst --programs 1 --seed 1 --path \d+`/)
    expect(table).toMatch(/\| 28 \| gh-89553 \|.*\| `cancelledErrorIsKept` \| 3\.10\.2 \|/)
    expect(table).toMatch(/\| 10 \| gh-86296 \|.*\| `waitForPrefersOutcome` \| 3\.11\.3 \|/)
    expect(table).toMatch(/\| 20 \|.*\| {2}\| no build: it is older than all of them \| {2}\|/)
    expect(table).toMatch(/\| 35 \|.*\| {2}\| not measured: the model does not know it \| {2}\|/)
    expect(table).toMatch(/\| 60 \|.*\| {2}\| every build: they and the model do so \| {2}\|/)
    expect(texts.join('')).toBe(
      `seed 1\n${found.length} of ${parting.length} changes were found. They stand in ${output}.\n`,
    )
  })

  test('what cannot be had is told', async () => {
    const texts: string[] = []
    const io = { out: () => undefined, err: (text: string) => texts.push(text), isTTY: false }
    const broken: Open = async (name) => {
      if (name === 'cpython-3.11.3') throw new Error('3.11.3 is not installed')
      return modelled(name)
    }
    const output = join(folder, 'none.md')
    expect(await bugs({ programs: 1, seed: 1, output }, io, broken)).toBe(1)
    expect(await bugs({ list: join(folder, 'none.json'), output }, io, modelled)).toBe(1)
    expect(await simul(['bugs', '--list', join(folder, 'none.json')], io)).toBe(1)
    expect(texts.join('')).toMatch(
      /3\.11\.3 is not installed\n.*none\.json, cannot be read.*none\.json, cannot be read/s,
    )
  })

  test('every change that ended a bug is a change that the model knows', () => {
    const list = JSON.parse(readFileSync('fixtures/bugs.json', 'utf8')) as readonly Bug[]
    expect(list.flatMap(({ change }) => change ?? []).filter((name) => !(name in changes))).toEqual([])
    expect(new Set(list.map(({ number }) => number)).size).toBe(list.length)
  })
})
