import type { ExceptionValue } from '../loop/value.js'
import { type Builder, emit, inBlock, land } from './builder.js'
import type { Activation, Evaluate } from './code.js'
import { lowerExpression } from './lower-expression.js'
import { storeName, unbindName } from './lower-name.js'
import { matches } from './operations.js'
import type { ExceptHandler, Statement, Try } from './syntax.js'

/** Lowers the statements of a block. */
type LowerBody = (builder: Builder, body: readonly Statement[]) => void

/** Lowers `try` with all its clauses. Jumps take the place of CPython's exception table. */
export const lowerTry = (builder: Builder, statement: Try, lowerBody: LowerBody): void => {
  const { finalbody } = statement
  if (finalbody.length === 0) lowerExcept(builder, statement, lowerBody)
  else
    withFinally(
      builder,
      () =>
        statement.handlers.length > 0 ? lowerExcept(builder, statement, lowerBody) : lowerBody(builder, statement.body),
      () => lowerBody(builder, finalbody),
    )
}

/** `try: write … finally: final`: what is final stands behind every way out. */
const withFinally = (builder: Builder, write: () => void, final: () => void): void => {
  const open = emit(builder, { op: 'try', to: -1 })
  inBlock(builder, { kind: 'finally', body: final }, write)
  emit(builder, { op: 'end try' })
  final()
  const done = emit(builder, { op: 'jump', to: -1 })
  land(builder, open)
  inBlock(builder, { kind: 'handler' }, final)
  emit(builder, { op: 'reraise' })
  land(builder, done)
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
  if (name === null) {
    lowerBody(builder, body)
  } else {
    emit(builder, { op: 'evaluate', value: handled, into: storeName(builder, name) })
    const unbind = unbindName(builder, name)
    withFinally(
      builder,
      () => lowerBody(builder, body),
      () => {
        const value: Evaluate = (activation) => {
          unbind(activation)
          return null
        }
        emit(builder, { op: 'evaluate', value, into: null })
      },
    )
  }
  emit(builder, { op: 'handled' })
  const exit = emit(builder, { op: 'jump', to: -1 })
  land(builder, ...miss)
  return exit
}

const handled = ({ handling }: Activation): ExceptionValue => {
  const exception = handling.at(-1)
  if (exception === undefined) throw new RangeError('nothing is handled')
  return exception
}

const caught =
  (type: Evaluate): Evaluate =>
  (activation) =>
    matches(handled(activation), type(activation))
