import type { FunctionValue, Value } from '../loop/value.js'
import type { Builder } from './builder.js'
import { type Activation, type Evaluate, newIdentity } from './code.js'
import { documentation } from './documentation.js'
import { newAttributes } from './instances.js'
import { cellOf } from './lower-name.js'
import { functionSymbols } from './symbols.js'
import type { AsyncFunctionDef, FunctionDef, Statement } from './syntax.js'

/** `__qualname__` of what is defined here. */
export const qualifiedName = ({ classBody, name: around }: Builder, name: string): string => {
  if (classBody !== null) return `${classBody.name}.${name}`
  return around === null ? name : `${around}.<locals>.${name}`
}

/** Makes a function, whose code is lowered later, with the default values of its parameters as they are now. */
export const makeFunction = (
  builder: Builder,
  definition: FunctionDef | AsyncFunctionDef,
  values: readonly Evaluate[],
): ((activation: Activation) => FunctionValue) => {
  const around = new Set([...builder.around, ...builder.comprehension.keys()])
  const symbols = functionSymbols(definition, around)
  const captured = symbols.free.map((free) => cellOf(builder, free))
  const name = qualifiedName(builder, definition.name)
  const code = builder.definitions.push({ definition, symbols, name, around }) - 1
  const defaults = defaultsOf(definition, values)
  const documented = documentationOf(definition.body)
  return (activation) => {
    const id = newIdentity(activation)
    const cells = captured.map((cell) => cell(activation))
    const given = defaults === null ? {} : { defaults: defaults(activation) }
    return {
      kind: 'function',
      id,
      name,
      code,
      cells,
      ...given,
      attributes: newAttributes(activation, documented(activation)),
    }
  }
}

/** `__doc__`, where a body begins with a string. */
export const documentationOf = ([first]: readonly Statement[]): ((
  activation: Activation,
) => readonly (readonly [string, Value])[]) => {
  const text = first?.kind === 'Expr' && first.value.kind === 'Constant' ? first.value.value : null
  return ({ world }) => (typeof text === 'string' ? [['__doc__', documentation(text, world.python)]] : [])
}

/** The default value of each parameter, undefined for one that has none; null where none has any. */
const defaultsOf = (
  { args, defaults = [], kw_defaults = [] }: FunctionDef | AsyncFunctionDef,
  values: readonly Evaluate[],
): ((activation: Activation) => readonly (Value | undefined)[]) | null => {
  if (values.length === 0) return null
  let next = 0
  const sources = [
    ...args.map((_, index) => (index >= args.length - defaults.length ? values[next++] : undefined)),
    ...kw_defaults.map((value) => (value === null ? undefined : values[next++])),
  ]
  return (activation) => sources.map((source) => source?.(activation))
}
