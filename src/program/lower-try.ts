import { type Builder, emit, inBlock, land } from './builder.js'
import type { Evaluate } from './code.js'
import { lowerExpression } from './lower-expression.js'
import { handled, type LowerBody, lowerNamed, withFinally } from './lower-handler.js'
import { lowerExceptStar } from './lower-try-star.js'
import { matches } from './operations.js'
import type { ExceptHandler, Try, TryStar } from './syntax.js'

/** Lowers `try` with all its clauses. Jumps take the place of CPython's exception table. */
export const lowerTry = (builder: Builder, statement: Try | TryStar, lowerBody: LowerBody): void => {
  const { handlers, finalbody } = statement
  const except = (): void => {
    if (handlers.length === 0) lowerBody(builder, statement.body)
    else if (statement.kind === 'TryStar') lowerExceptStar(builder, statement, lowerBody)
    else lowerExcept(builder, statement, lowerBody)
  }
  if (finalbody.length === 0) except()
  else withFinally(builder, except, () => lowerBody(builder, finalbody))
}

const lowerExcept = (builder: Builder, { body, handlers, orelse }: Try, lowerBody: LowerBody): void => {
  const open = emit(builder, { op: 'try', to: -1 })
  inBlock(builder, { kind: 'try' }, () => lowerBody(builder, body))
  emit(builder, { op: 'end try' })
  lowerBody(builder, orelse)
  const exits = [emit(builder, { op: 'jump', to: -1 })]
  land(builder, open)
  inBlock(builder, { kind: 'handler' }, () => {
    for (const handler of handlers) exits.push(lowerHandler(builder, handler, lowerBody))
  })
  emit(builder, { op: 'reraise' })
  land(builder, ...exits)
}

const lowerHandler = (builder: Builder, { type, name, body }: ExceptHandler, lowerBody: LowerBody) => {
  const miss =
    type === null ? [] : [emit(builder, { op: 'branch', test: caught(lowerExpression(builder, type)), to: -1 })]
  lowerNamed(builder, name, () => lowerBody(builder, body))
  emit(builder, { op: 'handled' })
  const exit = emit(builder, { op: 'jump', to: -1 })
  land(builder, ...miss)
  return exit
}

const caught =
  (type: Evaluate): Evaluate =>
  (activation) =>
    matches(handled(activation), type(activation))
