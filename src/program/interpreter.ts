import { nextCompletedFuture, waitForOne } from '../asyncio/as-completed.js'
import { abortBarrier, enterBarrier, leaveBarrier, resetBarrier, waitAtBarrier } from '../asyncio/barrier.js'
import { libraryCallbackOf } from '../asyncio/callbacks.js'
import { cancelAndWait } from '../asyncio/cancel-and-wait.js'
import { waitForNotify, waitForPredicate } from '../asyncio/condition.js'
import { enter, exit } from '../asyncio/context-manager.js'
import { waitForEvent } from '../asyncio/event.js'
import { shutdownDefaultExecutor, toThread } from '../asyncio/executor.js'
import { acquireLock } from '../asyncio/lock.js'
import { get, join, put } from '../asyncio/queue.js'
import { run } from '../asyncio/run.js'
import { closeRunner, endRunner, runInRunner } from '../asyncio/runner.js'
import { acquireSemaphore } from '../asyncio/semaphore.js'
import { shutdownAsyncgens } from '../asyncio/shutdown-asyncgens.js'
import { sleep } from '../asyncio/sleep.js'
import { enterTaskGroup, exitTaskGroup, taskDone, taskDoneCallback } from '../asyncio/task-group.js'
import { enter as enterTimeout, exit as exitTimeout } from '../asyncio/timeout.js'
import { waitForFutures } from '../asyncio/wait.js'
import { waitFor } from '../asyncio/wait-for.js'
import { wrapAwaitable } from '../asyncio/wrap-awaitable.js'
import { resumeAsyncDriver } from '../loop/async-generator.js'
import { ASYNC_GENERATOR } from '../loop/async-generator-object.js'
import { runInContext } from '../loop/context-object.js'
import { type Answer, type Interpreter, raisedBy } from '../loop/coroutine.js'
import { begin, COROUTINE, closeCoroutine } from '../loop/coroutine-object.js'
import { exceptionHandling } from '../loop/exception-handler.js'
import { resumeDriver } from '../loop/generator.js'
import { GENERATOR } from '../loop/generator-object.js'
import { CALL, type Calling, type Machine, resumeMachine } from '../loop/machine.js'
import { runForever, runUntilComplete } from '../loop/run-until-complete.js'
import type { ExceptionValue, Reference, Value } from '../loop/value.js'
import type { Frame, World } from '../loop/world.js'
import { awaitByHand, awaitIterator, awaitMethod, delegateToMethod } from './await-method.js'
import { awaitableOf } from './awaitable.js'
import { isBegun, isBuiltin } from './builtin.js'
import { callValue } from './call.js'
import { activationOf, CODE, type Code, type Keywords } from './code.js'
import { collect, drain, extend, seek } from './collect.js'
import { closeAsyncThing, closeThing, giving } from './contextlib.js'
import { newDict } from './dicts.js'
import { awaits, resumeFrame } from './frame.js'
import { enterAsyncGenerator, enterGenerator, exitAsyncGenerator, exitGenerator } from './generator-manager.js'
import { instantiation } from './instantiate.js'
import { nextOr, seekExtreme } from './iterator-functions.js'
import { itertoolsMachines } from './itertools-next.js'
import { nextMachines } from './next-item.js'
import { isLessIn, isTrue, reprIn, shownIn } from './operations.js'
import { ofPlaces, ofProgram } from './program-iterator.js'
import type { Names } from './reach.js'
import { knownAsyncGenerators, release } from './release.js'
import { APPLY, apply, sorting } from './sorting.js'
import { specialMethod } from './special-methods.js'
import { unpacking } from './unpacking.js'
import { asCompleted, ended, nextCompleted, wait } from './waiting.js'

const machines: ReadonlyMap<string, Machine> = new Map(
  [
    exceptionHandling,
    runInContext,
    ...[sleep, run, wrapAwaitable, shutdownAsyncgens, shutdownDefaultExecutor, runForever, runUntilComplete],
    ...[wrapAwaitable, awaitMethod, delegateToMethod, awaitIterator, awaitByHand, ofProgram, ofPlaces],
    ...[toThread, waitFor, cancelAndWait, enterTimeout, exitTimeout],
    ...[runInRunner, closeRunner, endRunner],
    ...[collect, drain, extend, seek, sorting, instantiation, unpacking, nextOr, seekExtreme],
    ...[...nextMachines, ...itertoolsMachines],
    ...[acquireLock, waitForEvent, waitForNotify, waitForPredicate, acquireSemaphore, enter, exit],
    ...[waitForFutures, wait, waitForOne, nextCompletedFuture, ended, asCompleted, nextCompleted],
    ...[put, get, join],
    ...[enterGenerator, exitGenerator, enterAsyncGenerator, exitAsyncGenerator, giving, closeThing, closeAsyncThing],
    ...[waitAtBarrier, resetBarrier, abortBarrier, enterBarrier, leaveBarrier],
    ...[enterTaskGroup, exitTaskGroup],
  ].map((machine) => [machine.name, machine]),
)

/** The code of a program, and how many instructions may run without a pause. */
export interface Running extends Names {
  readonly steps: number
}

