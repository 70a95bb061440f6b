import { asyncioClasses } from '../loop/asyncio-classes.js'
import { shortName } from '../loop/exception.js'
import { simpleName } from '../loop/handle.js'
import type { Python } from '../loop/python.js'
import type { BuiltinValue, MethodValue, ReferenceKind, Value } from '../loop/value.js'

/** The builtins that are classes, with the name their `repr` shows. Every other builtin is a function. */
const builtinClasses: Readonly<Record<string, string>> = {
  bool: 'bool',
  dict: 'dict',
  enumerate: 'enumerate',
  filter: 'filter',
  float: 'float',
  int: 'int',
  list: 'list',
  map: 'map',
  classmethod: 'classmethod',
  object: 'object',
  property: 'property',
  staticmethod: 'staticmethod',
  range: 'range',
  set: 'set',
  reversed: 'reversed',
  str: 'str',
  tuple: 'tuple',
  type: 'type',
  zip: 'zip',
  'asyncio.Barrier': 'asyncio.locks.Barrier',
  'asyncio.BoundedSemaphore': 'asyncio.locks.BoundedSemaphore',
  'asyncio.Condition': 'asyncio.locks.Condition',
  'asyncio.Event': 'asyncio.locks.Event',
  'asyncio.Future': '_asyncio.Future',
  'asyncio.Handle': 'asyncio.events.Handle',
  'asyncio.LifoQueue': 'asyncio.queues.LifoQueue',
  'asyncio.Lock': 'asyncio.locks.Lock',
  'asyncio.PriorityQueue': 'asyncio.queues.PriorityQueue',
  'asyncio.Queue': 'asyncio.queues.Queue',
  'asyncio.Semaphore': 'asyncio.locks.Semaphore',
  'asyncio.Task': '_asyncio.Task',
  'asyncio.TaskGroup': 'asyncio.taskgroups.TaskGroup',
  'asyncio.Timeout': 'asyncio.timeouts.Timeout',
  'asyncio.TimerHandle': 'asyncio.events.TimerHandle',
  'contextlib.aclosing': 'contextlib.aclosing',
  'contextlib.closing': 'contextlib.closing',
  'contextlib.nullcontext': 'contextlib.nullcontext',
  'contextlib.suppress': 'contextlib.suppress',
  'asyncio.Runner': 'asyncio.runners.Runner',
  'contextvars.ContextVar': '_contextvars.ContextVar',
  'functools.partial': 'functools.partial',
  'random.Random': 'random.Random',
  super: 'super',
}

/** The functions of asyncio that CPython writes in C. */
const compiled: ReadonlySet<string> = new Set([
  'asyncio.current_task',
  'asyncio.get_event_loop',
  'asyncio.get_running_loop',
])

/** The full name of the class a builtin is, or undefined if it is a function. */
export const builtinClass = (builtin: BuiltinValue): string | undefined =>
  builtin.name.startsWith('itertools.')
    ? builtin.name
    : Object.hasOwn(builtinClasses, builtin.name)
      ? builtinClasses[builtin.name]
      : undefined

/** Whether a name stands for annotations alone: what it is is not modelled. */
export const isAnnotating = (name: string): boolean => /^(?:typing|__future__)\./.test(name)

/** Whether a value is a class, or something that stands for one. */
export const isAnyClass = (value: Value): boolean => {
  if (value === null || typeof value !== 'object') return false
  if (value.kind === 'builtin') return builtinClass(value) !== undefined || isAnnotating(value.name)
  return value.kind === 'class' || value.kind === 'program class'
}

/** Whether a function of the library is one of CPython's that are written in C. */
export const isCompiled = (builtin: BuiltinValue): boolean =>
  !builtin.name.startsWith('asyncio.') || compiled.has(builtin.name)

/**
 * Whether CPython writes a method in Python, which makes it a `method`: those of loops and handles, `cancel` of a gather,
 * and where futures and tasks are not accelerated, theirs.
 */
export function isPythonMethod({ receiver, name }: MethodValue, { accelerated }: Python): boolean {
  const kind = typeof receiver === 'object' && receiver !== null ? receiver.kind : null
  if (kind === 'future' || kind === 'task' || kind === 'group') {
    return !accelerated || (kind === 'group' && name === 'cancel')
  }
  if (kind !== null && isPythonClass(kind)) return true
  return kind === 'loop' || kind === 'as completed' || kind === 'handle' || kind === 'timer'
}

