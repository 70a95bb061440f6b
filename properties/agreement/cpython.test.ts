import { afterAll, beforeAll, expect, test } from 'vitest'
import { cpython } from '../../src/implementations/cpython.js'
import { agree } from '../../src/oracle/agree.js'
import type { Implementation } from '../../src/oracle/implementation.js'
import { describeDifference } from '../../src/trace/difference.js'
import { runs, seed } from '../seed.js'

let judge: Implementation

beforeAll(async () => {
  judge = await cpython()
})

afterAll(() => judge.close())

test('the model and CPython tell the same of random programs: every event, its time and turn and task', async () => {
  const { compared, evidence, inconclusive, skipped } = await agree(judge, { programs: runs(300), seed })
  if (evidence !== null) {
    expect.fail(`${evidence.text}\n${describeDifference(evidence.difference)}\n${evidence.command}`)
  }
  expect({ compared, inconclusive, skipped }).toEqual({ compared: runs(300), inconclusive: [], skipped: [] })
})
