import type { Operation } from './operation.js'
import { exceptionFor } from './render-callable.js'
import { indented, type Lines, pick, type Rendered, type Scope, say, seconds } from './scope.js'

/** What asynchronous generators do, and what is done with them; null where what it needs is not in reach. */
export const renderStream = (operation: Operation, scope: Scope): Rendered | null => {
  switch (operation.does) {
    case 'async for':
      return renderAsyncFor(operation, scope)
    case 'new stream':
      return renderNewStream(operation, scope)
    case 'ask for item':
      return renderAsk(operation, scope)
    case 'collect items': {
      const stream = pick(scope.streams, operation.which)
      if (stream === undefined) return null
      const clause = pick(['', ' if item != 1'], operation.variant)
      return [[say(scope, `[item async for item in ${stream}${clause}]`)], scope]
    }
    case 'task of item': {
      const [stream] = scope.streams
      if (stream !== 'stream') return null
      const child = scope.fresh('child')
      const asked = pick(['__anext__()', 'aclose()', 'asend(None)'], operation.variant)
      const lines = [`${child} = loop.create_task(${stream}.${asked})`]
      return [lines, { ...scope, tasks: [...scope.tasks, child], awaitable: [...scope.awaitable, child] }]
    }
    default:
      return null
  }
}

/** An asynchronous generator function: whether it waits between its items, and what it does when it is closed. */
export const itemsFunction = ({ which, other, delay }: Operation, scope: Scope, name: string): Lines => {
  const waits = `await asyncio.sleep(${seconds(scope, Math.max(0, delay))})`
  const [before, behind] = [which % 3 === 1 ? [waits] : [], which % 3 === 2 ? [waits] : []]
  const print = `print('${name}', 'is closed')`
  const closing: Lines = [
    ...(other % 2 === 1 ? ['except ValueError as error:', `    print('${name}', repr(error))`] : []),
    ...(other % 4 === 3 ? ['except GeneratorExit:', "    yield 'ignored'"] : []),
    'finally:',
    ...indented([print, ...(other % 3 === 1 ? [waits, `print('${name}', 'is over')`] : [])]),
    ...(other % 8 === 6 ? ["    raise KeyError('closing')"] : []),
  ]
  const loop = ['for number in range(3):', ...indented([...before, 'sent = yield number', ...behind])]
  const body = other % 5 === 0 ? loop : ['try:', ...indented(loop), ...closing]
  return [`async def ${name}():`, ...indented(body)]
}

/** The names of generators are the module's: nobody else keeps one when another takes its name. */
const renderNewStream = (operation: Operation, scope: Scope): Rendered | null => {
  if (scope.kind === 'module') return null
  const own = scope.streams.filter((stream) => stream.endsWith(`_of_${scope.who}`))
  const again = operation.variant % 4 === 3 ? pick(own, operation.which) : undefined
  const items = scope.fresh('items')
  const stream = again ?? `${scope.fresh('stream')}_of_${scope.who}`
  const global = again === undefined ? [`global ${stream}`] : []
  const lines = [...itemsFunction(operation, scope, items), ...global, `${stream} = ${items}()`]
  return [lines, again === undefined ? { ...scope, streams: [...scope.streams, stream] } : scope]
}

const renderAsyncFor = (operation: Operation, scope: Scope): Rendered => {
  const { which, variant, delay } = operation
  const known = variant % 3 === 0 ? pick(scope.streams, which) : undefined
  const [items, item] = [scope.fresh('items'), scope.fresh('item')]
  const definition = known === undefined ? itemsFunction(operation, scope, items) : []
  const source = known ?? `${items}()`
  const ways: readonly Lines[] = [
    ['break'],
    [`await asyncio.sleep(${seconds(scope, Math.max(0, delay))})`],
    ['break'],
    [`if ${item} == 1:`, '    break'],
    [`raise ${exceptionFor(operation)}`],
    ['continue'],
    [scope.inStar ? 'break' : "return 'from the loop'"],
  ]
  const body = [say(scope, item), ...(pick(ways, variant + which) ?? [])]
  const orelse = variant % 4 === 2 ? ['else:', `    ${say(scope, "'no more'")}`] : []
  return [[...definition, `async for ${item} in ${source}:`, ...indented(body), ...orelse], scope]
}

const renderAsk = (operation: Operation, scope: Scope): Rendered | null => {
  const { which, other, variant } = operation
  const stream = pick(scope.streams, which)
  if (stream === undefined) return null
  const asked = [
    `${stream}.__anext__()`,
    `anext(${stream}, 'none')`,
    `${stream}.asend(${other % 3 === 0 ? "'sent'" : 'None'})`,
    `${stream}.aclose()`,
    `${stream}.athrow(ValueError('thrown'))`,
    `${stream}.__anext__()`,
    `${stream}.athrow(ValueError('thrown'))`,
    `${stream}.athrow(ValueError('thrown'))`,
    `anext(${stream})`,
  ]
  const chosen = pick(asked, variant + other) ?? ''
  const first =
    variant % 4 === 2 || chosen.includes('athrow') ? [say(scope, "'first'", `await ${stream}.__anext__()`)] : []
  return [[...first, say(scope, "'item'", `await ${chosen}`)], scope]
}
