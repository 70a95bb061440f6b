import { raise, UNMODELLED } from '../loop/raise.js'
import { withObjects } from '../loop/update.js'
import type { Value } from '../loop/value.js'
import { get, push, set } from '../persistent/table.js'
import type { Builder, Place } from './builder.js'
import type { Activation, Cell, Evaluate, Store } from './code.js'
import { newestVersion } from './history.js'
import { builtinNames } from './names.js'
import { isPythonName } from './python-names.js'

/** Where a name lives: in a comprehension, a slot or cell of the function, a cell of the module, or among the builtins. */
export const placeOf = (builder: Builder, name: string): Place =>
  builder.classBody?.places.get(name) ?? placeInFunction(builder, name)

/** Where a name lives for the functions inside, which do not see those of a class around them. */
const placeInFunction = (builder: Builder, name: string): Place =>
  builder.comprehension.get(name) ?? builder.places.get(name) ?? { kind: 'builtin', name }

/** The value of a name; NameError and UnboundLocalError as CPython words them (3.11 to 3.14). */
export const loadName = (builder: Builder, name: string, orBuiltin = true): Evaluate =>
  loadPlace(placeOf(builder, name), builder, name, orBuiltin)

const loadPlace = (place: Place, builder: Builder, name: string, orBuiltin: boolean): Evaluate => {
  switch (place.kind) {
    case 'slot': {
      const { slot } = place
      return (activation) => {
        const value = activation.slots[slot]
        if (value === undefined) throw unboundLocal(name)
        return value as Value
      }
    }
    case 'cell': {
      const { cell, free } = place
      return (activation) => {
        const value = cellValue(activation, activation.cells[cell])
        if (value === undefined) throw free ? unboundFree(name) : unboundLocal(name)
        return value
      }
    }
    case 'cell in slot': {
      const { slot } = place
      return (activation) => {
        const value = cellValue(activation, idIn(activation, slot))
        if (value === undefined) throw unboundLocal(name)
        return value
      }
    }
    case 'global': {
      const { id } = place
      if (orBuiltin) return (activation) => cellValue(activation, id) ?? builtin(activation, id, name)
      return (activation) => {
        const value = cellValue(activation, id)
        if (value === undefined) throw raise('NameError', `name '${name}' is not defined`)
        return value
      }
    }
    case 'class name': {
      const { slot } = place
      const global = loadPlace(builder.globals.get(name) ?? { kind: 'builtin', name }, builder, name, orBuiltin)
      return (activation) => {
        const value = activation.slots[slot] as Value | undefined
        return value === undefined ? global(activation) : value
      }
    }
    case 'builtin':
      return loadBuiltin(name)
  }
}

const loadBuiltin = (name: string): Evaluate => {
  const value = builtinNames.get(name)
  if (value === undefined) return (activation) => refuse(activation, name)
  return cameLater(name) ? (activation) => laterBuiltin(activation, name, value) : () => value
}

/** Whether a builtin has not always been there. */
const cameLater = (name: string): boolean =>
  isPythonName('builtins', name, newestVersion) && !isPythonName('builtins', name, '3.10')

const laterBuiltin = (activation: Activation, name: string, value: Value): Value =>
  cameLater(name) && !isPythonName('builtins', name, activation.world.python.version) ? refuse(activation, name) : value

/** NameError, unless CPython has a builtin of that name. */
const refuse = ({ world }: Activation, name: string): never => {
  if (isPythonName('builtins', name, world.python.version))
    throw raise(UNMODELLED, `${name} is not in the modelled subset`)
  throw raise('NameError', `name '${name}' is not defined`)
}

/** A name of the module that is None, or is not bound: then a builtin has its turn. */
const builtin = (activation: Activation, id: number, name: string): Value => {
  if (cellValue(activation, id) === null) return null
  const value = builtinNames.get(name)
  return value === undefined ? refuse(activation, name) : laterBuiltin(activation, name, value)
}

const cellValue = (activation: Activation, id: number | undefined): Value | undefined =>
  id === undefined ? undefined : (get(activation.world.objects, id) as Cell | undefined)?.value

const unboundLocal = (name: string) =>
  raise('UnboundLocalError', ({ textsSayCannotAccess }) =>
    textsSayCannotAccess
      ? `cannot access local variable '${name}' where it is not associated with a value`
      : `local variable '${name}' referenced before assignment`,
  )

const unboundFree = (name: string) =>
  raise('NameError', ({ textsSayCannotAccess }) =>
    textsSayCannotAccess
      ? `cannot access free variable '${name}' where it is not associated with a value in enclosing scope`
      : `free variable '${name}' referenced before assignment in enclosing scope`,
  )

/** Binds a name. */
export const storeName = (builder: Builder, name: string): Store => {
  const place = placeOf(builder, name)
  switch (place.kind) {
    case 'slot':
    case 'class name': {
      const { slot } = place
      return (activation, value) => {
        activation.slots[slot] = value
      }
    }
    case 'cell': {
      const { cell } = place
      return (activation, value) => setCell(activation, activation.cells[cell], value)
    }
    case 'cell in slot': {
      const { slot } = place
      return (activation, value) => setCell(activation, idIn(activation, slot), value)
    }
    case 'global': {
      const { id } = place
      return (activation, value) => setCell(activation, id, value)
    }
    case 'builtin':
      throw new TypeError(`nothing binds ${name}`)
  }
}

/** Unbinds a name, as the end of `except … as name` does. */
export const unbindName = (builder: Builder, name: string): ((activation: Activation) => void) => {
  const place = placeOf(builder, name)
  return (activation) => {
    if (place.kind === 'slot' || place.kind === 'class name') activation.slots[place.slot] = undefined
    if (place.kind === 'cell') setCell(activation, activation.cells[place.cell], undefined)
    if (place.kind === 'global') setCell(activation, place.id, undefined)
  }
}

/** How the id of the cell is found in which a name lives, for a function inside that shares it. */
export const cellOf = (builder: Builder, name: string): ((activation: Activation) => number) => {
  const place = placeInFunction(builder, name)
  if (place.kind === 'cell') return ({ cells }) => cells[place.cell] ?? -1
  if (place.kind === 'cell in slot') return (activation) => idIn(activation, place.slot)
  throw new TypeError(`${name} is no cell`)
}

/** Puts the id of a new cell into a slot. */
export const openCell = (activation: Activation, slot: number): void => {
  const cell: Cell = { kind: 'cell', value: undefined }
  activation.slots[slot] = activation.world.objects.next
  activation.world = withObjects(activation.world, push<unknown>(activation.world.objects, cell))
}

const idIn = ({ slots }: Activation, slot: number): number => slots[slot] as number

/** Puts a value into a cell. */
export const setCell = (activation: Activation, id: number | undefined, value: Value | undefined): void => {
  if (id === undefined) return
  const cell: Cell = { kind: 'cell', value }
  activation.world = withObjects(activation.world, set(activation.world.objects, id, cell))
}
