import { type Feature, featuresOf } from './features.js'
import type { Operation, Sketch } from './operation.js'
import { classDefinitions } from './render-class.js'
import { renderAll, renderBlock } from './render-control.js'
import { renderSimple } from './render-operation.js'
import { primitiveLines, primitiveNames } from './render-primitive.js'
import { itemsFunction } from './render-stream.js'
import { freshNames, indented, type Lines, mayUse, pick, type Scope, seconds } from './scope.js'

interface Definition {
  readonly name: string
  readonly lines: Lines
}

/** The text of the program that a sketch stands for. */
export const renderProgram = (sketch: Sketch, features: readonly Feature[]): string => {
  const shared = sharedScope(sketch, features)
  const helpers = renderHelpers(sketch, shared)
  const reach: Scope = { ...shared, ...namesOf(sketch) }
  const workers = sketch.workers.map((body, index): Definition => {
    const name = `worker${index + 1}`
    const scope = { ...reach, who: name, awaitable: reach.tasks.slice(0, index), fresh: freshNames() }
    return { name, lines: [`async def ${name}():`, ...renderBlock(body, scope)] }
  })
  const main = { ...reach, who: 'main', awaitable: reach.tasks, fresh: freshNames() }
  const wait = sketch.patience === 0 ? [] : [`await asyncio.sleep(${seconds(main, sketch.patience)})`]
  const mainBody = renderBlock(sketch.main, main, wait)
  const module = renderModule(sketch, { ...main, who: 'module', kind: 'module', fresh: freshNames() })
  const items: readonly Definition[] = sketch.extras.includes('stream')
    ? [{ name: 'items', lines: itemsFunction(itemsOf(sketch), shared, 'items') }]
    : []
  const others = [...helpers, ...workers].map(({ lines }) => lines.join('\n')).join('\n')
  const used = [others, mainBody.join('\n'), module.join('\n')].join('\n')
  const first = prologue(sketch, used, true)
  const opened = prologue(sketch, used, false)
  const body = module.flatMap((line) => (line === OPEN ? opened : [line]))
  const global =
    first.length === 0
      ? []
      : [`global ${first.flatMap((line) => (line.startsWith('print(') ? [] : line.split(' ').slice(0, 1))).join(', ')}`]
  const eager = sketch.extras.includes('eager') ? beginAtOnce(features) : []
  const mainLines = ['async def main():', ...indented([...global, ...first, ...eager]), ...mainBody]
  const kept = dropUnused([...items, ...helpers, ...workers, { name: 'main', lines: mainLines }], body)
  const text = [...kept.flatMap(({ lines }) => ['', ...lines]), '', ...body]
  const made = sketch.primitivesOfModule ? primitiveLines(sketch.primitives, (name) => mentions(used, name)) : []
  return [...header(text.join('\n')), ...(made.length > 0 ? ['', ...made] : []), ...text, ''].join('\n')
}

/** What decides about the generator that all functions share: an operation that a function does besides. */
const itemsOf = ({ main, patience, futures }: Sketch): Operation =>
  main[0] ?? { ...nothing, which: patience, other: patience + futures }

const nothing: Operation = {
  does: 'say',
  guard: '',
  which: 0,
  other: 0,
  variant: 0,
  delay: 1,
  body: [],
  handlers: [],
  orelse: [],
  finalbody: null,
}

/** From here on tasks begin where they are made. */
const beginAtOnce = (features: readonly Feature[]): Lines =>
  features.includes('eager tasks') ? ['asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)'] : []

/** Stands for the lines that make a loop by hand. */
const OPEN = '# open'

const sharedScope = ({ unit, futures, extras, primitives }: Sketch, features: readonly Feature[]): Scope => ({
  who: '',
  kind: 'coroutine',
  inLoop: false,
  inHandler: false,
  inStar: false,
  unit,
  futures: features.includes('futures')
    ? [
        ...numbered('fut', futures),
        ...(extras.includes('alien') && features.includes('loops by hand') ? ['alien'] : []),
      ]
    : [],
  tasks: [],
  awaitable: [],
  groups: [],
  handles: features.includes('timers') ? ['alarm'] : [],
  timeouts: [],
  coroutines: extras.includes('coroutine') ? ['shared'] : [],
  streams: extras.includes('stream') && features.includes('async generators') ? ['stream'] : [],
  callbacks: [],
  functions: [],
  primitives: primitiveNames(primitives).filter((name) =>
    featuresOf(name).every((feature) => features.includes(feature)),
  ),
  held: [],
  features,
  fresh: freshNames(),
})

