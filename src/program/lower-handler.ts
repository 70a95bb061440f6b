import type { ExceptionValue } from '../loop/value.js'
import { type Builder, emit, inBlock, land } from './builder.js'
import type { Activation, Evaluate } from './code.js'
import { storeName, unbindName } from './lower-name.js'
import type { Statement } from './syntax.js'

/** Lowers the statements of a block. */
export type LowerBody = (builder: Builder, body: readonly Statement[]) => void

/** `try: write … finally: final`: what is final stands behind every way out. */
export const withFinally = (builder: Builder, write: () => void, final: () => void): void => {
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

/** Writes a block in which a name stands for what is handled; behind it the name is unbound. */
export const lowerNamed = (builder: Builder, name: string | null, write: () => void): void => {
  if (name === null) return write()
  emit(builder, { op: 'evaluate', value: handled, into: storeName(builder, name) })
  const unbind = unbindName(builder, name)
  withFinally(builder, write, () => {
    const value: Evaluate = (activation) => {
      unbind(activation)
      return null
    }
    emit(builder, { op: 'evaluate', value, into: null })
  })
}

/** The innermost exception that is handled. */
export const handled = ({ handling }: Activation): ExceptionValue => {
  const exception = handling.at(-1)
  if (exception === undefined) throw new RangeError('nothing is handled')
  return exception
}
