import type { Operation } from './operation.js'
import { exceptionFor } from './render-callable.js'
import { type Lines, pick, type Rendered, type Scope, seconds } from './scope.js'

/** Waiting for several tasks, or for one without a hold on it; null where that is not what is done, or cannot be. */
export const renderWaiting = (operation: Operation, scope: Scope): Rendered | null => {
  const { which, variant, delay } = operation
  if (scope.kind === 'module') return null
  const targets = [...scope.awaitable, ...scope.futures]
  const functions = scope.functions.map((name) => `${name}()`)
  switch (operation.does) {
    case 'all tasks': {
      const [tasks, each] = [scope.fresh('tasks'), scope.fresh('each')]
      const names = `[${each}.get_name() for ${each} in ${tasks}]`
      const lines = [`${tasks} = asyncio.all_tasks()`, `print('${scope.who}', 'all', len(${tasks}), ${names})`]
      return [lines, scope]
    }
    case 'shield': {
      const future = variant % 2 === 0 ? pick(scope.futures, which) : undefined
      const target = future ?? pick([...targets, ...functions], which)
      if (target === undefined) return null
      const name = scope.fresh('shield')
      const left = future === undefined ? [] : [`${name}.cancel()`, failsLater(future, operation, scope)]
      return [[`${name} = asyncio.shield(${target})`, ...left], { ...scope, futures: [...scope.futures, name] }]
    }
    case 'await shield': {
      const target = pick([...functions, ...targets], which)
      if (target === undefined || scope.kind !== 'coroutine') return null
      const lines = [`print('${scope.who}', 'shielded', await asyncio.shield(${target}))`]
      if (variant % 3 === 0) return [lines, scope]
      const cancel = `loop.call_later(${seconds(scope, Math.max(0, delay) / 2)}, asyncio.current_task().cancel)`
      return [[cancel, ...lines], scope]
    }
    case 'await wait':
      return scope.kind === 'coroutine' ? renderWait(operation, scope, targets, functions) : null
    case 'as completed': {
      const one = variant % 2 === 0 ? [] : targets
      const slow = variant % 4 < 2 ? [`asyncio.sleep(${seconds(scope, Math.max(0, delay) + 1)}, 'slow')`] : []
      const fs = [...several(operation, functions, 1 + (variant % 3)), ...some(pick(one, which)), ...slow]
      return fs.length === 0 || scope.kind !== 'coroutine' ? null : [renderCompleted(operation, scope, fs), scope]
    }
    default:
      return null
  }
}

/** Nobody waits behind the shield any more when what it shields fails. */
const failsLater = (future: string, operation: Operation, scope: Scope): string => {
  const when = seconds(scope, Math.max(0, operation.delay))
  return `loop.call_later(${when}, ${future}.set_exception, ${exceptionFor({ ...operation, variant: 1 })})`
}

const some = (text: string | undefined): readonly string[] => (text === undefined ? [] : [text])

const several = ({ which, other }: Operation, from: readonly string[], count: number): readonly string[] =>
  from.length === 0 ? [] : Array.from({ length: count }, (_, index) => pick(from, which + index * (1 + other)) ?? '')

const returnWhens = ['ALL_COMPLETED', 'FIRST_COMPLETED', 'FIRST_EXCEPTION', 'FIRST_COMPLETED'] as const

/** `wait`, and something that is done with each of what is done, or of what is not. */
const renderWait = (
  operation: Operation,
  scope: Scope,
  targets: readonly string[],
  functions: readonly string[],
): Rendered | null => {
  const { other, variant, delay } = operation
  const fs = [...several(operation, targets, 1 + (variant % 4)), ...(variant === 15 ? functions.slice(0, 1) : [])]
  if (fs.length === 0) return null
  const [done, pending, each] = [scope.fresh('done'), scope.fresh('pending'), scope.fresh('each')]
  const timeout = delay > 1 || delay < 0 || other % 4 === 0 ? [`timeout=${seconds(scope, delay)}`] : []
  const args = [`[${fs.join(', ')}]`, ...timeout, `return_when=asyncio.${pick(returnWhens, other)}`]
  const loops: readonly Lines[] = [
    [],
    [`for ${each} in ${done}:`, `    print('${scope.who}', ${each}.cancelled(), ${each}.result())`],
    [`for ${each} in ${pending}:`, `    print('${scope.who}', 'cancel', ${each}.cancel())`],
    [`for ${each} in ${pending}:`, `    ${each}.cancel()`, `if ${pending}:`, `    await asyncio.wait(${pending})`],
  ]
  const lines = [
    `${done}, ${pending} = await asyncio.wait(${args.join(', ')})`,
    `print('${scope.who}', 'waited', len(${done}), len(${pending}))`,
    ...(pick(loops, which(operation)) ?? []),
  ]
  return [lines, scope]
}

const which = ({ which, variant }: Operation): number => which + variant

/** Goes through `as_completed`; coroutines, and at most one that may be done already. */
const renderCompleted = ({ other, delay, which }: Operation, scope: Scope, fs: readonly string[]): Lines => {
  const one = scope.fresh('one')
  const timeout = delay > 0 && other % 3 !== 0 ? `, timeout=${seconds(scope, delay)}` : ''
  const isAsync = which % 2 === 1 && scope.features.includes('as completed async')
  const came = `print('${scope.who}', 'came', ${isAsync ? `${one}.done(), ` : ''}await ${one})`
  const body =
    other % 4 === 0
      ? [came]
      : ['try:', `    ${came}`, 'except Exception as error:', `    print('${scope.who}', 'came', repr(error))`]
  const word = isAsync ? 'async for' : 'for'
  return [`${word} ${one} in asyncio.as_completed([${fs.join(', ')}]${timeout}):`, ...body.map((line) => `    ${line}`)]
}
