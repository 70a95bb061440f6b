import { classOf } from '../loop/exception.js'
import type { ExceptionValue } from '../loop/value.js'
import { forgetIterator } from './async-loop.js'
import { type Builder, emit, fromSlot, inBlock, intoSlot, land, managerSlot, temporary } from './builder.js'
import type { CallSite, Evaluate } from './code.js'
import { awaitedBy, contextMethod, type MethodName } from './context-manager.js'
import { assignFrom, lowerInto } from './lower-expression.js'
import type { AsyncWith, With } from './syntax.js'

/**
 * Lowers `with` and `async with`: each item's context manager is entered, and left on every way out of what stands within,
 * the later items among it. Mirrors `compiler_with` and `compiler_async_with` (3.5 to 3.14).
 */
export const lowerWith = (builder: Builder, statement: With | AsyncWith, body: () => void): void => {
  const { line } = builder
  const within = (index: number): void => {
    const item = statement.items[index]
    if (item === undefined) return body()
    builder.line = line
    const manager = managerSlot(builder)
    lowerInto(builder, item.context_expr, intoSlot(manager))
    const how: Entering = {
      builder,
      line,
      isAsync: statement.kind === 'AsyncWith',
      manager: fromSlot(manager),
      slot: manager,
    }
    const entered = call(how, '__enter__', [])
    aroundWith(how, () => {
      if (item.optional_vars !== null) assignFrom(builder, entered, item.optional_vars)
      within(index + 1)
    })
  }
  within(0)
}

/** A context manager that is being entered or left. */
interface Entering {
  readonly builder: Builder
  /** The line of the statement. */
  readonly line: number
  readonly isAsync: boolean
  readonly manager: Evaluate
  readonly slot: number
}

/** The manager is left on every way out; a true value of its `__exit__` ends the exception that it was told of. */
const aroundWith = (how: Entering, write: () => void): void => {
  const { builder } = how
  const nothing: CallSite['args'] = Array.from({ length: 3 }, () => ({ value: () => null, starred: false }))
  const leave = (): void => {
    call(how, '__exit__', nothing)
    forgetIterator(builder, how.slot)
  }
  const open = emit(builder, { op: 'try', to: -1 })
  inBlock(builder, { kind: 'finally', body: leave }, write)
  emit(builder, { op: 'end try' })
  leave()
  const done = emit(builder, { op: 'jump', to: -1 })
  land(builder, open)
  const suppressed = call(how, '__exit__', exception)
  forgetIterator(builder, how.slot)
  const passedOn = emit(builder, { op: 'branch', test: fromSlot(suppressed), to: -1 })
  emit(builder, { op: 'handled' })
  const goesOn = emit(builder, { op: 'jump', to: -1 })
  land(builder, passedOn)
  emit(builder, { op: 'reraise' })
  land(builder, done, goesOn)
}

/** Calls a method of the protocol, and awaits it where the statement is an `async with`; gives the slot of its value. */
const call = ({ builder, line, isAsync, manager }: Entering, name: MethodName, args: CallSite['args']) => {
  builder.line = line
  const slot = temporary(builder)
  const func: Evaluate = (activation) => contextMethod(activation, manager(activation), name, isAsync)
  emit(builder, { op: 'call', call: { func, args, keywords: [] }, awaited: isAsync, into: intoSlot(slot) })
  if (isAsync) {
    const awaited: Evaluate = (activation) => awaitedBy(activation, fromSlot(slot)(activation), name)
    emit(builder, { op: 'await', value: awaited, into: intoSlot(slot) })
  }
  return slot
}

const handled: (pick: (error: ExceptionValue) => ReturnType<Evaluate>) => Evaluate = (pick) => (activation) => {
  const error = activation.handling.at(-1)
  return error === undefined ? null : pick(error)
}

/** Class, instance and traceback of what is being handled. */
const exception: CallSite['args'] = [
  { value: handled(classOf), starred: false },
  { value: handled((error) => error), starred: false },
  { value: handled(({ id }) => ({ kind: 'traceback', id })), starred: false },
]
