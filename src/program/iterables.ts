import { beginning } from '../loop/machine.js'
import type { Value } from '../loop/value.js'
import { emptyVector } from '../persistent/vector.js'
import { unmodelled } from './arguments.js'
import { isIterator } from './asyncio-functions.js'
import type { Begun, Builtin } from './builtin.js'
import { collect, drain, seek } from './collect.js'

/** What stands behind a star in a call: a generator becomes a tuple. */
export const spread: Builtin = (_, [value = null]) => (isIterator(value) ? collected(value.id, 'tuple') : value)

/** Collects what a generator yields. */
export const collected = (generator: number, into: 'list' | 'tuple'): Begun => ({
  kind: 'begun',
  frame: beginning(collect, { generator, into, collected: emptyVector }),
  coroutine: null,
})

/** Goes through a generator until something true, or false, comes. */
export const soughtIn = (generator: number, sought: boolean): Begun => ({
  kind: 'begun',
  frame: beginning(seek, { generator, sought }),
  coroutine: null,
})

/** A function whose first argument is an iterable, which may be a generator as well. */
export const ofIterable =
  (name: string, apply: Builtin): Builtin =>
  (activation, args, keywords) => {
    const [first = null, ...others] = args
    if (!isIterator(first)) return apply(activation, args, keywords)
    if (keywords.size > 0) return unmodelled(activation, `${name}() of a generator with keyword arguments`)
    const callee: Value = { kind: 'builtin', name }
    const locals = { generator: first.id, callee, others, collected: emptyVector }
    return { kind: 'begun', frame: beginning(drain, locals), coroutine: null }
  }
