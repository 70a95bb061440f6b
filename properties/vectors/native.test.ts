import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { builds, isAtLeast, pythonAt } from '../../src/asyncio/versions.js'
import { featuresAt } from '../../src/oracle/features.js'
import { run } from '../../src/program/run.js'
import { difference } from '../../src/trace/difference.js'
import { expectedOn, type Vector } from '../../src/vectors/vector.js'
import { stored } from './vectors.js'

/** What `fixtures/replay.py --json` prints. */
interface Replayed {
  readonly version: string
  readonly accelerated: boolean
  /** The recorded version that it was compared with. */
  readonly as: string
  readonly results: Readonly<Record<string, string>>
}

const python3 = (...args: readonly string[]): string =>
  spawnSync('python3', args, { encoding: 'utf8', env: { ...process.env, PYTHONHASHSEED: '0' } }).stdout ?? ''

const native = python3('-c', 'import platform; print(platform.python_version())').trim()

/** Why the replay cannot be tried here; empty where it can. */
const hindrance =
  native === ''
    ? 'there is no python3'
    : isAtLeast(native, '3.10') && !isAtLeast(native, '3.15')
      ? ''
      : `python3 is ${native}, of no branch that was recorded`

/** What the model says that a Python does with a vector recorded on another of its branch or near it. */
const foretold = (vector: Vector, { version, accelerated, as }: Replayed): string => {
  if (vector.features.some((feature) => !featuresAt(version).includes(feature))) return 'skipped'
  const expected = expectedOn(vector, as)
  if (expected === undefined) return 'skipped'
  const python = pythonAt(version, { accelerated })
  return difference(expected, run(vector.program, { python })) === null ? 'same' : 'different'
}

test('a script of another language replays them: what differs is what the model says', ({ skip }) => {
  if (hindrance !== '') skip(hindrance)
  const told = python3(fileURLToPath(new URL('../../fixtures/replay.py', import.meta.url)), '--json')
  const replayed: Replayed = JSON.parse(told)
  expect(replayed.version).toBe(native)
  expect(builds).toContain(replayed.as)
  const results = stored.map(({ id }) => [id, replayed.results[id]?.replace(/: .*/, '')])
  expect(results).toEqual(stored.map(({ id, vector }) => [id, foretold(vector, replayed)]))
  expect(Object.values(replayed.results).filter((result) => result === 'same').length).toBeGreaterThan(100)
})
