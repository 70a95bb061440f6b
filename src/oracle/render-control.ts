import type { Clause, Operation } from './operation.js'
import { exceptionFor } from './render-callable.js'
import { renderManager } from './render-class.js'
import { renderGroup, renderStar } from './render-group.js'
import { renderSimple } from './render-operation.js'
import { renderHold } from './render-primitive.js'
import { renderTimeout } from './render-timeout.js'
import { renderWaiting } from './render-waiting.js'
import { indented, type Lines, mayUse, pick, type Rendered, type Scope, seconds } from './scope.js'

/** The lines of some operations, one after the other; what one defines the next can use. */
export const renderAll = (operations: readonly Operation[], scope: Scope): Rendered => {
  let reach = scope
  const lines = operations.flatMap((operation) => {
    const [rendered, behind] = renderGuarded(operation, reach)
    reach = behind
    return rendered
  })
  return [lines, reach]
}

/** A block: at least one line, and what it defines is out of reach behind it. */
export const renderBlock = (operations: readonly Operation[], scope: Scope, last: Lines = []): Lines => {
  const lines = [...renderAll(operations, scope)[0], ...last]
  return indented(lines.length === 0 ? ['pass'] : lines)
}

const renderGuarded = (operation: Operation, scope: Scope): Rendered => {
  const rendered = renderControl(operation, scope) ?? renderWaiting(operation, scope) ?? renderSimple(operation, scope)
  if (rendered === null || !mayUse(scope, rendered[0])) return [[], scope]
  const [lines, behind] = rendered
  if (operation.guard === '') return rendered
  const caught = operation.guard === 'bare' ? `print('${scope.who}', 'caught')` : `print('${scope.who}', repr(error))`
  return [['try:', ...indented(lines), `except${exceptHead(operation.guard)}:`, ...indented([caught])], behind]
}

const exceptHead = (guard: Operation['guard']): string => (guard === 'bare' ? '' : ` ${guard} as error`)

const renderControl = (operation: Operation, scope: Scope): Rendered | null => {
  switch (operation.does) {
    case 'try':
      return [renderTry(operation, scope), scope]
    case 'for': {
      const name = scope.fresh('round')
      const body = renderBlock(operation.body, { ...scope, inLoop: true, inHandler: false })
      return [[`for ${name} in range(${1 + (operation.which % 3)}):`, ...body], scope]
    }
    case 'if': {
      const target = pick([...scope.tasks, ...scope.futures], operation.which)
      if (target === undefined) return null
      const test = `${operation.variant % 2 === 0 ? '' : 'not '}${target}.done()`
      return [[`if ${test}:`, ...renderBlock(operation.body, scope)], scope]
    }
    case 'timeout':
      return renderTimeout(operation, scope, (within, last) => renderBlock(operation.body, within, last))
    case 'task group':
      return renderGroup(operation, scope, renderBlock)
    case 'except star':
      return [renderStar(operation, scope, renderBlock), scope]
    case 'manager':
      return renderManager(operation, scope, (within, last) => renderBlock(operation.body, within, last))
    case 'hold':
      return renderHold(operation, scope, (inside) => renderBlock(operation.body, inside))
    case 'inner function':
      return renderInner(operation, scope)
    default:
      return null
  }
}

const renderTry = (operation: Operation, scope: Scope): Lines => {
  const { body, handlers, orelse, finalbody } = operation
  const typed = handlers.filter(({ catches }) => catches !== '' && catches !== 'bare')
  const bare = handlers.filter(({ catches }) => catches === 'bare').slice(0, 1)
  const excepts = [...typed, ...bare].flatMap((clause) => [
    `except${exceptHead(clause.catches)}:`,
    ...renderHandler(clause, operation, scope),
  ])
  const final = finalbody ?? (excepts.length === 0 ? { catches: '', body: [], ending: '' } : null)
  return [
    'try:',
    ...renderBlock(body, scope),
    ...excepts,
    ...(excepts.length === 0 || orelse.length === 0 ? [] : ['else:', ...renderBlock(orelse, scope)]),
    ...(final === null ? [] : ['finally:', ...renderFinal(final as Clause, operation, scope)]),
  ]
}

const renderHandler = (clause: Clause, operation: Operation, scope: Scope): Lines => {
  const caught = clause.catches === 'bare' ? `'caught'` : 'repr(error)'
  const block = renderBlock(clause.body, { ...scope, inHandler: true }, endingOf(clause, operation, scope, true))
  return [...indented([`print('${scope.who}', ${caught})`]), ...block.filter((line) => line !== '    pass')]
}

const renderFinal = (clause: Clause, operation: Operation, scope: Scope): Lines =>
  renderBlock(clause.body, { ...scope, inHandler: false }, [
    `print('${scope.who}', 'finally')`,
    ...endingOf(clause, operation, scope, false),
  ])

const endingOf = ({ ending }: Clause, operation: Operation, scope: Scope, handling: boolean): Lines => {
  switch (ending) {
    case 'raise':
      return handling ? ['raise'] : []
    case 'raise new':
      return [`raise ${exceptionFor(operation)}`]
    case 'return':
      return scope.kind === 'module' || scope.inStar ? [] : [`return '${scope.who} returned'`]
    case 'await':
      return scope.kind === 'coroutine' ? [`await asyncio.sleep(${seconds(scope, operation.which % 2)})`] : []
    case 'break':
      return scope.inLoop ? ['break'] : []
    case '':
      return []
  }
}

/** A coroutine function inside the function, which can use its variables; awaited at once, or as a task. */
const renderInner = (operation: Operation, scope: Scope): Rendered | null => {
  if (scope.kind !== 'coroutine') return null
  const inner = scope.fresh('inner')
  const reach: Scope = { ...scope, who: inner, kind: 'coroutine', inLoop: false, inHandler: false, inStar: false }
  const definition = [`async def ${inner}():`, ...renderBlock(operation.body, reach)]
  if (operation.variant % 2 === 0) return [[...definition, `print('${scope.who}', 'got', await ${inner}())`], scope]
  const child = scope.fresh('child')
  const behind = { ...scope, tasks: [...scope.tasks, child], awaitable: [...scope.awaitable, child] }
  return [[...definition, `${child} = asyncio.create_task(${inner}())`], behind]
}
