import type { Reference } from '../loop/value.js'
import { deleteAttribute } from './attribute.js'
import { type Builder, emit } from './builder.js'
import type { Evaluate } from './code.js'
import { deleteItem } from './lists.js'
import { loadName, unbindName } from './lower-name.js'
import { deleteSlice, isSlice } from './slices.js'
import type { Expression, Target } from './syntax.js'

/** Lowers `del target`. A name has to be bound, and a builtin of that name does not count. */
export const lowerDelete = (
  builder: Builder,
  target: Target | Expression,
  lowerOperands: (builder: Builder, operands: readonly Expression[]) => readonly Evaluate[],
): void => {
  switch (target.kind) {
    case 'Name': {
      const [load, unbind] = [loadName(builder, target.id, false), unbindName(builder, target.id)]
      const value: Evaluate = (activation) => {
        load(activation)
        unbind(activation)
        return null
      }
      emit(builder, { op: 'evaluate', value, into: null })
      return
    }
    case 'Subscript': {
      const [container, index] = lowerOperands(builder, [target.value, target.slice])
      if (container === undefined || index === undefined) throw new TypeError('two operands')
      const value: Evaluate = (activation) => {
        const [from, at] = [container(activation), index(activation)]
        if (isSlice(at) && typeof from === 'object' && from?.kind === 'list') {
          deleteSlice(activation, from as Reference, at)
        } else deleteItem(activation, from, at)
        return null
      }
      emit(builder, { op: 'evaluate', value, into: null })
      return
    }
    case 'Attribute': {
      const [object] = lowerOperands(builder, [target.value])
      if (object === undefined) throw new TypeError('an operand')
      const value: Evaluate = (activation) => {
        deleteAttribute(activation, object(activation), target.attr)
        return null
      }
      emit(builder, { op: 'evaluate', value, into: null })
      return
    }
    case 'Tuple':
    case 'List':
      for (const element of target.elts) lowerDelete(builder, element, lowerOperands)
      return
    default:
      throw new TypeError(`cannot delete ${target.kind}`)
  }
}
