import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import {
  asyncioExceptions,
  builtinExceptions,
  exceptionBases,
  isInstance,
  isSubclass,
} from '../../src/loop/exception.js'

/** The class and those it derives from, the nearest first. */
const line = (name: string): readonly string[] => {
  const base = exceptionBases[name]
  const second = name === 'ExceptionGroup' ? ['Exception'] : []
  return base ? [name, ...line(base).toSpliced(1, 0, ...second)] : [name]
}

/** Python's own lines, from its documentation. */
const documented = `
  GeneratorExit BaseException
  KeyboardInterrupt BaseException
  SystemExit BaseException
  CancelledError BaseException
  BaseExceptionGroup BaseException
  ExceptionGroup BaseExceptionGroup Exception BaseException
  OverflowError ArithmeticError Exception BaseException
  ZeroDivisionError ArithmeticError Exception BaseException
  AssertionError Exception BaseException
  AttributeError Exception BaseException
  BufferError Exception BaseException
  EOFError Exception BaseException
  ImportError Exception BaseException
  InvalidStateError Exception BaseException
  IndexError LookupError Exception BaseException
  KeyError LookupError Exception BaseException
  MemoryError Exception BaseException
  UnboundLocalError NameError Exception BaseException
  TimeoutError OSError Exception BaseException
  asyncio.TimeoutError Exception BaseException
  QueueEmpty Exception BaseException
  QueueFull Exception BaseException
  QueueShutDown Exception BaseException
  BrokenBarrierError RuntimeError Exception BaseException
  NotImplementedError RuntimeError Exception BaseException
  RecursionError RuntimeError Exception BaseException
  StopAsyncIteration Exception BaseException
  StopIteration Exception BaseException
  SystemError Exception BaseException
  TypeError Exception BaseException
  ValueError Exception BaseException
`
  .trim()
  .split('\n')
  .map((words) => words.trim().split(' '))

const names = [...new Set(documented.flat())]
const name = fc.constantFrom(...names)

describe('exception classes', () => {
  test("derive from one another as Python's do", () => {
    for (const expected of documented) expect(line(expected[0] ?? '')).toEqual(expected)
    expect(new Set(names)).toEqual(new Set(Object.keys(exceptionBases)))
  })

  it.prop([name, name])('issubclass is to stand in the line', (one, other) => {
    expect(isSubclass(one, other)).toBe(line(one).includes(other))
    expect(isInstance({ kind: 'exception', id: 0, type: one, args: [] }, other)).toBe(line(one).includes(other))
  })

  test('an unknown class derives from itself alone', () => {
    expect(isSubclass('Unknown', 'BaseException')).toBe(false)
    expect(isSubclass('Unknown', 'Unknown')).toBe(true)
  })

  test('each is reached by one name, TimeoutError by two', () => {
    const queues = ['QueueEmpty', 'QueueFull', 'QueueShutDown']
    const own = ['BrokenBarrierError', 'CancelledError', 'InvalidStateError', ...queues]
    expect([...asyncioExceptions].sort()).toEqual([...own, 'TimeoutError'])
    expect(names.filter((known) => !builtinExceptions.has(known)).sort()).toEqual([...own, 'asyncio.TimeoutError'])
    expect([...builtinExceptions].every((known) => names.includes(known))).toBe(true)
  })
})
