import { newAsyncGenerator } from '../loop/async-generator-object.js'
import { shortName } from '../loop/exception.js'
import { qualnameOf } from '../loop/function-name.js'
import { newGenerator } from '../loop/generator-object.js'
import type { Python } from '../loop/python.js'
import { type Raise, raise } from '../loop/raise.js'
import { withObjects } from '../loop/update.js'
import type { FunctionValue, Value } from '../loop/value.js'
import type { Frame } from '../loop/world.js'
import { push } from '../persistent/table.js'
import { unmodelled } from './arguments.js'
import { bindArguments } from './bind-arguments.js'
import type { Begun } from './builtin.js'
import {
  type Activation,
  BEGINNING,
  type CallSite,
  type Cell,
  CODE,
  type Code,
  type CodeLocals,
  type Keywords,
  newIdentity,
  type SlotValue,
} from './code.js'
import { managed } from './contextlib.js'
import { type Entry, mappingEntries } from './dicts.js'
import { isGroupClass, newExceptionGroup } from './exception-groups.js'
import { instantiate } from './instantiate.js'
import { callMethod, functions } from './library.js'
import { isIterable, isIterator, itemsOf } from './lists.js'
import { goneThrough } from './program-iterator.js'
import { specialMethod } from './special-methods.js'
import { fullTypeName } from './type-name.js'

/** Calls a value. */
export const callValue = (
  codes: readonly Code[],
  activation: Activation,
  callee: Value,
  args: readonly Value[],
  keywords: Keywords,
): Value | Begun => {
  if (callee !== null && typeof callee === 'object') {
    switch (callee.kind) {
      case 'builtin': {
        const builtin = functions.get(callee.name)
        if (builtin === undefined) return unmodelled(activation, callee.name)
        return builtin(activation, goneThrough(activation, callee.name, args), keywords)
      }
      case 'method': {
        const result = callMethod(activation, callee.receiver, callee.name, args, keywords)
        if (result === undefined) throw new RangeError(`no method ${callee.name}`)
        return result
      }
      case 'function':
        return callFunction(codes, activation, callee, args, keywords)
      case 'static method':
        return callValue(codes, activation, callee.function, args, keywords)
      case 'partial':
        return callValue(
          codes,
          activation,
          callee.function,
          [...callee.args, ...args],
          new Map([...callee.keywords, ...keywords]),
        )
      case 'bound method':
        return callValue(codes, activation, callee.function, [callee.receiver, ...args], keywords)
      case 'program class':
        return instantiate(
          (inside, called, given, named) => callValue(codes, inside, called, given, named),
          activation,
          callee,
          args,
          keywords,
        )
      case 'class':
        return newException(activation, callee.name, args, keywords)
      case 'generator context manager':
      case 'async generator context manager':
        return unmodelled(activation, 'a context manager as a decorator')
      default: {
        const method = specialMethod(activation.world, callee, '__call__')
        if (method !== undefined) return callValue(codes, activation, method, args, keywords)
      }
    }
  }
  throw raise('TypeError', (python) => `'${fullTypeName(callee, python)}' object is not callable`)
}

const newException = (activation: Activation, type: string, args: readonly Value[], keywords: Keywords): Value => {
  if (isGroupClass(type)) return newExceptionGroup(activation, type, args, keywords)
  if (keywords.size > 0) throw raise('TypeError', `${shortName(type)}() takes no keyword arguments`)
  return { kind: 'exception', id: newIdentity(activation), type, args, line: activation.line }
}

