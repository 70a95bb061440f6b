import type { Operation } from './operation.js'
import { exceptionFor, message } from './render-callable.js'
import { indented, type Lines, pick, type Rendered, type Scope, say, seconds } from './scope.js'

const CURRENT = 'asyncio.current_task()'

/** Asks something to be cancelled, and tells it: of a task by its name, for the laws. */
export const cancels = (target: string, operation: Operation, scope: Scope): string => {
  const asked = `${target}.cancel(${message(operation)})`
  return isNamed(target, scope) ? say(scope, "'cancels'", `${target}.get_name()`, asked) : say(scope, "'cancel'", asked)
}

const isNamed = (target: string, { tasks, features }: Scope): boolean =>
  (target === CURRENT || tasks.includes(target)) && features.includes('task names')

/** Cancellations, and failures that nobody asks for, told so that the laws can follow; null where what they need is not in reach. */
export const renderCancellation = (operation: Operation, scope: Scope): Rendered | null => {
  const { does, which } = operation
  const plain = (...lines: Lines): Rendered => [lines, scope]
  switch (does) {
    case 'cancel': {
      const target = pick([...scope.tasks, ...scope.futures], which)
      return target === undefined ? null : plain(cancels(target, operation, scope))
    }
    case 'cancel self':
      return plain(cancels(CURRENT, operation, scope))
    case 'uncancel': {
      const target = pick(scope.tasks, which)
      return target === undefined ? null : plain(uncancels(target, scope))
    }
    case 'uncancel self':
      return plain(uncancels(CURRENT, scope))
    case 'stay':
      return plain(...renderStay(operation, scope))
    case 'forget':
      return scope.kind === 'module' ? null : plain(...renderForgotten(operation, scope))
    default:
      return null
  }
}

const uncancels = (target: string, scope: Scope): string =>
  say(scope, "'uncancels'", `${target}.get_name()`, `${target}.cancelling()`, `${target}.uncancel()`)

/** Waits, once or twice, and tells for what, and what came of it. */
const renderStay = (operation: Operation, scope: Scope): Lines => {
  const { which, other, variant } = operation
  const count = scope.features.includes('cancellation counts') ? [`${CURRENT}.cancelling()`] : []
  const [awaited, ...where] = stay(operation, scope)
  const isSleep = where.length === 1 && where[0] === "'sleep'"
  const lines = [
    ...(variant % 8 === 5 || variant % 8 === 6 ? askSoon(operation, scope) : []),
    say(scope, "'stays'", ...where, ...(isSleep ? count : [])),
    'try:',
    `    await ${awaited}`,
    `    ${say(scope, "'goes on'")}`,
    `except ${other % 3 === 0 ? 'BaseException' : 'asyncio.CancelledError'} as error:`,
    `    ${say(scope, "'meets'", 'repr(error)', ...(isSleep ? count : []))}`,
    ...(other % 2 === 0 ? [] : ['    raise']),
  ]
  return which % 2 === 0 ? [`for ${scope.fresh('round')} in range(2):`, ...indented(lines)] : lines
}

/** Somebody asks the present task in the next turn. */
const askSoon = (operation: Operation, scope: Scope): Lines => {
  if (!(['callbacks', 'task names'] as const).every((feature) => scope.features.includes(feature))) return []
  const [me, asks] = [scope.fresh('me'), scope.fresh('asks')]
  const asked = cancels(me, operation, { ...scope, tasks: [me], who: asks })
  return [`${me} = ${CURRENT}`, `def ${asks}():`, `    ${asked}`, `loop.call_soon(${asks})`]
}

/** What is awaited, and how that is told: a sleep, a future, also behind a shield, or a task. */
const stay = ({ which, other, variant, delay }: Operation, scope: Scope): Lines => {
  const future = pick(
    scope.futures.filter((name) => /^(?:fut|own)\d/.test(name)),
    which,
  )
  const task = scope.features.includes('task names') ? pick(scope.awaitable, which) : undefined
  const isShielded = other % 4 === 1 && scope.features.includes('shield')
  if (variant % 4 === 1 && future !== undefined) return [isShielded ? `asyncio.shield(${future})` : future, "'future'"]
  if (variant % 4 === 2 && task !== undefined) return [task, "'task'", `${task}.get_name()`]
  return [`asyncio.sleep(${seconds(scope, other % 3 === 1 ? 0 : delay)})`, "'sleep'"]
}

/** A task that fails, also when it is cancelled, and for which nobody can ask. */
const renderForgotten = (operation: Operation, scope: Scope): Lines => {
  const { variant, delay } = operation
  const [fails, forgotten] = [scope.fresh('fails'), scope.fresh('forgotten')]
  const raises = `raise ${exceptionFor({ ...operation, variant: 1 })}`
  const sleeps = (units: number): string => `await asyncio.sleep(${seconds(scope, units)})`
  const body =
    variant % 4 === 0
      ? ['try:', `    ${sleeps(5)}`, 'finally:', `    ${raises}`]
      : [...(variant % 4 === 1 ? [] : [sleeps(Math.max(0, delay))]), raises]
  return [
    `async def ${fails}():`,
    ...indented(body),
    `${forgotten} = loop.create_task(${fails}())`,
    say(scope, "'forgets'", `${forgotten}.get_name()`),
  ]
}
