import { halt } from '../loop/halt.js'
import type { Value } from '../loop/value.js'
import { asNumber, toFloat } from './arithmetic.js'
import type { Activation, Keywords } from './code.js'

/** Gives up the run: the program does something whose outcome the model does not know. */
export const unmodelled = ({ world, line }: Activation, what: string): never => {
  throw halt(world, { kind: 'unmodelled', reason: `${what} is not in the modelled subset`, line })
}

/**
 * Binds the arguments of a library function to its parameters, in their order; undefined where one is left out. As in
 * Python's documentation `/x` can be given by its position only and `*x`, which comes last, by its name only. What does
 * not fit is not modelled: CPython's texts for it are many.
 */
export const bind = (
  activation: Activation,
  name: string,
  parameters: readonly string[],
  required: number,
  args: readonly Value[],
  keywords: Keywords,
): readonly (Value | undefined)[] => {
  const most = parameters.filter((parameter) => !parameter.startsWith('*')).length
  if (keywords.size === 0 && args.length >= required && args.length <= most) return args
  const names = parameters.map((parameter) => parameter.replace('*', ''))
  const values = names.map((parameter, index) => (index < args.length ? args[index] : keywords.get(parameter)))
  const fits =
    args.length <= most &&
    [...keywords.keys()].every((keyword) => names.indexOf(keyword) >= args.length) &&
    values.slice(0, required).every((value) => value !== undefined)
  return fits ? values : unmodelled(activation, `${name}() with these arguments`)
}

/** A number of seconds as a double. What is no number is not modelled. */
export const seconds = (activation: Activation, name: string, value: Value | undefined): number => {
  const number = value === undefined ? undefined : asNumber(value)
  return number === undefined ? unmodelled(activation, `${name}() with a time that is no number`) : toFloat(number)
}
