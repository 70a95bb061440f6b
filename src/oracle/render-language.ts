import type { Operation } from './operation.js'
import { indented, type Lines, pick, type Rendered, type Scope } from './scope.js'

/** What Python itself, and asyncio where it is misused, tell otherwise from version to version; null where it cannot stand. */
export const renderLanguage = ({ does, which, other, variant }: Operation, scope: Scope): Rendered | null => {
  if (does !== 'language') return null
  const index = which * 7 + other * 3 + variant
  const said = (lines: Lines): Rendered => [
    ['try:', ...indented(lines), 'except Exception as error:', `    print('${scope.who}', repr(error))`],
    scope,
  ]
  if (variant % 2 === 0) return said([`print('${scope.who}', ${pick(expressions, index)})`])
  return said(pick([...plainBlocks, ...blocksOf[scope.kind]], index)?.(scope) ?? [])
}

/** Texts of errors, most of them. */
const expressions: Lines = [
  '[].index(5)',
  "f'{1:qq}'",
  "f'{-0.001:z.1f}'",
  "'abc'['a']",
  '{(1, []): 2}',
  '1 in 2',
  '1 // 0',
  '1 % 0',
  '1.0 % 0',
  '0.0 ** -1',
  'max([])',
  "float(' ')",
  'len(str(10 ** 5000))',
  'asyncio.TimeoutError is TimeoutError',
  '(lambda parameter: 1)(parametr=1)',
]

/** Statements for any function. */
const plainBlocks: readonly ((scope: Scope) => Lines)[] = [
  () => ['first, second = [1, 2, 3]'],
  ({ who }) => [`del Worker('${who}', 1).missing`],
  () => ['with 5:', '    pass'],
  ({ who }) => ["with level.set('within'):", `    print('${who}', level.get())`],
  ({ who, fresh }) => {
    const name = fresh('unbound')
    return [`def ${name}():`, `    print('${who}', value)`, '    value = 1', `${name}()`]
  },
  ({ who, fresh }) => {
    const name = fresh('closing')
    const body = ['try:', '    yield', 'except GeneratorExit:', "    return 'closed'"]
    return [
      `def ${name}():`,
      ...indented(body),
      `open_${name} = ${name}()`,
      `next(open_${name})`,
      `print('${who}', open_${name}.close(), asyncio.iscoroutine(open_${name}))`,
    ]
  },
  ({ fresh }) => {
    const name = fresh('unbegun')
    return [`def ${name}():`, '    yield', `${name}().throw(StopIteration(5))`]
  },
  ({ who, fresh }) => {
    const group = fresh('whole')
    return [
      `${group} = ExceptionGroup('${who}', [ValueError('inside')])`,
      'try:',
      `    raise ${group}`,
      'except* KeyError:',
      '    pass',
      'except* Exception as error:',
      `    print('${who}', error is ${group})`,
    ]
  },
  () => ['barrier0 = asyncio.Barrier(0)'],
]

/** Statements for coroutines. */
const awaitingBlocks: readonly ((scope: Scope) => Lines)[] = [
  ({ who }) => [`print('${who}', await asyncio.sleep(float('nan')))`],
  ({ who }) => [
    "options = {'eager_start': True}",
    `print('${who}', await asyncio.create_task(asyncio.sleep(0), **options))`,
  ],
  ({ fresh }) => {
    const group = fresh('tg')
    return [`async with asyncio.TaskGroup() as ${group}:`, `    async with ${group}:`, '        pass']
  },
  ({ who, fresh }) => {
    const late = fresh('late')
    return [
      `${late} = TimeoutError('late')`,
      `def slow_${late}():`,
      `    raise ${late}`,
      'try:',
      `    await asyncio.to_thread(slow_${late})`,
      'except TimeoutError as error:',
      `    print('${who}', error is ${late})`,
    ]
  },
  ({ who, fresh }) => {
    const group = fresh('tg')
    return [
      `async with asyncio.TaskGroup() as ${group}:`,
      '    pass',
      `refused_by_${group} = asyncio.sleep(0, 'open')`,
      'try:',
      `    ${group}.create_task(refused_by_${group})`,
      'except RuntimeError:',
      `    print('${who}', await refused_by_${group})`,
    ]
  },
  ({ who, unit, fresh }) => {
    const name = fresh('guarded')
    const item = `${name}_of_${who}`
    return [
      `async def ${name}():`,
      `    await asyncio.sleep(${unit})`,
      '    yield 1',
      '    yield 2',
      `global ${item}`,
      `${item} = ${name}()`,
      `first_of_${name} = asyncio.create_task(${item}.__anext__())`,
      'await asyncio.sleep(0)',
      `second_of_${name} = ${item}.__anext__()`,
      'try:',
      `    await second_of_${name}`,
      'except RuntimeError as error:',
      `    print('${who}', repr(error))`,
      `print('${who}', await first_of_${name}, await second_of_${name})`,
    ]
  },
]

/** Statements for the module, where no loop runs. */
const moduleBlocks: readonly ((scope: Scope) => Lines)[] = [
  () => ["print('module', asyncio.get_event_loop().is_closed())"],
  () => ["print('module', asyncio.run(7))"],
  () => ["print('module', asyncio.run(Later(0, 7)))"],
  ({ fresh }) => {
    const [name, waits, holds, contends] = ['condition', 'waits', 'holds', 'contends'].map(fresh)
    return [
      `${name} = asyncio.Condition()`,
      `async def ${waits}():`,
      `    async with ${name}:`,
      `        await asyncio.wait_for(${name}.wait(), 1)`,
      `async def ${holds}():`,
      `    async with ${name}:`,
      "        print('module', 'holds')",
      `async def ${contends}():`,
      `    await ${name}.acquire()`,
      `    holding = asyncio.create_task(${holds}())`,
      '    await asyncio.sleep(0)',
      '    try:',
      `        await ${name}.wait()`,
      '    finally:',
      `        ${name}.release()`,
      '        await holding',
      'try:',
      `    asyncio.run(${waits}())`,
      'except asyncio.TimeoutError:',
      `    asyncio.run(${contends}())`,
    ]
  },
]

const blocksOf = { callback: [], coroutine: awaitingBlocks, module: moduleBlocks } as const
