import { awaitingKinds, type Kind, type Operation } from './operation.js'
import { callable, exceptionFor, valueFor } from './render-callable.js'
import { cancels, renderCancellation } from './render-cancellation.js'
import { renderObject } from './render-class.js'
import { renderContext } from './render-context.js'
import { renderGroupTask } from './render-group.js'
import { renderLanguage } from './render-language.js'
import { renderPrimitive } from './render-primitive.js'
import { renderStream } from './render-stream.js'
import { renderTask } from './render-task.js'
import { renderThread } from './render-thread.js'
import { renderLimit, renderWaitFor } from './render-timeout.js'
import { type Lines, pick, type Rendered, type Scope, say, seconds } from './scope.js'

const anyFuture = ({ which }: Operation, scope: Scope): string | undefined =>
  pick([...scope.tasks, ...scope.futures], which)

const awaitable = ({ which }: Operation, scope: Scope): string | undefined =>
  pick([...scope.awaitable, ...scope.futures], which)

const calledFunction = (index: number, { functions }: Scope): string | undefined =>
  functions.length === 0 ? undefined : `${pick(functions, index)}()`

const gathered = (operation: Operation, scope: Scope): string => {
  const { which, other, variant } = operation
  const functions = scope.functions.map((name) => `${name}()`)
  const candidates = [...scope.awaitable, ...scope.futures, ...functions, ...(variant === 15 ? ['None'] : [])]
  const count = variant % 4
  const chosen = Array.from({ length: count }, (_, index) => pick(candidates, which + index * other) ?? '')
  const last = variant % 3 === 1 ? ['return_exceptions=True'] : []
  return `asyncio.gather(${[...chosen.filter((argument) => argument !== ''), ...last].join(', ')})`
}

const awaiting: ReadonlySet<Kind> = new Set(awaitingKinds)

