import type { Operation } from './operation.js'
import { valueFor } from './render-callable.js'
import { indented, type Lines, pick, type Rendered, type Scope, say, seconds } from './scope.js'

const INTERVAL = [0, 1, 2, 1, 3, 2] as const

/** A time to wait, or None. */
const limit = ({ delay, variant }: Operation, scope: Scope): string => (variant === 13 ? 'None' : seconds(scope, delay))

/** `wait_for` of something in reach: awaited at once, or in a task that others cancel, be it when it is done or too late. */
export const renderWaitFor = (operation: Operation, scope: Scope): Rendered | null => {
  const { which, other, variant, delay } = operation
  const functions = scope.functions.map((name) => `${name}()`)
  const sleeping = `asyncio.sleep(${seconds(scope, pick(INTERVAL, other) ?? 0)}, ${valueFor(operation)})`
  const future = pick(scope.futures, which)
  if (variant % 4 === 3 && future !== undefined) return waitAndCancel(operation, scope, future)
  const candidates = [...scope.awaitable, ...scope.futures, ...functions, sleeping, ...(variant === 15 ? ['None'] : [])]
  const wait = `asyncio.wait_for(${pick(candidates, which + other)}, ${limit(operation, scope)})`
  if (variant % 4 !== 1) return [[`print('${scope.who}', 'waited', await ${wait})`], scope]
  const child = scope.fresh('child')
  const late = `loop.call_later(${seconds(scope, Math.max(0, delay))}, ${child}.cancel)`
  const lines = [`${child} = asyncio.create_task(${wait})`, ...(other % 2 === 0 ? [late] : [])]
  return [lines, { ...scope, tasks: [...scope.tasks, child], awaitable: [...scope.awaitable, child] }]
}

/** The future is done, and who waits for it is cancelled, in one turn; it may be that of the timeout. */
const waitAndCancel = ({ other, delay }: Operation, scope: Scope, future: string): Rendered => {
  const child = scope.fresh('child')
  const at = seconds(scope, Math.max(0, delay))
  const result = `loop.call_later(${at}, ${future}.set_result, 'in time')`
  const cancel = `loop.call_later(${at}, ${child}.cancel)`
  const lines = [
    `${child} = asyncio.create_task(asyncio.wait_for(${future}, ${seconds(scope, delay + (other % 2))}))`,
    ...(other % 4 < 2 ? [result, cancel] : other % 4 === 2 ? [cancel, result] : [cancel]),
  ]
  return [lines, { ...scope, tasks: [...scope.tasks, child], awaitable: [...scope.awaitable, child] }]
}

/** A block under a timeout, new or used before; `body` makes the lines of what stands within. */
export const renderTimeout = (
  operation: Operation,
  scope: Scope,
  body: (within: Scope, last: Lines) => Lines,
): Rendered | null => {
  if (scope.kind !== 'coroutine') return null
  const { which, other, variant, delay } = operation
  const used = variant === 7 ? pick(scope.timeouts, which) : undefined
  const name = used ?? scope.fresh('limit')
  const reach = { ...scope, timeouts: used === undefined ? [...scope.timeouts, name] : scope.timeouts }
  const made =
    variant % 4 === 1 ? `asyncio.timeout_at(${later(scope, delay)})` : `asyncio.timeout(${limit(operation, scope)})`
  const disturbing = disturbance(operation, scope, name)
  const pause = (disturbing.length > 0 ? Math.max(0, delay) + 1 : 0) + (pick(INTERVAL, other) ?? 0)
  const block = [
    `async with ${name}:`,
    ...indented(disturbing),
    ...body(reach, which % 4 === 3 ? [] : ending(operation, scope, `await asyncio.sleep(${seconds(scope, pause)})`)),
    `print('${scope.who}', 'left', ${name})`,
  ]
  const again =
    which === 5 ? [variant % 2 === 0 ? `${name}.reschedule(${later(scope, 1)})` : `async with ${name}:\n    pass`] : []
  const lines = [...told(operation, scope, name, block), ...again.flatMap((line) => line.split('\n'))]
  return [[...(used === undefined ? [`${name} = ${made}`] : []), ...lines], reach]
}

/** Some blocks swallow the cancellation with which their time is up. */
const ending = ({ which }: Operation, scope: Scope, wait: string): Lines =>
  which % 4 === 2
    ? ['try:', `    ${wait}`, 'except asyncio.CancelledError:', `    ${say(scope, "'swallows'")}`]
    : [wait]

/** Some blocks show with what they end, and some of these end it. */
const told = ({ other, variant }: Operation, { who }: Scope, name: string, block: Lines): Lines => {
  const isCancelled = other >= 4 && other <= 6
  if (variant % 4 === 0 && !isCancelled) return block
  const [caught, ends] = variant % 4 === 3 || isCancelled ? ['BaseException', ['raise']] : ['TimeoutError', []]
  return [
    'try:',
    ...indented(block),
    `except ${caught} as error:`,
    ...indented([`print('${who}', repr(error), ${name})`, ...ends]),
  ]
}

/** What comes between a block and its deadline: another deadline, or a cancellation or a second timeout at the same time. */
const disturbance = ({ other, delay }: Operation, scope: Scope, name: string): Lines => {
  switch (other) {
    case 1:
      return [`${name}.reschedule(${later(scope, delay + 1)})`]
    case 3:
      return [`${name}.reschedule(None)`, `${name}.reschedule(${later(scope, delay - 1)})`]
    case 4:
    case 5:
      return [`loop.call_later(${seconds(scope, Math.max(0, delay))}, asyncio.current_task().cancel)`]
    case 6:
      return [`asyncio.current_task().cancel()`]
    default:
      return []
  }
}

/** A time by the loop's clock. */
const later = (scope: Scope, units: number): string =>
  `loop.time() ${units < 0 ? '-' : '+'} ${seconds(scope, Math.abs(units))}`

/** What can be asked of a timeout, and another deadline for it. */
export const renderLimit = (operation: Operation, scope: Scope): Rendered | null => {
  const { which, variant, delay } = operation
  const name = pick(scope.timeouts, which)
  if (name === undefined) return null
  if (operation.does === 'ask timeout') {
    return [[`print('${scope.who}', ${name}, ${name}.when(), ${name}.expired())`], scope]
  }
  return [[`${name}.reschedule(${variant % 8 === 5 ? 'None' : later(scope, delay)})`], scope]
}
