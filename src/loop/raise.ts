import { halt } from './halt.js'
import type { Python } from './python.js'
import { withNextIdentity } from './update.js'
import type { ExceptionValue, Value } from './value.js'
import type { World } from './world.js'

/**
 * What the evaluation of an expression throws when Python raises: an exception that exists, or the class and arguments
 * of a new one. It never leaves the frame machine, which turns it into the outcome `raised`.
 */
export type Raise =
  | { readonly kind: 'raise'; readonly exception: ExceptionValue; readonly isSame?: true; readonly world?: World }
  | {
      readonly kind: 'raise new'
      readonly type: string
      readonly args: readonly Argument[]
      /** The world as it has become; null where nothing has changed. */
      readonly world: World | null
    }

/** An argument of a new exception; a text that differs from version to version is a function of the Python. */
export type Argument = Value | ((python: Python) => string)

/** `throw raise('TypeError', 'unhashable type')` */
export const raise = (type: string, ...args: readonly Argument[]): Raise => ({
  kind: 'raise new',
  type,
  args,
  world: null,
})

/** `throw raiseIn(world, 'RuntimeError', 'Event loop is closed')`: what happened before is not undone. */
export const raiseIn = (world: World, type: string, ...args: readonly Argument[]): Raise => ({
  kind: 'raise new',
  type,
  args,
  world,
})

/** `throw raiseAgain(error)`: the same object once more. */
export const raiseAgain = (exception: ExceptionValue): Raise => ({ kind: 'raise', exception })

/** `throw reraise(error)`: what a bare `raise` does, which leaves the traceback as it is. */
export const reraise = (exception: ExceptionValue): Raise => ({ kind: 'raise', exception, isSame: true })

/** `throw raiseAgainIn(world, error)`: the same object, and what happened before is not undone. */
export const raiseAgainIn = (world: World, exception: ExceptionValue): Raise => ({ kind: 'raise', exception, world })

/** The class of a `Raise` that is none of Python's: what was asked for lies outside the model, and the run halts. */
export const UNMODELLED = 'Unmodelled'

/** The exception that a `Raise` stands for, made anew where it asks for a new one; `line` is where in the program. */
export const makeException = (world: World, raised: Raise, line = 0): readonly [World, ExceptionValue] => {
  if (raised.kind === 'raise') return [raised.world ?? world, raised.exception]
  const { type, args } = raised
  const present = raised.world ?? world
  if (type === UNMODELLED) throw halt(present, { kind: 'unmodelled', reason: String(args[0]), line })
  const id = present.nextIdentity
  return [withNextIdentity(present, id + 1), { kind: 'exception', id, type, args: worded(args, present.python), line }]
}

/** The arguments as they are in a version of Python. */
export const worded = (args: readonly Argument[], python: Python): readonly Value[] =>
  args.map((argument) => (typeof argument === 'function' ? argument(python) : argument))

/** Whether what was caught is a `Raise`. */
export const isRaise = (caught: unknown): caught is Raise =>
  typeof caught === 'object' &&
  caught !== null &&
  'kind' in caught &&
  (caught.kind === 'raise' || caught.kind === 'raise new')
