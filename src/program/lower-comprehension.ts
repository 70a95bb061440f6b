import type { Reference, Value } from '../loop/value.js'
import { asyncIteration, asyncIteratorOf, endAsyncIteration, forgetIterator } from './async-loop.js'
import { type Builder, emit, here, intoSlot, land, type Place, takenFrom, temporary } from './builder.js'
import type { Activation, CallSite, Evaluate, Store } from './code.js'
import { addTo, newDict, newSet, setValue } from './dicts.js'
import { functionOf } from './function-of.js'
import { appendTo, iterate, listOf } from './lists.js'
import { makeFunction } from './lower-function.js'
import { openCell } from './lower-name.js'
import { childrenOf, partsOf } from './parts.js'
import { type InPlace, ownNames, takenByFunctions } from './symbols.js'
import type { Expression, GeneratorExp, Target } from './syntax.js'

/** How the parts of a comprehension are lowered. */
interface Parts {
  readonly lowerExpression: (builder: Builder, expression: Expression) => Evaluate
  readonly lowerInto: (builder: Builder, expression: Expression, into: Store | null) => void
  readonly lowerOperands: (builder: Builder, operands: readonly Expression[]) => readonly Evaluate[]
  readonly assignFrom: (builder: Builder, slot: number, target: Target) => void
}

/** A comprehension runs in place, with variables of its own (as since 3.12; before, in a function: the same outcome). */
export const lowerComprehension = (builder: Builder, comprehension: InPlace, parts: Parts): Evaluate => {
  const { generators } = comprehension
  const outer = builder.comprehension
  const made = temporary(builder)
  emit(builder, { op: 'evaluate', value: (activation) => begun(activation, comprehension), into: intoSlot(made) })
  const [first, ...others] = generators
  if (first === undefined) throw new TypeError('a comprehension iterates something')
  const outermost = parts.lowerExpression(builder, first.iter)
  builder.comprehension = new Map([...outer, ...ownPlaces(builder, comprehension)])
  const add = (): void => {
    if (comprehension.kind === 'DictComp') {
      const [key, value] = parts.lowerOperands(builder, [comprehension.key, comprehension.value])
      if (key === undefined || value === undefined) throw new TypeError('a key and a value')
      const entry: Evaluate = (activation) => {
        setValue(activation, activation.slots[made] as Reference, key(activation), value(activation))
        return null
      }
      emit(builder, { op: 'evaluate', value: entry, into: null })
      return
    }
    const into = comprehension.kind === 'ListComp' ? appendTo : addTo
    parts.lowerInto(builder, comprehension.elt, (activation, value) =>
      into(activation, activation.slots[made] as Reference, value),
    )
  }
  const nest = (index: number, iterable: Evaluate): void => {
    const generator = [first, ...others][index]
    if (generator === undefined) return
    const { begin, item, next, end } = generator.is_async ? asyncLoop(builder, iterable) : loop(builder, iterable)
    parts.assignFrom(builder, item, generator.target)
    for (const condition of generator.ifs) {
      emit(builder, { op: 'branch', test: parts.lowerExpression(builder, condition), to: begin })
    }
    const inner = generators[index + 1]
    if (inner !== undefined) nest(index + 1, parts.lowerExpression(builder, inner.iter))
    else add()
    emit(builder, { op: 'jump', to: begin })
    land(builder, next)
    end()
  }
  nest(0, outermost)
  builder.comprehension = outer
  return takenFrom(made)
}

/** The beginning of a loop, the slot of an item, the jump where there is none, and what to do behind it. */
const loop = (builder: Builder, iterable: Evaluate) => {
  const slot = temporary(builder)
  emit(builder, { op: 'iterate', value: iterable, slot })
  const begin = here(builder)
  const item = temporary(builder)
  const next = emit(builder, { op: 'next', slot, into: intoSlot(item), to: -1 })
  return { begin, item, next, end: () => undefined }
}

const asyncLoop = (builder: Builder, iterable: Evaluate) => {
  const { iterator, begin, item, next } = asyncIteration(builder, iterable, false)
  const end = (): void => {
    endAsyncIteration(builder, iterator)
    forgetIterator(builder, iterator)
  }
  return { begin, item, next, end }
}

const begun = (activation: Activation, { kind }: InPlace) => {
  if (kind === 'ListComp') return listOf(activation, [])
  return kind === 'SetComp' ? newSet(activation, []) : newDict(activation, [])
}

/** Where its variables live: in slots or, where functions inside take them, in cells that are made anew each time. */
const ownPlaces = (builder: Builder, comprehension: InPlace): readonly (readonly [string, Place])[] => {
  const inside = partsOf(comprehension).slice(1)
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

/** The first iterable is evaluated, and asked for its iterator, at once; the rest is a generator function's. */
export const lowerGeneratorExp = (
  builder: Builder,
  expression: GeneratorExp,
  lowerExpression: Parts['lowerExpression'],
): Evaluate => {
  const [outermost] = childrenOf(expression)
  if (outermost === undefined) throw new TypeError('a generator expression iterates something')
  const iterable = lowerExpression(builder, outermost)
  const [{ is_async = false } = {}] = expression.generators
  const iterator: Evaluate = is_async
    ? asyncIteratorOf(builder, iterable)
    : (activation) => iterate(activation.world, iterable(activation)) as unknown as Value
  const func = makeFunction(builder, functionOf(expression), [])
  const slot = temporary(builder)
  const call: CallSite = { func, args: [{ value: iterator, starred: false }], keywords: [] }
  emit(builder, { op: 'call', call, awaited: false, into: intoSlot(slot) })
  return takenFrom(slot)
}
