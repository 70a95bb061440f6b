import { withContext } from './update.js'
import type { Value } from './value.js'
import type { Context, World } from './world.js'

/** The value of a variable; undefined where it was never set. */
export const lookUp = (context: Context, variable: number): Value | undefined => {
  for (let entry = context; entry !== null; entry = entry.older) if (entry.variable === variable) return entry.value
  return undefined
}

/** The context after `variable.set(value)`. */
export const assign = (context: Context, variable: number, value: Value): Context => ({
  variable,
  value,
  older: without(context, variable),
})

const without = (context: Context, variable: number): Context => {
  if (context === null) return null
  const older = without(context.older, variable)
  return context.variable === variable ? older : { variable: context.variable, value: context.value, older }
}

/** The context after `variable.reset(token)`: with the value it had before, or none. */
export const restore = (context: Context, variable: number, old: Value | undefined): Context =>
  old === undefined ? without(context, variable) : assign(context, variable, old)

/** The world with this context as the present one. */
export const inContext = (world: World, context: Context): World =>
  world.context === context ? world : withContext(world, context)
