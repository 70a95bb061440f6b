import { describe, expect, test } from 'vitest'
import { knownDifferences } from '../../src/cli/known-differences.js'
import { implementationNames } from '../../src/implementations/named.js'
import { agree, compare } from '../../src/oracle/agree.js'
import { implementation } from '../../src/oracle/implementation.js'
import { type KnownDifference, knownDifference } from '../../src/oracle/known-difference.js'
import { parse } from '../../src/program/parse.js'
import { run } from '../../src/program/run.js'
import { sharedBuild } from '../builds.js'
import { seed } from '../seed.js'

describe('the known differences', () => {
  test('are of implementations that come along, with a reason and an issue', () => {
    for (const { implementation, reason, issue, program, covers } of knownDifferences()) {
      expect(implementationNames).toContain(implementation)
      expect(reason).not.toBe('')
      expect(issue).toMatch(/^https:\/\/github\.com\/python\/cpython\/issues\/\d+$/)
      expect(program).toMatch(new RegExp(covers, 's'))
    }
  })

  test('are still there: what is settled is taken out', async () => {
    for (const known of knownDifferences()) {
      const real = await sharedBuild(known.implementation)
      expect((await compare(real, parse(known.program))).kind).toBe('different')
    }
  })
})

describe('a known difference', () => {
  const gathers: KnownDifference = {
    implementation: 'a loop that cannot gather',
    reason: 'it fails',
    issue: 'https://github.com/python/cpython/issues/1',
    program: 'import asyncio\nasyncio.run(asyncio.gather())\n',
    covers: 'asyncio\\.gather',
  }
  const failing = implementation(gathers.implementation, (text) => {
    const trace = run(parse(text))
    return text.includes('asyncio.gather') ? { ...trace, events: [] } : trace
  })

  test('covers its programs on its implementation, and no others', () => {
    expect(knownDifference([gathers], gathers.implementation, gathers.program)).toBe(gathers)
    expect(knownDifference([gathers], 'another loop', gathers.program)).toBeUndefined()
    expect(knownDifference([gathers], gathers.implementation, 'print(1)\n')).toBeUndefined()
  })

  test('is skipped, and told', async () => {
    const { evidence, skipped, compared } = await agree(failing, { programs: 100, seed, known: [gathers] })
    expect([evidence, compared]).toEqual([null, 100])
    expect(skipped.length).toBeGreaterThan(5)
    expect(skipped.length).toBeLessThan(95)
    expect(new Set(skipped.map(({ reason }) => reason))).toEqual(
      new Set(['known to differ: it fails (https://github.com/python/cpython/issues/1)']),
    )
    expect((await agree(failing, { programs: 100, seed })).evidence).not.toBeNull()
  })
})
