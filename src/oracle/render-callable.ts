import type { Operation } from './operation.js'
import { pick, type Scope } from './scope.js'

const exceptions = [
  "ValueError('wrong')",
  "KeyError('key')",
  'RuntimeError()',
  "asyncio.CancelledError('made up')",
  'StopIteration(7)',
  "TimeoutError('late')",
  'asyncio.InvalidStateError()',
  "Gone('own')",
  "Problem('own', 7)",
  "ZeroDivisionError('x', 1)",
  'SystemExit(3)',
  'KeyboardInterrupt()',
] as const

const values = ['1', "'two'", 'None', '(3, 4)', '0.5', 'True', '[5]'] as const

/** `SystemExit` and `KeyboardInterrupt` are rarer than what stays in its task. */
export const exceptionFor = ({ other, variant }: Operation): string =>
  pick(variant % 2 === 0 ? exceptions : exceptions.slice(0, 10), other) ?? ''

export const valueFor = ({ other }: Operation): string => pick(values, other) ?? ''

export const message = ({ other }: Operation): string =>
  pick(['', "'stop'", '', "msg='enough'", '', 'None', '9'], other) ?? ''

/** A callable and its arguments; `bound` where the future comes as the only argument. */
export const callable = (operation: Operation, scope: Scope, bound: boolean): readonly string[] => {
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
    ...(variant === 14 ? [['None'], ['ValueError', '1'], ...scope.functions.map((name) => [name])] : []),
    ...(task === undefined ? [] : [[`${task}.done`]]),
    ...scope.callbacks.slice(0, 1).map((name) => (bound ? [name] : [name, "'too'", "'many'"])),
  ]
  const [callee = 'print', ...args] = pick(candidates, variant + other) ?? []
  return bound ? [callee] : [callee, ...args.filter((argument) => !argument.startsWith('msg='))]
}

const some = (text: string): readonly string[] => (text === '' ? [] : [text])
