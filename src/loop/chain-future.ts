import { addDoneCallback, futureWith, setException, setResult } from './future.js'
import { makeException, raise } from './raise.js'
import type { ExceptionValue, Value } from './value.js'
import type { World } from './world.js'

/** A future that waits for a thread. Mirrors `futures._chain_future` (3.5 to 3.14), its `add_done_callback`. */
export const watchForCancellation = (world: World, future: number): World =>
  addDoneCallback(world, future, { name: '_chain_future.<locals>._call_check_cancel', future }, world.context)

/**
 * The outcome of a thread becomes that of its future, unless nobody waits for it any more.
 * Mirrors `futures._copy_future_state` (3.5 to 3.14).
 */
export const copyFutureState = (world: World, future: number, value: Value, error: ExceptionValue | null): World => {
  const { state } = futureWith(world, future)
  if (state === 'cancelled') return world
  if (state === 'finished') throw raise('AssertionError')
  if (error === null) return setResult(world, future, value)
  const [converted, own] = convert(world, error)
  return setException(converted, future, own)
}

/** Mirrors `futures._convert_future_exc` (3.8 to 3.14). */
const convert = (world: World, error: ExceptionValue): readonly [World, ExceptionValue] => {
  const { timeoutErrorIsBuiltin, threadsKeepTimeoutErrors } = world.python
  const isCopied = error.type === 'TimeoutError' && timeoutErrorIsBuiltin && !threadsKeepTimeoutErrors
  return isCopied ? makeException(world, raise('TimeoutError', ...error.args), error.line) : [world, error]
}
