import type { Operation } from './operation.js'
import { exceptionFor } from './render-callable.js'
import { pick, type Rendered, type Scope } from './scope.js'

/** What is told to the exception handler of the loop, and what that does; null where that is not what the operation is. */
export const renderExceptionHandler = (operation: Operation, scope: Scope): Rendered | null => {
  switch (operation.does) {
    case 'exception handler':
      return [
        [...handlerLines(operation, scope), ...(operation.other % 2 === 0 ? report(operation, scope) : [])],
        scope,
      ]
    case 'report failure':
      return [report(operation, scope), scope]
    default:
      return null
  }
}

const handlerLines = (operation: Operation, scope: Scope): readonly string[] => {
  const { other, variant } = operation
  const known = pick(['None', 'print', ...scope.callbacks], other) ?? 'None'
  if (variant % 4 === 3) return [`loop.set_exception_handler(${known})`]
  const handler = scope.fresh('handler')
  const setsLevel = other % 3 === 0 ? ['    print(level.get())', `    level.set('${handler}')`] : []
  const raises = variant % 4 === 2 ? [`    raise ${exceptionFor(operation)}`] : []
  return [
    `def ${handler}(loop, context):`,
    `    print('${scope.who} told', context['message'], repr(context.get('exception')))`,
    ...setsLevel,
    ...raises,
    `loop.set_exception_handler(${handler})`,
  ]
}

const report = (operation: Operation, scope: Scope): readonly string[] => [
  `loop.call_exception_handler({${contextFor(operation, scope)}})`,
]

const contextFor = (operation: Operation, scope: Scope): string => {
  const task = pick(scope.tasks, operation.which)
  const about = [
    ...(task === undefined ? [] : [`'task': ${task}`, `'future': ${task}`]),
    `'exception': ${exceptionFor(operation)}`,
    "'future': None",
  ]
  return [`'message': 'by ${scope.who}'`, pick(about, operation.variant) ?? ''].join(', ')
}
