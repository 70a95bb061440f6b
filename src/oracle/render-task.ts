import type { Operation } from './operation.js'
import { renderExceptionHandler } from './render-exception-handler.js'
import { pick, type Rendered, type Scope } from './scope.js'

const factories = [
  'asyncio.eager_task_factory',
  'asyncio.eager_task_factory',
  'asyncio.create_eager_task_factory(asyncio.Task)',
  'None',
] as const

/** How tasks are made; null where what that needs is not in reach. */
export const renderTask = (operation: Operation, scope: Scope): Rendered | null => {
  const { does, which, other, variant } = operation
  switch (does) {
    case 'task factory':
      return [[`loop.set_task_factory(${pick(factories, variant)})`], scope]
    case 'spawn at once': {
      const target = pick(scope.functions, which)
      if (target === undefined) return null
      const child = scope.fresh('eager')
      const name = other % 3 === 1 ? `, name='${child} of ${scope.who}'` : ''
      const eager = `eager_start=${variant % 8 === 7 ? 'False' : 'True'}`
      const made =
        scope.features.includes('eager_start of create_task') && variant % 2 === 0
          ? `loop.create_task(${target}()${name}, ${eager})`
          : `asyncio.Task(${target}(), loop=loop${name}, ${eager})`
      const [tasks, awaitable] = [scope.tasks, scope.awaitable].map((names) => [...names, child])
      const said = `print('${scope.who}', ${child}.done(), ${child}.get_name())`
      return [[`${child} = ${made}`, said], { ...scope, tasks: tasks ?? [], awaitable: awaitable ?? [] }]
    }
    case 'rename task': {
      const task = pick(scope.tasks, which)
      if (task === undefined) return null
      const name = other % 4 === 0 ? String(other) : `'renamed by ${scope.who}'`
      return [[`${task}.set_name(${name})`, `print('${scope.who}', ${task}.get_name())`], scope]
    }
    default:
      return renderExceptionHandler(operation, scope)
  }
}