/** The modules of what tasks wait for, by its kind. */
const primitives: ReadonlyMap<string, string> = new Map([
  ...['lock', 'event', 'condition', 'semaphore', 'bounded semaphore', 'barrier'].map(
    (kind) => [kind, 'asyncio.locks'] as const,
  ),
  ...['queue', 'lifo queue', 'priority queue'].map((kind) => [kind, 'asyncio.queues'] as const),
])

/** Whether a kind of value is of a class that asyncio writes in Python and that programs make themselves. */
export const isPythonClass = (kind: string): boolean => kind in asyncioClasses

/** The module of a kind of value that is one of `asyncio.locks` or `asyncio.queues`; undefined for others. */
export const moduleOfPrimitive = (kind: string): string | undefined => primitives.get(kind)

/** Whether a kind of value is one of `asyncio.locks` or `asyncio.queues`. */
export const isPrimitive = (kind: string): boolean => primitives.has(kind)

const referenceTypes: Readonly<Record<ReferenceKind, string>> = {
  future: '_asyncio.Future',
  group: '_GatheringFuture',
  task: '_asyncio.Task',
  handle: 'Handle',
  timer: 'TimerHandle',
  loop: '_UnixSelectorEventLoop',
  list: 'list',
  dict: 'dict',
  set: 'set',
  coroutine: 'coroutine',
  generator: 'generator',
  'async generator': 'async_generator',
  asend: 'async_generator_asend',
  athrow: 'async_generator_athrow',
  anext: 'anext_awaitable',
  'context variable': '_contextvars.ContextVar',
  gathering: '_GatheringFuture',
  random: 'Random',
  waiting: 'function',
  completions: '_AsCompletedIterator',
  'as completed': '_AsCompletedIterator',
  token: '_contextvars.Token',
  'generator context manager': '_GeneratorContextManager',
  'async generator context manager': '_AsyncGeneratorContextManager',
  suppress: 'suppress',
  nullcontext: 'nullcontext',
  closing: 'closing',
  aclosing: 'aclosing',
  stream: '_io.TextIOWrapper',
  ...asyncioClasses,
}

/**
 * The name of a value's class as CPython's messages give it, which for a class written in C has its module in front:
 * `int`, `_asyncio.Future`.
 */
export function fullTypeName(value: Value, python: Python): string {
  if (value === null) return 'NoneType'
  switch (typeof value) {
    case 'boolean':
      return 'bool'
    case 'bigint':
      return 'int'
    case 'number':
      return 'float'
    case 'string':
      return 'str'
  }
  switch (value.kind) {
    case 'tuple':
    case 'range':
    case 'slice':
    case 'traceback':
    case 'function':
    case 'module':
      return value.kind
    case 'dict view':
      return `dict_${value.of}`
    case 'exception':
      return value.instance === undefined ? shortName(value.type) : simpleName(value.instance.class.name)
    case 'instance':
      return simpleName(value.class.name)
    case 'bound method':
      return 'method'
    case 'super':
    case 'property':
      return value.kind
    case 'static method':
    case 'class method':
      return value.kind.replace(' ', '')
    case 'partial':
      return 'functools.partial'
    case 'iterator':
      return value.type
    case 'program class':
    case 'class':
      return 'type'
    case 'builtin':
      if (builtinClass(value) !== undefined) return 'type'
      return isCompiled(value) ? 'builtin_function_or_method' : 'function'
    case 'method':
      return isPythonMethod(value, python) ? 'method' : 'builtin_function_or_method'
    default:
      return python.accelerated ? referenceTypes[value.kind] : referenceTypes[value.kind].replace('_asyncio.', '')
  }
}

/** Python's `type(value).__name__`: `int`, `Future`. */
export function typeName(value: Value, python: Python): string {
  const name = fullTypeName(value, python)
  return name.slice(name.lastIndexOf('.') + 1)
}

/** A function as errors name it: by its qualified name, or before 3.10 by its own alone. */
export const functionName = (qualified: string, { textsQualifyFunctions }: Python): string =>
  textsQualifyFunctions ? qualified : qualified.slice(qualified.lastIndexOf('.') + 1)
