import {
  completionNames,
  nextCompletedFuture,
  takeTurn,
  waitForOne,
  watchCompletions,
} from '../asyncio/as-completed.js'
import { isCoroutine, isFuture } from '../asyncio/ensure-future.js'
import { shield as shieldFuture } from '../asyncio/shield.js'
import { type ReturnWhen, returnWhens, waitForFutures } from '../asyncio/wait.js'
import type { Interpreter } from '../loop/coroutine.js'
import { newCoroutine } from '../loop/coroutine-object.js'
import { futureWith, isDone } from '../loop/future.js'
import { generatorWith, newGenerator } from '../loop/generator-object.js'
import { beginning, calls, machine, type Reply, raises, returned, yields } from '../loop/machine.js'
import { isRaise, type Raise, raise } from '../loop/raise.js'
import type { Reference, TupleValue, Value } from '../loop/value.js'
import type { Frame, World } from '../loop/world.js'
import { entries } from '../persistent/table.js'
import { bind, seconds, unmodelled } from './arguments.js'
import { notModelled } from './arithmetic.js'
import { eventLoop, futureFor, isReference, runningLoop } from './asyncio-functions.js'
import type { Builtin, Method } from './builtin.js'
import { type Activation, activationOf } from './code.js'
import { elementsOf, newSet } from './dicts.js'
import { collected } from './iterables.js'
import { isIterator } from './lists.js'
import type { methodNames } from './method-names.js'
import { isTrue, strIn } from './operations.js'
import { itemsOfAny } from './set-algebra.js'
import { fullTypeName, typeName } from './type-name.js'

/** The arguments of `wait` and of `as_completed`. */
interface Given {
  readonly fs: Value
  readonly timeout: Value
  readonly returnWhen: Value
}

/** The distinct items of what was given. Those of a set of the program's own are in no order. */
interface Distinct {
  readonly items: readonly Value[]
  readonly ordered: boolean
}

/** What follows in the world as it has become, also where that raises. */
const replying = (activation: Activation, reply: () => Reply): Reply => {
  try {
    return reply()
  } catch (caught) {
    if (!isRaise(caught)) throw caught
    return raises(activation.world, caught)
  }
}

/** Goes on with the distinct items of an iterable; a generator is gone through first. */
const withItems = (
  world: World,
  interpreter: Interpreter,
  given: Given,
  goOn: (activation: Activation, items: Distinct) => Reply,
): Reply => {
  const { fs } = given
  if (isIterator(fs)) return calls(world, collected(fs, 'tuple').frame, 'collected', given)
  const activation = activationOf(interpreter, world)
  return replying(activation, () => goOn(activation, distinct(activation, fs)))
}

/** `set(fs)` */
const distinct = (activation: Activation, fs: Value): Distinct => {
  const set = newSet(activation, itemsOfAny(activation, fs))
  const items = elementsOf(activation.world, set)
  const isOrdered = !isReference(fs, 'set') || fs.ordered === true || items.length < 2
  return { items, ordered: isOrdered }
}

const isFutureOrCoroutine = (activation: Activation, value: Value): boolean =>
  isFuture(value) || isCoroutine(activation.world, value)

/** `async def wait(fs)`. Mirrors `tasks.wait` (3.4 to 3.14). */
export const wait = machine<Given>('wait', {
  start: {
    sent: (world, given, _, interpreter) => {
      const activation = activationOf(interpreter, world)
      const { fs, returnWhen } = given
      if (isFutureOrCoroutine(activation, fs)) {
        throw raise('TypeError', (python) => `expect a list of futures, not ${typeName(fs, python)}`)
      }
      if (!isTrue(activation, fs)) {
        throw raise(
          'ValueError',
          ({ waitRefusesCoroutines }) => `Set of ${waitRefusesCoroutines ? 'Tasks' : 'coroutines'}/Futures is empty.`,
        )
      }
      if (!returnWhens.some((known) => known === returnWhen)) {
        throw raise('ValueError', `Invalid return_when value: ${strIn(world, returnWhen)}`)
      }
      return withItems(world, interpreter, given, waitFor(given))
    },
  },
  collected: {
    sent: (world, given, fs, interpreter) => withItems(world, interpreter, { ...given, fs }, waitFor(given)),
  },
  waitedInOrder: { sent: (world, _, value, interpreter) => returnSets(world, interpreter, value as TupleValue, true) },
  waited: { sent: (world, _, value, interpreter) => returnSets(world, interpreter, value as TupleValue, false) },
})