/** Every simple operation as lines; null where what it needs is not in reach. */
export const renderSimple = (operation: Operation, scope: Scope): Rendered | null => {
  const { which, other, variant, delay } = operation
  const plain = (...lines: Lines): Rendered => [lines, scope]
  if (scope.kind !== 'coroutine' && awaiting.has(operation.does)) return null
  switch (operation.does) {
    case 'say':
      return plain(say(scope, pick(['loop.time()', 'level.get()', 'time.monotonic()'], variant) ?? ''))
    case 'sleep': {
      const sleeping = `asyncio.sleep(${seconds(scope, delay)}${variant % 4 === 1 ? `, ${valueFor(operation)}` : ''})`
      return plain(variant % 4 === 1 ? say(scope, `await ${sleeping}`) : `await ${sleeping}`)
    }
    case 'sleep until cancelled': {
      const duration = seconds(scope, Math.max(0.5, delay))
      return plain(`loop.call_later(${duration}, asyncio.current_task().cancel)`, `await asyncio.sleep(${duration})`)
    }
    case 'work':
      return plain(`time.sleep(${seconds(scope, Math.max(0, delay))})`)
    case 'await': {
      const target = awaitable(operation, scope)
      return target === undefined ? null : plain(say(scope, "'got'", `await ${target}`))
    }
    case 'await future': {
      const target = pick(scope.futures, which)
      return target === undefined ? null : plain(say(scope, "'got'", `await ${target}`))
    }
    case 'await function': {
      const target = calledFunction(which, scope)
      return target === undefined ? null : plain(say(scope, "'got'", `await ${target}`))
    }
    case 'await coroutine': {
      const target = pick(scope.coroutines, which)
      return target === undefined ? null : plain(say(scope, "'got'", `await ${target}`))
    }
    case 'await twice': {
      const target = calledFunction(which, scope)
      if (target === undefined) return null
      const name = scope.fresh('coroutine')
      const first = pick([`await ${name}`, `await asyncio.create_task(${name})`, `${name}.close()`], other) ?? ''
      return plain(`${name} = ${target}`, first, say(scope, "'again'", `await ${name}`))
    }
    case 'await gather':
      return plain(say(scope, "'gathered'", `await ${gathered(operation, scope)}`))
    case 'await self':
      return plain('await asyncio.current_task()')
    case 'spawn': {
      const target = calledFunction(which, scope)
      if (target === undefined) return null
      const child = scope.fresh('child')
      const named = variant % 3 === 1 ? `, name='${child} of ${scope.who}'` : ''
      const [maker = ''] = scope.kind === 'coroutine' && variant % 2 === 0 ? ['asyncio'] : ['loop']
      const lines = [`${child} = ${maker}.create_task(${target}${named})`]
      return [lines, { ...scope, tasks: [...scope.tasks, child], awaitable: [...scope.awaitable, child] }]
    }
    case 'group task':
      return renderGroupTask(operation, scope)
    case 'coroutine': {
      const target = calledFunction(which, scope)
      if (target === undefined) return null
      const name = scope.fresh('coroutine')
      return [[`${name} = ${target}`], { ...scope, coroutines: [...scope.coroutines, name] }]
    }
    case 'close coroutine': {
      const target = pick(
        scope.coroutines.filter((name) => name !== 'shared'),
        which,
      )
      return target === undefined ? null : plain(`${target}.close()`)
    }
    case 'gather': {
      const name = scope.fresh('group')
      return [[`${name} = ${gathered(operation, scope)}`], { ...scope, futures: [...scope.futures, name] }]
    }
    case 'new future': {
      const name = scope.fresh('own')
      const maker = variant % 3 === 1 ? 'asyncio.Future(loop=loop)' : 'loop.create_future()'
      return [[`${name} = ${maker}`], { ...scope, futures: [...scope.futures, name] }]
    }
    case 'state': {
      const target = anyFuture(operation, scope)
      return target === undefined ? null : plain(say(scope, `${target}.done()`, `${target}.cancelled()`))
    }
    case 'ask': {
      const target = anyFuture(operation, scope)
      const method = variant % 2 === 0 ? 'result' : 'exception'
      return target === undefined ? null : plain(say(scope, `'${method}'`, `${target}.${method}()`))
    }
    case 'set result': {
      const target = pick(variant % 8 === 7 ? scope.tasks : scope.futures, which)
      return target === undefined ? null : plain(`${target}.set_result(${valueFor(operation)})`)
    }
    case 'wake and cancel': {
      const [future, task] = [pick(scope.futures, which), pick(scope.tasks, other)]
      if (future === undefined || task === undefined) return null
      const wake = `${future}.set_result(${valueFor(operation)})`
      const cancel = cancels(task, operation, scope)
      return variant % 4 === 0 ? plain(cancel, wake) : plain(wake, cancel)
    }
    case 'cancel due': {
      const name = scope.fresh('late')
      const late = `${name} = loop.call_later(${seconds(scope, 2)}, print, '${name}')`
      const lines = [late, `loop.call_later(${seconds(scope, 1 + (other % 2))}, ${name}.cancel)`]
      return plain(...lines, ...(variant % 2 === 0 ? [`time.sleep(${seconds(scope, 3)})`] : []))
    }
    case 'wait for':
      return renderWaitFor(operation, scope)
    case 'ask timeout':
    case 'reschedule':
      return renderLimit(operation, scope)
    case 'inspect':
      return renderInspect(operation, scope)
    case 'mistake':
      return plain(pick(mistakes.slice(scope.kind === 'coroutine' ? 0 : 2), which + variant) ?? '')
    case 'set exception': {
      const target = pick(variant % 8 === 7 ? scope.tasks : scope.futures, which)
      return target === undefined ? null : plain(`${target}.set_exception(${exceptionFor(operation)})`)
    }
    case 'call soon':
    case 'call later':
    case 'call at': {
      const name = scope.fresh('handle')
      const when = { 'call soon': [], 'call later': [seconds(scope, delay)], 'call at': [deadline(scope, delay)] }
      const args = [...when[operation.does], ...callable(operation, scope, false)]
      const call = `loop.${operation.does.replace(' ', '_')}(${args.join(', ')})`
      return [[`${name} = ${call}`], { ...scope, handles: [...scope.handles, name] }]
    }
    case 'cancel handle': {
      const target = pick(scope.handles, which)
      return target === undefined ? null : plain(`${target}.cancel()`)
    }
    case 'handle state': {
      const target = pick(scope.handles, which)
      return target === undefined ? null : plain(say(scope, `${target}.cancelled()`))
    }
    case 'add callback': {
      const target = anyFuture(operation, scope)
      return target === undefined ? null : plain(`${target}.add_done_callback(${callable(operation, scope, true)[0]})`)
    }
    case 'remove callback': {
      const target = anyFuture(operation, scope)
      const callee = callable(operation, scope, true)[0]
      return target === undefined ? null : plain(say(scope, `${target}.remove_done_callback(${callee})`))
    }
    case 'closure':
      return renderClosure(operation, scope)
    case 'set variable':
      return plain(`level.set('${scope.who} ${other}')`, say(scope, 'level.get()'))
    case 'reset variable':
      return plain(...renderContext(which, other, scope))
    case 'stop':
      return plain('loop.stop()')
    case 'nested run': {
      const target = calledFunction(which, scope)
      return target === undefined ? null : plain(`asyncio.run(${target})`)
    }
    case 'many timers':
      return renderManyTimers(operation, scope)
    case 'raise':
      if (variant % 4 === 1 && scope.inHandler) return plain('raise')
      return plain(`raise ${exceptionFor(operation)}${variant % 4 === 2 ? " from ValueError('cause')" : ''}`)
    case 'return':
      return scope.kind === 'module' || scope.inStar ? null : plain(`return ${valueFor(operation)}`)
    default:
      return (
        renderCancellation(operation, scope) ??
        renderTask(operation, scope) ??
        renderStream(operation, scope) ??
        renderPrimitive(operation, scope) ??
        renderObject(operation, scope) ??
        renderThread(operation, scope) ??
        renderLanguage(operation, scope)
      )
  }
}

