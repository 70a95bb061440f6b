import { describe, expect, test } from 'vitest'
import { builds } from '../../src/asyncio/versions.js'
import { featuresAt, featuresOf } from '../../src/oracle/features.js'
import { parse } from '../../src/program/parse.js'
import { print } from '../../src/program/print.js'
import type { Module } from '../../src/program/syntax.js'
import { readVector, vectorText, withoutLines } from '../../src/vectors/json.js'
import { descriptionOf, idsIn } from '../../src/vectors/source.js'
import { format, type Vector, versionsOf } from '../../src/vectors/vector.js'
import { contentOf, folder, stored } from './vectors.js'

/** The program as a version reads it; null where that cannot. */
const programOf = (text: string, python: string): Module | null => {
  try {
    return withoutLines(parse(text, 'program.py', { python }))
  } catch {
    return null
  }
}

describe.each(stored)('$id', ({ id, json, vector }) => {
  test('is named as its file and told as the program beside it', () => {
    expect(`${vector.topic}/${vector.name}`).toBe(id)
    expect(vector.text).toBe(contentOf(`${id}.py`))
    expect(vector.description).toBe(descriptionOf(vector.text))
    expect(vector.description).toMatch(/^\S.*\.$/)
  })

  test('has its program as data: the text reads as the data, and what is printed of the data reads as it again', () => {
    for (const text of [vector.text, print(vector.program)]) {
      expect(versionsOf(vector).map((version) => programOf(text, version))).toEqual(
        versionsOf(vector).map(() => vector.program),
      )
    }
  })

  test('needs what its program uses, and was recorded on just the builds that have it, oldest first', () => {
    expect(vector.features).toEqual(featuresOf(print(vector.program)))
    const able = builds.filter(
      (build) =>
        vector.features.every((feature) => featuresAt(build).includes(feature)) &&
        programOf(vector.text, build) !== null,
    )
    expect([...versionsOf(vector)].sort()).toEqual(able)
    for (const { versions } of vector.expected) expect(versions).toEqual([...versions].sort())
    expect(vector.expected.map(({ versions: [oldest] }) => oldest)).toEqual(
      vector.expected.map(({ versions: [oldest] }) => oldest).sort(),
    )
  })

  test('is written as it stands there', () => {
    expect(vectorText(vector)).toBe(json)
  })
})

test('every program has its vector, and every vector its program', () => {
  expect(idsIn(folder, '.json')).toEqual(idsIn(folder, '.py'))
})

test('versions with the very same trace share one', () => {
  for (const { id, vector } of stored) {
    const traces = vector.expected.map(({ trace }) => JSON.stringify(trace))
    expect([id, new Set(traces).size]).toEqual([id, traces.length])
  }
})

test('numbers that JSON does not have come back', () => {
  const event = { time: 0, turn: 0, task: null, event: 'Worked' } as const
  const seconds = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0.1]
  const vector: Vector = {
    name: 'numbers',
    topic: 'none',
    description: 'Numbers.',
    features: [],
    rules: [],
    text: '',
    program: {
      kind: 'Module',
      body: [10n ** 30n, 1, 0.1, true].map((value) => ({ kind: 'Expr', value: { kind: 'Constant', value } })),
    },
    expected: [
      {
        versions: ['3.13.2'],
        trace: {
          events: seconds.map((each) => ({ ...event, seconds: each })),
          verdict: { kind: 'finished' },
          tasks: [],
          reports: [{ message: 'Future exception was never retrieved', task: null, exception: 'ValueError()' }],
        },
      },
    ],
  }
  expect(readVector(vectorText(vector))).toEqual(vector)
  expect(vectorText(vector)).toContain('{ "int": "1000000000000000000000000000000" }')
  expect(vectorText(vector)).toContain('"seconds": { "float": "-inf" }')
})

test('a vector of another form is not read', () => {
  const [first] = stored
  const text = first?.json.replace(`"format": ${format}`, '"format": 9') ?? ''
  expect(() => readVector(text)).toThrow('this vector is of format 9, and format 1 is known')
})
