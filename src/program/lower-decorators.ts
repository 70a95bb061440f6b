import type { Value } from '../loop/value.js'
import { unmodelled } from './arguments.js'
import { type Builder, emit, intoSlot, land, takenFrom, temporary } from './builder.js'
import { isBuiltin } from './builtin.js'
import type { Activation, Evaluate } from './code.js'
import { lowerInto, lowerOperands } from './lower-expression.js'
import { makeFunction } from './lower-function.js'
import { storeName } from './lower-name.js'
import { defaultValues } from './parameters.js'
import { delegates, isGeneratorFunction, isNamedCoroutine } from './symbols.js'
import type { AsyncFunctionDef, Decorator, FunctionDef } from './syntax.js'

/** Lowers the decorators above a definition, from top to bottom: the slots of their values. */
export const lowerDecorators = (builder: Builder, decorators: readonly Decorator[] = []): readonly number[] =>
  decorators.map((decorator) => {
    const slot = temporary(builder)
    lowerInto(builder, decorator, intoSlot(slot))
    return slot
  })

/**
 * Binds the name of a definition to what the decorators make of it, from bottom to top. Mirrors
 * `compiler_apply_decorators` (3.10 to 3.14).
 */
export const storeDecorated = (
  builder: Builder,
  name: string,
  decorators: readonly number[],
  defined: Evaluate,
  leaves: (activation: Activation, decorator: Value) => boolean = () => false,
): void => {
  const [outermost, ...inner] = decorators
  const store = storeName(builder, name)
  if (outermost === undefined) {
    emit(builder, { op: 'evaluate', value: defined, into: store })
    return
  }
  const value = temporary(builder)
  emit(builder, { op: 'evaluate', value: defined, into: intoSlot(value) })
  for (const [index, decorator] of [...[outermost, ...inner].entries()].reverse()) {
    const isOwn: Evaluate = (activation) =>
      index < decorators.length - 1 || !leaves(activation, activation.slots[decorator] as Value)
    const branch = emit(builder, { op: 'branch', test: isOwn, to: -1 })
    const call = { func: takenFrom(decorator), args: [{ value: takenFrom(value), starred: false }], keywords: [] }
    emit(builder, { op: 'call', call, awaited: false, into: intoSlot(value) })
    land(builder, branch)
  }
  emit(builder, { op: 'evaluate', value: takenFrom(value), into: store })
}

/** The decorators come first, then the default values; the code is lowered later. */
export const defineFunction = (builder: Builder, definition: FunctionDef | AsyncFunctionDef): void => {
  const decorators = lowerDecorators(builder, definition.decorator_list)
  const made = makeFunction(builder, definition, lowerOperands(builder, defaultValues(definition)))
  const innermost = decorators.at(-1)
  const isAwaitable = (activation: Activation): boolean =>
    innermost !== undefined && isCoroutineDecorator(activation.slots[innermost] as Value)
  const defined: Evaluate = (activation) =>
    isAwaitable(activation) ? { ...made(activation), awaitable: true } : made(activation)
  storeDecorated(builder, definition.name, decorators, defined, (activation, decorator) =>
    leavesAsItIs(activation, decorator, definition),
  )
}

const isCoroutineDecorator = (value: Value): boolean => isBuiltin(value, 'asyncio.coroutine')

/**
 * `@asyncio.coroutine` (3.4 to 3.10) leaves a function as it is, but that its generators are awaitable; what it does to one
 * without `yield` is not modelled.
 */
const leavesAsItIs = (
  activation: Activation,
  decorator: Value,
  definition: FunctionDef | AsyncFunctionDef,
): boolean => {
  const isNamed = isNamedCoroutine(definition)
  if (!isCoroutineDecorator(decorator)) {
    if (isNamed && delegates(definition))
      unmodelled(activation, "a decorator 'coroutine' of a generator that delegates")
    return false
  }
  if (!isNamed) unmodelled(activation, 'asyncio.coroutine by another name')
  if (definition.kind === 'FunctionDef' && !isGeneratorFunction(definition)) {
    unmodelled(activation, "asyncio.coroutine of a function without 'yield'")
  }
  return true
}
