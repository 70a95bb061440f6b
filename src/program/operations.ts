import { queueWith } from '../asyncio/queue.js'
import { showTaskGroup } from '../asyncio/task-group.js'
import { asyncioClasses } from '../loop/asyncio-classes.js'
import { builtinBase, classOf, derivesFrom, isInstance } from '../loop/exception.js'
import { qualnameOf } from '../loop/function-name.js'
import { listItems, listValues } from '../loop/list.js'
import type { Python } from '../loop/python.js'
import { isRaise, makeException, raise, UNMODELLED } from '../loop/raise.js'
import type { ExceptionValue, Reference, Value } from '../loop/value.js'
import type { World } from '../loop/world.js'
import { push } from '../persistent/vector.js'
import { unmodelled } from './arguments.js'
import { binary, unary } from './arithmetic.js'
import type { Activation, Evaluate } from './code.js'
import { compare } from './comparison.js'
import { dictWith, entriesOf, lookUp } from './dicts.js'
import { format } from './format.js'
import { argsOf } from './instances.js'
import { itemOf, itemsOf, listOf, putItems } from './lists.js'
import { receiverKind } from './method-names.js'
import { percentFormat } from './percent-format.js'
import { type Contents, repr, str } from './representation.js'
import { setOperation } from './set-algebra.js'
import { showTimeout } from './show-timeout.js'
import { isSlice, sliceOf } from './slices.js'
import { type Asking, ask, callNow, specialMethod } from './special-methods.js'
import type { BinaryOperator, ComparisonOperator, UnaryOperator } from './syntax.js'
import { truth } from './truth.js'
import { builtinClass, fullTypeName, isPythonClass, typeName } from './type-name.js'

/** What values have to ask the world to print and to compare themselves. */
export const contentsOf = (asking: Asking): Contents => contentsWithin(asking, [])

/** The same inside of these queues, by id. */
const contentsWithin = (asking: Asking, queues: readonly number[]): Contents => {
  const world = 'interpreter' in asking ? asking.world : asking
  return {
    items: (list) => listValues(world, list),
    entries: (id) => entriesOf(dictWith(world, { kind: 'dict', id })),
    lookUp: (id, key, role) => lookUp(dictWith(world, { kind: 'dict', id }), key, role),
    args: (error) => argsOf(world, error),
    describe: (reference) => describe(world, reference, queues),
    has: (object, name) => specialMethod(world, object, name) !== undefined,
    qualname: (callee) => qualnameOf(world, callee),
    ask: (object, name, ...args) => ask(asking, object, name, args),
    python: world.python,
  }
}

/** The `repr` of what has an address in CPython: its kind alone, as the comparison with CPython has it. */
const describe = (world: World, reference: Reference, queues: readonly number[]): string => {
  switch (reference.kind) {
    case 'task':
      return '<Task>'
    case 'future':
      return '<Future>'
    case 'group':
      return '<_GatheringFuture>'
    case 'coroutine':
      return '<coroutine>'
    case 'generator':
      return '<generator>'
    case 'async generator':
      return '<async_generator>'
    case 'asend':
      return '<async_generator_asend object>'
    case 'athrow':
      return '<async_generator_athrow object>'
    case 'anext':
      return '<anext_awaitable object>'
    case 'handle':
      return '<Handle>'
    case 'timer':
      return '<TimerHandle>'
    case 'loop':
      return '<loop>'
    case 'random':
    case 'context variable':
    case 'token':
    case 'gathering':
    case 'waiting':
    case 'completions':
    case 'as completed':
    case 'stream':
      throw raise(UNMODELLED, `the repr of a ${reference.kind} is not in the modelled subset`)
    case 'lock':
    case 'event':
    case 'condition':
    case 'semaphore':
    case 'bounded semaphore':
      return `<${asyncioClasses[reference.kind]}>`
    case 'barrier':
      return '<Barrier>'
    case 'queue':
    case 'lifo queue':
    case 'priority queue':
      return describeQueue(world, reference.id, queues)
    case 'generator context manager':
    case 'async generator context manager':
    case 'suppress':
    case 'nullcontext':
    case 'closing':
    case 'aclosing':
      return `<contextlib.${typeName(reference, world.python)} object>`
    case 'runner':
      return '<asyncio.runners.Runner object>'
    case 'task group':
      return showTaskGroup(world, reference.id)
    case 'timeout':
      return showTimeout(world, reference.id)
    case 'list':
      return '[…]'
    case 'dict':
    case 'set':
      return '{…}'
  }
}

