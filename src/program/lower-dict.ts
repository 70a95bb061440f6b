import type { Reference } from '../loop/value.js'
import { type Builder, emit, fromSlot, intoSlot, temporary } from './builder.js'
import type { Evaluate } from './code.js'
import { type Entry, mappingEntries, newDict, setValue } from './dicts.js'
import type { Dict, Expression } from './syntax.js'

/** How keys and values are lowered. */
interface Parts {
  readonly lowerExpression: (builder: Builder, expression: Expression) => Evaluate
  readonly lowerOperands: (builder: Builder, operands: readonly Expression[]) => readonly Evaluate[]
}

/** A display of a dict. What stands behind a `**` is evaluated when that has been looked at. */
export const lowerDict = (builder: Builder, { keys, values }: Dict, parts: Parts): Evaluate => {
  const double = keys.indexOf(null)
  const size = double < 0 ? keys.length : double
  const operands = parts.lowerOperands(
    builder,
    values.slice(0, size).flatMap((value, index) => [keys[index] ?? value, value]),
  )
  const begun: Evaluate = (activation) => {
    const evaluated = operands.map((operand) => operand(activation))
    const entries = Array.from(
      { length: size },
      (_, index): Entry => [evaluated[2 * index] ?? null, evaluated[2 * index + 1] ?? null],
    )
    return newDict(activation, entries)
  }
  const added = values[double]
  if (added === undefined) return begun
  const slot = temporary(builder)
  emit(builder, { op: 'evaluate', value: begun, into: intoSlot(slot) })
  const dict = fromSlot(slot)
  const update = (entries: Evaluate): void => {
    const value: Evaluate = (activation) => {
      for (const [key, each] of mappingEntries(activation, entries(activation))) {
        setValue(activation, dict(activation) as Reference, key, each)
      }
      return null
    }
    emit(builder, { op: 'evaluate', value, into: null })
  }
  update(parts.lowerExpression(builder, added))
  const rest: Dict = { kind: 'Dict', keys: keys.slice(double + 1), values: values.slice(double + 1) }
  if (rest.keys.length > 0) update(lowerDict(builder, rest, parts))
  return dict
}
