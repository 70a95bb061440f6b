import { asyncDriver, isAsyncDriver, withAsyncGenerator } from './async-generator-object.js'
import { futureWith, isDone, result } from './future.js'
import { type Drive, driving, GENERATOR, isDriver, withGenerator } from './generator-object.js'
import { halt } from './halt.js'
import { isRaise, makeException, raise } from './raise.js'
import type { ExceptionValue, Value } from './value.js'
import type { Frame, Stack, World } from './world.js'

/** What a frame answers when it is resumed. */
export type Answer =
  /** `await future`: pauses until it is done, and not at all if it is done already; goes on with its result. */
  | { readonly kind: 'awaits'; readonly world: World; readonly future: number; readonly frame: Frame }
  /** `yield value`: the value goes to whoever drives the generator; None, out of a coroutine, pauses for one turn. */
  | { readonly kind: 'yields'; readonly world: World; readonly value: Value; readonly frame: Frame }
  /** `yield value` of an asynchronous generator: the value is what comes of awaiting its next item. */
  | { readonly kind: 'gives'; readonly world: World; readonly value: Value; readonly frame: Frame }
  /** A reference to an asynchronous generator may be gone: goes on when that has been looked after. */
  | { readonly kind: 'lets go'; readonly world: World; readonly frame: Frame }
  /** Goes on when another frame has returned: `yield from`, `await coroutine`, the call of a function. */
  | { readonly kind: 'calls'; readonly world: World; readonly callee: Frame; readonly frame: Frame }
  /** Resumes a generator where it is suspended, by its frames, and goes on when it has ended or has yielded. */
  | {
      readonly kind: 'enters'
      readonly world: World
      readonly stack: Stack
      readonly value: Value
      readonly error: ExceptionValue | null
      readonly frame: Frame
    }
  /** Goes on when `world.loop` has stopped: `run_forever`. Only outside every loop. */
  | { readonly kind: 'runs'; readonly world: World; readonly frame: Frame }
  | { readonly kind: 'returned'; readonly world: World; readonly value: Value }
  | { readonly kind: 'raised'; readonly world: World; readonly error: ExceptionValue }

/** How a value is awaited: as `await value` has it, or as `yield from value.__await__()` has it in a generator. */
export type Awaiting = 'await' | 'yield from'

/** What the kernel knows nothing of and must be told: how frames go on, what calling a value means, how values print. */
export interface Interpreter {
  /** Resumes a frame by `send(value)` or, where `error` is not null, by `throw(error)`. */
  readonly resume: (world: World, frame: Frame, value: Value, error: ExceptionValue | null) => Answer
  /** Begins the call of a callable value. */
  readonly call: (world: World, callee: Value, args: readonly Value[], keywords?: ReadonlyMap<string, Value>) => Answer
  /** Begins `await value`: the frame goes on when that is done. What is not awaitable raises. */
  readonly await: (world: World, value: Value, frame: Frame, by?: Awaiting) => Answer
  /** Whether a value is of a class of the program that has `__await__`. */
  readonly isAwaitable: (world: World, value: Value) => boolean
  /** A dict, with these entries in this order. */
  readonly dict: (world: World, entries: readonly (readonly [key: string, value: Value])[]) => readonly [World, Value]
  /** Python's `repr`. */
  readonly repr: (world: World, value: Value) => string
  /** Python's `a < b`. */
  readonly isLess: (world: World, a: Value, b: Value) => boolean
  /** Python's `bool`. */
  readonly isTrue: (world: World, value: Value) => boolean
  /** A value as traces have it: its `repr`, or where that raises, its class. */
  readonly show: (world: World, value: Value) => string
  /** What becomes of asynchronous generators that nobody knows any more, where these frames and values go on. */
  readonly release: (world: World, stack: Stack, value: Value) => World
  /** The asynchronous generators that the running loop still knows, in the order in which they were first iterated. */
  readonly knownAsyncGenerators: (world: World, isWithin: boolean) => readonly number[]
  /** How many instructions, or calls and returns, may come between two pauses before a run is given up. */
  readonly steps: number
}