/** Mirrors `Queue._format` (3.4 to 3.14). */
const describeQueue = (world: World, id: number, outer: readonly number[]): string => {
  if (outer.includes(id)) throw raise(UNMODELLED, 'the repr of a queue that holds itself is not in the modelled subset')
  const { kind, maxsize, items, getters, putters, unfinished, isShutDown } = queueWith(world, id)
  const contents = contentsWithin(world, [...outer, id])
  const parts = [
    ...[asyncioClasses[kind], `maxsize=${repr(maxsize, contents)}`],
    ...(items.length > 0 ? [`_queue=[${items.map((item) => repr(item, contents)).join(', ')}]`] : []),
    ...(getters.length > 0 ? [`_getters[${getters.length}]`] : []),
    ...(putters.length > 0 ? [`_putters[${putters.length}]`] : []),
    ...(unfinished > 0 ? [`tasks=${unfinished}`] : []),
    ...(isShutDown ? ['shutdown'] : []),
  ]
  return `<${parts.join(' ')}>`
}

/** Python's `a < b`. */
export const isLessIn = (asking: Asking, a: Value, b: Value): boolean => compare('Lt', a, b, contentsOf(asking))

/** Python's `repr(value)`. */
export const reprIn = (asking: Asking, value: Value): string => repr(value, contentsOf(asking))

/** A value as traces have it: its `repr` or, where that raises, its class alone. Halts where the model does not know it. */
export const shownIn = (asking: Asking, value: Value): string => {
  const world = 'interpreter' in asking ? asking.world : asking
  try {
    return reprIn(asking, value)
  } catch (caught) {
    if (!isRaise(caught)) throw caught
    makeException(world, caught)
    return `<${typeName(value, world.python)}>`
  }
}

/** Python's `str(value)`. */
export const strIn = (asking: Asking, value: Value): string =>
  typeof value === 'string' ? value : str(value, contentsOf(asking))

/** Python's `bool(value)`. */
export const isTrue = (
  asking: Pick<Activation, 'world' | 'interpreter'> | { readonly world: World },
  value: Value,
): boolean =>
  typeof value === 'boolean' ? value : truth(value, contentsOf('interpreter' in asking ? asking : asking.world))

/** `left op right`, or `left op= right` where it is augmented: then a list changes in place. */
export const binaryOperation =
  (op: BinaryOperator, left: Evaluate, right: Evaluate, augmented = false): Evaluate =>
  (activation) => {
    const [a, b] = [left(activation), right(activation)]
    if (typeof a === 'object' && typeof b === 'object') {
      const combined = setOperation(activation, op, a, b, augmented)
      if (combined !== undefined) return combined
    }
    if (op === 'Mod' && typeof a === 'string') return percentFormat(a, b, contentsOf(activation))
    if (typeof a === 'bigint' || !isList(a)) return binary(op, a, b, augmented) ?? newListOf(activation, a, b)
    if (!augmented) return binary(op, a, b) ?? newListOf(activation, a, b)
    return op === 'Add' ? extended(activation, a, b) : unmodelled(activation, 'this augmented assignment to a list')
  }

/** `list + list`, `list * int` and `int * list`. */
const newListOf = (activation: Activation, a: Value, b: Value): Value => {
  const { world } = activation
  const [values, other] = isList(a) ? [listValues(world, a), b] : [listValues(world, b as Reference), a]
  if (isList(other)) return listOf(activation, [...values, ...listValues(world, other)])
  return listOf(activation, Array.from({ length: Math.max(0, Number(other)) }, () => values).flat())
}

