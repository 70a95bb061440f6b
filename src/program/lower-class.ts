import type { ClassValue, ProgramClass, Value } from '../loop/value.js'
import { unmodelled } from './arguments.js'
import { type Builder, emit, intoSlot, type Place, temporary } from './builder.js'
import type { Activation, Evaluate } from './code.js'
import { isGroupClass } from './exception-groups.js'
import { newAttributes } from './instances.js'
import { lowerDecorators, storeDecorated } from './lower-decorators.js'
import { lowerExpression } from './lower-expression.js'
import { documentationOf, qualifiedName } from './lower-function.js'
import { openCell, setCell } from './lower-name.js'
import { CLASS_CELL, classNames } from './symbols.js'
import type { ClassDef } from './syntax.js'

/**
 * Lowers a class: its body is run where it stands, with names of its own, of which the class is made then. The functions
 * in it find the class in a cell. Mirrors `compiler_class` (3.8 to 3.14).
 */
export const lowerClass = (builder: Builder, statement: ClassDef, lowerBody: () => void): void => {
  const { classBody, comprehension } = builder
  const decorators = lowerDecorators(builder, statement.decorator_list)
  const base = temporary(builder)
  const [first] = statement.bases
  const given: Evaluate = first === undefined ? () => null : lowerExpression(builder, first)
  const checked: Evaluate = first === undefined ? given : (activation) => baseOf(activation, given(activation))
  emit(builder, { op: 'evaluate', value: checked, into: intoSlot(base) })
  const cell = temporary(builder)
  const name = qualifiedName(builder, statement.name)
  const places = new Map<string, Place>(
    [...classNames(statement.body)].map((own) => [own, { kind: 'class name', slot: temporary(builder), name: own }]),
  )
  const slots = [...places].map(([own, place]) => ({ name: own, slot: (place as Place & { slot: number }).slot }))
  const begin: Evaluate = (activation) => {
    openCell(activation, cell)
    for (const { slot } of slots) activation.slots[slot] = undefined
    return null
  }
  emit(builder, { op: 'evaluate', value: begin, into: null })
  builder.classBody = { name, places }
  builder.comprehension = new Map([...comprehension, [CLASS_CELL, { kind: 'cell in slot', slot: cell }]])
  lowerBody()
  builder.classBody = classBody
  builder.comprehension = comprehension
  const documented = documentationOf(statement.body)
  const made: Evaluate = (activation) => {
    const values = slots.flatMap(({ name: own, slot }): readonly (readonly [string, Value])[] => {
      const value = activation.slots[slot]
      return value === undefined ? [] : [[own, value as Value]]
    })
    const id = newAttributes(activation, [['__doc__', null], ...documented(activation), ...values])
    const above = activation.slots[base] as ProgramClass | null
    const isUnhashable = values.some(([own]) => own === '__eq__') || above?.unhashable === true
    const made: ProgramClass = {
      ...{ kind: 'program class', id, name, base: above },
      ...(isUnhashable ? { unhashable: true } : {}),
    }
    setCell(activation, activation.slots[cell] as number, made)
    return made
  }
  storeDecorated(builder, statement.name, decorators, made)
}

/** What such a class would have to tell its instances apart by is not modelled. */
const isRefused = (name: string): boolean =>
  isGroupClass(name) || name === 'StopIteration' || name === 'StopAsyncIteration'

/** What a class can derive from: `object`, an exception class, another class of the program. */
const baseOf = (activation: Activation, value: Value): ProgramClass | ClassValue | null => {
  if (typeof value === 'object' && value !== null) {
    if (value.kind === 'program class') return value
    if (value.kind === 'class' && !isRefused(value.name)) return value
    if (value.kind === 'builtin' && value.name === 'object') return null
  }
  return unmodelled(activation, 'a class that derives from such a value')
}
