import { asyncIteration, endAsyncIteration, forgetIterator } from './async-loop.js'
import { type Block, type Builder, emit, inBlock, land } from './builder.js'
import { isGiven } from './function-of.js'
import { assignFrom, lowerExpression } from './lower-expression.js'
import type { AsyncFor, Statement } from './syntax.js'

/** Lowers `async for`. Mirrors `compiler_async_for` (3.5 to 3.14). */
export const lowerAsyncFor = (
  builder: Builder,
  statement: AsyncFor,
  lowerBody: (builder: Builder, body: readonly Statement[]) => void,
): void => {
  const { line } = builder
  const iterable = lowerExpression(builder, statement.iter)
  const { item, iterator, begin, next } = asyncIteration(builder, iterable, isGiven(statement))
  assignFrom(builder, item, statement.target)
  const loop: Block & { readonly kind: 'loop' } = { kind: 'loop', breaks: [], begin, asyncIterator: iterator }
  inBlock(builder, loop, () => lowerBody(builder, statement.body))
  emit(builder, { op: 'jump', to: begin })
  builder.line = line
  endAsyncIteration(builder, iterator)
  land(builder, next)
  forgetIterator(builder, iterator)
  lowerBody(builder, statement.orelse)
  const exit = emit(builder, { op: 'jump', to: -1 })
  land(builder, ...loop.breaks)
  forgetIterator(builder, iterator)
  land(builder, exit)
}
