import { shutdownDefaultExecutor } from '../../src/asyncio/executor.js'
import { childDone, gather, gatherCallback } from '../../src/asyncio/gather.js'
import { run } from '../../src/asyncio/run.js'
import { sleep } from '../../src/asyncio/sleep.js'
import { resumeAsyncDriver } from '../../src/loop/async-generator.js'
import { ASYNC_GENERATOR } from '../../src/loop/async-generator-object.js'
import { cancel, uncancel } from '../../src/loop/cancellation.js'
import { assign, inContext } from '../../src/loop/context.js'
import type { Answer, Interpreter } from '../../src/loop/coroutine.js'
import { begin, COROUTINE, closeCoroutine } from '../../src/loop/coroutine-object.js'
import {
  addDoneCallback,
  createFuture,
  exceptionOf,
  futureWith,
  removeDoneCallback,
  result,
  setException,
  setResult,
} from '../../src/loop/future.js'
import { resumeDriver } from '../../src/loop/generator.js'
import { GENERATOR } from '../../src/loop/generator-object.js'
import { callSoon, cancelHandle } from '../../src/loop/handle.js'
import { stop } from '../../src/loop/loops.js'
import { beginning, type Machine, resumeMachine } from '../../src/loop/machine.js'
import { isRaise, makeException, raise } from '../../src/loop/raise.js'
import { record } from '../../src/loop/record.js'
import { runForever, runUntilComplete } from '../../src/loop/run-until-complete.js'
import { createTask } from '../../src/loop/task.js'
import { callLater } from '../../src/loop/timer.js'
import { withClock, withObjects } from '../../src/loop/update.js'
import type { ExceptionValue, Reference, Value } from '../../src/loop/value.js'
import type { Callback, Frame, World } from '../../src/loop/world.js'
import { entries, push } from '../../src/persistent/table.js'

/**
 * What code does without a pause. `which` counts what the world has a note of, futures and tasks or handles, in order of
 * creation and round and round: 0 is the first. Where there is nothing to do it to, nothing is done.
 */
export type Act =
  | { readonly does: 'future'; readonly loop?: number }
  | { readonly does: 'spawn'; readonly code: number; readonly loop?: number }
  | { readonly does: 'gather'; readonly which: readonly number[]; readonly returnExceptions: boolean }
  | { readonly does: 'set result'; readonly which: number; readonly value: Value }
  | { readonly does: 'set exception'; readonly which: number; readonly type: string }
  | { readonly does: 'cancel'; readonly which: number; readonly message: Value }
  | { readonly does: 'uncancel'; readonly which: number }
  | { readonly does: 'ask result' | 'ask exception'; readonly which: number }
  | { readonly does: 'add callback' | 'remove callback'; readonly which: number; readonly code: number }
  | { readonly does: 'call soon'; readonly code: number }
  | { readonly does: 'call later'; readonly delay: number; readonly code: number }
  | { readonly does: 'cancel handle'; readonly which: number }
  | { readonly does: 'assign'; readonly variable: number; readonly value: Value }
  | { readonly does: 'work'; readonly seconds: number }
  | { readonly does: 'say'; readonly text: string }
  | { readonly does: 'stop' }

/** What else a frame does: it pauses, or ends. An error that is thrown in goes through unless it `catches`. */
export type Move =
  | { readonly does: 'await'; readonly which: number; readonly catches?: boolean }
  | { readonly does: 'yield'; readonly catches?: boolean }
  | { readonly does: 'sleep'; readonly delay: number; readonly catches?: boolean }
  | { readonly does: 'call'; readonly code: number; readonly catches?: boolean }
  | { readonly does: 'begin'; readonly callee: Frame; readonly catches?: boolean }
  | { readonly does: 'run'; readonly catches?: boolean }
  | { readonly does: 'return'; readonly value: Value }
  | { readonly does: 'raise'; readonly type: string }

/** The code of a coroutine or function. Its end is `return None`. An act that `catches` may raise, and it goes on. */
export type Script = readonly ((Act & { readonly catches?: boolean }) | Move)[]

/** The futures and tasks, or the handles, that a world has a note of, by id. */
export const known = (world: World, kind: 'future' | 'handle'): readonly number[] =>
  entries(world.objects).flatMap(([, object]) =>
    (object as Reference).kind === kind ? [(object as Reference).id] : [],
  )

const noted = (world: World, kind: 'future' | 'handle', id: number): World =>
  withObjects(world, push<unknown>(world.objects, { kind, id } satisfies Reference))

