import type { Value } from '../loop/value.js'

const future = [
  '__await__',
  'add_done_callback',
  'cancel',
  'cancelled',
  'done',
  'exception',
  'remove_done_callback',
  'result',
]

const handle = ['cancel', 'cancelled'] as const

const reading = ['empty', 'full', 'get', 'get_nowait', 'join', 'qsize', 'task_done'] as const

const queue = [...reading, 'put', 'put_nowait', 'shutdown'] as const

const managed = ['__aenter__', '__aexit__'] as const

/** The methods that programs can call, by what they are called on. */
export const methodNames = {
  future: [...future, 'get_loop', 'set_exception', 'set_result'],
  group: [...future, 'get_loop', 'set_exception', 'set_result'],
  task: [...future, 'cancelling', 'get_loop', 'get_name', 'set_name', 'uncancel', 'set_exception', 'set_result'],
  handle,
  timer: handle,
  loop: [
    'call_at',
    'call_exception_handler',
    'call_later',
    'call_soon',
    'call_soon_threadsafe',
    'close',
    'create_future',
    'create_task',
    'default_exception_handler',
    'get_exception_handler',
    'get_task_factory',
    'is_closed',
    'is_running',
    'run_forever',
    'run_in_executor',
    'run_until_complete',
    'set_exception_handler',
    'set_task_factory',
    'shutdown_asyncgens',
    'stop',
    'time',
  ],
  list: ['append', 'clear', 'copy', 'count', 'extend', 'index', 'insert', 'pop', 'remove', 'reverse', 'sort'],
  dict: ['clear', 'copy', 'get', 'items', 'keys', 'pop', 'popitem', 'setdefault', 'update', 'values'],
  set: [
    'add',
    'clear',
    'copy',
    'difference',
    'difference_update',
    'discard',
    'intersection',
    'intersection_update',
    'isdisjoint',
    'issubset',
    'issuperset',
    'pop',
    'remove',
    'symmetric_difference',
    'symmetric_difference_update',
    'union',
    'update',
  ],
  coroutine: ['__await__', 'close'],
  generator: ['close', 'send', 'throw'],
  'async generator': ['__aiter__', '__anext__', 'aclose', 'asend', 'athrow'],
  'as completed': ['__aiter__', '__anext__'],
  str: [
    'capitalize',
    'center',
    'count',
    'endswith',
    'find',
    'format',
    'isalpha',
    'isdigit',
    'islower',
    'isspace',
    'isupper',
    'join',
    'ljust',
    'lower',
    'lstrip',
    'replace',
    'rjust',
    'rstrip',
    'split',
    'startswith',
    'strip',
    'title',
    'upper',
    'zfill',
  ],
  random: [
    'choice',
    'choices',
    'getrandbits',
    'randint',
    'random',
    'randrange',
    'sample',
    'seed',
    'shuffle',
    'uniform',
  ],
  lock: [...managed, 'acquire', 'locked', 'release'],
  event: ['clear', 'is_set', 'set', 'wait'],
  condition: [...managed, 'notify', 'notify_all', 'wait', 'wait_for'],
  semaphore: [...managed, 'acquire', 'locked', 'release'],
  'bounded semaphore': [...managed, 'acquire', 'locked', 'release'],
  barrier: [...managed, 'abort', 'reset', 'wait'],
  queue,
  'lifo queue': queue,
  'priority queue': queue,
  runner: ['__enter__', '__exit__', 'close', 'get_loop', 'run'],
  'task group': [...managed, 'create_task'],
  timeout: [...managed, '_on_timeout', 'expired', 'reschedule', 'when'],
  stream: ['flush'],
  'chain class': ['from_iterable'],
  token: ['__enter__', '__exit__'],
  'generator context manager': ['__enter__', '__exit__'],
  'async generator context manager': managed,
  suppress: ['__enter__', '__exit__'],
  nullcontext: ['__enter__', '__exit__', ...managed],
  closing: ['__enter__', '__exit__'],
  aclosing: managed,
  property: ['getter', 'setter', 'deleter'],
  class: ['__init__'],
  super: ['__init__'],
  'context variable': ['get', 'reset', 'set'],
  'exception group': ['derive', 'split', 'subgroup'],
} as const satisfies Readonly<Record<string, readonly string[]>>

/** What methods are called on. */
export type ReceiverKind = keyof typeof methodNames

const names: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(methodNames).map(([kind, methods]) => [kind, new Set<string>(methods)]),
)

/** What a value is for the lookup of methods. */
export const receiverKind = (receiver: Value): string => {
  if (typeof receiver === 'string') return 'str'
  if (receiver === null || typeof receiver !== 'object') return typeof receiver
  if (receiver.kind === 'builtin' && receiver.name === 'itertools.chain') return 'chain class'
  return receiver.kind === 'exception' && receiver.exceptions !== undefined ? 'exception group' : receiver.kind
}

const plainOfQueue: ReadonlySet<string> = new Set(reading)

const parameterless: Readonly<Record<string, ReadonlySet<string>>> = {
  future: new Set(['cancelled', 'done', 'exception', 'get_loop', 'result']),
  group: new Set(['cancelled', 'done', 'exception', 'get_loop', 'result']),
  task: new Set(['cancelled', 'cancelling', 'done', 'exception', 'get_loop', 'get_name', 'result', 'uncancel']),
  handle: new Set(handle),
  timer: new Set(handle),
  loop: new Set([
    'close',
    'create_future',
    'get_exception_handler',
    'get_task_factory',
    'is_closed',
    'is_running',
    'run_forever',
    'shutdown_asyncgens',
    'stop',
    'time',
  ]),
  str: new Set(['capitalize', 'isalpha', 'isdigit', 'islower', 'isspace', 'isupper', 'lower', 'title', 'upper']),
  list: new Set(['clear', 'copy', 'reverse']),
  dict: new Set(['clear', 'copy', 'items', 'keys', 'popitem', 'values']),
  set: new Set(['clear', 'copy', 'pop']),
  coroutine: new Set(['close']),
  generator: new Set(['close']),
  'async generator': new Set(['aclose']),
  'as completed': new Set(['__aiter__', '__anext__']),
  lock: new Set(['__aenter__', 'acquire', 'locked', 'release']),
  event: new Set(['clear', 'is_set', 'set', 'wait']),
  condition: new Set(['__aenter__', 'notify_all', 'wait']),
  semaphore: new Set(['__aenter__', 'acquire', 'locked', 'release']),
  'bounded semaphore': new Set(['__aenter__', 'acquire', 'locked', 'release']),
  'task group': new Set(['__aenter__']),
  barrier: new Set(['__aenter__', 'abort', 'reset', 'wait']),
  queue: plainOfQueue,
  'lifo queue': plainOfQueue,
  'priority queue': plainOfQueue,
  stream: new Set(['flush']),
  runner: new Set(['__enter__', 'close', 'get_loop']),
  timeout: new Set(['__aenter__', '_on_timeout', 'expired', 'when']),
}

/** Whether a method of a value takes no arguments. */
export const takesNothing = (receiver: Value, name: string): boolean =>
  parameterless[receiverKind(receiver)]?.has(name) ?? false

/** Whether a value has a method. */
export const hasMethod = (receiver: Value, name: string): boolean =>
  names.get(receiverKind(receiver))?.has(name) ?? false