/** How a stack came to rest. */
export type Rest =
  | { readonly kind: 'awaits'; readonly world: World; readonly future: number; readonly stack: Stack }
  | { readonly kind: 'yields'; readonly world: World; readonly value: Value; readonly stack: Stack }
  | { readonly kind: 'runs'; readonly world: World; readonly stack: Stack }
  | { readonly kind: 'returned'; readonly world: World; readonly value: Value }
  | { readonly kind: 'raised'; readonly world: World; readonly error: ExceptionValue }

/** `sys.getrecursionlimit()` */
export const recursionLimit = 1000

/** A stack of one frame more. */
export const pushed = (frame: Frame, below: Stack): Stack => ({
  frame,
  below,
  depth: below === null ? 1 : below.depth + 1,
})

/**
 * Resumes a stack at its innermost frame and follows calls and returns until it pauses or has come to its end.
 * Mirrors `gen_send_ex` and delegation by `yield from` (PEP 380, 3.3) and `await` (PEP 492, 3.5).
 */
export const resumeStack = (
  interpreter: Interpreter,
  world: World,
  stack: Stack,
  value: Value,
  error: ExceptionValue | null,
): Rest => {
  if (stack === null) return error === null ? { kind: 'returned', world, value } : { kind: 'raised', world, error }
  if (error?.type === 'GeneratorExit' && stack.depth > 1) {
    // `gen.throw` closes what is awaited instead of throwing it in there.
    throw halt(world, { kind: 'unmodelled', reason: 'a GeneratorExit thrown into a coroutine that awaits another' })
  }
  return follow(interpreter, interpreter.resume(world, stack.frame, value, error), stack.below)
}

/** The answer `raised` for what a rule has thrown; anything else is thrown on. */
export const raisedBy = (world: World, caught: unknown): Answer => {
  if (!isRaise(caught)) throw caught
  const [made, error] = makeException(world, caught)
  return { kind: 'raised', world: made, error }
}

const recursionError = raise('RecursionError', 'maximum recursion depth exceeded')

