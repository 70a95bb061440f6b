import { type Answer, type Awaiting, type Interpreter, raisedBy } from './coroutine.js'
import { isRaise, makeException, type Raise } from './raise.js'
import type { ExceptionValue, Value } from './value.js'
import type { Frame, World } from './world.js'

/**
 * A coroutine, or a blocking function, of the library as a machine: a named state for its beginning, `start`, and for each
 * place where it waits, with what it does when it is resumed there.
 */
export interface Machine {
  readonly name: string
  readonly states: Readonly<Record<string, State<unknown>>>
}

/** What happens when a value is sent, or an error thrown in. An error goes through where `thrown` is absent. */
export interface State<Locals> {
  sent(world: World, locals: Locals, value: Value, interpreter: Interpreter): Reply
  thrown?(world: World, locals: Locals, error: ExceptionValue, interpreter: Interpreter): Reply
}

/** What a machine replies: an `Answer` in which its own next frame is only a state's name and the locals. */
export type Reply =
  | { readonly kind: 'awaits'; readonly world: World; readonly future: number; readonly next: Next }
  | {
      readonly kind: 'awaits value'
      readonly world: World
      readonly value: Value
      readonly by: Awaiting
      readonly next: Next
    }
  | { readonly kind: 'yields'; readonly world: World; readonly value: Value; readonly next: Next }
  | { readonly kind: 'calls'; readonly world: World; readonly callee: Frame; readonly next: Next }
  | { readonly kind: 'runs'; readonly world: World; readonly next: Next }
  | { readonly kind: 'returned'; readonly world: World; readonly value: Value }
  | { readonly kind: 'raised'; readonly world: World; readonly error: ExceptionValue }

interface Next {
  readonly state: string
  readonly locals: unknown
}

/** A machine whose states share their locals. */
export const machine = <Locals>(name: string, states: Readonly<Record<string, State<Locals>>>): Machine => ({
  name,
  states: states as Readonly<Record<string, State<unknown>>>,
})

/** `await future`, and go on in a state. */
export const awaits = (world: World, future: number, state: string, locals: unknown): Reply => ({
  kind: 'awaits',
  world,
  future,
  next: { state, locals },
})

/** `await value`, whatever it is, and go on in a state: there the error is thrown in for what is not awaitable. */
export const awaitsValue = (
  world: World,
  value: Value,
  state: string,
  locals: unknown,
  by: Awaiting = 'await',
): Reply => ({
  kind: 'awaits value',
  world,
  value,
  by,
  next: { state, locals },
})

/** A bare `yield`: one turn is given away. With a value it is that of a generator. */
export const yields = (world: World, state: string, locals: unknown, value: Value = null): Reply => ({
  kind: 'yields',
  world,
  value,
  next: { state, locals },
})

/** Waits for another frame: `await coroutine`. */
export const calls = (world: World, callee: Frame, state: string, locals: unknown): Reply => ({
  kind: 'calls',
  world,
  callee,
  next: { state, locals },
})

/** Runs `world.loop` until it stops. */
export const runs = (world: World, state: string, locals: unknown): Reply => ({
  kind: 'runs',
  world,
  next: { state, locals },
})

export const returned = (world: World, value: Value): Reply => ({ kind: 'returned', world, value })

export const raised = (world: World, error: ExceptionValue): Reply => ({ kind: 'raised', world, error })

/** Raises in the world as it has become; what a rule throws is raised in the world as it was. */
export const raises = (world: World, raise: Raise): Reply => {
  const [made, error] = makeException(world, raise)
  return { kind: 'raised', world: made, error }
}

/** The machine that calls a value, a function of the program among them. */
export const CALL = 'call'

/** The frame in which the call of a value begins. */
export const calling = (callee: Value, args: readonly Value[]): Frame<string, Calling> => ({
  machine: CALL,
  state: 'start',
  locals: { callee, args },
  coroutine: null,
})

/** What is called, with what. */
export interface Calling {
  readonly callee: Value
  readonly args: readonly Value[]
}

/** The frame in which a machine begins. */
export const beginning = (machine: Machine, locals: unknown, coroutine: number | null = null): Frame => ({
  machine: machine.name,
  state: 'start',
  locals,
  coroutine,
})

/** Resumes a frame of a machine. What its rules raise is its answer `raised`. */
export const resumeMachine = (
  interpreter: Interpreter,
  machine: Machine,
  world: World,
  frame: Frame,
  value: Value,
  error: ExceptionValue | null,
): Answer => {
  const state = machine.states[frame.state as string]
  if (state === undefined) throw new RangeError(`${machine.name} has no state ${String(frame.state)}`)
  let reply: Reply
  try {
    if (error === null) reply = state.sent(world, frame.locals, value, interpreter)
    else if (state.thrown === undefined) return { kind: 'raised', world, error }
    else reply = state.thrown(world, frame.locals, error, interpreter)
  } catch (caught) {
    return raisedBy(world, caught)
  }
  if (reply.kind !== 'awaits value') return answer(frame, reply)
  const next = nextFrame(frame, reply.next)
  try {
    return interpreter.await(reply.world, reply.value, next, reply.by)
  } catch (caught) {
    if (!isRaise(caught)) throw caught
    const [made, refusal] = makeException(reply.world, caught)
    return resumeMachine(interpreter, machine, made, next, null, refusal)
  }
}

const answer = (frame: Frame, reply: Exclude<Reply, { readonly kind: 'awaits value' }>): Answer => {
  switch (reply.kind) {
    case 'awaits':
      return { kind: 'awaits', world: reply.world, future: reply.future, frame: nextFrame(frame, reply.next) }
    case 'yields':
      return { kind: 'yields', world: reply.world, value: reply.value, frame: nextFrame(frame, reply.next) }
    case 'calls':
      return { kind: 'calls', world: reply.world, callee: reply.callee, frame: nextFrame(frame, reply.next) }
    case 'runs':
      return { kind: 'runs', world: reply.world, frame: nextFrame(frame, reply.next) }
    case 'returned':
    case 'raised':
      return reply
  }
}

const nextFrame = (frame: Frame, { state, locals }: Next): Frame => ({
  machine: frame.machine,
  state,
  locals,
  coroutine: frame.coroutine,
})
