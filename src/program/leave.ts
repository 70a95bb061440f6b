import type { Answer } from '../loop/coroutine.js'
import { isInstance } from '../loop/exception.js'
import { halt } from '../loop/halt.js'
import { makeException, raise } from '../loop/raise.js'
import type { ExceptionValue } from '../loop/value.js'
import type { Activation, Code } from './code.js'
import type { Names } from './reach.js'
import { heldByTraceback } from './release.js'

/**
 * An exception leaves a frame; StopIteration cannot leave a coroutine (PEP 492, 3.5) or a generator (PEP 479, 3.7), unless
 * it was thrown in before that had begun (3.12).
 */
export const leave = (
  names: Names,
  code: Code,
  activation: Activation,
  error: ExceptionValue,
  isThrownAtFirst: boolean,
): Answer => {
  const { world } = activation
  const { stopIterationEndsNoGenerator, stopIterationPassesUnbegun } = world.python
  const leaves =
    (code.kind === 'generator function' && !stopIterationEndsNoGenerator) ||
    (isThrownAtFirst && stopIterationPassesUnbegun)
  const isEnd =
    isInstance(error, 'StopIteration') ||
    (isInstance(error, 'StopAsyncIteration') && code.kind === 'async generator function')
  if (isThrownAtFirst && isEnd && stopIterationPassesUnbegun && code.kind === 'async generator function') {
    const reason = `${error.type} that is thrown into an asynchronous generator before it has begun`
    throw halt(world, { kind: 'unmodelled', reason, line: activation.line })
  }
  if (leaves || code.kind === 'function' || !isEnd) {
    return { kind: 'raised', world: heldByTraceback(names, activation, names.codes.indexOf(code), error), error }
  }
  const [made, replaced] = makeException(world, raise('RuntimeError', `${whats[code.kind]} raised ${error.type}`))
  return { kind: 'raised', world: made, error: replaced }
}

const whats: Readonly<Record<Exclude<Code['kind'], 'function'>, string>> = {
  'async function': 'coroutine',
  'generator function': 'generator',
  'async generator function': 'async generator',
}
