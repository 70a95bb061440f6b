import { expect, test } from 'vitest'
import { changes, isAtLeast } from '../../src/asyncio/versions.js'
import type { Switches } from '../../src/loop/python.js'
import { newestVersion } from '../../src/program/history.js'
import { earliestVersion } from '../../src/program/needs.js'
import { parse } from '../../src/program/parse.js'
import { run } from '../../src/program/run.js'
import { shown } from '../asyncio/changes.js'
import { onEachBuild } from './on-builds.js'

const names = Object.keys(changes) as readonly (keyof Switches)[]

onEachBuild((implementation) => {
  test.each(names)('the program that shows %s does what the model does', async (change) => {
    const { python } = implementation()
    const { text } = shown[change]
    if (!isAtLeast(python.version, earliestVersion(parse(text)) ?? newestVersion)) return
    const [ours, theirs] = [run(parse(text), { python }), await implementation().run(text)]
    if (change === 'formatGroupsFractions' && python[change]) expect(ours.verdict.kind).toBe('unmodelled')
    else expect(theirs).toEqual(ours)
  })
})
