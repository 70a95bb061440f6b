import type { Builder } from './builder.js'
import { placeOf } from './lower-name.js'
import { CLASS_CELL } from './symbols.js'
import type { Call } from './syntax.js'

/** `super()` as `super(__class__, self)`, the first parameter of the function that it stands in. */
export const withSuper = (builder: Builder, call: Call): Call => {
  const { func, args, keywords } = call
  if (func.kind !== 'Name' || func.id !== 'super' || args.length + keywords.length > 0) return call
  const { first, comprehension } = builder
  // In a comprehension, a function of its own before 3.12, it finds another first argument.
  const inComprehension = [...comprehension.keys()].some((name) => name !== CLASS_CELL)
  if (placeOf(builder, 'super').kind !== 'builtin' || first === null || inComprehension) return call
  return {
    ...call,
    args: [
      { kind: 'Name', id: CLASS_CELL },
      { kind: 'Name', id: first },
    ],
  }
}
