import { isFuture } from '../asyncio/ensure-future.js'
import { asyncAwaitableFrame, isAsyncAwaitable } from '../loop/async-generator-object.js'
import type { Answer, Awaiting, Interpreter } from '../loop/coroutine.js'
import { coroutineFrame } from '../loop/coroutine-object.js'
import { delegation } from '../loop/generator-object.js'
import { halt } from '../loop/halt.js'
import { beginning } from '../loop/machine.js'
import { isRaise, makeException, type Raise, raise, raiseAgain, reraise } from '../loop/raise.js'
import type { ExceptionValue, Value } from '../loop/value.js'
import type { Frame, World } from '../loop/world.js'
import { isReference } from './asyncio-functions.js'
import { awaitIterator } from './await-method.js'
import { awaitableOf, awaitingFrame } from './awaitable.js'
import { type Begun, isBegun } from './builtin.js'
import { callValue, namedArguments, starredItems } from './call.js'
import {
  type Activation,
  BEGINNING,
  type CallSite,
  CODE,
  type Code,
  type CodeLocals,
  type Keywords,
  newIdentity,
} from './code.js'
import { nextFrame } from './iterators.js'
import { leave } from './leave.js'
import { advanced, isIterator, itemAt, iterate } from './lists.js'
import { isTrue } from './operations.js'
import { iterableOf } from './program-iterator.js'
import { isExceptionOfProgram, raiseFrom } from './raising.js'
import { isAsyncIterator, type Names } from './reach.js'
import { hasDropped, heldByCycle, inReach } from './release.js'
import { fullTypeName } from './type-name.js'

/** Resumes the frame of a function: where it waited it gets a value or an error; then it runs until it waits again. */
export const resumeFrame = (
  interpreter: Interpreter,
  running: Names,
  world: World,
  frame: Frame,
  value: Value,
  error: ExceptionValue | null,
): Answer => {
  const locals = frame.locals as CodeLocals
  const code = running.codes[locals.code]
  if (code === undefined) throw new RangeError(`no code ${locals.code}`)
  const { cells, tries, handling } = locals
  const slots = locals.slots.slice()
  const activation: Activation = { world, interpreter, line: 0, slots, cells, tries, handling }
  const waited = frame.state as number
  const instruction = code.instructions[waited]
  const held = inReach(running, activation, locals.code)
  const isThrownAtFirst = waited === BEGINNING && error !== null
  if (error === null && instruction !== undefined && 'into' in instruction) instruction.into?.(activation, value)
  let position = waited < 0 ? BEGINNING - waited : waited + 1
  let raised: Raise | null = error === null ? null : raiseAgain(located(error, code.lines[waited] ?? 0))
  if (error === null && instruction?.op === 'raise') {
    raised = raiseFrom(activation, value, instruction.cause?.(activation))
  }
  if (raised !== null && instruction?.op === 'next' && error?.type === 'StopIteration') {
    position = instruction.to
    raised = null
  }
  if (
    raised !== null &&
    instruction?.op === 'await' &&
    instruction.to !== undefined &&
    error?.type === 'StopAsyncIteration'
  ) {
    position = instruction.to
    raised = null
  }
  for (;;) {
    if (raised !== null) {
      const [made, error] = makeException(activation.world, raised, activation.line)
      activation.world = made
      const exception = raised.kind === 'raise' && !raised.isSame ? traced(activation, error) : error
      const goOn = catches(code, activation, exception)
      if (goOn === null) return leave(running, code, activation, exception, isThrownAtFirst)
      position = goOn
    }
    try {
      return execute(running, code, activation, position, frame, held)
    } catch (caught) {
      if (!isRaise(caught)) throw caught
      raised = caught
    }
  }
}

/** An exception that comes from outside the program's text gets the line it comes into. */
const located = (error: ExceptionValue, line: number): ExceptionValue =>
  (error.line ?? 0) > 0 || line === 0 ? error : { ...error, line }

