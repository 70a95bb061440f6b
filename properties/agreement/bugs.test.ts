import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { builds, pythonAt } from '../../src/asyncio/versions.js'
import type { Python } from '../../src/loop/python.js'
import { isInconclusive } from '../../src/oracle/implementation.js'
import { type Bug, buildsWith, measuredOn } from '../../src/oracle/known-bug.js'
import { parse } from '../../src/program/parse.js'
import { run } from '../../src/program/run.js'
import { linesOf } from './lines-of.js'
import { onEachBuild } from './on-builds.js'
import { expectAgreement, programsIn } from './programs-in.js'

const { files, textOf } = programsIn('bugs')

const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))

/** What each program shows, on which builds. */
const shown = json('fixtures/programs/bugs/shown.json') as Readonly<
  Record<string, readonly { readonly versions: readonly string[]; readonly shows: readonly string[] }[]>
>

const known = json('fixtures/bugs.json') as readonly Bug[]

/** What the model refuses by name, and where. */
const refused: Readonly<Record<string, string>> = {
  '35-timeout-leaves-no-trace.py': "19: the attribute '__context__' of 'ValueError'",
  '45-subclass-looks-like-a-result.py': '5: a class that derives from such a value',
}

const modelled = files.filter((file) => !(file in refused))

const shownOn = (file: string, version: string): readonly string[] =>
  shown[file]?.find(({ versions }) => versions.includes(version))?.shows ?? []

const linesOfModel = (file: string, python: Python): readonly string[] => linesOf(run(parse(textOf(file)), { python }))

describe('programs that show bugs of the past', () => {
  onEachBuild((implementation) => {
    test.each(modelled)('%s does on the model what it does on CPython, bug included', async (file) => {
      await expectAgreement(implementation(), file, textOf(file))
    })

    test.each(files)('%s shows the bug where it is said to be', async (file) => {
      const real = await implementation().run(textOf(file))
      expect(isInconclusive(real) ? real : linesOf(real)).toEqual(shownOn(file, implementation().python.version))
    })
  })
})

describe('the table of known bugs', () => {
  const filesOf = (number: string): readonly string[] => files.filter((file) => file.startsWith(`${number}-`))
  test('each bug has a program and each program a bug; what each shows is told for each build', () => {
    expect(known.filter(({ number }) => filesOf(number).length === 0)).toEqual([])
    expect(files.filter((file) => !known.some(({ number }) => file.startsWith(`${number}-`)))).toEqual([])
    expect(Object.keys(shown)).toEqual(files)
    for (const each of Object.values(shown)) expect(each.flatMap(({ versions }) => versions)).toEqual(builds)
  })

  test.each(Object.entries(refused))('the model refuses %s by name', (file, text) => {
    const { verdict } = run(parse(textOf(file), file))
    if (verdict.kind !== 'unmodelled') throw new Error(verdict.kind)
    expect(`${verdict.line}: ${verdict.reason}`).toContain(text)
  })

  test('a bug that a build has is a switch of the model, but for what the model does not know', () => {
    const had = known.filter((bug) => bug.fixed !== null && buildsWith(bug).length > 0)
    expect(had.filter((bug) => measuredOn(bug) === null).map(({ number }) => number)).toEqual(['35'])
    expect(known.filter((bug) => measuredOn(bug) !== null && !had.includes(bug)).map(({ number }) => number)).toEqual([
      '49',
    ])
  })

  const measured = known.flatMap((bug) => {
    const on = measuredOn(bug)
    return on === null
      ? []
      : modelled.filter((file) => filesOf(bug.number).includes(file)).map((file) => [file, on] as const)
  })

  test.each(measured)('%s: one switch alone makes the difference', (file, { name, build }) => {
    const python = pythonAt(build)
    expect(linesOfModel(file, python)).toEqual(shownOn(file, build))
    const flipped = linesOfModel(file, { ...python, [name]: !python[name] })
    expect(flipped).not.toEqual(shownOn(file, build))
    expect(shown[file]?.map(({ shows }) => shows)).toContainEqual(flipped)
  })
})
