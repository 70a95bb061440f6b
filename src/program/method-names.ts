import type { Value } from '../loop/value.js'

const future = ['add_done_callback', 'cancel', 'cancelled', 'done', 'exception', 'remove_done_callback', 'result']

/** The methods that programs can call, by what they are called on. */
export const methodNames = {
  future: [...future, 'set_exception', 'set_result'],
  task: [...future, 'cancelling', 'get_name', 'uncancel', 'set_exception', 'set_result'],
  handle: ['cancel', 'cancelled'],
  loop: [
    'call_at',
    'call_later',
    'call_soon',
    'close',
    'create_future',
    'create_task',
    'is_closed',
    'is_running',
    'run_forever',
    'run_until_complete',
    'stop',
    'time',
  ],
  list: ['append', 'extend', 'pop'],
  coroutine: ['close'],
  str: ['join'],
  'context variable': ['get', 'reset', 'set'],
} as const satisfies Readonly<Record<string, readonly string[]>>

/** What methods are called on. */
export type ReceiverKind = keyof typeof methodNames

const names: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(methodNames).map(([kind, methods]) => [kind, new Set<string>(methods)]),
)

/** What a value is for the lookup of methods. */
export const receiverKind = (receiver: Value): string =>
  typeof receiver === 'string'
    ? 'str'
    : receiver === null || typeof receiver !== 'object'
      ? typeof receiver
      : receiver.kind

/** Whether a value has a method. */
export const hasMethod = (receiver: Value, name: string): boolean =>
  names.get(receiverKind(receiver))?.has(name) ?? false
