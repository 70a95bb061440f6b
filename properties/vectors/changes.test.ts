import { describe, expect, test } from 'vitest'
import { builds, changes } from '../../src/asyncio/versions.js'
import type { Switches } from '../../src/loop/python.js'
import { parse } from '../../src/program/parse.js'
import { withoutLines } from '../../src/vectors/json.js'
import { pythonOf } from '../../src/vectors/replay.js'
import { expectedOn } from '../../src/vectors/vector.js'
import { shown } from '../asyncio/changes.js'
import { stored } from './vectors.js'

/** Changes that cannot be recorded on both sides, each with the reason. */
const unrecorded: Partial<Readonly<Record<keyof Switches, string>>> = {
  formatGroupsFractions: 'since 3.14 the model does not know what its program does',
}

const names = Object.keys(changes) as readonly (keyof Switches)[]

/** Those that part the builds: some have them, some have not. */
const visible = names.filter((name) => new Set(builds.map((build) => pythonOf(build)[name])).size > 1)

/** `sleepRefusesNaN` is `sleep-refuses-nan`. */
const fileOf = (name: string): string =>
  name.replace('NaN', 'Nan').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

test('a change that is not recorded is visible, and has no vector', () => {
  for (const name of Object.keys(unrecorded)) {
    expect(visible).toContain(name)
    expect(stored.map(({ vector }) => vector.name)).not.toContain(fileOf(name))
  }
})

describe.each(visible.filter((name) => !(name in unrecorded)))('%s', (name) => {
  const found = stored.find(({ id }) => id === `changes/${fileOf(name)}`)

  test(`has a vector changes/${fileOf(name)}, of the program that shows it`, () => {
    if (found === undefined) throw new Error(`write fixtures/vectors/changes/${fileOf(name)}.py, then npm run record`)
    expect(found.vector.program).toEqual(withoutLines(parse(shown[name].text)))
  })

  test('parts the builds that have it from those before', () => {
    const traceOn = (build: string): unknown => (found === undefined ? undefined : expectedOn(found.vector, build))
    const tracesOf = (has: boolean): ReadonlySet<unknown> =>
      new Set(builds.filter((build) => pythonOf(build)[name] === has).map(traceOn))
    const [before, since] = [tracesOf(false), tracesOf(true)]
    expect([...before].filter((trace) => since.has(trace))).toEqual([])
  })
})
