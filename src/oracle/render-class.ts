import type { Operation } from './operation.js'
import { valueFor } from './render-callable.js'
import { type Lines, pick, type Rendered, type Scope, seconds } from './scope.js'

/** The classes that random programs use, each behind those that it needs. */
const classes: readonly (readonly [string, Lines])[] = [
  ['Gone', ['class Gone(asyncio.CancelledError):', '    pass']],
  [
    'Problem',
    [
      'class Problem(Exception):',
      '    def __init__(self, who, code=0):',
      '        super().__init__(who)',
      '        self.code = code',
    ],
  ],
  [
    'Later',
    [
      'class Later:',
      '    def __init__(self, delay, value):',
      '        self.delay, self.value = delay, value',
      '',
      '    def __await__(self):',
      '        if self.delay == 0:',
      '            yield',
      '        yield from asyncio.sleep(self.delay).__await__()',
      '        return self.value',
    ],
  ],
  [
    'Ready',
    [
      'class Ready:',
      '    def __init__(self, future):',
      '        self.future = future',
      '',
      '    def __await__(self):',
      '        return self.future.__await__()',
    ],
  ],
  [
    'Worker',
    [
      'class Worker:',
      '    def __init__(self, who, delay):',
      '        self.who, self.delay, self.steps = who, delay, 0',
      '',
      '    async def work(self, times):',
      '        for _ in range(times):',
      '            await asyncio.sleep(self.delay)',
      '            self.steps += 1',
      '        return self.steps',
      '',
      '    def done(self, task):',
      "        print(self.who, 'done', self.steps, task.cancelled())",
      '',
      '    def __call__(self, *values):',
      "        print(self.who, 'called', self.steps, len(values))",
    ],
  ],
  [
    'Door',
    [
      'class Door:',
      '    def __init__(self, who, how):',
      '        self.who, self.how = who, how',
      '',
      '    def __enter__(self):',
      "        print(self.who, 'enters')",
      '        return self',
      '',
      '    def __exit__(self, kind, error, traceback):',
      "        print(self.who, 'leaves', repr(error))",
      "        if self.how == 'raises':",
      '            raise Problem(self.who) from error',
      "        return self.how == 'swallows'",
    ],
  ],
  [
    'Gate',
    [
      'class Gate:',
      '    def __init__(self, who, how, delay):',
      '        self.who, self.how, self.delay = who, how, delay',
      '',
      '    async def __aenter__(self):',
      '        await asyncio.sleep(self.delay)',
      "        print(self.who, 'enters')",
      '        return self',
      '',
      '    async def __aexit__(self, kind, error, traceback):',
      "        print(self.who, 'leaves', repr(error))",
      '        await asyncio.sleep(self.delay)',
      "        print(self.who, 'has left')",
      "        if self.how == 'raises':",
      '            raise Problem(self.who)',
      "        return self.how == 'swallows'",
    ],
  ],
]

/** The definitions of the classes that a program uses. */
export const classDefinitions = (text: string): Lines => {
  const uses = (used: string, name: string): boolean => new RegExp(`\\b${name}\\b`).test(used)
  const users = classes.filter(([name]) => uses(text, name)).flatMap(([, lines]) => lines)
  const all = [text, ...users].join('\n')
  return classes.flatMap(([name, lines]) => (uses(all, name) ? ['', ...lines] : []))
}

/** What is done with instances of these classes; null where what that needs is not in reach. */
export const renderObject = (operation: Operation, scope: Scope): Rendered | null => {
  const { which, other, variant, delay } = operation
  const time = seconds(scope, Math.max(0, delay))
  switch (operation.does) {
    case 'await object':
      return renderAwait(operation, scope, time)
    case 'gone when cancelled':
      return [
        [
          'try:',
          `    await asyncio.sleep(${time})`,
          'except asyncio.CancelledError:',
          `    raise Gone('${scope.who}')`,
        ],
        scope,
      ]
    case 'raise own': {
      const own = [`Gone('${scope.who}')`, `Problem('${scope.who}', ${other})`, 'Gone', `Problem('${scope.who}')`]
      const cause = variant % 3 === 1 ? ' from Gone' : ''
      return [[`raise ${pick(own, which)}${cause}`], scope]
    }
    case 'object task': {
      if (scope.kind === 'module') return null
      const [worker, child] = [scope.fresh('worker_of_'), scope.fresh('child')]
      const lines = [
        `${worker} = Worker('${scope.who}', ${time})`,
        `${child} = loop.create_task(${worker}.work(${which % 3}))`,
        ...(other % 2 === 0 ? [`${child}.add_done_callback(${worker}.done)`] : []),
        ...(variant % 4 === 1 ? [`${child}.add_done_callback(${worker})`] : []),
        ...(variant % 4 === 2 ? [`loop.call_soon(${worker}, ${other})`] : []),
        ...(variant % 8 === 3 ? [`${child}.remove_done_callback(${worker}.done)`] : []),
      ]
      return [lines, { ...scope, tasks: [...scope.tasks, child], awaitable: [...scope.awaitable, child] }]
    }
    default:
      return null
  }
}

const renderAwait = (operation: Operation, scope: Scope, time: string): Rendered => {
  const { which, other, variant } = operation
  const later = `Later(${time}, ${valueFor(operation)})`
  const future = pick([...scope.futures, ...scope.awaitable], which)
  const object = future !== undefined && other % 3 === 0 ? `Ready(${future})` : later
  const said = (value: string): Rendered => [[`print('${scope.who}', 'object', ${value})`], scope]
  switch (variant % 8) {
    case 0:
    case 1:
      return said(`await ${object}`)
    case 2: {
      const both = scope.fresh('object')
      const gathered = `await asyncio.gather(${both}, ${later}, ${both}, return_exceptions=${other % 2 === 0 ? 'True' : 'False'})`
      return [[`${both} = ${object}`, `print('${scope.who}', 'objects', ${gathered})`], scope]
    }
    case 3:
      return said(`await asyncio.wait_for(${object}, ${seconds(scope, other % 3)})`)
    case 4:
      return said(`await asyncio.shield(${object})`)
    case 5:
      return said(`await asyncio.create_task(${object})`)
    default: {
      const child = scope.fresh('child')
      return [
        [`${child} = asyncio.ensure_future(${object})`],
        { ...scope, tasks: [...scope.tasks, child], awaitable: [...scope.awaitable, child] },
      ]
    }
  }
}

const WAYS = ['passes', 'swallows', 'passes', 'raises'] as const

/** A block within a context manager of the program's own; `body` makes the lines of what stands within. */
export const renderManager = (
  operation: Operation,
  scope: Scope,
  body: (within: Scope, last: Lines) => Lines,
): Rendered => {
  const { which, other, variant, delay } = operation
  const isAsync = scope.kind === 'coroutine' && variant % 3 !== 0
  const how = `'${pick(WAYS, which)}'`
  const time = seconds(scope, Math.max(0, delay))
  const manager = isAsync ? `Gate('${scope.who}', ${how}, ${time})` : `Door('${scope.who}', ${how})`
  const last = scope.kind === 'coroutine' && other % 2 === 0 ? [`await asyncio.sleep(${seconds(scope, other)})`] : []
  return [[`${isAsync ? 'async with' : 'with'} ${manager}:`, ...body(scope, last)], scope]
}
