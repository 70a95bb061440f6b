import { beforeAll, describe, expect, test } from 'vitest'
import { type Build, builds } from '../../src/asyncio/versions.js'
import type { Value } from '../../src/loop/value.js'
import { isInconclusive } from '../../src/oracle/implementation.js'
import { isKnownAttribute } from '../../src/program/known-attributes.js'
import { sharedBuild } from '../builds.js'

const instance = (kind: string): Value => ({ kind, id: 0 }) as Value
const builtin = (name: string): Value => ({ kind: 'builtin', name })
const module = (name: string): Value => ({ kind: 'module', name })
const exception = (type: string): Value => ({ kind: 'exception', id: 0, type, args: [] })

/** Values of every kind that has attributes: in Python, where only some versions have it since which one, and in the model. */
const values: readonly (readonly [python: string, value: Value, since?: number])[] = [
  ...['asyncio', 'contextvars', 'random', 'time'].map((name) => [name, module(name)] as const),
  ...['1', 'True'].map((text) => [text, 1n] as const),
  ['1.5', 1.5],
  ["''", ''],
  ['[]', instance('list')],
  ['{}', instance('dict')],
  ['set()', instance('set')],
  ['()', { kind: 'tuple', items: [] }],
  ['range(1)', { kind: 'range', start: 0n, stop: 1n, step: 1n }],
  ['{}.keys()', { kind: 'dict view', of: 'keys', id: 0 }],
  ['{}.values()', { kind: 'dict view', of: 'values', id: 0 }],
  ['{}.items()', { kind: 'dict view', of: 'items', id: 0 }],
  ['enumerate([])', { kind: 'iterator', type: 'enumerate', of: 'enumerate', id: 0 }],
  ['coroutine', instance('coroutine')],
  ['coroutine.__await__()', { kind: 'iterator', type: 'coroutine_wrapper', of: 'await', id: 0 }],
  ['generator', instance('generator')],
  ['asyncgen', instance('async generator')],
  ['asyncgen.asend(None)', instance('asend')],
  ['asyncgen.aclose()', instance('athrow')],
  ['anext(asyncgen, None)', instance('anext')],
  ['future', instance('future')],
  ['future', instance('group')],
  ['asyncio.Task', instance('task')],
  ['asyncio.Handle', instance('handle')],
  ['asyncio.TimerHandle', instance('timer')],
  ['asyncio.SelectorEventLoop', instance('loop')],
  ['random.Random(1)', instance('random')],
  ['variable', instance('context variable')],
  ['variable.set(1)', instance('token')],
  ['contextvars.copy_context()', instance('context')],
  ...['Lock', 'Event', 'Condition', 'Semaphore', 'Queue'].map(
    (name) => [`asyncio.${name}()`, instance(name.toLowerCase())] as const,
  ),
  ['asyncio.BoundedSemaphore()', instance('bounded semaphore')],
  ['asyncio.LifoQueue()', instance('lifo queue')],
  ['asyncio.PriorityQueue()', instance('priority queue')],
  ['asyncio.Barrier(1)', instance('barrier'), 11],
  ['asyncio.TaskGroup()', instance('task group'), 11],
  ['asyncio.Timeout(None)', instance('timeout'), 11],
  ['asyncio.Runner()', instance('runner'), 11],
  ['asyncio.tasks._AsCompletedIterator', instance('as completed'), 13],
  ...['ValueError', 'OSError', 'SystemExit', 'StopIteration', 'NameError', 'ImportError', 'AttributeError'].flatMap(
    (name) => [[`${name}()`, exception(name)] as const, [name, { kind: 'class', name }] as const],
  ),
  ['asyncio.CancelledError', { kind: 'class', name: 'asyncio.exceptions.CancelledError' }],
  ['ExceptionGroup', { kind: 'class', name: 'ExceptionGroup' }, 11],
  ...[
    ...['object', 'type', 'int', 'bool', 'float', 'str', 'list', 'dict', 'set', 'tuple', 'range', 'enumerate', 'map'],
    ...['asyncio.Lock', 'asyncio.Queue', 'asyncio.LifoQueue', 'asyncio.Future', 'asyncio.Task', 'asyncio.Handle'],
    ...['asyncio.TimerHandle', 'contextvars.ContextVar', 'random.Random'],
  ].map((name) => [name, builtin(name)] as const),
  ...['len', 'print', 'asyncio.sleep', 'asyncio.gather'].map((name) => [name, builtin(name)] as const),
  ['asyncio.Runner', builtin('asyncio.Runner'), 11],
  ['asyncio.TaskGroup', builtin('asyncio.TaskGroup'), 11],
]

