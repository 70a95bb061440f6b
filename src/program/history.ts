import { isAtLeast } from '../asyncio/versions.js'

/** The versions of Python in which the language of this model changed. Each of them reads as an era of its own. */
export const eras = ['3.3', '3.4', '3.5', '3.6', '3.7'] as const

export type Era = (typeof eras)[number]

/** The newest version that programs can be read as, and the one that they are read as where none is named. */
export const newestVersion = '3.14'

/** A part of Python that has not always been there. */
export interface Feature {
  /** What it is, as a sentence begins. */
  readonly what: string
  /** The first version that has it. */
  readonly since: string
  /** The first version that has it no longer. */
  readonly until?: string
  /** What says so: the grammar of a real CPython, asked by `ast.parse(…, feature_version=…)`, or its documentation alone. */
  readonly proof: 'grammar' | 'documentation'
}

const member = (name: string, since: string, until?: string): readonly [string, Feature] => [
  `asyncio.${name}`,
  { what: `'asyncio.${name}'`, since, ...(until === undefined ? {} : { until }), proof: 'documentation' },
]

/** What came with which version, of all that programs of this model can have. */
export const history = {
  'yield from': { what: "'yield from'", since: '3.3', proof: 'documentation' },
  asyncio: { what: "the module 'asyncio'", since: '3.4', proof: 'documentation' },
  'async def': { what: "'async def'", since: '3.5', proof: 'grammar' },
  'async comprehension in a comprehension': {
    what: 'an asynchronous comprehension inside another comprehension',
    since: '3.11',
    proof: 'documentation',
  },
  'async for': { what: "'async for'", since: '3.5', proof: 'grammar' },
  'async with': { what: "'async with'", since: '3.5', proof: 'grammar' },
  await: { what: "'await'", since: '3.5', proof: 'grammar' },
  'argument behind a starred one': {
    what: 'an argument behind a starred one',
    since: '3.5',
    proof: 'documentation',
  },
  'dict in a dict': { what: "'**' in a dict display", since: '3.5', proof: 'documentation' },
  'f-string': { what: 'f-strings', since: '3.6', proof: 'grammar' },
  'number with underscores': { what: 'underscores in numbers', since: '3.6', proof: 'grammar' },
  'annotated variable': { what: 'the annotation of a variable', since: '3.6', proof: 'grammar' },
  'await in a comprehension': { what: "'await' in a comprehension", since: '3.6', proof: 'documentation' },
  'async comprehension': { what: "'async for' in a comprehension", since: '3.6', proof: 'grammar' },
  'asynchronous generator': { what: "'yield' in an 'async def'", since: '3.6', proof: 'documentation' },
  'await in an f-string': { what: "'await' in an f-string", since: '3.7', proof: 'grammar' },
  typing: { what: "the module 'typing'", since: '3.5', proof: 'documentation' },
  contextvars: { what: "the module 'contextvars'", since: '3.7', proof: 'documentation' },
  'continue in finally': { what: "'continue' in a 'finally'", since: '3.8', proof: 'documentation' },
  'starred element': { what: 'a starred element', since: '3.5', proof: 'documentation' },
  'assignment expression': { what: 'an assignment expression', since: '3.8', proof: 'documentation' },
  "'=' in an f-string": { what: "'=' in an f-string", since: '3.8', proof: 'documentation' },
  'except*': { what: "'except*'", since: '3.11', proof: 'grammar' },
  'any f-string': { what: 'an f-string with its own quotes or a backslash in braces', since: '3.12', proof: 'grammar' },
} as const satisfies Readonly<Record<string, Feature>>

/** The functions and classes of asyncio that have not been there from 3.4 on, or are there no longer. */
export const members: ReadonlyMap<string, Feature> = new Map([
  member('Barrier', '3.11'),
  member('BrokenBarrierError', '3.11'),
  member('QueueShutDown', '3.13'),
  member('TaskGroup', '3.11'),
  member('Timeout', '3.11'),
  member('timeout', '3.11'),
  member('timeout_at', '3.11'),
  member('to_thread', '3.9'),
  member('coroutine', '3.4', '3.11'),
  member('all_tasks', '3.7'),
  member('ensure_future', '3.4.4'),
  member('isfuture', '3.5'),
  member('create_task', '3.7'),
  member('Runner', '3.11'),
  member('create_eager_task_factory', '3.12'),
  member('current_task', '3.7'),
  member('eager_task_factory', '3.12'),
  member('get_running_loop', '3.7'),
  member('run', '3.7'),
  ['__future__.annotations', { what: "'from __future__ import annotations'", since: '3.7', proof: 'documentation' }],
])

/** Whether a version has a member of a module, as far as that has changed. */
export const hasMember = (version: string, module: string, name: string): boolean => {
  const feature = members.get(`${module}.${name}`)
  return feature === undefined || refusal(feature, version) === null
}

/** The version that a text names, as `3.5` or `3.11.3`; null for what is none, or none that programs can be read as. */
export const versionOf = (text: string): string | null => {
  const [, minor] = /^3\.(\d{1,2})(?:\.\d{1,2})?$/.exec(text) ?? []
  return minor !== undefined && Number(minor) >= 3 && Number(minor) <= 14 ? text : null
}

/** Whether one version comes before another. `3.5` is the first of its line. */
export const isBefore = (version: string, other: string): boolean => !isAtLeast(version, other)

/** Why a version refuses a feature; null where it has it. */
export const refusal = (feature: Feature, version: string): string | null => {
  if (isBefore(version, feature.since)) {
    return `${feature.what} came with Python ${feature.since}; this is read as Python ${version}`
  }
  return feature.until === undefined || isBefore(version, feature.until)
    ? null
    : `${feature.what} is gone since Python ${feature.until}; this is read as Python ${version}`
}

/** Whether `async` and `await` are reserved everywhere (3.7); before, they are names outside of `async def`. */
export const areWordsReserved = (version: string): boolean => !isBefore(version, '3.7')
