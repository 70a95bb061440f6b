import { returnWhens } from '../asyncio/wait.js'
import { asyncioException, asyncioExceptions, builtinExceptions } from '../loop/exception.js'
import type { Python } from '../loop/python.js'
import { raise, UNMODELLED } from '../loop/raise.js'
import type { Value } from '../loop/value.js'
import { hasMember } from './history.js'
import { methodNames } from './method-names.js'
import { isPythonName } from './python-names.js'
import { standardStreams } from './sys.js'
import { versionInfo } from './version-info.js'

/** The functions that programs can call by name, module by module; '' is `builtins`. */
export const functionNames = {
  '': [
    'abs',
    'aiter',
    'all',
    'anext',
    'any',
    'bool',
    'classmethod',
    'dict',
    'divmod',
    'enumerate',
    'filter',
    'float',
    'int',
    'isinstance',
    'issubclass',
    'iter',
    'len',
    'list',
    'map',
    'max',
    'min',
    'next',
    'object',
    'print',
    'property',
    'range',
    'repr',
    'reversed',
    'round',
    'set',
    'sorted',
    'staticmethod',
    'str',
    'sum',
    'super',
    'tuple',
    'type',
    'zip',
  ],
  asyncio: [
    'Barrier',
    'BoundedSemaphore',
    'Condition',
    'Event',
    'Future',
    'LifoQueue',
    'Lock',
    'PriorityQueue',
    'Queue',
    'Runner',
    'Semaphore',
    'Task',
    'TaskGroup',
    'Timeout',
    'all_tasks',
    'as_completed',
    'coroutine',
    'create_eager_task_factory',
    'create_task',
    'current_task',
    'eager_task_factory',
    'ensure_future',
    'gather',
    'get_event_loop',
    'get_running_loop',
    'iscoroutine',
    'isfuture',
    'new_event_loop',
    'run',
    'set_event_loop',
    'shield',
    'sleep',
    'timeout',
    'timeout_at',
    'to_thread',
    'wait',
    'wait_for',
  ],
  time: [
    'ctime',
    'monotonic',
    'monotonic_ns',
    'perf_counter',
    'perf_counter_ns',
    'sleep',
    'strftime',
    'time',
    'time_ns',
  ],
  random: ['Random', ...methodNames.random],
  contextvars: ['ContextVar'],
  contextlib: ['aclosing', 'asynccontextmanager', 'closing', 'contextmanager', 'nullcontext', 'suppress'],
  sys: ['exit'],
  itertools: [
    'accumulate',
    'chain',
    'combinations',
    'count',
    'cycle',
    'dropwhile',
    'islice',
    'pairwise',
    'permutations',
    'product',
    'repeat',
    'takewhile',
  ],
  functools: ['partial', 'update_wrapper', 'wraps'],
} as const

/** A module that programs can import. */
export type ModuleName = Exclude<keyof typeof functionNames, ''>

const functionValue = (module: string, name: string): Value => ({
  kind: 'builtin',
  name: module === '' ? name : `${module}.${name}`,
})

const classValue = (name: string): Value => ({ kind: 'class', name })

/** The name of the function that makes a tuple of a generator behind a star. No text can have it. */
export const SPREAD = '*'

/** The name of the function that takes an iterable apart for the targets of an assignment. No text can have it. */
export const UNPACK = '='

/** The name of the function that adds two values. No text can have it. */
export const ADD = '+'

/** The builtins by name. */
export const builtinNames: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...functionNames[''].map((name): [string, Value] => [name, functionValue('', name)]),
  ...[...builtinExceptions].map((name): [string, Value] => [name, classValue(name)]),
  ['__name__', '__main__'],
  [SPREAD, functionValue('', SPREAD)],
])

const members = (module: ModuleName, others: readonly (readonly [string, Value])[] = []): ReadonlyMap<string, Value> =>
  new Map([...functionNames[module].map((name): [string, Value] => [name, functionValue(module, name)]), ...others])

const modules: ReadonlyMap<string, ReadonlyMap<string, Value>> = new Map([
  [
    'asyncio',
    members(
      'asyncio',
      returnWhens.map((name) => [name, name] as const),
    ),
  ],
  ['time', members('time')],
  ['contextvars', members('contextvars')],
  ['contextlib', members('contextlib')],
  ['functools', members('functools')],
  ['random', members('random')],
  ['itertools', members('itertools')],
  ['sys', members('sys', standardStreams)],
  ['typing', new Map([['TYPE_CHECKING', false]])],
])

/** `import name` */
export const moduleNamed = (name: string): Value => {
  if (!modules.has(name)) throw raise(UNMODELLED, `the module ${name} is not in the modelled subset`)
  return { kind: 'module', name }
}

/** `module.name`; undefined where the model has none, or the version of Python has none. */
export const moduleMember = (module: string, name: string, python: Python): Value | undefined => {
  if (!hasMember(python.version, module, name)) return undefined
  if (module === 'asyncio' && asyncioExceptions.has(name)) return classValue(asyncioException(name, python))
  if (module === 'sys' && name === 'version_info') return versionInfo(python)
  return modules.get(module)?.get(name) ?? annotatingName(module, name, python)
}

/** What programs import for the sake of annotations. It is there, but nothing that would show what it is can be done to it. */
const annotatingName = (module: string, name: string, { version }: Python): Value | undefined =>
  (module === 'typing' && isPythonName('module typing', name, version)) ||
  (module === '__future__' && name === 'annotations')
    ? functionValue(module, name)
    : undefined

/** `from module import name`. Where the model has none, CPython's error would name a file of its own. */
export const importedMember = (module: string, name: string, python: Python): Value => {
  const member = moduleMember(module, name, python)
  if (member === undefined) throw raise(UNMODELLED, `${module}.${name} is not in the modelled subset`)
  return member
}