const minorOf = (build: string): number => Number(build.split('.')[1])

const valuesOf = (build: string) => values.filter(([, , since = 0]) => since <= minorOf(build))

const program = (build: string): string => `
import asyncio, contextvars, json, random, time

async def coroutine_function(): pass
async def asyncgen_function(): yield
def names(value):
  return sorted(name for name in dir(value) if not name.startswith('__'))

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
future = loop.create_future()
coroutine = coroutine_function()
asyncgen = asyncgen_function()
generator = (each for each in ())
variable = contextvars.ContextVar('variable')
print(json.dumps([names(value) for value in [
${valuesOf(build)
  .map(([text]) => `  ${text},`)
  .join('\n')}
]]))
`

/** What an operating system has, or WebAssembly has not. */
const ofPlatform: ReadonlySet<string> = new Set([
  ...['asyncio.open_unix_connection', 'asyncio.start_unix_server'],
  ...['time.pthread_getcpuclockid', 'time.thread_time', 'time.thread_time_ns'],
])

const isPublic = (name: string): boolean => !name.startsWith('_')

describe('attributes', () => {
  const has = new Map<Build, readonly (readonly string[])[]>()
  beforeAll(async () => {
    for (const build of builds) {
      const run = await (await sharedBuild(`cpython-${build}`)).run(program(build))
      const printed = isInconclusive(run) ? undefined : run.events.find(({ event }) => event === 'Printed')
      if (printed?.event !== 'Printed') throw new Error(JSON.stringify(run).slice(0, 500))
      has.set(build, JSON.parse(printed.text) as string[][])
    }
  })

  test.each(builds)('what %s has is known, and is never an AttributeError', (build) => {
    const missing = valuesOf(build).flatMap(([text, value], at) =>
      (has.get(build)?.[at] ?? []).flatMap((name) => (isKnownAttribute(value, name, build) ? [] : [`${text}.${name}`])),
    )
    expect(missing).toEqual([])
  })

  test.each(builds)('what %s has not, and another has, is an AttributeError', (build) => {
    const all = builds.flatMap((other) =>
      valuesOf(other).flatMap(([text], at) => (has.get(other)?.[at] ?? []).map((name) => `${text}.${name}`)),
    )
    const invented = valuesOf(build).flatMap(([text, value], at) => {
      const own = new Set(has.get(build)?.[at])
      return [...new Set(all)].flatMap((known) => {
        const name = known.slice(text.length + 1)
        const isOf = known.startsWith(`${text}.`) && !name.includes('.') && isPublic(name)
        return isOf && !own.has(name) && !ofPlatform.has(known) && isKnownAttribute(value, name, build) ? [known] : []
      })
    })
    expect(invented).toEqual([])
  })

  test('a class has the attributes of classes', () => {
    const classes = values.filter(([, value]) => isKnownAttribute(value, 'mro', '3.13.2'))
    expect(classes.map(([text]) => text)).toContain('asyncio.Lock')
    expect(classes.map(([text]) => text)).toContain('ValueError')
    expect(classes.map(([text]) => text)).not.toContain('asyncio.sleep')
  })

  test('a name that nobody has is an AttributeError', () => {
    const known = values.filter(([, value]) => isKnownAttribute(value, 'nonsense', '3.13.2'))
    expect(known).toEqual([])
  })
})
