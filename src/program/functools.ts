import { raise } from '../loop/raise.js'
import type { PartialValue, Value } from '../loop/value.js'
import { bind, unmodelled } from './arguments.js'
import type { Builtin } from './builtin.js'
import { isCallable } from './callable.js'
import { type Activation, newIdentity } from './code.js'
import { functionAttribute, functionOf, isFunction, settable } from './function-attributes.js'
import { attributesOf, instanceOf, putAttribute } from './instances.js'
import type { functionNames } from './names.js'

/** `partial(function, *args, **keywords)`: one of a partial is one of its function. Mirrors `partial_new` (3.8 to 3.14). */
const partial: Builtin = (activation, [callee, ...args], keywords): PartialValue => {
  if (callee === undefined) throw raise('TypeError', "type 'partial' takes at least one argument")
  if (!isCallable(activation.world, callee)) throw raise('TypeError', 'the first argument must be callable')
  if (typeof callee !== 'object' || callee?.kind !== 'partial') {
    return newPartial(activation, callee, args, [...keywords])
  }
  const merged = new Map([...callee.keywords, ...keywords])
  return newPartial(activation, callee.function, [...callee.args, ...args], [...merged])
}

const newPartial = (
  activation: Activation,
  callee: Value,
  args: readonly Value[],
  keywords: PartialValue['keywords'],
): PartialValue => {
  return { kind: 'partial', id: newIdentity(activation), function: callee, args, keywords }
}

/** `wraps(wrapped)` is `partial(update_wrapper, wrapped=wrapped)`. */
const wraps: Builtin = (activation, args, keywords): PartialValue => {
  const [wrapped = null] = bind(activation, 'wraps', ['wrapped'], 1, args, keywords)
  const update = { kind: 'builtin', name: 'functools.update_wrapper' } as const
  return newPartial(activation, update, [], [['wrapped', wrapped]])
}

/**
 * `update_wrapper(wrapper, wrapped)`: the wrapper gets the names and the documentation of what it wraps, and the attributes
 * that this was given. Mirrors `functools.update_wrapper` (3.4 to 3.14).
 */
const updateWrapper: Builtin = (activation, args, keywords) => {
  const names = ['wrapper', 'wrapped']
  const [wrapper = null, wrapped = null] = bind(activation, 'update_wrapper', names, 2, args, keywords)
  const holder = isFunction(wrapper) ? wrapper.attributes : instanceOf(wrapper)?.id
  const from = functionOf(wrapped)
  if (holder === undefined || from === undefined) return unmodelled(activation, 'functools.wraps() of such values')
  for (const name of ['__module__', '__name__', '__qualname__', '__doc__']) {
    putAttribute(activation, holder, name, functionAttribute(activation.world, from, name) ?? null)
  }
  const given = from.attributes === undefined ? [] : attributesOf(activation.world, from.attributes)
  for (const [name, value] of given) if (!settable.has(name)) putAttribute(activation, holder, name, value)
  putAttribute(activation, holder, '__wrapped__', wrapped)
  return wrapper
}

/** `functools`, as far as programs can use it. */
export const functoolsFunctions: Readonly<Record<(typeof functionNames)['functools'][number], Builtin>> = {
  partial,
  update_wrapper: updateWrapper,
  wraps,
}