const waitFor =
  ({ timeout, returnWhen }: Given) =>
  (activation: Activation, given: Distinct): Reply => {
    const { waitRefusesCoroutines } = activation.world.python
    if (waitRefusesCoroutines && given.items.some((item) => isCoroutine(activation.world, item))) {
      throw raise('TypeError', 'Passing coroutines is forbidden, use tasks explicitly.')
    }
    const items = waitRefusesCoroutines ? given.items : ensureAll(activation, runningLoop(activation), given)
    const at = items.findIndex((item) => !isFuture(item))
    if (!given.ordered) checkOrder(activation.world, items, returnWhen as ReturnWhen)
    const frame = beginning(waitForFutures, {
      futures: at < 0 ? items : items.slice(0, at),
      count: items.length,
      refusal: at < 0 ? null : noCallback(items[at] ?? null),
      timeout: timeout === null ? null : seconds(activation, 'wait', timeout),
      returnWhen,
    })
    return calls(activation.world, frame, given.ordered ? 'waitedInOrder' : 'waited', null)
  }

/** What depends on the order of a set of the program's own is not modelled. */
const checkOrder = (world: World, items: readonly Value[], returnWhen: ReturnWhen): void => {
  const done = items.flatMap((item) => (isFuture(item) ? [futureWith(world, item.id)] : [])).filter(isDone)
  const matters = returnWhen === 'FIRST_EXCEPTION' && done.some(({ exception }) => exception !== null)
  if (!items.every((item) => isFuture(item)) || (done.length > 1 && matters)) throw unorderedSet()
}

const unorderedSet = (): Raise => notModelled("the order of a set's elements is")

const noCallback = (item: Value): Raise => {
  if (isReference(item, 'gathering') || (typeof item === 'object' && item !== null && !('id' in item))) {
    throw notModelled('wait() for what is no future is')
  }
  return raise(
    'AttributeError',
    (python) => `'${fullTypeName(item, python)}' object has no attribute 'add_done_callback'`,
  )
}

/** A future for each item, in their order. */
const ensureAll = (activation: Activation, loop: number, { items, ordered }: Distinct): readonly Reference[] => {
  if (!ordered && items.filter((item) => !isFuture(item)).length > 1) throw unorderedSet()
  return items.map((item) => futureFor(activation, loop, item))
}

/** `done, pending`: two sets. */
const returnSets = (world: World, interpreter: Interpreter, { items }: TupleValue, ordered: boolean): Reply => {
  const activation = activationOf(interpreter, world)
  const sets = items.map((each) => newSet(activation, (each as TupleValue).items, ordered))
  return returned(activation.world, { kind: 'tuple', items: sets })
}

/** The coroutines of `as_completed`, one for each future. Mirrors `_AsCompletedIterator.__next__` (3.13 to 3.14). */
export const nextCompleted = machine<Reference>('as_completed: next', {
  start: { sent: (world, completions) => giveNext(world, completions, 'start') },
})

const giveNext = (world: World, completions: Reference, state: string): Reply => {
  const taken = takeTurn(world, completions)
  if (taken === null) return returned(world, null)
  const frame = beginning(waitForOne, { completions, resolve: true, getter: -1 })
  const [made, coroutine] = newCoroutine(taken, completionNames(taken.python).one, frame)
  return yields(made, state, completions, coroutine)
}

/**
 * `as_completed(fs)`: an iterator that watches from now on. Before 3.13 this is the beginning of a generator, which comes
 * with its first item. Mirrors `tasks.as_completed` (3.4 to 3.14).
 */
export const asCompleted = machine<Given>('as_completed', {
  start: {
    sent: (world, given, _, interpreter) => {
      const { fs } = given
      const activation = activationOf(interpreter, world)
      const { asCompletedStartsAtOnce } = world.python
      if (asCompletedStartsAtOnce ? isAwaitable(activation, fs) : isFutureOrCoroutine(activation, fs)) {
        throw raise('TypeError', (python) =>
          asCompletedStartsAtOnce
            ? `expects an iterable of awaitables, not ${typeName(fs, python)}`
            : `expect an iterable of futures, not ${typeName(fs, python)}`,
        )
      }
      return withItems(world, interpreter, given, watchAll(given))
    },
  },
  collected: {
    sent: (world, given, fs, interpreter) => withItems(world, interpreter, { ...given, fs }, watchAll(given)),
  },
  next: { sent: (world, locals) => giveNext(world, locals as unknown as Reference, 'next') },
})