const mistakes = [
  'await 5',
  'await None',
  'loop.close()',
  'loop.run_until_complete(loop.create_future())',
  'loop.create_task(None)',
  'asyncio.ensure_future(1)',
  'loop.call_soon(None)',
  'loop.call_later(0, 7)',
  'asyncio.run(None)',
  'time.sleep(-1)',
  'undefined',
  "print('x'.missing)",
  'loop.call_later(None, print)',
  'loop.stop(1)',
  'alarm.cancel(1)',
  'asyncio.create_task(None)',
  'asyncio.get_running_loop().create_future().result(1)',
  'alarm.missing',
] as const

/** What can be seen of the things in reach. */
const renderInspect = (operation: Operation, scope: Scope): Rendered | null => {
  const { which, other, variant } = operation
  const future = anyFuture(operation, scope)
  const task = pick(scope.tasks, other)
  if (future === undefined || task === undefined) return null
  const seen = [
    `${task}.get_name()`,
    `${future}, ${task}, alarm`,
    `isinstance(${future}, asyncio.Future), asyncio.isfuture(${future}), asyncio.iscoroutine(${task})`,
    'loop.is_running(), loop.is_closed()',
    `${task}.exception() is ${task}.exception()`,
    `${future} == ${task}, ${future} is ${future}`,
    `asyncio.current_task() is ${task}`,
    `asyncio.ensure_future(${future}) is ${future}`,
    `${future}.cancel, alarm.cancel`,
  ]
  return [[say(scope, pick(seen, which + variant) ?? '')], scope]
}

const deadline = (scope: Scope, delay: number): string =>
  `loop.time() ${delay < 0 ? '-' : '+'} ${seconds(scope, Math.abs(delay))}`

/** A function inside the function, with a variable of the outer one. */
const renderClosure = ({ which, variant }: Operation, scope: Scope): Rendered | null => {
  if (scope.kind === 'module') return null
  const [count, bump] = [scope.fresh('count'), scope.fresh('bump')]
  const definition = [
    `${count} = 0`,
    `def ${bump}(value):`,
    `    nonlocal ${count}`,
    `    ${count} += 1`,
    `    print('${bump}', ${count}, value)`,
  ]
  const target = pick([...scope.tasks, ...scope.futures], which)
  const use =
    variant % 2 === 0 || target === undefined
      ? `loop.call_soon(${bump}, 'soon')`
      : `${target}.add_done_callback(${bump})`
  return [[...definition, use], { ...scope, callbacks: [...scope.callbacks, bump] }]
}

/** Over a hundred timers of which many are cancelled: enough for a purge. */
const renderManyTimers = ({ which, other, variant }: Operation, scope: Scope): Rendered => {
  const [timers, index] = [scope.fresh('timers'), scope.fresh('index')]
  const count = 98 + which
  const cancelled = Math.floor(count / 2) + (variant % 8)
  const lines = [
    `${timers} = [loop.call_later(${seconds(scope, 1)} + ${index} % ${1 + (other % 4)}, print, ${index}) for ${index} in range(${count})]`,
    `for ${index} in range(${cancelled}):`,
    `    ${timers}[${index}${variant % 2 === 0 ? '' : ' * 7 % 97'}].cancel()`,
  ]
  return [lines, scope]
}
