import { listValues } from '../loop/list.js'
import { raise } from '../loop/raise.js'
import type { Reference, SliceValue, Value } from '../loop/value.js'
import { fromArray } from '../persistent/vector.js'
import { unmodelled } from './arguments.js'
import type { Activation } from './code.js'
import { rangeLength } from './comparison.js'
import { isIterable, itemsOf, listOf, putItems } from './lists.js'

/** Whether a value is a slice. */
export const isSlice = (value: Value): value is SliceValue => typeof value === 'object' && value?.kind === 'slice'

/** The places in a sequence that a slice names. */
interface Places {
  readonly start: number
  readonly stop: number
  readonly step: number
}

const bound = (value: Value, otherwise: bigint): bigint => {
  if (value === null) return otherwise
  if (typeof value === 'bigint') return value
  if (typeof value === 'boolean') return BigInt(value)
  throw raise('TypeError', 'slice indices must be integers or None or have an __index__ method')
}

/** Mirrors `PySlice_Unpack` and `PySlice_AdjustIndices` (3.7 to 3.14). */
const placesOf = ({ start, stop, step }: SliceValue, size: number): Places => {
  const stride = bound(step, 1n)
  if (stride === 0n) throw raise('ValueError', 'slice step cannot be zero')
  const length = BigInt(size)
  const isBack = stride < 0n
  const [first, last] = isBack ? [-1n, length - 1n] : [0n, length]
  const adjusted = (value: Value, otherwise: bigint): bigint => {
    if (value === null) return otherwise
    const given = bound(value, otherwise)
    const place = given < 0n ? given + length : given
    return place < first ? first : place > last ? last : place
  }
  const from = adjusted(start, isBack ? last : first)
  const to = adjusted(stop, isBack ? first : last)
  return { start: Number(from), stop: Number(to), step: Number(stride) }
}

const placesWithin = ({ start, stop, step }: Places): readonly number[] => {
  const places: number[] = []
  for (let at = start; step > 0 ? at < stop : at > stop; at += step) places.push(at)
  return places
}

/** `container[slice]`; undefined for what has no slices. */
export const sliceOf = (activation: Activation, container: Value, slice: SliceValue): Value | undefined => {
  const taken = <T>(items: readonly T[]): readonly T[] =>
    placesWithin(placesOf(slice, items.length)).map((place) => items[place] as T)
  if (typeof container === 'string') return taken([...container]).join('')
  if (typeof container !== 'object' || container === null) return undefined
  switch (container.kind) {
    case 'list':
      return listOf(activation, taken(listValues(activation.world, container as Reference)))
    case 'tuple':
      return { kind: 'tuple', items: taken(container.items) }
    case 'range': {
      const { start, stop, step } = placesOf(slice, Number(rangeLength(container)))
      const at = (place: number): bigint => container.start + container.step * BigInt(place)
      return { kind: 'range', start: at(start), stop: at(stop), step: container.step * BigInt(step) }
    }
    case 'dict':
      return unmodelled(activation, 'a slice as a dict key')
    default:
      return undefined
  }
}

/** `list[slice] = values`. Mirrors `list_ass_subscript` (3.0 to 3.14). */
export const setSlice = (activation: Activation, list: Reference, slice: SliceValue, value: Value): void => {
  const before = listValues(activation.world, list)
  const places = placesOf(slice, before.length)
  if (!isIterable(value)) return unmodelled(activation, 'the assignment of this to a slice')
  const values = itemsOf(activation, value, 'iterate')
  if (places.step === 1) {
    const count = Math.max(0, places.stop - places.start)
    return putItems(activation, list, fromArray(before.toSpliced(places.start, count, ...values)))
  }
  const within = placesWithin(places)
  if (within.length !== values.length) {
    const size = `sequence of size ${values.length} to extended slice of size ${within.length}`
    throw raise('ValueError', `attempt to assign ${size}`)
  }
  const after = before.slice()
  for (const [index, place] of within.entries()) after[place] = values[index] ?? null
  putItems(activation, list, fromArray(after))
}

/** `del list[slice]` */
export const deleteSlice = (activation: Activation, list: Reference, slice: SliceValue): void => {
  const before = listValues(activation.world, list)
  const gone = new Set(placesWithin(placesOf(slice, before.length)))
  putItems(activation, list, fromArray(before.filter((_, place) => !gone.has(place))))
}