/** Methods of what `as_completed` gives (3.13 to 3.14). */
export const completedMethods: Readonly<Record<(typeof methodNames)['as completed'][number], Method>> = {
  __aiter__: (_, iterator) => iterator,
  __anext__: ({ world }, { id }) => {
    const { stack } = generatorWith(world, id)
    // It has no frame any more where all were asked for.
    const frame = stack === null ? beginning(ended, null) : beginning(nextCompletedFuture, stack.frame.locals)
    return begunAt(frame, '_AsCompletedIterator.__anext__')
  },
}

/** What comes behind the last. */
export const ended = machine('_AsCompletedIterator.__anext__: ended', {
  start: { sent: (world) => raises(world, raise('StopAsyncIteration')) },
})

const isAwaitable = ({ world }: Activation, value: Value): boolean =>
  isFuture(value) ||
  isReference(value, 'coroutine') ||
  (isReference(value, 'generator') && generatorWith(world, value.id).awaitable)

const watchAll =
  ({ timeout }: Given) =>
  (activation: Activation, given: Distinct): Reply => {
    const loop = eventLoop(activation)
    const futures = ensureAll(activation, loop, given)
    // They go through a set of CPython's own.
    if (futures.filter(({ id }) => isDone(futureWith(activation.world, id))).length > 1) throw unorderedSet()
    const delay = timeout === null ? null : seconds(activation, 'as_completed', timeout)
    const [world, completions] = watchCompletions(activation.world, loop, futures, delay)
    if (!world.python.asCompletedStartsAtOnce) return giveNext(world, completions, 'next')
    const [made, generator] = newGenerator(world, beginning(nextCompleted, completions), false)
    return returned(made, { kind: 'as completed', id: generator.id })
  }

/** The functions of `asyncio.tasks` that wait for several tasks, or keep one from harm. */
export const waitingFunctions = {
  all_tasks: (activation, args, keywords) => {
    const [given = null] = bind(activation, 'all_tasks', ['loop'], 0, args, keywords)
    if (given !== null && !isReference(given, 'loop')) return unmodelled(activation, 'all_tasks() of what is no loop')
    const loop = given === null ? runningLoop(activation) : given.id
    return newSet(activation, tasksOf(activation.world, loop), true)
  },
  as_completed: (activation, args, keywords) => {
    const [fs = null, timeout = null] = bind(activation, 'as_completed', ['fs', '*timeout'], 1, args, keywords)
    const frame = beginning(asCompleted, { fs, timeout, returnWhen: null })
    if (activation.world.python.asCompletedStartsAtOnce) return begunAt(frame, null)
    const [world, generator] = newGenerator(activation.world, frame, false)
    activation.world = world
    return generator
  },
  shield: (activation, args, keywords) => {
    const [awaitable] = bind(activation, 'shield', ['arg'], 1, args, keywords)
    if (!activation.world.loop.running) return unmodelled(activation, 'shield() without a running loop')
    const inner = futureFor(activation, null, awaitable)
    const [world, outer] = shieldFuture(activation.world, inner)
    activation.world = world
    return outer
  },
  wait: (activation, args, keywords) => {
    const parameters = ['fs', '*timeout', '*return_when']
    const [fs = null, timeout = null, returnWhen = 'ALL_COMPLETED'] = bind(
      activation,
      'wait',
      parameters,
      1,
      args,
      keywords,
    )
    return begunAt(beginning(wait, { fs, timeout, returnWhen }), 'wait')
  },
} as const satisfies Readonly<Record<string, Builtin>>

const begunAt = (frame: Frame, coroutine: string | null) => ({ kind: 'begun', frame, coroutine }) as const

/** The tasks of a loop that are not done, in order of creation. Mirrors `tasks.all_tasks` (3.7 to 3.14). */
const tasksOf = (world: World, loop: number): readonly Reference[] =>
  entries(world.futures).flatMap(([id, future]) =>
    future.task === null || isDone(future) || future.loop !== loop ? [] : [{ kind: 'task', id } as const],
  )
