import { beginLate } from './async-generator.js'
import { cancel } from './cancellation.js'
import { inContext } from './context.js'
import { follow, type Interpreter, pushed, type Rest, resumeStack } from './coroutine.js'
import { enterTask, leaveTask } from './current-task.js'
import { isInstance, leavesLoop } from './exception.js'
import {
  addDoneCallback,
  becomeCancelled,
  className,
  createFuture,
  futureWith,
  isDone,
  keepCancelledError,
  makeCancelledError,
  result,
  setException,
  setResult,
  taskOf,
  withFuture,
  withTask,
} from './future.js'
import { callSoon, checkClosed } from './handle.js'
import { loopWith } from './loops.js'
import { makeException, raise } from './raise.js'
import { record } from './record.js'
import { withDefaultNames } from './update.js'
import type { ExceptionValue, Value } from './value.js'
import type { Context, Frame, Stack, Task, World } from './world.js'

/**
 * Adds a task for a coroutine; its id is `world.futures.next`. Its first step is scheduled; until then nothing of it
 * runs. RuntimeError in a closed loop. Mirrors `BaseEventLoop.create_task` and `Task.__init__` (names since 3.8).
 */
export const createTask = (
  world: World,
  loop: number,
  coroutine: Frame,
  name: string | null,
  context: Context = world.context,
): World => {
  checkClosed(world, loop)
  const task = world.futures.next
  return callSoon(
    addTask(world, loop, coroutine, name, context),
    loop,
    { name: 'Task.__step', task, error: null },
    null,
  )
}

/**
 * Adds a task that begins at once, inside the step of whoever makes it, where its loop runs; what leaves that first step,
 * SystemExit or KeyboardInterrupt, is the second half of the answer. Mirrors `Task.__eager_start` (3.12 to 3.14).
 */
export const createEagerTask = (
  interpreter: Interpreter,
  world: World,
  loop: number,
  coroutine: Frame,
  name: string | null,
  context: Context = world.context,
): readonly [World, ExceptionValue | null] =>
  loopWith(world, loop).running
    ? step(interpreter, addTask(world, loop, coroutine, name, context), world.futures.next, null, null, true)
    : [createTask(world, loop, coroutine, name, context), null]

const addTask = (world: World, loop: number, coroutine: Frame, name: string | null, context: Context): World => {
  const [announced, called] = announceTask(world, name)
  const task: Task = {
    name: called,
    stack: pushed(coroutine, null),
    started: false,
    waiter: null,
    mustCancel: false,
    cancelling: 0,
    logDestroyPending: true,
    context,
  }
  return createFuture(announced, loop, task)
}

/** A task is being made, by this name or one that is counted. Mirrors `Task.__init__` (3.8 to 3.14), its name. */
export const announceTask = (world: World, name: string | null): readonly [World, string] => {
  const counted = name === null ? withDefaultNames(world, world.defaultNames + 1) : world
  const created = name ?? `Task-${counted.defaultNames}`
  return [record(counted, { event: 'TaskCreated', created }), created]
}

/**
 * Runs a task up to its next pause, or to its end: a value is sent or an error thrown in. What leaves the step, SystemExit
 * or KeyboardInterrupt, is the second half of the answer. Mirrors `Task.__step` (3.4 to 3.14).
 */
export const step = (
  interpreter: Interpreter,
  world: World,
  id: number,
  value: Value,
  error: ExceptionValue | null,
  isEager = false,
): readonly [World, ExceptionValue | null] => {
  const future = futureWith(world, id)
  const task = taskOf(future)
  if (isDone(future)) throw raise('InvalidStateError', '__step(): already done')
  const [asked, thrown] = task.mustCancel ? errorToThrow(world, id, error) : ([world, error] as const)
  const entered = inContext(enterTask(asked, id, isEager), task.context)
  const begun = record(entered, { event: task.started ? 'TaskResumed' : 'TaskStarted' })
  const late = thrown === null ? beginLate(begun, task.stack) : null
  const rest =
    late === null
      ? resumeStack(interpreter, begun, task.stack, value, thrown)
      : follow(interpreter, interpreter.resume(late.world, late.stack.frame, null, late.error), late.stack.below)
  const [stepped, leaving] = handleResult(interpreter, rest, id)
  return [leave(stepped, id, world), leaving]
}

/**
 * Takes up a task whose awaited future is done, with its result or what it raises. Mirrors `Task.__wakeup` (3.4 to 3.14),
 * which sends None, and `Future.__await__`, which then asks for the result once more.
 */
export const wakeup = (
  interpreter: Interpreter,
  world: World,
  id: number,
  future: number,
): readonly [World, ExceptionValue | null] => {
  const asked = result(world, future)
  return step(interpreter, asked.world, id, asked.value, asked.error)
}

