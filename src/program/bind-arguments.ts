import { qualnameOf } from '../loop/function-name.js'
import { simpleName } from '../loop/handle.js'
import type { Python } from '../loop/python.js'
import { type Raise, raise } from '../loop/raise.js'
import type { FunctionValue, Value } from '../loop/value.js'
import type { Activation, Code, Keywords } from './code.js'
import { type Entry, newDict } from './dicts.js'
import { suggestion } from './suggestion.js'

/** The default value of each parameter; absent where none has any. */
type Defaults = readonly (Value | undefined)[] | undefined

/**
 * Binds arguments to parameters: what is in the first slots of the frame. TypeError as CPython words it where they do not
 * fit. Mirrors `initialize_locals` (3.10 to 3.14).
 */
export const bindArguments = (
  activation: Activation,
  code: Code,
  callee: FunctionValue,
  args: readonly Value[],
  keywords: Keywords,
): Value[] => {
  const { parameters, signature } = code
  const { defaults } = callee
  const failure: Failure = (problem) => {
    const { textsQualifyFunctions } = activation.world.python
    const name = textsQualifyFunctions ? qualnameOf(activation.world, callee) : simpleName(code.name)
    return raise('TypeError', (python) => `${name}() ${problem(python)}`)
  }
  const positional = signature === null ? parameters.length : signature.positional
  if (args.length === positional && keywords.size === 0 && signature === null) return args.slice()
  const values: (Value | undefined)[] = parameters.map((_, index) => (index < positional ? args[index] : undefined))
  const others: Entry[] = []
  for (const [keyword, value] of keywords) {
    const at = parameters.indexOf(keyword)
    if (at < 0 && signature?.kwarg === true) {
      others.push([keyword, value])
      continue
    }
    if (at < 0) throw failure((python) => `got an unexpected keyword argument ${named(keyword, parameters, python)}`)
    if (values[at] !== undefined) throw failure(() => `got multiple values for argument '${keyword}'`)
    values[at] = value
  }
  if (args.length > positional && signature?.vararg !== true) throw tooMany(failure, positional, defaults, args, values)
  const missing = parameters.filter((_, at) => values[at] === undefined && defaults?.[at] === undefined)
  const [first] = missing
  if (first !== undefined) {
    const isPositional = parameters.indexOf(first) < positional
    const kind = missing.filter((name) => parameters.indexOf(name) < positional === isPositional)
    throw failure(() => missingArguments(kind, isPositional ? 'positional' : 'keyword-only'))
  }
  const bound: Value[] = values.map((value, at) => (value === undefined ? (defaults?.[at] ?? null) : value))
  if (signature?.vararg === true) bound.push({ kind: 'tuple', items: args.slice(positional) })
  if (signature?.kwarg === true) bound.push(newDict(activation, others))
  return bound
}

/** The TypeError about a call of a function. */
type Failure = (problem: (python: Python) => string) => Raise

const named = (keyword: string, parameters: readonly string[], python: Python): string => {
  const meant = python.textsSuggestKeywords ? suggestion(keyword, parameters) : null
  return meant === null ? `'${keyword}'` : `'${keyword}'. Did you mean '${meant}'?`
}

const tooMany = (
  failure: Failure,
  positional: number,
  defaults: Defaults,
  args: readonly Value[],
  values: readonly (Value | undefined)[],
) => {
  const optional = defaults?.slice(0, positional).filter((value) => value !== undefined).length ?? 0
  const accepted = optional > 0 ? `from ${positional - optional} to ${positional}` : `${positional}`
  const arguments_ = (what: string, count: number) => `${what} argument${count === 1 ? '' : 's'}`
  const takes = `${accepted} ${arguments_('positional', optional > 0 ? 2 : positional)}`
  const others = values.slice(positional).filter((value) => value !== undefined).length
  const given = args.length
  if (others === 0) return failure(() => `takes ${takes} but ${given} ${given === 1 ? 'was' : 'were'} given`)
  const also = `(and ${others} ${arguments_('keyword-only', others)})`
  return failure(() => `takes ${takes} but ${given} ${arguments_('positional', given)} ${also} were given`)
}

const missingArguments = (names: readonly string[], kind: string): string => {
  const quoted = names.map((name) => `'${name}'`)
  const last = quoted.at(-1)
  const list =
    quoted.length === 1
      ? last
      : quoted.length === 2
        ? quoted.join(' and ')
        : `${quoted.slice(0, -1).join(', ')}, and ${last}`
  return `missing ${names.length} required ${kind} argument${names.length === 1 ? '' : 's'}: ${list}`
}
