import type { Reference, Value } from '../loop/value.js'

/** Whether a value is a coroutine, a future or a task. */
export const isReference = (value: Value | undefined, ...kinds: readonly Reference['kind'][]): value is Reference =>
  value !== null && typeof value === 'object' && kinds.some((kind) => kind === value.kind)