/** Follows an answer given above `below` until the stack pauses or has come to its end. */
export const follow = (interpreter: Interpreter, first: Answer, below: Stack): Rest => {
  let answer = first
  let rest = below
  /** Whether a generator was entered otherwise than by delegation, and may still stand in the stack. */
  let byHand = false
  for (let steps = 0; ; steps += 1) {
    if (steps >= interpreter.steps) throw halt(answer.world, { kind: 'step limit', steps })
    switch (answer.kind) {
      case 'awaits': {
        const { world, future, frame } = answer
        const awaited = futureWith(world, future)
        if (awaited.refused && !isDone(awaited)) {
          const [made, error] = makeException(world, raise('RuntimeError', "await wasn't used with future"))
          answer = interpreter.resume(made, frame, null, error)
          break
        }
        if (!isDone(awaited)) {
          if (byHand) refuseByHand(world, rest)
          return { kind: 'awaits', world, future, stack: pushed(frame, rest) }
        }
        const asked = result(world, future)
        answer = interpreter.resume(asked.world, frame, asked.value, asked.error)
        break
      }
      case 'yields': {
        const yielded = yieldTo(answer.world, pushed(answer.frame, rest), answer.value, byHand)
        if (yielded.answer === null) {
          return { kind: 'yields', world: answer.world, value: answer.value, stack: pushed(answer.frame, rest) }
        }
        answer = yielded.answer
        rest = yielded.below
        break
      }
      case 'enters': {
        const { frame, stack, value, error } = answer
        if (stack === null) throw new TypeError('a generator without a frame')
        if (rest !== null && rest.depth + stack.depth > recursionLimit) {
          const [world, tooDeep] = makeException(answer.world, recursionError)
          answer = interpreter.resume(world, frame, null, tooDeep)
          break
        }
        byHand ||= frame.machine === GENERATOR && (frame.locals as Drive).by !== 'delegation'
        rest = stacked(stack.below, pushed(frame, rest))
        answer = interpreter.resume(answer.world, stack.frame, value, error)
        break
      }
      case 'gives': {
        if (rest === null || !isAsyncDriver(rest.frame))
          throw new TypeError('an asynchronous generator that nobody drives')
        const { locals: drive } = rest.frame
        const given = withAsyncGenerator(answer.world, drive.generator, { state: 'suspended', frame: answer.frame })
        answer = interpreter.resume(given, asyncDriver(drive, 'given'), answer.value, null)
        rest = rest.below
        break
      }
      case 'lets go': {
        const { frame } = answer
        answer = interpreter.resume(release(interpreter, answer.world, pushed(frame, rest), null), frame, null, null)
        break
      }
      case 'runs':
        return { kind: 'runs', world: answer.world, stack: pushed(answer.frame, rest) }
      case 'calls':
        if (rest !== null && rest.depth >= recursionLimit) {
          const [world, error] = makeException(answer.world, recursionError)
          answer = interpreter.resume(world, answer.frame, null, error)
        } else {
          rest = pushed(answer.frame, rest)
          answer = interpreter.resume(answer.world, answer.callee, null, null)
        }
        break
      case 'returned': {
        const { value } = answer
        const world = release(interpreter, answer.world, rest, value)
        if (rest === null) return { kind: 'returned', world, value }
        answer = interpreter.resume(world, rest.frame, value, null)
        rest = rest.below
        break
      }
      case 'raised': {
        const { error } = answer
        const world = release(interpreter, answer.world, rest, error)
        if (rest === null) return { kind: 'raised', world, error }
        answer = interpreter.resume(world, rest.frame, null, error)
        rest = rest.below
        break
      }
    }
  }
}

/** Where no asynchronous generator is suspended, there is nothing to look after. */
const release = (interpreter: Interpreter, world: World, stack: Stack, value: Value): World =>
  world.asyncGenerators.suspended.length === 0 ? world : interpreter.release(world, stack, value)

/** Frames on top of a stack. */
const stacked = (frames: Stack, below: Stack): Stack =>
  frames === null ? below : pushed(frames.frame, stacked(frames.below, below))

/** What becomes of a value that is yielded on top of a stack: it goes to the nearest driver. Null where there is none. */
const yieldTo = (
  world: World,
  stack: Stack,
  value: Value,
  byHand: boolean,
): { readonly answer: Answer | null; readonly below: Stack } => {
  const frames: Frame[] = []
  let at = stack
  while (at !== null && !isDriver(at.frame)) {
    frames.push(at.frame)
    at = at.below
  }
  if (at === null || !isDriver(at.frame)) return { answer: null, below: null }
  if (byHand && frames.some(({ coroutine }) => coroutine !== null)) refuseByHand(world, at)
  const { locals: drive } = at.frame
  const kept = frames.reduceRight<Stack>((below, frame) => pushed(frame, below), null)
  const suspended = withGenerator(world, drive.generator, 'suspended', kept)
  switch (drive.by) {
    case 'call':
      return { answer: { kind: 'returned', world: suspended, value }, below: at.below }
    case 'close':
      return {
        answer: raisedBy(suspended, raise('RuntimeError', 'generator ignored GeneratorExit')),
        below: at.below,
      }
    case 'delegation':
      return { answer: { kind: 'yields', world: suspended, value, frame: driving(drive) }, below: at.below }
  }
}

/** What waits for a future or a coroutine cannot be resumed by hand here. */
const refuseByHand = (world: World, stack: Stack): void => {
  for (let at = stack; at !== null; at = at.below) {
    if (isDriver(at.frame) && at.frame.locals.by !== 'delegation') {
      throw halt(world, { kind: 'unmodelled', reason: 'a generator that awaits and that no task drives' })
    }
  }
}
