import type { AsyncDrive } from '../loop/async-generator-object.js'
import type { Reference, Value } from '../loop/value.js'
import type { Frame } from '../loop/world.js'
import type { Activation, Keywords } from './code.js'

/** A call that goes on in a frame of its own: of a function, or, where it is named, of a coroutine that is not awaited yet. */
export interface Begun {
  readonly kind: 'begun'
  readonly frame: Frame
  /** The name of the coroutine; null for a function, which is entered at once. */
  readonly coroutine: string | null
  /** What is asked of an asynchronous generator, where that is to be awaited instead of a coroutine. */
  readonly drive?: AsyncDrive
}

/** Something Python or its library can do: it changes the activation's world and gives a value or a frame to go on in. */
export type Builtin = (activation: Activation, args: readonly Value[], keywords: Keywords) => Value | Begun

/** Whether a value is the builtin of a name, with its module. */
export const isBuiltin = (value: Value | undefined, name: string): boolean =>
  typeof value === 'object' && value?.kind === 'builtin' && value.name === name

/** Whether a call goes on in a frame. */
export const isBegun = (result: Value | Begun): result is Begun =>
  typeof result === 'object' && result !== null && result.kind === 'begun'

/** A method of what has its contents in the world. */
export type Method = (
  activation: Activation,
  receiver: Reference,
  args: readonly Value[],
  keywords: Keywords,
) => Value | Begun