/** A group that is raised has another traceback, wherever it is handled. */
const traced = (activation: Activation, error: ExceptionValue): ExceptionValue => {
  if (error.exceptions === undefined) return error
  const exception: ExceptionValue = { ...error, traceback: newIdentity(activation) }
  activation.handling = activation.handling.map((each) => (each.id === error.id ? exception : each))
  return exception
}

/** Where an exception goes on in this frame, being handled; null where it leaves the frame. */
const catches = (code: Code, activation: Activation, exception: ExceptionValue): number | null => {
  const innermost = activation.tries.at(-1)
  if (innermost === undefined) return null
  code.slots.forEach((name, slot) => {
    if (isAsyncIterator(name) && !innermost.keeps.includes(slot)) activation.slots[slot] = undefined
  })
  activation.tries = activation.tries.slice(0, -1)
  activation.handling = [...activation.handling.slice(0, innermost.handling), exception]
  return innermost.to
}

/** Runs instructions until the frame waits or returns. What Python raises is thrown. */
const execute = (
  running: Names,
  code: Code,
  activation: Activation,
  start: number,
  frame: Frame,
  held: ReadonlySet<number> | null,
): Answer => {
  const { codes } = running
  const limit = activation.interpreter.steps
  const { instructions, lines } = code
  const isHolding = held !== null && held.size > 0
  const before = activation.world.asyncGenerators.suspended.length
  const waits = (position: number): Frame => {
    const { slots, cells, tries, handling } = activation
    const locals: CodeLocals = { code: (frame.locals as CodeLocals).code, slots, cells, tries, handling }
    return { machine: CODE, state: position, locals, coroutine: frame.coroutine }
  }
  // Whether a call has just asked an asynchronous generator for the first time: nobody may hold it.
  let isAsked = false
  let position = start
  for (let steps = 0; ; steps += 1) {
    if (steps >= limit) throw halt(activation.world, { kind: 'step limit', steps })
    const instruction = instructions[position]
    if (instruction === undefined) throw new RangeError(`no instruction ${position}`)
    if (isAsked || (isHolding && hasDropped(running, activation, (frame.locals as CodeLocals).code, held))) {
      return { kind: 'lets go', world: activation.world, frame: waits(BEGINNING - position) }
    }
    activation.line = lines[position] ?? 0
    switch (instruction.op) {
      case 'evaluate': {
        const value = instruction.value(activation)
        instruction.into?.(activation, value)
        break
      }
      case 'call': {
        const result = call(codes, activation, instruction.call)
        if (isBegun(result)) {
          if (result.coroutine === null || instruction.awaited) {
            const waiting = waits(result.coroutine === null ? position : position + 1)
            return { kind: 'calls', world: activation.world, callee: result.frame, frame: waiting }
          }
          const [world, coroutine] = awaitableOf(activation.world, result)
          activation.world = world
          instruction.into?.(activation, coroutine)
        } else instruction.into?.(activation, result)
        isAsked = activation.world.asyncGenerators.suspended.length > before
        break
      }
      case 'await': {
        const value = instruction.value(activation)
        return awaits(activation.world, value, waits(position))
      }
      case 'yield': {
        const value = instruction.value(activation)
        const kind = code.kind === 'async generator function' ? 'gives' : 'yields'
        return { kind, world: activation.world, value, frame: waits(position) }
      }
      case 'delegate': {
        const value = instruction.value(activation)
        activation.slots[instruction.slot] = undefined
        const delegated = delegate(activation.world, code, value, () => waits(position))
        if (delegated !== null) return delegated
        activation.slots[instruction.slot] = iterate(activation.world, iterableOf(activation, value))
        break
      }
      case 'jump':
        position = instruction.to
        continue
      case 'branch':
        if (isTrue(activation, instruction.test(activation))) break
        position = instruction.to
        continue
      case 'iterate':
        iterateInto(activation, instruction.slot, instruction.value(activation))
        break
      case 'next': {
        const iterator = activation.slots[instruction.slot]
        if (iterator === undefined) {
          position = instruction.to
          continue
        }
        if (iterator === null || typeof iterator !== 'object' || iterator.kind !== 'iteration') {
          throw new TypeError('no iterator')
        }
        if (isIterator(iterator.source)) {
          const { world } = activation
          return { kind: 'calls', world, callee: nextFrame(iterator.source), frame: waits(position) }
        }
        const item = itemAt(activation.world, iterator)
        if (item === undefined) {
          position = instruction.to
          continue
        }
        activation.slots[instruction.slot] = advanced(iterator)
        instruction.into(activation, item)
        break
      }
      case 'raise': {
        const value = instruction.exception(activation)
        const cause = instruction.cause?.(activation)
        if (!isExceptionOfProgram(value)) throw raiseFrom(activation, value, cause)
        const made = callValue(codes, activation, value, [], noKeywords)
        if (!isBegun(made)) throw raiseFrom(activation, made, cause)
        return { kind: 'calls', world: activation.world, callee: made.frame, frame: waits(position) }
      }
      case 'reraise': {
        const exception = activation.handling.at(-1)
        if (exception === undefined)
          throw halt(activation.world, { kind: 'unmodelled', reason: bareRaise, line: activation.line })
        throw reraise(exception)
      }
      case 'try':
        activation.tries = [
          ...activation.tries,
          { to: instruction.to, handling: activation.handling.length, keeps: instruction.keeps ?? [] },
        ]
        break
      case 'end try':
        activation.tries = activation.tries.slice(0, -1)
        break
      case 'handled':
        activation.handling = activation.handling.slice(0, -1)
        break
      case 'return': {
        const value = instruction.value(activation)
        const code = (frame.locals as CodeLocals).code
        return { kind: 'returned', world: heldByCycle(running, activation, code), value }
      }
    }
    position += 1
  }
}

