import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readVector } from '../../src/vectors/json.js'
import { replay } from '../../src/vectors/replay.js'
import { type Answer, answersFile } from './answer.js'

const answers = JSON.parse(readFileSync(answersFile, 'utf8')) as readonly Answer[]

describe.each(answers)('$id', ({ versions, text }) => {
  test.each(versions)('the model does as %s did', (version) => {
    expect(replay(readVector(text), version)).toBeNull()
  })
})
