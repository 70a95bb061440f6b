/** What needs a coroutine around it. */
export const awaitingKinds = [
  'sleep',
  'await',
  'await future',
  'await function',
  'await gather',
  'await wait',
  'await shield',
  'as completed',
  'await coroutine',
  'await self',
  'await twice',
  'async for',
  'ask for item',
  'collect items',
  'sleep until cancelled',
  'cancel self',
  'uncancel self',
  'to thread',
  'wait for',
  'await object',
  'gone when cancelled',
  'stay',
] as const

/** What the code inside any function can do while a loop runs. */
export const runningKinds = [
  'say',
  'spawn',
  'cancel',
  'ask',
  'state',
  'set result',
  'set exception',
  'wake and cancel',
  'cancel due',
  'new future',
  'call soon',
  'call later',
  'call at',
  'call soon threadsafe',
  'run in executor',
  'cancel handle',
  'handle state',
  'add callback',
  'remove callback',
  'uncancel',
  'gather',
  'shield',
  'all tasks',
  'group task',
  'coroutine',
  'new stream',
  'task of item',
  'close coroutine',
  'closure',
  'work',
  'set variable',
  'reset variable',
  'stop',
  'nested run',
  'many timers',
  'task factory',
  'spawn at once',
  'rename task',
  'exception handler',
  'report failure',
  'inspect',
  'mistake',
  'ask timeout',
  'reschedule',
  'object task',
  'forget',
  'raise own',
  'raise',
  'return',
  'language',
] as const

/** What has operations inside it. */
export const controlKinds = [
  'try',
  'for',
  'if',
  'inner function',
  'timeout',
  'task group',
  'except star',
  'manager',
] as const

/** What the module does with loops by hand. */
export const moduleKinds = [
  'run main',
  'open loop',
  'run until complete',
  'run forever',
  'close loop',
  'run',
  'run in runner',
] as const

/** What waits for and wakes others through what they share. */
export const primitiveOperations = [
  'wait at primitive',
  'wake at primitive',
  'wake at primitive and cancel',
  'use primitive',
] as const

export type Kind =
  | (typeof primitiveOperations)[number]
  | 'hold'
  | (typeof awaitingKinds)[number]
  | (typeof runningKinds)[number]
  | (typeof controlKinds)[number]
  | (typeof moduleKinds)[number]

/** What stands around an operation: nothing, or `try` with this behind `except`. */
export const guards = ['', 'Exception', 'asyncio.CancelledError', 'BaseException', 'bare'] as const

/** How an `except` block, a `finally` block or a function ends. */
export const endings = ['', 'raise', 'return', 'raise new', 'await', 'break'] as const

/** What tasks wait for: its class in asyncio. */
export const primitiveClasses = {
  lock: 'Lock',
  event: 'Event',
  condition: 'Condition',
  semaphore: 'Semaphore',
  bounded: 'BoundedSemaphore',
  barrier: 'Barrier',
  queue: 'Queue',
  lifo: 'LifoQueue',
  priority: 'PriorityQueue',
} as const

export type PrimitiveKind = keyof typeof primitiveClasses

/** A lock, queue or so that all functions share. */
export interface SharedPrimitive {
  readonly kind: PrimitiveKind
  /** Its slots, its parties or its maxsize; without meaning for the others. */
  readonly size: number
}

/**
 * A thing a random program does, as data: one statement or a few. All kinds have the same fields and use of them what
 * they need; so any operation makes sense anywhere, and shrinking keeps programs valid.
 */
export interface Operation {
  readonly does: Kind
  readonly guard: (typeof guards)[number]
  /** Which of the things in reach, modulo how many there are. */
  readonly which: number
  /** Another one of them, or a value. */
  readonly other: number
  /** A third. */
  readonly variant: number
  /** In units of the program's time. */
  readonly delay: number
  readonly body: readonly Operation[]
  readonly handlers: readonly Clause[]
  readonly orelse: readonly Operation[]
  readonly finalbody: Clause | null
}

/** An `except` or `finally` block. */
export interface Clause {
  readonly catches: (typeof guards)[number]
  readonly body: readonly Operation[]
  readonly ending: (typeof endings)[number]
}

/** A random program before it has names. */
export interface Sketch {
  /** Seconds in a unit of time. */
  readonly unit: number
  /** How many futures all functions share. */
  readonly futures: number
  /**
   * Whether all functions share a coroutine object, a future of another loop, an asynchronous generator; and whether there is
   * the eager task factory.
   */
  readonly extras: readonly ('coroutine' | 'alien' | 'stream' | 'eager')[]
  /** Callbacks and coroutine functions by turns; each can use those before it. */
  readonly helpers: readonly (readonly Operation[])[]
  /** The bodies of the tasks that all functions share. */
  readonly workers: readonly (readonly Operation[])[]
  readonly main: readonly Operation[]
  /** The locks, queues and so on that all functions share. */
  readonly primitives: readonly SharedPrimitive[]
  /** Whether these are made by the module, for all of its loops, and not by `main`. */
  readonly primitivesOfModule: boolean
  /** How long `main` waits at its end, in units. */
  readonly patience: number
  readonly module: readonly Operation[]
}
