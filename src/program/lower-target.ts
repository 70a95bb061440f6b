import type { Reference, Value } from '../loop/value.js'
import { attributeTarget } from './attribute.js'
import { type Builder, emit, fromSlot, intoSlot, temporary } from './builder.js'
import type { Activation, CallSite, Evaluate } from './code.js'
import { setItem } from './lists.js'
import { storeName } from './lower-name.js'
import { UNPACK } from './names.js'
import { isSlice, setSlice } from './slices.js'
import type { Expression, Starred, Target } from './syntax.js'

type LowerOperands = (builder: Builder, operands: readonly Expression[]) => readonly Evaluate[]

const constant =
  (value: Value): Evaluate =>
  () =>
    value

/** Assigns what is in a slot. The value is there before any part of the target is evaluated. */
export const assignTarget = (
  builder: Builder,
  slot: number,
  target: Target | Starred | Expression,
  lowerOperands: LowerOperands,
): void => {
  switch (target.kind) {
    case 'Name':
      emit(builder, { op: 'evaluate', value: fromSlot(slot), into: storeName(builder, target.id) })
      return
    case 'Starred':
      return assignTarget(builder, slot, target.value, lowerOperands)
    case 'Attribute': {
      const [object] = lowerOperands(builder, [target.value])
      if (object === undefined) throw new TypeError('an operand')
      emit(builder, { op: 'evaluate', value: fromSlot(slot), into: attributeTarget(object, target.attr) })
      return
    }
    case 'Subscript': {
      const [container, index] = lowerOperands(builder, [target.value, target.slice])
      if (container === undefined || index === undefined) throw new TypeError('two operands')
      const value: Evaluate = (activation) => {
        putItem(activation, container(activation), index(activation), activation.slots[slot] as Value)
        return null
      }
      emit(builder, { op: 'evaluate', value, into: null })
      return
    }
    case 'Tuple':
    case 'List': {
      const items = temporary(builder)
      emit(builder, { op: 'call', call: unpacked(slot, target.elts), awaited: false, into: intoSlot(items) })
      for (const [index, element] of target.elts.entries()) {
        const item = temporary(builder)
        const value: Evaluate = (activation) => itemAt(activation.slots[items] as Value, index)
        emit(builder, { op: 'evaluate', value, into: intoSlot(item) })
        assignTarget(builder, item, element, lowerOperands)
      }
      return
    }
    default:
      throw new TypeError(`cannot assign to ${target.kind}`)
  }
}

/** `container[index] = value`, where the index may be a slice. */
export const putItem = (activation: Activation, container: Value, index: Value, value: Value): void =>
  isSlice(index) && typeof container === 'object' && container?.kind === 'list'
    ? setSlice(activation, container as Reference, index, value)
    : setItem(activation, container, index, value)

const itemAt = (items: Value, index: number): Value =>
  typeof items === 'object' && items?.kind === 'tuple' ? (items.items[index] ?? null) : null

/** The call that takes a value apart for so many targets. */
const unpacked = (slot: number, targets: readonly (Expression | Starred)[]): CallSite => {
  const starred = targets.findIndex(({ kind }) => kind === 'Starred')
  const before = starred < 0 ? targets.length : starred
  const behind = starred < 0 ? null : BigInt(targets.length - starred - 1)
  return {
    func: constant({ kind: 'builtin', name: UNPACK }),
    args: [fromSlot(slot), constant(BigInt(before)), constant(behind)].map((value) => ({ value, starred: false })),
    keywords: [],
  }
}