const iterateInto = (activation: Activation, slot: number, value: Value): void => {
  activation.slots[slot] = iterate(activation.world, iterableOf(activation, value))
}

const bareRaise = "a 'raise' without an exception outside of 'except'"

const noKeywords: Keywords = new Map()

const call = (codes: readonly Code[], activation: Activation, { func, args, keywords }: CallSite): Value | Begun => {
  const callee = func(activation)
  const values: Value[] = []
  for (const { value, starred } of args) {
    const argument = value(activation)
    if (starred) for (const item of starredItems(activation, callee, argument, args.length === 1)) values.push(item)
    else values.push(argument)
  }
  if (keywords.length === 0) return callValue(codes, activation, callee, values, noKeywords)
  return callValue(codes, activation, callee, values, namedArguments(activation, callee, keywords))
}

/** `await value`: the frame goes on when a future is done or a coroutine has returned. */
export const awaits = (world: World, value: Value, frame: Frame, by: Awaiting = 'await'): Answer => {
  if (isFuture(value)) return { kind: 'awaits', world, future: value.id, frame }
  const callee = awaitingFrame(world, value, by)
  if (callee !== null) return { kind: 'calls', world, callee, frame }
  throw raise('TypeError', (python) => {
    const type = fullTypeName(value, python)
    return python.textsSayCannotBeAwaited
      ? `'${type}' object can't be awaited`
      : `object ${type} can't be used in 'await' expression`
  })
}

/** `yield from value` where the value can be sent something; null where it is only iterated. */
const delegate = (world: World, code: Code, value: Value, frame: () => Frame): Answer | null => {
  if (isFuture(value)) return { kind: 'awaits', world, future: value.id, frame: frame() }
  if (isAsyncAwaitable(value)) {
    return { kind: 'calls', world, callee: asyncAwaitableFrame(world, value.id), frame: frame() }
  }
  if (isReference(value, 'generator')) return { kind: 'calls', world, callee: delegation(value.id), frame: frame() }
  if (typeof value === 'object' && value?.kind === 'iterator' && value.of === 'await') {
    return { kind: 'calls', world, callee: beginning(awaitIterator, value), frame: frame() }
  }
  if (!isReference(value, 'coroutine')) return null
  if (code.awaitable) return { kind: 'calls', world, callee: coroutineFrame(value.id, 'await'), frame: frame() }
  throw raise('TypeError', "cannot 'yield from' a coroutine object in a non-coroutine generator")
}