/** Mirrors `Task.__step_run_and_handle_result` (so called since 3.12, before that a part of `__step`). */
export const handleResult = (
  interpreter: Interpreter,
  rest: Rest,
  id: number,
): readonly [World, ExceptionValue | null] => {
  switch (rest.kind) {
    case 'returned': {
      const ended = recordEnd(interpreter, rest.world, 'returned', rest.value)
      const future = futureWith(ended, id)
      return taskOf(future).mustCancel
        ? [becomeCancelled(withTask(ended, id, withMustCancel(taskOf(future), false)), id, future.cancelMessage), null]
        : [setResult(ended, id, rest.value), null]
    }
    case 'raised': {
      const ended = recordEnd(interpreter, rest.world, 'raised', rest.error)
      if (isInstance(rest.error, 'CancelledError')) {
        return [becomeCancelled(keepCancelledError(ended, id, rest.error), id, null), null]
      }
      return [setException(ended, id, rest.error), leavesLoop(rest.error) ? rest.error : null]
    }
    case 'awaits':
      return [wait(record(rest.world, { event: 'TaskPaused' }), id, rest.stack, rest.future), null]
    case 'yields': {
      const waiting = paused(record(rest.world, { event: 'TaskPaused' }), id, rest.stack, null)
      if (rest.value !== null) return [badYield(interpreter, waiting, id, rest.value), null]
      return [scheduleStep(waiting, id, null), null]
    }
    case 'runs':
      throw new Error('a task cannot run a loop')
  }
}

/** The task waits for a future: `_fut_waiter`. */
const wait = (world: World, id: number, stack: Stack, awaited: number): World => {
  const { loop } = futureWith(world, id)
  if (awaited === id) return refuse(paused(world, id, stack, null), id, awaited, 'Task cannot await on itself: <Task>')
  const other = futureWith(world, awaited)
  if (other.loop !== loop) {
    const message = `Task <Task> got Future <${className(other)}> attached to a different loop`
    return refuse(paused(world, id, stack, null), id, awaited, message)
  }
  const callback = { name: 'Task.__wakeup', task: id, future: awaited } as const
  const waiting = addDoneCallback(paused(world, id, stack, awaited), awaited, callback, null)
  return taskOf(futureWith(waiting, id)).mustCancel ? cancelWaiter(waiting, id, awaited) : waiting
}

/** A cancellation that came while the task ran is passed on to what it now waits for. */
const cancelWaiter = (world: World, id: number, awaited: number): World => {
  const [passedOn, accepted] = cancel(world, awaited, futureWith(world, id).cancelMessage)
  return accepted ? withTask(passedOn, id, withMustCancel(taskOf(futureWith(passedOn, id)), false)) : passedOn
}

const refuse = (world: World, id: number, awaited: number, message: string): World => {
  const left = withFuture(world, awaited, { ...futureWith(world, awaited), refused: world.python.accelerated })
  const [made, error] = makeException(left, raise('RuntimeError', message))
  return scheduleStep(made, id, error)
}

/** What a generator has yielded and a task cannot wait for: None is all that is not awaited. */
const badYield = (interpreter: Interpreter, world: World, id: number, value: Value): World => {
  const text = interpreter.show(world, value)
  const [made, error] = makeException(world, raise('RuntimeError', `${complaint(value)}${text}`))
  return scheduleStep(made, id, error)
}

const complaint = (value: Value): string => {
  const kind = typeof value === 'object' && value !== null ? value.kind : ''
  if (kind === 'generator') return 'yield was used instead of yield from for generator in task <Task> with '
  return ['future', 'group', 'task'].includes(kind)
    ? 'yield was used instead of yield from in task <Task> with '
    : 'Task got bad yield: '
}

const scheduleStep = (world: World, id: number, error: ExceptionValue | null): World =>
  callSoon(world, futureWith(world, id).loop, { name: 'Task.__step', task: id, error }, null)

/** A cancellation that was asked for while nothing could take it is thrown in now, unless one is thrown in anyway. */
const errorToThrow = (
  world: World,
  id: number,
  error: ExceptionValue | null,
): readonly [World, ExceptionValue | null] => {
  const asked = withTask(world, id, withMustCancel(taskOf(futureWith(world, id)), false))
  if (error !== null && isInstance(error, 'CancelledError')) return [asked, error]
  const made = makeCancelledError(asked, id)
  return [made.world, made.error]
}

/** `_leave_task`; what was set in the context stays with the task. */
const leave = (world: World, id: number, outside: World): World => {
  const task = taskOf(futureWith(world, id))
  const kept = task.context === world.context ? world : withTask(world, id, { ...task, context: world.context })
  return inContext(leaveTask(kept, outside), outside.context)
}

/** The memory of a coroutine's end. Without a trace nothing is made into text. */
const recordEnd = (interpreter: Interpreter, world: World, kind: 'returned' | 'raised', value: Value): World => {
  if (world.trail === null) return world
  const text = interpreter.show(world, value)
  const outcome = kind === 'returned' ? { kind, value: text } : { kind, exception: text }
  return record(world, { event: 'TaskEnded', outcome })
}

const paused = (world: World, id: number, stack: Stack, waiter: number | null): World => {
  const task = taskOf(futureWith(world, id))
  return withTask(world, id, {
    name: task.name,
    stack,
    started: true,
    waiter,
    mustCancel: task.mustCancel,
    cancelling: task.cancelling,
    logDestroyPending: task.logDestroyPending,
    context: task.context,
  })
}

const withMustCancel = (task: Task, mustCancel: boolean): Task => ({ ...task, mustCancel })
