import { fc, test as property } from '@fast-check/vitest'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { allFeatures } from '../../src/oracle/features.js'
import type { TraceEvent } from '../../src/trace/events.js'
import { readVector, vectorText } from '../../src/vectors/json.js'
import { arbitraryModule } from '../program/arbitrary-module.js'
import { contentOf, stored } from './vectors.js'

const schema = JSON.parse(contentOf('schema.json'))
const validate = new Ajv2020({ strict: true, strictTypes: false }).compile(schema)

/** Every event that there is: the compiler sees to it that none is missing. */
const events: Readonly<Record<TraceEvent['event'], true>> = {
  LoopCreated: true,
  TurnBegan: true,
  HandleScheduled: true,
  TimerScheduled: true,
  HandleCancelled: true,
  HandleBegan: true,
  HandleEnded: true,
  TaskCreated: true,
  TaskStarted: true,
  TaskResumed: true,
  TaskPaused: true,
  TaskEnded: true,
  Printed: true,
  Worked: true,
  ExceptionReported: true,
  LoopClosed: true,
}

test.each(stored)('$id is valid', ({ json }) => {
  validate(JSON.parse(json))
  expect(validate.errors ?? []).toEqual([])
})

test('the schema knows every event and every feature, and the vectors show every event', () => {
  const known = schema.$defs.event.oneOf.map(({ $ref }: { readonly $ref: string }) => $ref.split('/').at(-1))
  expect(known).toEqual(Object.keys(events))
  expect(schema.properties.features.items.enum).toEqual(allFeatures)
  const shown = stored.flatMap(({ vector }) => vector.expected.flatMap(({ trace }) => trace.events))
  expect(new Set(shown.map(({ event }) => event))).toEqual(new Set(known))
})

const definitions: readonly (readonly [string, Record<string, unknown>])[] = Object.entries(schema.$defs)

test('every event and everything of a vector is described', () => {
  const undescribed = [...Object.entries<object>(schema.properties), ...definitions]
    .filter(([name]) => Object.keys(events).includes(name) || name in schema.properties)
    .filter(([name, definition]) => name !== '$schema' && !('description' in definition))
  expect(undescribed.map(([name]) => name)).toEqual([])
})

property.prop([arbitraryModule])('every program of the language is valid, and comes back', (program) => {
  const [first] = stored
  if (first === undefined) throw new Error('no vector')
  const text = vectorText({ ...first.vector, program })
  validate(JSON.parse(text))
  expect(validate.errors ?? []).toEqual([])
  expect(readVector(text).program).toEqual(program)
})

/** A place in a piece of data: the names and positions that lead there. */
type Path = readonly string[]

const objectsIn = (value: unknown, path: Path = []): readonly Path[] =>
  typeof value !== 'object' || value === null
    ? []
    : [
        ...(Array.isArray(value) ? [] : [path]),
        ...Object.entries(value).flatMap(([key, each]) => objectsIn(each, [...path, key])),
      ]

const at = (value: unknown, path: Path): Record<string, unknown> =>
  path.reduce((inside, key) => (inside as Record<string, unknown>)[key], value) as Record<string, unknown>

const spoilt = fc
  .constantFrom(...stored)
  .chain(({ json }) =>
    fc
      .record({ path: fc.constantFrom(...objectsIn(JSON.parse(json))), key: fc.nat(), adds: fc.boolean() })
      .map((how) => ({ json, ...how })),
  )

/** Fields that are absent where there is nothing in them. */
const optional = new Set([
  'decorator_list',
  'defaults',
  'vararg',
  'kwonlyargs',
  'kw_defaults',
  'kwarg',
  'is_async',
  'reports',
])

property.prop([spoilt])('no vector is valid with a field less, or with one more', ({ json, path, key, adds }) => {
  const vector: unknown = JSON.parse(json)
  const inside = at(vector, path)
  const names = Object.keys(inside).filter((name) => !optional.has(name))
  if (adds) inside.more = 1
  else delete inside[names[key % names.length] ?? '']
  expect(validate(vector)).toBe(false)
})
