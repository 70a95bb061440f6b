import type { Switches } from './python.js'
import type { ClassValue, ExceptionValue, ProgramClass } from './value.js'

/** The TimeoutError that asyncio had for itself before 3.11. */
export const ownTimeoutError = 'asyncio.TimeoutError'

/**
 * Every exception class of the model, with the class it derives from: Python's builtin ones and asyncio's own.
 * ExceptionGroup derives from Exception too (3.11).
 */
export const exceptionBases: Readonly<Record<string, string | null>> = {
  BaseException: null,
  GeneratorExit: 'BaseException',
  KeyboardInterrupt: 'BaseException',
  SystemExit: 'BaseException',
  CancelledError: 'BaseException',
  BaseExceptionGroup: 'BaseException',
  ExceptionGroup: 'BaseExceptionGroup',
  Exception: 'BaseException',
  ArithmeticError: 'Exception',
  OverflowError: 'ArithmeticError',
  ZeroDivisionError: 'ArithmeticError',
  AssertionError: 'Exception',
  AttributeError: 'Exception',
  BufferError: 'Exception',
  EOFError: 'Exception',
  ImportError: 'Exception',
  InvalidStateError: 'Exception',
  LookupError: 'Exception',
  IndexError: 'LookupError',
  KeyError: 'LookupError',
  [ownTimeoutError]: 'Exception',
  MemoryError: 'Exception',
  NameError: 'Exception',
  UnboundLocalError: 'NameError',
  OSError: 'Exception',
  TimeoutError: 'OSError',
  QueueEmpty: 'Exception',
  QueueFull: 'Exception',
  QueueShutDown: 'Exception',
  RuntimeError: 'Exception',
  BrokenBarrierError: 'RuntimeError',
  NotImplementedError: 'RuntimeError',
  RecursionError: 'RuntimeError',
  StopAsyncIteration: 'Exception',
  StopIteration: 'Exception',
  SystemError: 'Exception',
  TypeError: 'Exception',
  ValueError: 'Exception',
}

const definedByQueues: ReadonlySet<string> = new Set(['QueueEmpty', 'QueueFull', 'QueueShutDown'])

const definedByAsyncio: ReadonlySet<string> = new Set([
  ...['BrokenBarrierError', 'CancelledError', 'InvalidStateError', ownTimeoutError],
  ...definedByQueues,
])

/** The module in which asyncio defines an exception class. */
export const asyncioModuleOf = (name: string): string =>
  `asyncio.${definedByQueues.has(name) ? 'queues' : 'exceptions'}`

/** The exception classes a program reaches by their bare name. */
export const builtinExceptions: ReadonlySet<string> = new Set(
  Object.keys(exceptionBases).filter((name) => !definedByAsyncio.has(name)),
)

/** `__name__` of an exception class. */
export const shortName = (name: string): string => name.slice(name.lastIndexOf('.') + 1)

/** The exception classes a program reaches as `asyncio.…`. */
export const asyncioExceptions: ReadonlySet<string> = new Set([...definedByAsyncio].map((name) => shortName(name)))

/** The class that is `asyncio.TimeoutError`: the builtin one (3.11). */
export const timeoutError = ({ timeoutErrorIsBuiltin }: Switches): string =>
  timeoutErrorIsBuiltin ? 'TimeoutError' : ownTimeoutError

/** The class that is `asyncio.name`. */
export const asyncioException = (name: string, python: Switches): string =>
  name === 'TimeoutError' ? timeoutError(python) : name

/** Python's `issubclass(name, base)` for the names of exception classes. */
export function isSubclass(name: string, base: string): boolean {
  for (let at: string | null | undefined = name; at; at = exceptionBases[at]) if (at === base) return true
  return name === 'ExceptionGroup' && base === 'Exception'
}

/** The exception class that a class of the program derives from; null where it derives from none. */
export const builtinBase = ({ base }: ProgramClass): string | null => {
  if (base === null) return null
  return base.kind === 'class' ? base.name : builtinBase(base)
}

/** Python's `issubclass(own, base)`. */
export const derivesFrom = (own: ProgramClass | ClassValue | null, base: ProgramClass | ClassValue): boolean => {
  if (own === null) return false
  if (own.kind === 'class') return base.kind === 'class' && isSubclass(own.name, base.name)
  return (base.kind === 'program class' && own.id === base.id) || derivesFrom(own.base, base)
}

/** The class of an exception. */
export const classOf = ({ instance, type }: ExceptionValue): ProgramClass | ClassValue =>
  instance?.class ?? { kind: 'class', name: type }

/** Python's `isinstance(exception, className)`. */
export const isInstance = (exception: ExceptionValue, className: string): boolean =>
  isSubclass(exception.type, className)

/** Whether an exception is a cancellation to a `timeout` and a group: of a class below CancelledError too (3.13). */
export const isCancellation = (exception: ExceptionValue, { timeoutsKnowSubclasses }: Switches): boolean =>
  isInstance(exception, 'CancelledError') && (timeoutsKnowSubclasses || exception.instance === undefined)

/** Whether an exception leaves `run_forever` instead of being kept or reported: SystemExit and KeyboardInterrupt (3.8). */
export const leavesLoop = (exception: ExceptionValue): boolean =>
  isInstance(exception, 'SystemExit') || isInstance(exception, 'KeyboardInterrupt')