/** What the kernel has to know of a program: how its functions and the coroutines of the library go on. */
export const interpreterOf = (running: Running): Interpreter => {
  const resumeAny = (world: World, frame: Frame, value: Value, error: ExceptionValue | null): Answer => {
    if (frame.machine === CODE) return resumeFrame(interpreter, running, world, frame, value, error)
    if (frame.machine === COROUTINE) return beginCoroutine(world, frame, error)
    if (frame.machine === CALL) return resumeCall(interpreter, running.codes, world, frame, value, error)
    if (frame.machine === GENERATOR) return resumeDriver(world, frame, value, error)
    if (frame.machine === ASYNC_GENERATOR) return resumeAsyncDriver(world, frame, value, error)
    if (frame.machine === APPLY) return apply(interpreter.call, world, frame)
    const machine = machines.get(frame.machine)
    if (machine === undefined) throw new RangeError(`no machine ${frame.machine}`)
    return resumeMachine(interpreter, machine, world, frame, value, error)
  }
  const beginCoroutine = (world: World, frame: Frame, error: ExceptionValue | null): Answer => {
    try {
      const [begun, first] = begin(world, frame)
      return error === null
        ? interpreter.resume(begun, first, null, null)
        : closing(first, { kind: 'raised', world: begun, error })
    } catch (caught) {
      return raisedBy(world, caught)
    }
  }
  const interpreter: Interpreter = {
    resume: (world, frame, value, error) => closing(frame, resumeAny(world, frame, value, error)),
    call: (world, callee, args, keywords = new Map()) =>
      callBack(interpreter, running.codes, world, callee, args, keywords),
    isLess: (world, a, b) => isLessIn({ world, interpreter }, a, b),
    dict: (world, entries) => {
      const activation = activationOf(interpreter, world)
      const dict = newDict(activation, entries)
      return [activation.world, dict]
    },
    await: awaits,
    isTrue: (world, value) => isTrue({ world, interpreter }, value),
    isAwaitable: (world, value) => specialMethod(world, value, '__await__') !== undefined,
    repr: (world, value) => reprIn({ world, interpreter }, value),
    show: (world, value) => shownIn({ world, interpreter }, value),
    release: (world, stack, value) => release(running, world, stack, value),
    knownAsyncGenerators: (world, isWithin) => knownAsyncGenerators(running, world, isWithin),
    steps: running.steps,
  }
  return interpreter
}

/** A coroutine object whose frame has ended is closed. */
const closing = (frame: Frame, answer: Answer): Answer => {
  if (frame.coroutine === null) return answer
  switch (answer.kind) {
    case 'returned':
      return { kind: 'returned', world: closeCoroutine(answer.world, frame.coroutine), value: answer.value }
    case 'raised':
      return { kind: 'raised', world: closeCoroutine(answer.world, frame.coroutine), error: answer.error }
    default:
      return answer
  }
}

/** A machine of the library calls a value: a coroutine function gives its coroutine. */
const resumeCall = (
  interpreter: Interpreter,
  codes: readonly Code[],
  world: World,
  frame: Frame,
  value: Value,
  error: ExceptionValue | null,
): Answer => {
  if (error !== null) return { kind: 'raised', world, error }
  if (frame.state === 'called') return { kind: 'returned', world, value }
  const { callee, args } = frame.locals as Calling
  const activation = activationOf(interpreter, world)
  try {
    const result = callValue(codes, activation, callee, args, new Map())
    if (!isBegun(result)) return { kind: 'returned', world: activation.world, value: result }
    if (result.coroutine === null) {
      const { machine, locals, coroutine } = frame
      const called: Frame = { machine, state: 'called', locals, coroutine }
      return { kind: 'calls', world: activation.world, callee: result.frame, frame: called }
    }
    const [made, awaitable] = awaitableOf(activation.world, result)
    return { kind: 'returned', world: made, value: awaitable }
  } catch (caught) {
    return raisedBy(activation.world, caught)
  }
}

/** A handle calls back: a function or method of the program's, or a callback of the library's own. */
const callBack = (
  interpreter: Interpreter,
  codes: readonly Code[],
  world: World,
  callee: Value,
  args: readonly Value[],
  keywords: Keywords,
): Answer => {
  const activation = activationOf(interpreter, world)
  try {
    const own = libraryCallbackOf(callee)
    if (own !== undefined) {
      const about = args as readonly [Reference, Reference]
      return { kind: 'returned', world: own(world, about, interpreter), value: null }
    }
    if (isBuiltin(callee, taskDoneCallback)) {
      const [group, task] = args as readonly [Reference, Reference]
      return { kind: 'returned', world: taskDone(world, group.id, task.id, interpreter), value: null }
    }
    const result = callValue(codes, activation, callee, args, keywords)
    if (!isBegun(result)) return { kind: 'returned', world: activation.world, value: result }
    if (result.coroutine === null) return interpreter.resume(activation.world, result.frame, null, null)
    const [made, awaitable] = awaitableOf(activation.world, result)
    return { kind: 'returned', world: made, value: awaitable }
  } catch (caught) {
    return raisedBy(activation.world, caught)
  }
}
