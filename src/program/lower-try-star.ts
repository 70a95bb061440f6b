import { leftOver, type Parts, take } from '../loop/exception-group.js'
import { raise } from '../loop/raise.js'
import type { ExceptionValue, TupleValue, Value } from '../loop/value.js'
import { type Builder, emit, inBlock, intoSlot, land, temporary } from './builder.js'
import type { Activation, Evaluate } from './code.js'
import { isGroupClass } from './exception-groups.js'
import { lowerExpression } from './lower-expression.js'
import { handled, type LowerBody, lowerNamed } from './lower-handler.js'
import { checkCatchable, matches } from './operations.js'
import type { ExceptHandler, TryStar } from './syntax.js'

/** The slots of what a `try` with `except*` has caught, what of it no clause has taken yet, and what has left the clauses. */
interface Slots {
  readonly caught: number
  readonly rest: number
  readonly raised: number
}

/** Lowers the `except*` clauses of a `try`. Mirrors `compiler_try_star_except` (3.11 to 3.14). */
export const lowerExceptStar = (builder: Builder, statement: TryStar, lowerBody: LowerBody): void => {
  const { body, handlers, orelse } = statement
  const slots: Slots = { caught: temporary(builder), rest: temporary(builder), raised: temporary(builder) }
  const open = emit(builder, { op: 'try', to: -1 })
  inBlock(builder, { kind: 'try' }, () => lowerBody(builder, body))
  emit(builder, { op: 'end try' })
  lowerBody(builder, orelse)
  const done = emit(builder, { op: 'jump', to: -1 })
  land(builder, open)
  emit(builder, { op: 'evaluate', value: handled, into: intoSlot(slots.caught) })
  emit(builder, { op: 'evaluate', value: handled, into: intoSlot(slots.rest) })
  emit(builder, { op: 'evaluate', value: () => ({ kind: 'tuple', items: [] }), into: intoSlot(slots.raised) })
  inBlock(builder, { kind: 'handler' }, () => {
    for (const handler of handlers) lowerClause(builder, slots, handler, lowerBody)
  })
  const nothing = emit(builder, { op: 'branch', test: leaves(slots), to: -1 })
  emit(builder, { op: 'reraise' })
  land(builder, nothing)
  emit(builder, { op: 'handled' })
  land(builder, done)
}

/** Whatever happens in one clause, the others have their turn. */
const lowerClause = (
  builder: Builder,
  slots: Slots,
  { type, name, body }: ExceptHandler,
  lowerBody: LowerBody,
): void => {
  if (type === null) throw new SyntaxError('except* without a type')
  const miss = emit(builder, { op: 'branch', test: takes(slots, lowerExpression(builder, type)), to: -1 })
  const open = emit(builder, { op: 'try', to: -1 })
  inBlock(builder, { kind: 'try' }, () => lowerNamed(builder, name, () => lowerBody(builder, body)))
  emit(builder, { op: 'end try' })
  const next = emit(builder, { op: 'jump', to: -1 })
  land(builder, open)
  const collected: Evaluate = (activation) => ({
    kind: 'tuple',
    items: [...(activation.slots[slots.raised] as TupleValue).items, handled(activation)],
  })
  emit(builder, { op: 'evaluate', value: collected, into: intoSlot(slots.raised) })
  emit(builder, { op: 'handled' })
  land(builder, miss, next)
}

/** Takes what a clause is for; that is handled then. */
const takes =
  ({ rest }: Slots, type: Evaluate): Evaluate =>
  (activation) => {
    const types = type(activation)
    checkStar(types)
    const left = activation.slots[rest] as ExceptionValue | null
    if (left === null) return false
    const parts: Parts = take(activation.world, left, (exception) => matches(exception, types))
    activation.world = parts.world
    activation.slots[rest] = parts.rest
    if (parts.match !== null) handle(activation, parts.match)
    return parts.match !== null
  }

/** Whether something is raised behind the last clause; that is handled then. */
const leaves =
  ({ caught, rest, raised }: Slots): Evaluate =>
  (activation) => {
    const all = [...(activation.slots[raised] as TupleValue).items, activation.slots[rest] as Value]
    const errors = all.flatMap((each) => (each === null ? [] : [each as ExceptionValue]))
    const [world, left] = leftOver(activation.world, activation.slots[caught] as ExceptionValue, errors)
    activation.world = world
    if (left !== null) handle(activation, left)
    return left !== null
  }

/** Puts an exception in the place of that which is handled. */
const handle = (activation: Activation, exception: ExceptionValue): void => {
  activation.handling = [...activation.handling.slice(0, -1), exception]
}

const checkStar = (types: Value): void => {
  checkCatchable(types)
  for (const type of typeof types === 'object' && types?.kind === 'tuple' ? types.items : [types]) {
    if (typeof type === 'object' && type?.kind === 'class' && isGroupClass(type.name)) {
      throw raise('TypeError', 'catching ExceptionGroup with except* is not allowed. Use except instead.')
    }
  }
}
