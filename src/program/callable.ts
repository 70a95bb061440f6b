import type { Value } from '../loop/value.js'
import type { World } from '../loop/world.js'
import { specialMethod } from './special-methods.js'

const callable: ReadonlySet<string> = new Set([
  ...['bound method', 'builtin', 'class', 'function', 'method', 'partial', 'program class', 'static method'],
])

/** Python's `callable(value)`. */
export const isCallable = (world: World, value: Value): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (callable.has(value.kind) || specialMethod(world, value, '__call__') !== undefined)