const callFunction = (
  codes: readonly Code[],
  activation: Activation,
  callee: FunctionValue,
  args: readonly Value[],
  keywords: Keywords,
): Value | Begun => {
  const code = codes[callee.code]
  if (code === undefined) throw new RangeError(`no code ${callee.code}`)
  const slots: (SlotValue | undefined)[] = bindArguments(activation, code, callee, args, keywords)
  while (slots.length < code.slots.length) slots.push(undefined)
  const cells: number[] = []
  for (const { parameter } of code.ownCells) {
    const cell: Cell = { kind: 'cell', value: parameter === null ? undefined : (slots[parameter] as Value) }
    cells.push(activation.world.objects.next)
    activation.world = withObjects(activation.world, push(activation.world.objects, cell))
  }
  cells.push(...callee.cells)
  const locals: CodeLocals = { code: callee.code, slots, cells, tries: [], handling: [] }
  const frame: Frame = { machine: CODE, state: BEGINNING, locals, coroutine: null }
  if (code.kind === 'async generator function') {
    const [world, generator] = newAsyncGenerator(activation.world, qualnameOf(activation.world, callee), frame)
    activation.world = world
    if (callee.manages === 'async generator') return managed(activation, callee.manages, generator)
    return callee.manages === undefined ? generator : unmodelled(activation, managesOther)
  }
  if (code.kind !== 'generator function') {
    if (callee.manages !== undefined) return unmodelled(activation, managesOther)
    return {
      kind: 'begun',
      frame,
      coroutine: code.kind === 'async function' ? qualnameOf(activation.world, callee) : null,
    }
  }
  const [world, generator] = newGenerator(activation.world, frame, callee.awaitable === true)
  activation.world = world
  if (callee.manages === 'generator') return managed(activation, callee.manages, generator)
  return callee.manages === undefined ? generator : unmodelled(activation, managesOther)
}

const managesOther = 'contextmanager of such a function'

/** What a starred argument stands for; TypeError as CPython words it, which depends on whether it stands alone. */
export const starredItems = (
  activation: Activation,
  callee: Value,
  argument: Value,
  alone: boolean,
): readonly Value[] => {
  if (isIterable(argument) || isIterator(argument)) return itemsOf(activation, argument, 'iterate')
  const problem = (python: Python): string => `must be an iterable, not ${fullTypeName(argument, python)}`
  if (!alone) throw raise('TypeError', (python) => `Value after * ${problem(python)}`)
  if (callee === null || typeof callee !== 'object' || callee.kind !== 'function') {
    return unmodelled(activation, 'a starred argument that cannot be iterated')
  }
  const name = qualnameOf(activation.world, callee)
  throw raise('TypeError', (python) => `__main__.${name}() argument after * ${problem(python)}`)
}

/** The keyword arguments of a call. TypeError where one is given twice, or `**` stands before what is no mapping. */
export const namedArguments = (activation: Activation, callee: Value, keywords: CallSite['keywords']): Keywords => {
  const named = new Map<Value, Value>()
  for (const { name, value } of keywords) {
    const given = value(activation)
    const entries: readonly Entry[] = name === null ? doubleStarred(activation, callee, given) : [[name, given]]
    for (const [key, each] of entries) {
      if (named.has(key))
        throw aboutCallee(activation, callee, () => `got multiple values for keyword argument '${key}'`)
      named.set(key, each)
    }
  }
  if (![...named.keys()].every((key) => typeof key === 'string')) throw raise('TypeError', 'keywords must be strings')
  return named as Map<string, Value>
}

const doubleStarred = (activation: Activation, callee: Value, value: Value): readonly Entry[] => {
  if (value !== null && typeof value === 'object' && value.kind === 'dict') return mappingEntries(activation, value)
  throw aboutCallee(
    activation,
    callee,
    (python) => `argument after ** must be a mapping, not ${fullTypeName(value, python)}`,
  )
}

/** An error about the arguments of a call that the callee never gets to see. */
const aboutCallee = (activation: Activation, callee: Value, problem: (python: Python) => string): Raise => {
  if (callee === null || typeof callee !== 'object' || callee.kind !== 'function') {
    return unmodelled(activation, 'a double-starred argument that does not fit')
  }
  const name = qualnameOf(activation.world, callee)
  return raise('TypeError', (python) => `__main__.${name}() ${problem(python)}`)
}
