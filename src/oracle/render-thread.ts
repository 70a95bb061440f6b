import type { Operation } from './operation.js'
import { callable, exceptionFor, valueFor } from './render-callable.js'
import { type Lines, pick, type Rendered, type Scope, seconds } from './scope.js'

/** What is done in threads, and from threads; null where what that needs is not in reach. */
export const renderThread = (operation: Operation, scope: Scope): Rendered | null => {
  const { does, variant } = operation
  switch (does) {
    case 'call soon threadsafe': {
      const name = scope.fresh('handle')
      const call = `${name} = loop.call_soon_threadsafe(${callable(operation, scope, false).join(', ')})`
      return [[call], { ...scope, handles: [...scope.handles, name] }]
    }
    case 'run in executor': {
      const [definition, call] = threadCall(operation, scope)
      const name = scope.fresh('work')
      const meanwhile = pick(
        [[], [`time.sleep(${seconds(scope, 2)})`], [], [`loop.call_later(${seconds(scope, 0.5)}, ${name}.cancel)`]],
        variant,
      )
      const lines = [...definition, `${name} = loop.run_in_executor(None, ${call})`, ...(meanwhile ?? [])]
      return [lines, { ...scope, futures: [...scope.futures, name] }]
    }
    case 'to thread': {
      const [definition, call] = threadCall(operation, scope)
      const coroutine = `asyncio.to_thread(${call})`
      if (variant % 2 === 0) return [[...definition, `print('${scope.who}', 'got', await ${coroutine})`], scope]
      const child = scope.fresh('child')
      const [tasks = [], awaitable = []] = [scope.tasks, scope.awaitable].map((names) => [...names, child])
      return [[...definition, `${child} = asyncio.create_task(${coroutine})`], { ...scope, tasks, awaitable }]
    }
    default:
      return null
  }
}

/** A function for a thread, where it is one of the program, and what is called with which arguments. */
const threadCall = (operation: Operation, scope: Scope): readonly [Lines, string] => {
  const { which, delay, other } = operation
  if (other === 15) return [[], pick(['7', 'print', ...scope.functions, 'time.monotonic'], which) ?? '']
  if (other === 14) return [[], `time.sleep, ${seconds(scope, delay)}`]
  const name = scope.fresh('thread')
  return [[`def ${name}():`, ...threadBody(operation, scope, name).map((line) => `    ${line}`)], name]
}

const threadBody = (operation: Operation, scope: Scope, name: string): Lines => {
  const { delay, other, variant } = operation
  const sleep = delay > 0 ? [`time.sleep(${seconds(scope, delay)})`] : []
  const call = other % 3 === 0 ? [`loop.call_soon_threadsafe(${callable(operation, scope, false).join(', ')})`] : []
  return [
    `print('${name}', 'begins', level.get())`,
    ...(other % 4 === 1 ? [`level.set('${name}')`] : []),
    ...(variant % 2 === 0 ? [...call, ...sleep] : [...sleep, ...call]),
    ...(other % 5 === 1 ? [`time.sleep(${seconds(scope, 1)})`] : []),
    `print('${name}', 'ends')`,
    other % 5 === 2 ? `raise ${exceptionFor(operation)}` : `return ${valueFor(operation)}`,
  ]
}
