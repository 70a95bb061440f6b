import { awaitingKinds, type Kind, type Operation } from './operation.js'
import { pick, type Scope } from './scope.js'

/** Lines of Python without the indentation of the block they stand in. */
export type Lines = readonly string[]

/** The lines of an operation, and what is in reach behind it. */
export type Rendered = readonly [Lines, Scope]

const exceptions = [
  "ValueError('wrong')",
  "KeyError('key')",
  'RuntimeError()',
  "asyncio.CancelledError('made up')",
  'StopIteration(7)',
  "TimeoutError('late')",
  'asyncio.InvalidStateError()',
  "ZeroDivisionError('x', 1)",
  'GeneratorExit()',
  'SystemExit(3)',
  'KeyboardInterrupt()',
] as const

const values = ['1', "'two'", 'None', '(3, 4)', '0.5', 'True', '[5]'] as const

/** `SystemExit` and `KeyboardInterrupt` are rarer than what stays in its task. */
export const exceptionFor = ({ other, variant }: Operation): string =>
  pick(variant % 4 === 0 ? exceptions : exceptions.slice(0, 9), other) ?? ''

const valueFor = ({ other }: Operation): string => pick(values, other) ?? ''

/** A number of seconds as a literal. */
export const seconds = (scope: Scope, units: number): string => String(units * scope.unit)

const say = (scope: Scope, ...parts: readonly string[]): string => `print('${scope.who}', ${parts.join(', ')})`

const message = ({ other }: Operation): string => pick(['', "'stop'", '', "msg='enough'", '', 'None', '9'], other) ?? ''

/** A callable and its arguments; `bound` where the future comes as the only argument. */
const callable = (operation: Operation, scope: Scope, bound: boolean): readonly string[] => {
  const { which, other, variant } = operation
  const future = pick(scope.futures, which)
  const task = pick([...scope.tasks, ...scope.futures], which)
  const handle = pick(scope.handles, which)
  const candidates = [
    ...scope.callbacks.map((name) => [name, valueFor(operation)]),
    ['print', `'${scope.who} printed'`],
    ...(future === undefined ? [] : [[`${future}.set_result`, valueFor(operation)]]),
    ...(task === undefined ? [] : [bound ? [`${task}.cancel`] : [`${task}.cancel`, ...some(message(operation))]]),
    ...(task === undefined || bound ? [] : [[`${task}.result`]]),
    ...(future === undefined || bound ? [] : [[`${future}.set_exception`, exceptionFor({ ...operation, variant: 1 })]]),
    ...(handle === undefined || bound ? [] : [[`${handle}.cancel`]]),
    ['level.set', "'called'"],
    ...scope.callbacks.slice(0, 1).map((name) => (bound ? [name] : [name, "'too'", "'many'"])),
  ]
  const [callee = 'print', ...args] = pick(candidates, variant + other) ?? []
  return bound ? [callee] : [callee, ...args.filter((argument) => !argument.startsWith('msg='))]
}

const some = (text: string): readonly string[] => (text === '' ? [] : [text])

const anyFuture = ({ which }: Operation, scope: Scope): string | undefined =>
  pick([...scope.tasks, ...scope.futures], which)

const awaitable = ({ which }: Operation, scope: Scope): string | undefined =>
  pick([...scope.awaitable, ...scope.futures], which)

const calledFunction = (index: number, scope: Scope): string | undefined => {
  const name = pick(scope.functions, index)
  return name === undefined ? undefined : `${name}()`
}

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
    case 'work':
      return plain(`time.sleep(${seconds(scope, Math.max(0, delay))})`)
    case 'await': {
      const target = awaitable(operation, scope)
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
    case 'await gather':
      return plain(say(scope, "'gathered'", `await ${gathered(operation, scope)}`))
    case 'await self':
      return plain('await asyncio.current_task()')
    case 'cancel self':
      return plain(`asyncio.current_task().cancel(${message(operation)})`)
    case 'uncancel self': {
      const current = 'asyncio.current_task()'
      return plain(say(scope, "'uncancel'", `${current}.uncancel()`, `${current}.cancelling()`))
    }
    case 'spawn': {
      const target = calledFunction(which, scope)
      if (target === undefined) return null
      const child = scope.fresh('child')
      const named = variant % 3 === 1 ? `, name='${child} of ${scope.who}'` : ''
      const [maker = ''] = scope.kind === 'coroutine' && variant % 2 === 0 ? ['asyncio'] : ['loop']
      const lines = [`${child} = ${maker}.create_task(${target}${named})`]
      return [lines, { ...scope, tasks: [...scope.tasks, child], awaitable: [...scope.awaitable, child] }]
    }
    case 'coroutine': {
      const target = calledFunction(which, scope)
      if (target === undefined) return null
      const name = scope.fresh('coroutine')
      return [[`${name} = ${target}`], { ...scope, coroutines: [...scope.coroutines, name] }]
    }
    case 'close coroutine': {
      const target = pick(scope.coroutines.filter((name) => name !== 'shared'), which)
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
    case 'cancel': {
      const target = anyFuture(operation, scope)
      return target === undefined ? null : plain(say(scope, "'cancel'", `${target}.cancel(${message(operation)})`))
    }
    case 'uncancel': {
      const target = pick(scope.tasks, which)
      if (target === undefined) return null
      return plain(say(scope, `${target}.cancelling()`, `${target}.uncancel()`, `${target}.cancelling()`))
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
    case 'reset variable': {
      const token = scope.fresh('token')
      return plain(`${token} = level.set('for now')`, `level.reset(${token})`, say(scope, 'level.get()'))
    }
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
      return scope.kind === 'module' ? null : plain(`return ${valueFor(operation)}`)
    default:
      return null
  }
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
    variant % 2 === 0 || target === undefined ? `loop.call_soon(${bump}, 'soon')` : `${target}.add_done_callback(${bump})`
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