/** The callback that runs a script. */
export const callback = (code: number): Callback => ({ name: 'call', callee: scripted(code), args: [] })

/** The function value of a script. */
export const scripted = (code: number): Value => ({ kind: 'function', id: code, name: `f${code}`, code, cells: [] })

/** The frame in which a script begins. */
export const frameOf = (code: number, coroutine: number | null = null): Frame => ({
  machine: 'script',
  state: 0,
  locals: code,
  coroutine,
})

/** The world after an act. What a rule throws is thrown. */
export const act = (world: World, doing: Act): World => {
  const one = (kind: 'future' | 'handle', which: number, change: (id: number) => World): World => {
    const all = known(world, kind)
    const id = all[which % all.length]
    return id === undefined ? world : change(id)
  }
  const loop = world.loop.id
  switch (doing.does) {
    case 'future':
      return noted(createFuture(world, doing.loop ?? loop), 'future', world.futures.next)
    case 'spawn':
      return noted(createTask(world, doing.loop ?? loop, frameOf(doing.code), null), 'future', world.futures.next)
    case 'gather': {
      const all = known(world, 'future')
      const chosen = doing.which.flatMap((which) => all[which % all.length] ?? [])
      if (chosen.length === 0) return world
      const [gathered, id] = gather(world, loop, chosen, doing.returnExceptions)
      return noted(gathered, 'future', id)
    }
    case 'set result':
      return one('future', doing.which, (id) => setResult(world, refusedForTasks(world, id), doing.value))
    case 'set exception':
      return one('future', doing.which, (id) => {
        const [made, error] = makeException(world, raise(doing.type))
        return setException(made, refusedForTasks(world, id), error)
      })
    case 'cancel':
      return one('future', doing.which, (id) => cancel(world, id, doing.message)[0])
    case 'uncancel':
      return one('future', doing.which, (id) => uncancel(world, id)[0])
    case 'ask result':
      return one('future', doing.which, (id) => result(world, id).world)
    case 'ask exception':
      return one('future', doing.which, (id) => exceptionOf(world, id).world)
    case 'add callback':
      return one('future', doing.which, (id) => addDoneCallback(world, id, callback(doing.code), world.context))
    case 'remove callback':
      return one('future', doing.which, (id) => removeDoneCallback(world, id, isCall(doing.code))[0])
    case 'call soon':
      return noted(callSoon(world, loop, callback(doing.code), world.context), 'handle', world.handles.next)
    case 'call later':
      return noted(
        callLater(world, loop, doing.delay, callback(doing.code), world.context),
        'handle',
        world.handles.next,
      )
    case 'cancel handle':
      return one('handle', doing.which, (id) => cancelHandle(world, id))
    case 'assign':
      return inContext(world, assign(world.context, doing.variable, doing.value))
    case 'work':
      return withClock(record(world, { event: 'Worked', seconds: doing.seconds }), world.clock + doing.seconds)
    case 'say':
      return record(world, { event: 'Printed', text: doing.text })
    case 'stop':
      return stop(world)
  }
}

/** The world after an act; one that raises has made an exception, which is caught. */
export const attempt = (world: World, doing: Act): World => {
  try {
    return act(world, doing)
  } catch (caught) {
    if (!isRaise(caught)) throw caught
    return makeException(world, caught)[0]
  }
}

/** `Task.set_result` and `Task.set_exception` do nothing but raise. */
const refusedForTasks = (world: World, id: number): number => {
  if (futureWith(world, id).task !== null) throw raise('RuntimeError', 'Task does not support this operation')
  return id
}

/** Whether a callback runs a script. */
export const isCall =
  (code: number) =>
  (other: Callback): boolean =>
    other.name === 'call' && (other.callee as { readonly code?: number }).code === code

const library: ReadonlyMap<string, Machine> = new Map(
  [sleep, run, shutdownDefaultExecutor, runForever, runUntilComplete].map((machine) => [machine.name, machine]),
)

/** Values as short texts; exceptions with their identities. */
export const show = (value: Value): string => {
  if (value === null) return 'None'
  if (typeof value !== 'object') return String(value)
  if (value.kind === 'exception') return `${value.type}(${value.args.map(show).join(', ')})#${value.id}`
  return value.kind
}

