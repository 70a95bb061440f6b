import { withNextIdentity } from './update.js'
import type { ExceptionValue, Value } from './value.js'
import type { World } from './world.js'

/**
 * What the evaluation of an expression throws when Python raises: an exception that exists, or the class and arguments
 * of a new one. It never leaves the frame machine, which turns it into the outcome `raised`.
 */
export type Raise =
  | { readonly kind: 'raise'; readonly exception: ExceptionValue }
  | { readonly kind: 'raise new'; readonly type: string; readonly args: readonly Value[] }

/** `throw raise('TypeError', 'unhashable type')` */
export const raise = (type: string, ...args: readonly Value[]): Raise => ({ kind: 'raise new', type, args })

/** `throw raiseAgain(error)`: the same object once more. */
export const raiseAgain = (exception: ExceptionValue): Raise => ({ kind: 'raise', exception })

/** The exception that a `Raise` stands for, made anew where it asks for a new one. */
export const makeException = (world: World, raised: Raise): readonly [World, ExceptionValue] =>
  raised.kind === 'raise'
    ? [world, raised.exception]
    : [
        withNextIdentity(world, world.nextIdentity + 1),
        { kind: 'exception', id: world.nextIdentity, type: raised.type, args: raised.args },
      ]

/** Whether what was caught is a `Raise`. */
export const isRaise = (caught: unknown): caught is Raise =>
  typeof caught === 'object' &&
  caught !== null &&
  'kind' in caught &&
  (caught.kind === 'raise' || caught.kind === 'raise new')