const extended = (activation: Activation, list: Reference, iterable: Value): Value => {
  const added = itemsOf(activation, iterable, 'iterate')
  putItems(activation, list, added.reduce(push<Value>, listItems(activation.world, list)))
  return list
}

const isList = (value: Value): value is Reference =>
  typeof value === 'object' && value !== null && value.kind === 'list'

/** `op value` */
export const unaryOperation =
  (op: UnaryOperator, operand: Evaluate): Evaluate =>
  (activation) =>
    unary(op, operand(activation), contentsOf(activation))

/** `first op comparator …`: each comparator is evaluated once, and only if all before were true. */
export const comparison = (
  first: Evaluate,
  ops: readonly ComparisonOperator[],
  comparators: readonly Evaluate[],
): Evaluate => {
  const links = ops.flatMap((op, index) => {
    const comparator = comparators[index]
    return comparator === undefined ? [] : [{ op, comparator }]
  })
  return (activation) => {
    let left = first(activation)
    for (const { op, comparator } of links) {
      const right = comparator(activation)
      if (!compare(op, left, right, contentsOf(activation))) return false
      left = right
    }
    return true
  }
}

/** `container[index]`, which may be a slice. */
export const getItem = (activation: Activation, container: Value, index: Value): Value => {
  const method = specialMethod(activation.world, container, '__getitem__')
  return method === undefined ? itemIn(activation, container, index) : callNow(activation, method, [index])
}

const itemIn = (activation: Activation, container: Value, index: Value): Value =>
  (isSlice(index) ? sliceOf(activation, container, index) : undefined) ?? itemOf(activation, container, index)

/** `container[index]` */
export const subscript =
  (container: Evaluate, index: Evaluate): Evaluate =>
  (activation) =>
    getItem(activation, container(activation), index(activation))

/** A replacement field of an f-string. */
export const formatted =
  (value: Evaluate, conversion: 's' | 'r' | null, specification: string | null): Evaluate =>
  (activation) => {
    const given = value(activation)
    const contents = contentsOf(activation)
    const converted = conversion === null ? given : conversion === 'r' ? repr(given, contents) : str(given, contents)
    return format(converted, specification ?? '', contents)
  }

/** TypeError where what stands behind `except` is no exception class and no tuple of them. */
export const checkCatchable = (type: Value): void => {
  const types = typeof type === 'object' && type?.kind === 'tuple' ? type.items : [type]
  if (types.every(isExceptionClass)) return
  throw raise('TypeError', 'catching classes that do not inherit from BaseException is not allowed')
}

const isExceptionClass = (value: Value): boolean =>
  typeof value === 'object' &&
  (value?.kind === 'class' || (value?.kind === 'program class' && builtinBase(value) !== null))

/** Whether an exception is caught by what stands behind `except`: a class or a tuple of classes. */
export const matches = (exception: ExceptionValue, type: Value): boolean => {
  checkCatchable(type)
  if (typeof type !== 'object' || type === null) return false
  if (type.kind === 'class') return isInstance(exception, type.name)
  if (type.kind === 'program class') return derivesFrom(classOf(exception), type)
  return type.kind === 'tuple' && type.items.some((item) => matches(exception, item))
}

const isOfClass = (own: string, name: string): boolean =>
  name === `asyncio.${own}` ||
  (own === 'BoundedSemaphore' && name === 'asyncio.Semaphore') ||
  (own.endsWith('Queue') && name === 'asyncio.Queue')

/** `isinstance(value, class)` where the class is no exception. */
export const isOfType = (value: Value, name: string, python: Python): boolean =>
  typeName(value, python) === name ||
  fullTypeName(value, python) === builtinClass({ kind: 'builtin', name }) ||
  name === `contextlib.${typeName(value, python)}` ||
  (name === 'random.Random' && receiverKind(value) === 'random') ||
  (name === 'tuple' && typeof value === 'object' && value?.kind === 'tuple') ||
  (isPythonClass(receiverKind(value)) && isOfClass(typeName(value, python), name)) ||
  (name === 'int' && typeof value === 'boolean') ||
  (name === 'asyncio.Future' && ['Future', '_GatheringFuture', 'Task'].includes(typeName(value, python)))
