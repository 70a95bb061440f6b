import { describe, expect, test } from 'vitest'
import { pythonAt } from '../../src/asyncio/versions.js'
import { featuresAt } from '../../src/oracle/features.js'
import { type Implementation, implementation, type Run } from '../../src/oracle/implementation.js'
import { sightings } from '../../src/oracle/sightings.js'
import { parse } from '../../src/program/parse.js'
import { run } from '../../src/program/run.js'
import { difference } from '../../src/trace/difference.js'

const python = pythonAt('3.10.2')

/** An event loop that does as 3.10.2's, and of which one may change what it tells. */
const older = (told: (text: string) => Run = (text) => run(parse(text), { python })): Implementation =>
  implementation('older', told, { version: '3.10.2', python, features: featuresAt('3.10.2') })

const changes = ['cancelledErrorIsKept', 'gatherCountsDoneAtOnce', 'limitsDigits'] as const

describe('sightings', () => {
  test('each change is found on the first program that shows it, and the smallest program shows it too', async () => {
    const found = await sightings(older(), { programs: 300, seed: 5, changes })
    expect(found.map(({ change }) => change)).toEqual(['cancelledErrorIsKept', 'gatherCountsDoneAtOnce'])
    for (const { change, programs, path, text } of found) {
      expect(path).toBe(`${programs - 1}`)
      const newer = run(parse(text), { python: { ...python, [change]: true } })
      expect(difference(run(parse(text), { python }), newer)).not.toBeNull()
    }
  })

  test('what has a change is told from the model of before', async () => {
    const newer = { ...python, cancelledErrorIsKept: true }
    const has = implementation('newer', (text) => run(parse(text), { python: newer }), {
      version: '3.10.2',
      python: newer,
      features: featuresAt('3.10.2'),
    })
    const [found] = await sightings(has, { programs: 300, seed: 5, changes: ['cancelledErrorIsKept'] })
    const [lacking] = await sightings(older(), { programs: 300, seed: 5, changes: ['cancelledErrorIsKept'] })
    expect(found?.programs).toBe(lacking?.programs)
    expect(
      difference(run(parse(found?.text ?? ''), { python: newer }), run(parse(found?.text ?? ''), { python })),
    ).not.toBeNull()
  })

  test('a change is found as early as without the others', async () => {
    const [alone] = await sightings(older(), { programs: 300, seed: 5, changes: ['gatherCountsDoneAtOnce'] })
    const among = await sightings(older(), { programs: 300, seed: 5, changes })
    expect(among).toContainEqual(alone)
  })

  test('nothing is found on a loop that tells nothing, or does as neither', async () => {
    const asked = { programs: 100, seed: 5, changes }
    expect(
      await sightings(
        older(() => ({ inconclusive: 'asleep' })),
        asked,
      ),
    ).toEqual([])
    const mute = older((text) => ({ ...run(parse(text), { python }), events: [] }))
    expect(await sightings(mute, asked)).toEqual([])
  })

  test('it ends when all are found', async () => {
    let drawn = 0
    const onProgress = (count: number): void => {
      drawn = count
    }
    const options = { programs: 300, seed: 5, onProgress }
    const [first] = await sightings(older(), { ...options, changes: ['cancelledErrorIsKept'] })
    expect(drawn).toBe(first?.programs)
  })
})
