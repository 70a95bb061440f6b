import type { Value } from '../loop/value.js'
import { type Builder, emit, fromSlot, here, intoSlot, land, type Place, temporary } from './builder.js'
import type { Evaluate, Store } from './code.js'
import { appendTo, listOf } from './lists.js'
import { openCell } from './lower-name.js'
import { ownNames, takenByFunctions } from './symbols.js'
import type { Expression, ListComp, Target } from './syntax.js'

/** How the parts of a comprehension are lowered. */
interface Parts {
  readonly lowerExpression: (builder: Builder, expression: Expression) => Evaluate
  readonly lowerInto: (builder: Builder, expression: Expression, into: Store | null) => void
  readonly assignFrom: (builder: Builder, slot: number, target: Target) => void
}

/** A comprehension runs in place, with variables of its own (as since 3.12; before, in a function: the same outcome). */
export const lowerListComp = (builder: Builder, comprehension: ListComp, parts: Parts): Evaluate => {
  const { elt, generators } = comprehension
  const outer = builder.comprehension
  const list = temporary(builder)
  emit(builder, { op: 'evaluate', value: (activation) => listOf(activation, []), into: intoSlot(list) })
  const [first, ...others] = generators
  if (first === undefined) throw new TypeError('a comprehension iterates something')
  const outermost = parts.lowerExpression(builder, first.iter)
  builder.comprehension = new Map([...outer, ...ownPlaces(builder, comprehension)])
  const nest = (index: number, iterable: Evaluate): void => {
    const generator = [first, ...others][index]
    if (generator === undefined) return
    const slot = temporary(builder)
    emit(builder, { op: 'iterate', value: iterable, slot })
    const begin = here(builder)
    const item = temporary(builder)
    const next = emit(builder, { op: 'next', slot, into: intoSlot(item), to: -1 })
    parts.assignFrom(builder, item, generator.target)
    for (const condition of generator.ifs) {
      emit(builder, { op: 'branch', test: parts.lowerExpression(builder, condition), to: begin })
    }
    const inner = generators[index + 1]
    if (inner !== undefined) nest(index + 1, parts.lowerExpression(builder, inner.iter))
    else
      parts.lowerInto(builder, elt, (activation, value) => appendTo(activation, activation.slots[list] as Value, value))
    emit(builder, { op: 'jump', to: begin })
    land(builder, next)
  }
  nest(0, outermost)
  builder.comprehension = outer
  return fromSlot(list)
}

/** Where its variables live: in slots or, where functions inside take them, in cells that are made anew each time. */
const ownPlaces = (builder: Builder, comprehension: ListComp): readonly (readonly [string, Place])[] => {
  const { elt, generators } = comprehension
  const inside = [
    elt,
    ...generators.flatMap(({ target, iter, ifs }, at) => [target, ...ifs, ...(at > 0 ? [iter] : [])]),
  ]
  const taken = new Set(inside.flatMap(takenByFunctions))
  return [...ownNames(comprehension)].map((name) => {
    const slot = temporary(builder)
    if (!taken.has(name)) return [name, { kind: 'slot', slot }]
    emit(builder, {
      op: 'evaluate',
      value: (activation) => {
        openCell(activation, slot)
        return null
      },
      into: null,
    })
    return [name, { kind: 'cell in slot', slot }]
  })
}