/** Goes on with scripts, and prints what each frame is sent or has thrown in behind its first move: `code:move < value`. */
export const interpreterOf = (codes: readonly Script[]): Interpreter => {
  const goOn = (world: World, frame: Frame, value: Value, error: ExceptionValue | null): Answer => {
    const code = frame.locals as number
    const script = codes[code] ?? []
    let at = frame.state as number
    const last = script[at - 1]
    let now = world
    if (at > 0) {
      now = record(world, { event: 'Printed', text: `${code}:${at - 1} ${error ? '!' : '<'} ${show(error ?? value)}` })
    }
    if (error !== null && !(last !== undefined && 'catches' in last && last.catches)) {
      return { kind: 'raised', world: now, error }
    }
    for (;;) {
      const move = script[at]
      at += 1
      if (move === undefined) return { kind: 'returned', world: now, value: null }
      const next: Frame = { machine: 'script', state: at, locals: code, coroutine: frame.coroutine }
      switch (move.does) {
        case 'await': {
          const all = known(now, 'future')
          const future = all[move.which % all.length]
          if (future === undefined) break
          return { kind: 'awaits', world: now, future, frame: next }
        }
        case 'yield':
          return { kind: 'yields', world: now, value: null, frame: next }
        case 'run':
          return { kind: 'runs', world: now, frame: next }
        case 'call':
          return { kind: 'calls', world: now, callee: frameOf(move.code), frame: next }
        case 'begin':
          return { kind: 'calls', world: now, callee: move.callee, frame: next }
        case 'sleep': {
          const locals = { delay: move.delay, result: 'slept', timer: -1, future: -1 }
          return { kind: 'calls', world: now, callee: beginning(sleep, locals), frame: next }
        }
        case 'return':
          return { kind: 'returned', world: now, value: move.value }
        case 'raise': {
          const [made, raised] = makeException(now, raise(move.type))
          return { kind: 'raised', world: made, error: raised }
        }
        default: {
          if (move.catches) {
            now = attempt(now, move)
            break
          }
          // What was printed before an act that raises stays.
          const before = now
          const acted = orRaised(before, () => ({ kind: 'returned', world: act(before, move), value: null }))
          if (acted.kind === 'raised') return acted
          now = acted.world
        }
      }
    }
  }
  const orRaised = (world: World, answer: () => Answer): Answer => {
    try {
      return answer()
    } catch (caught) {
      if (!isRaise(caught)) throw caught
      const [made, error] = makeException(world, caught)
      return { kind: 'raised', world: made, error }
    }
  }
  const resume = (world: World, frame: Frame, value: Value, error: ExceptionValue | null): Answer => {
    if (frame.machine === COROUTINE) {
      return orRaised(world, () => {
        const [begun, first] = begin(world, frame)
        return closing(first, goOn(begun, first, null, error))
      })
    }
    if (frame.machine === GENERATOR) return resumeDriver(world, frame, value, error)
    if (frame.machine === ASYNC_GENERATOR) return resumeAsyncDriver(world, frame, value, error)
    const machine = library.get(frame.machine)
    if (machine !== undefined) return resumeMachine(interpreter, machine, world, frame, value, error)
    return closing(
      frame,
      orRaised(world, () => goOn(world, frame, value, error)),
    )
  }
  const interpreter: Interpreter = {
    resume,
    call: (world, callee, args) => {
      if (
        callee !== null &&
        typeof callee === 'object' &&
        callee.kind === 'builtin' &&
        callee.name === gatherCallback
      ) {
        const [gathering, child] = args as readonly [Reference, Reference]
        return { kind: 'returned', world: childDone(world, gathering, child.id), value: null }
      }
      return resume(world, frameOf((callee as { readonly code: number }).code), null, null)
    },
    await: (_, value) => {
      throw new Error(`await ${show(value)}`)
    },
    repr: (_, value) => show(value),
    show: (_, value) => show(value),
    isAwaitable: () => false,
    isLess: () => false,
    dict: (world, entries) => [world, { kind: 'tuple', items: entries.map(([, value]) => value) }],
    isTrue: (_, value) => value === true,
    release: (world) => world,
    knownAsyncGenerators: () => [],
    steps: 100_000,
  }
  return interpreter
}

/** The coroutine object of a frame that has ended is closed. */
const closing = (frame: Frame, answer: Answer): Answer =>
  frame.coroutine === null || (answer.kind !== 'returned' && answer.kind !== 'raised')
    ? answer
    : { ...answer, world: closeCoroutine(answer.world, frame.coroutine) }
