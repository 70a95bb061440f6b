import { inContext } from './context.js'
import { alreadyEntered } from './context-object.js'
import { follow, type Interpreter } from './coroutine.js'
import { isExecuting } from './current-task.js'
import { leavesLoop } from './exception.js'
import { futureWith, taskOf, withTask } from './future.js'
import { halt } from './halt.js'
import { inLoop, loopWith } from './loops.js'
import { beginning, calling, calls, machine, type Reply, raised, resumeMachine, returned } from './machine.js'
import { makeException, raise, raiseAgainIn } from './raise.js'
import { record } from './record.js'
import { withLoop } from './update.js'
import { withExceptionHandler } from './update-loop.js'
import type { ExceptionValue, Value } from './value.js'
import type { Context, World } from './world.js'

/** A failure that nobody handles, on its way to the exception handler of a loop. */
export interface Failure {
  readonly loop: number
  /** As traces have it. */
  readonly message: string
  readonly exception: Value
  /** What the handler of a program is told: a dict that the program has made, or the entries of one. */
  readonly told: { readonly dict: Value } | { readonly entries: readonly (readonly [key: string, value: Value])[] }
  /** Whose context it is: that of a task, by id, or that in which a callback ran. */
  readonly of: { readonly task: number } | { readonly context: Context } | null
}

interface Handling extends Failure {
  /** The context around the call of the handler. */
  readonly around: Context
}

/** Mirrors `BaseEventLoop.set_exception_handler` (3.4 to 3.14). */
export const setExceptionHandler = (world: World, loop: number, handler: Value): World =>
  inLoop(world, loop, (inside) => withLoop(inside, withExceptionHandler(inside.loop, handler)))

/**
 * Tells the exception handler of a loop of a failure. What that raises is told in its turn, and SystemExit and
 * KeyboardInterrupt leave it. Mirrors `BaseEventLoop.call_exception_handler` (3.5 to 3.14; in a context since 3.12).
 */
export const exceptionHandling = machine<Handling>('BaseEventLoop.call_exception_handler', {
  start: {
    sent: (world, handling, _, interpreter) => {
      const { loop, message, exception, of } = handling
      const shown = exception === null ? null : interpreter.show(world, exception)
      const recorded = record(world, { event: 'ExceptionReported', message, exception: shown })
      const { exceptionHandler } = loopWith(recorded, loop)
      if (exceptionHandler === null) return returned(recorded, null)
      const [made, dict] =
        'dict' in handling.told ? [recorded, handling.told.dict] : interpreter.dict(recorded, handling.told.entries)
      const frame = calling(exceptionHandler, [{ kind: 'loop', id: loop }, dict])
      if (!isSwitched(made, handling) || of === null) return calls(made, frame, 'handled', handling)
      if ('context' in of) return calls(inContext(made, of.context), frame, 'handled', handling)
      if (isExecuting(made, of.task)) {
        const [refused, error] = makeException(made, raise('RuntimeError', alreadyEntered))
        return failed(interpreter, refused, error)
      }
      return calls(inContext(made, taskOf(futureWith(made, of.task)).context), frame, 'handled', handling)
    },
  },
  handled: {
    sent: (world, handling) => returned(leave(world, handling), null),
    thrown: (world, handling, error, interpreter) => failed(interpreter, leave(world, handling), error),
  },
})

const isSwitched = ({ python }: World, { of }: Handling): boolean => of !== null && python.exceptionHandlersGetContext

/** What the handler has set stays with the task in whose context it ran. */
const leave = (world: World, handling: Handling): World => {
  const { of, around } = handling
  if (of === null || !isSwitched(world, handling)) return world
  const kept =
    'task' in of ? withTask(world, of.task, { ...taskOf(futureWith(world, of.task)), context: world.context }) : world
  return inContext(kept, around)
}

/** The message of the report on a handler that has failed itself. */
export const handlerFailed = 'Unhandled error in exception handler'

const failed = (interpreter: Interpreter, world: World, error: ExceptionValue): Reply => {
  if (leavesLoop(error)) return raised(world, error)
  if (error.type === 'RecursionError') {
    throw halt(world, { kind: 'unmodelled', reason: 'an exception handler that goes round' })
  }
  const exception = interpreter.show(world, error)
  return returned(record(world, { event: 'ExceptionReported', message: handlerFailed, exception }), null)
}

/** The frame in which a loop's exception handler is told of a failure. */
export const reporting = (world: World, failure: Failure) =>
  beginning(exceptionHandling, { ...failure, around: world.context } satisfies Handling)

/** Tells of a failure at once; what leaves the handler is the second half of the answer. */
export const report = (
  interpreter: Interpreter,
  world: World,
  failure: Failure,
): readonly [World, ExceptionValue | null] => {
  const answer = resumeMachine(interpreter, exceptionHandling, world, reporting(world, failure), null, null)
  const rest = follow(interpreter, answer, null)
  if (rest.kind === 'returned') return [rest.world, null]
  if (rest.kind === 'raised') return [rest.world, rest.error]
  throw halt(rest.world, { kind: 'unmodelled', reason: 'an exception handler that pauses' })
}

/** Tells of a failure where nothing else is to be done: what leaves the handler is raised. */
export const tell = (interpreter: Interpreter, world: World, failure: Failure): World => {
  const [told, leaving] = report(interpreter, world, failure)
  if (leaving !== null) throw raiseAgainIn(told, leaving)
  return told
}