const numbered = (prefix: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`)

const isCallback = (index: number): boolean => index % 2 === 0
const helperName = (index: number): string => `${isCallback(index) ? 'note' : 'helper'}${(index >> 1) + 1}`

const namesOf = ({ helpers, workers }: Sketch): Pick<Scope, 'callbacks' | 'functions' | 'tasks'> => ({
  ...helperNames(helpers.length),
  tasks: numbered('t', workers.length),
})

const helperNames = (count: number): Pick<Scope, 'callbacks' | 'functions'> => {
  const names = Array.from({ length: count }, (_, index) => helperName(index))
  return {
    callbacks: names.filter((_, index) => isCallback(index)),
    functions: names.filter((_, index) => !isCallback(index)),
  }
}

const renderHelpers = (sketch: Sketch, shared: Scope): readonly Definition[] =>
  sketch.helpers.map((body, index) => {
    const name = helperName(index)
    const kind = isCallback(index) ? 'callback' : 'coroutine'
    const reach = { ...shared, ...helperNames(index), tasks: numbered('t', sketch.workers.length), fresh: freshNames() }
    const scope: Scope = { ...reach, who: name, kind, coroutines: kind === 'callback' ? [] : shared.coroutines }
    const say = indented([`print('${name}', value)`])
    return kind === 'callback'
      ? {
          name,
          lines: [`def ${name}(value):`, ...say, ...renderBlock(body, scope).filter((line) => line !== '    pass')],
        }
      : { name, lines: [`async def ${name}():`, ...renderBlock(body, scope)] }
  })

/** The things that all functions share, each if anything uses it. */
const prologue = (sketch: Sketch, used: string, inside: boolean): Lines => {
  const maker = inside ? 'asyncio' : 'loop'
  const [firstFunction] = helperNames(sketch.helpers.length).functions
  const lines = [
    ...numbered('fut', sketch.futures).map((name) => `${name} = loop.create_future()`),
    ...(sketch.primitivesOfModule ? [] : primitiveLines(sketch.primitives, (name) => mentions(used, name))),
    ...(sketch.extras.includes('alien') ? ['alien = asyncio.new_event_loop().create_future()'] : []),
    ...(sketch.extras.includes('coroutine')
      ? [`shared = ${firstFunction ?? 'asyncio.sleep'}(${firstFunction ? '' : 1})`]
      : []),
    ...numbered('t', sketch.workers.length).map(
      (name, index) => `${name} = ${maker}.create_task(worker${index + 1}())`,
    ),
    ...(sketch.extras.includes('stream') ? ['stream = items()'] : []),
    `alarm = loop.call_later(${seconds(sketch, 1)}, print, 'alarm')`,
  ].filter((line) => /^(?:t|print\()/.test(line) || mentions(used, line.split(' ')[0] ?? ''))
  const needsLoop = !inside || mentions([used, ...lines].join('\n'), 'loop')
  return [
    ...(needsLoop ? [inside ? 'loop = asyncio.get_running_loop()' : 'loop = asyncio.new_event_loop()'] : []),
    ...lines,
  ]
}

const mentions = (text: string, name: string): boolean => new RegExp(`\\b${name}\\b`).test(text)

const renderModule = ({ module }: Sketch, scope: Scope): Lines => {
  const [first, ...rest] = module
  const byHand = first?.does === 'open loop' && scope.features.includes('loops by hand')
  const operations = byHand ? rest : module
  const opening = byHand ? [OPEN] : ["print('run', asyncio.run(main()))"]
  return operations.reduce<{ lines: Lines; reach: Scope }>(
    ({ lines, reach }, operation) => {
      const rendered = renderModuleOperation(operation, reach)
      if (rendered !== null && !mayUse(reach, rendered)) return { lines, reach }
      if (rendered === null) {
        const [more, behind] = renderAll([operation], reach)
        return { lines: [...lines, ...more], reach: behind }
      }
      return { lines: [...lines, ...guarded(operation, rendered)], reach }
    },
    { lines: opening, reach: scope },
  ).lines
}

const guarded = ({ guard }: Operation, lines: Lines): Lines =>
  guard === '' || lines.length === 0 || lines.includes(OPEN)
    ? lines
    : ['try:', ...indented(lines), 'except BaseException as error:', "    print('module', repr(error))"]

const renderModuleOperation = (operation: Operation, scope: Scope): Lines | null => {
  const { which, variant, delay } = operation
  const called = pick(
    [...scope.functions.map((name) => `${name}()`), 'asyncio.sleep(1)', ...(variant === 15 ? ['None'] : [])],
    which,
  )
  switch (operation.does) {
    case 'run main':
      return ["print('run', asyncio.run(main()))"]
    case 'open loop':
      return [OPEN]
    case 'run':
      return [`print('run', asyncio.run(${called}))`]
    case 'run until complete': {
      const target = pick([...scope.tasks, ...scope.futures, called], which)
      return [`print('complete', loop.run_until_complete(${target}))`]
    }
    case 'run forever': {
      const stop = [
        'loop.call_soon(loop.stop)',
        `loop.call_later(${seconds(scope, delay + 1)}, loop.stop)`,
        `loop.call_later(${seconds(scope, 5)}, loop.stop)`,
      ]
      return [...(variant % 16 === 9 ? [] : [pick(stop, variant) ?? '']), 'loop.run_forever()']
    }
    case 'run in runner': {
      const runs = [`runner.run(main())`, `runner.run(${called})`, `runner.run(${called})`]
      const chosen = variant % 2 === 0 ? runs.slice(1) : runs.slice(0, 2)
      return ['with asyncio.Runner() as runner:', ...indented(chosen.map((run) => `print('run', ${run})`))]
    }
    case 'close loop':
      return [
        ...(operation.variant % 4 === 1 ? ['loop.run_until_complete(loop.shutdown_asyncgens())'] : []),
        'loop.close()',
      ]
    default:
      return renderSimple(operation, scope) === null ? [] : null
  }
}

/** Drops the functions that nothing uses. */
const dropUnused = (definitions: readonly Definition[], body: Lines): readonly Definition[] => {
  const kept = definitions.filter(({ name }) =>
    mentions(
      [...definitions.filter((other) => other.name !== name).flatMap(({ lines }) => lines), ...body].join('\n'),
      name,
    ),
  )
  return kept.length === definitions.length ? kept : dropUnused(kept, body)
}

const header = (text: string): Lines => [
  'import asyncio',
  ...(mentions(text, 'level') ? ['import contextvars'] : []),
  ...(/\btime\.(?:sleep|monotonic)\b/.test(text) ? ['import time'] : []),
  ...(mentions(text, 'level') ? ['', "level = contextvars.ContextVar('level', default='unset')"] : []),
  ...classDefinitions(text),
]
