import { type Builder, type Definition, emit, type Place } from './builder.js'
import type { Code } from './code.js'
import { lowerBody } from './lower-statement.js'
import { parameterNames } from './parameters.js'
import { RANDOM } from './random.js'
import { boundNames, globalNames, isGeneratorFunction, isNamedCoroutine, moduleSymbols } from './symbols.js'
import type { AsyncFunctionDef, FunctionDef, Module } from './syntax.js'

/** A program made ready to run. */
export interface Lowered {
  readonly module: Code
  /** The functions, by the index that function values carry. */
  readonly functions: readonly Code[]
  /** The names of the module. Their cells are the first objects of the world. */
  readonly globals: readonly string[]
}

/** Lowers a program: the module and each function become lists of instructions. */
export const lower = (module: Module): Lowered => {
  const globals = [RANDOM, ...moduleSymbols(module).global]
  const places = globals.map((name, id): [string, Place] => [name, { kind: 'global', name, id }])
  const definitions: Definition[] = []
  const builder = newBuilder(null, new Map(places), new Map(places), new Set(), [], definitions, null)
  lowerBody(builder, module.body)
  const functions: Code[] = []
  for (let next = definitions[0]; next !== undefined; next = definitions[functions.length]) {
    functions.push(lowerFunction(next, places, definitions))
  }
  return { module: finish(builder, 'function', false, [], null, []), functions, globals }
}

const lowerFunction = (
  { definition, symbols, name, around }: Definition,
  globals: readonly [string, Place][],
  definitions: Definition[],
): Code => {
  const { args, kwonlyargs = [], vararg, kwarg } = definition
  const all = parameterNames(definition)
  const slots = [...all, ...symbols.local.filter((local) => !all.includes(local))]
  const places = new Map<string, Place>([
    ...globals,
    ...symbols.local.map((local): [string, Place] => [local, { kind: 'slot', slot: slots.indexOf(local) }]),
    ...symbols.cell.map((own, cell): [string, Place] => [own, { kind: 'cell', cell, free: false }]),
    ...symbols.free.map((free, index): [string, Place] => [
      free,
      { kind: 'cell', cell: symbols.cell.length + index, free: true },
    ]),
  ])
  const global = globalNames(definition)
  const inside = new Set([...[...around].filter((outer) => !global.has(outer)), ...boundNames(definition)])
  const builder = newBuilder(name, new Map(globals), places, inside, slots, definitions, args[0] ?? null)
  lowerBody(builder, definition.body)
  const ownCells = symbols.cell.map((cell) => ({ name: cell, parameter: position(all, cell) }))
  const isSimple = definition.defaults === undefined && all.length === args.length
  const signature = isSimple
    ? null
    : { positional: args.length, vararg: vararg !== undefined, kwarg: kwarg !== undefined }
  const awaitable = isNamedCoroutine(definition)
  return finish(builder, kindOf(definition), awaitable, [...args, ...kwonlyargs], signature, ownCells)
}

const kindOf = (definition: FunctionDef | AsyncFunctionDef): Code['kind'] => {
  const prefix = definition.kind === 'AsyncFunctionDef' ? 'async ' : ''
  return `${prefix}${isGeneratorFunction(definition) ? 'generator function' : 'function'}`
}

const newBuilder = (
  name: string | null,
  globals: ReadonlyMap<string, Place>,
  places: ReadonlyMap<string, Place>,
  around: ReadonlySet<string>,
  slots: string[],
  definitions: Definition[],
  first: string | null,
): Builder => ({
  instructions: [],
  lines: [],
  slots,
  places,
  comprehension: new Map(),
  classBody: null,
  globals,
  blocks: [],
  asyncIterators: [],
  line: 0,
  around,
  definitions,
  name,
  first,
})

const position = (parameters: readonly string[], name: string): number | null =>
  parameters.includes(name) ? parameters.indexOf(name) : null

const finish = (
  builder: Builder,
  kind: Code['kind'],
  awaitable: boolean,
  parameters: readonly string[],
  signature: Code['signature'],
  ownCells: Code['ownCells'],
): Code => {
  emit(builder, { op: 'return', value: () => null })
  const { instructions, lines, slots, name } = builder
  return { name: name ?? '<module>', kind, awaitable, parameters, signature, slots, ownCells, instructions, lines }
}
