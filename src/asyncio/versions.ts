import type { Python, Switches } from '../loop/python.js'
import { type Change, changesOfTexts } from './changes-of-texts.js'

/** Every change that the model knows, by the name of its switch. */
export const changes: Readonly<Record<keyof Switches, Change>> = {
  asCompletedStartsAtOnce: {
    since: '3.13',
    says: '`as_completed` starts its coroutines, and its timeout, when it is called; before, when it is asked for the first result.',
  },
  asyncWithLooksForEnterFirst: {
    since: '3.9',
    says: 'Of what is no context manager `async with` misses `__aenter__`; before, `__aexit__`.',
  },
  asyncGeneratorsGuardThrow: {
    since: ['3.12.4', '3.13'],
    says: 'An `__anext__()` refused by an asynchronous generator that runs is spent, and one that is cancelled before it begins counts as running it; before, neither.',
  },
  callLaterRefusesNone: {
    since: '3.11',
    says: '`call_later` and `call_at` refuse None as a time; before, it fails where it is used.',
  },
  callbacksHideArguments: {
    since: '3.13',
    says: 'What is said of a failed callback does not show its arguments; before, it does.',
  },
  cancelledErrorIsKept: {
    since: '3.11',
    says: 'Who awaits a cancelled task gets the CancelledError that ended it, message and all; before, a new one.',
  },
  closeGivesValue: {
    since: '3.13',
    says: '`close` of a generator gives what it returns for a GeneratorExit; before, None.',
  },
  conditionsBindFirst: {
    since: '3.13',
    says: '`Condition.wait` in a loop that is not the own fails at once; before, after it has given its lock away and got it again.',
  },
  conditionsKeepMessages: {
    since: '3.13',
    says: 'Who is cancelled while `Condition.wait` takes its lock again gets that CancelledError; before, one without a message.',
  },
  conditionsPassNotifyOn: {
    since: '3.13',
    says: 'Who was notified by a `Condition` and fails all the same passes it on; before, it is lost.',
  },
  createTaskNamesAtOnce: {
    since: '3.13',
    says: '`asyncio.create_task(name=…)` makes a task of that name; before, one of a default name that was renamed. What a factory renames (until 3.13.3) is named None where no name was given.',
  },
  createTaskStartsAtOnce: {
    since: '3.14',
    says: '`create_task` takes `eager_start`, and with a true one the task begins at once; before, TypeError.',
  },
  docstringsLoseIndent: {
    since: '3.13',
    says: 'Docstrings lose the indent of their lines; before, they are kept as they are written.',
  },
  factoriesAreToldNames: {
    since: '3.14',
    says: 'A task factory is told the name of the task; before, the task is renamed when the factory has returned.',
  },
  exceptStarCopiesUnmatched: {
    since: '3.12',
    says: 'A group of which an `except*` takes nothing is a new group for the next one; before, the same.',
  },
  exceptionHandlersGetContext: {
    since: '3.12',
    says: 'The exception handler of a program runs in the context of the task or handle that it is told of; before, in that around it.',
  },
  exceptStarWrapsNoSingle: {
    since: '3.11.4',
    says: 'Where one exception alone leaves the `except*` of a group, it is raised as it is; before, in a group of its own.',
  },
  formatGroupsFractions: {
    since: '3.14',
    says: 'A format specification may have a separator for the fraction (not modelled).',
  },
  formatKnowsZ: {
    since: '3.11',
    says: 'A format specification may have a `z`: what rounds to negative zero loses its sign.',
  },
  gatherCountsDoneAtOnce: {
    since: '3.12',
    says: '`gather` counts children that are done already at once; before, by their done callbacks in the next turn.',
  },
  gatherGoesToRunningLoop: {
    since: '3.14',
    says: '`gather` belongs to the loop that runs, if one does; before, to that of its first argument.',
  },
  gatherOutlivesRefusal: {
    since: ['3.9.11', '3.10.3'],
    says: 'A child of a `gather` that refused a later argument ends in silence; before, its done callback fails.',
  },
  gatherSaysNothing: {
    since: '3.9',
    says: 'The CancelledError in a list of `gather` has an empty message where none was given; before, it has none.',
  },
  generatorsAreNoCoroutines: {
    since: '3.12',
    says: 'A generator is no coroutine for asyncio; before, a task may drive any.',
  },
  getEventLoopGivesRunning: {
    since: '3.5.3',
    says: '`get_event_loop` gives the loop that runs; before, the one that was set.',
  },
  getEventLoopMakesNone: {
    since: '3.14',
    says: '`get_event_loop` raises RuntimeError where no loop runs and none was set; before, it makes one, once.',
  },
  limitsDigits: {
    since: '3.10.7',
    says: 'Integers of more than 4300 digits are neither written in decimal nor read from it.',
  },
  locksBindWhenContended: {
    since: '3.10',
    says: 'Locks and their like belong to the loop in which they are first waited for; before, to that in which they are made.',
  },
  managersCloseGenerators: {
    since: ['3.11.7', '3.12.1'],
    says: 'A context manager of `contextlib` closes a generator that yields once more at its end; before, it leaves it as it is.',
  },
  runEndsExecutor: {
    since: '3.9',
    says: '`asyncio.run` also shuts the default executor down, which takes two turns.',
  },
  runMakesLoopFirst: {
    since: '3.11',
    says: '`asyncio.run` makes its loop before it looks at the coroutine; before, the other way round.',
  },
  runTakesAwaitables: {
    since: '3.14',
    says: '`asyncio.run` takes any awaitable, TypeError for others; before, coroutines only, ValueError for others.',
  },
  semaphoresAreFair: {
    since: '3.10.8',
    says: 'Nobody gets a slot of a `Semaphore` before those who wait for it; before, whoever comes while one is free.',
  },
  semaphoresRememberWakeUps: {
    since: ['3.9.12', '3.10.4'],
    says: 'While somebody who was woken by a `Semaphore` did not go on yet, others queue up.',
  },
  semaphoresWakeAll: {
    since: '3.13',
    says: 'Who leaves the queue of a `Semaphore` wakes as many others as there are free slots; before, one.',
  },
  shieldReportsUnheard: {
    since: '3.14',
    says: 'Where who waited for `shield` was cancelled, a later failure of what it shields is reported, even if others hear of it.',
  },
  shieldTellsWhoAwaits: {
    since: '3.14',
    says: '`shield` in a task has one done callback more, for the graph of who awaits whom; it does nothing else.',
  },
  sleepRefusesNaN: {
    since: '3.13',
    says: '`sleep(nan)` raises ValueError; before, it never ends.',
  },
  stopIterationEndsNoGenerator: {
    since: '3.7',
    says: 'A StopIteration that leaves a generator becomes a RuntimeError; before, it is the end of the generator.',
  },
  stopIterationIsRuntimeError: {
    since: '3.12.7',
    says: '`set_exception(StopIteration)` keeps a RuntimeError; before, it raises TypeError.',
  },
  stopIterationPassesUnbegun: {
    since: '3.12',
    says: 'StopIteration that is thrown into a generator before it has begun leaves it as it is; before, as a RuntimeError.',
  },
  taskGroupsCloseRefused: {
    since: '3.13',
    says: 'A `TaskGroup` closes the coroutine that it does not take.',
  },
  taskGroupsKeepCancellation: {
    since: '3.13',
    says: 'A `TaskGroup` that is cancelled from outside as well as by itself keeps that cancellation for its parent.',
  },
  taskGroupsScheduleDone: {
    since: ['3.12.9', '3.13.2'],
    says: 'A task that is done when a `TaskGroup` has made it tells so in the next turn; before, at once.',
  },
  threadsAreGivenTime: {
    since: '3.12.3',
    says: '`asyncio.run` waits no longer than five minutes for the threads of its executor; before, for ever.',
  },
  threadsKeepTimeoutErrors: {
    since: '3.13',
    says: 'A TimeoutError from a thread is raised as it is; before (from 3.11 on), a copy of it.',
  },
  timeoutErrorIsBuiltin: {
    since: '3.11',
    says: '`asyncio.TimeoutError` is the builtin TimeoutError; before, a class of its own, which that does not catch.',
  },
  timeoutsCheckTheirState: {
    since: ['3.11.7', '3.12.1'],
    says: 'A `Timeout` is entered once, RuntimeError after that; before, again and again.',
  },
  timeoutsKnowSubclasses: {
    since: '3.13',
    says: 'A `timeout` and a group take an exception of a class below CancelledError for a cancellation; before, for any other.',
  },
  tokensAreContextManagers: {
    since: '3.14',
    says: '`with variable.set(value)` sets a context variable back at its end.',
  },
  uncancelDropsCancellation: {
    since: '3.13',
    says: '`Task.uncancel` down to 0 drops a cancellation that was not yet thrown.',
  },
  waitForKeepsOutcome: {
    since: '3.9',
    says: '`wait_for` gives what its task returns or raises when it is too late; before, TimeoutError hides it.',
  },
  waitForPrefersOutcome: {
    since: '3.8.6',
    says: '`wait_for` that is cancelled when its task is just done has the outcome of that; before, CancelledError.',
  },
  waitForRunsInPlace: {
    since: '3.12',
    says: '`wait_for` awaits within the task that calls it; before, it makes a task of a coroutine.',
  },
  waitForWaitsAtZero: {
    since: '3.8.6',
    says: '`wait_for` with no time at all waits until its task has cleaned up; before, only with some time.',
  },
  waitForWaitsWhenCancelled: {
    since: ['3.8.8', '3.9.2'],
    says: '`wait_for` that is cancelled waits until its task has cleaned up; before, it leaves at once.',
  },
  waitRefusesCoroutines: {
    since: '3.11',
    says: '`wait` refuses coroutines; before, it makes tasks of them.',
  },
  wrappedAreAwaited: {
    since: '3.12',
    says: 'The task that `ensure_future` makes of an object with `__await__` awaits it; before, it goes through whatever that gives by `yield from`.',
  },
  ...changesOfTexts,
}

/** The builds of CPython that the model is held against, oldest first. */
export const builds = ['3.10.2', '3.11.3', '3.12.7', '3.13.2', '3.14.2'] as const

export type Build = (typeof builds)[number]

/** What differs from the newest Python, by hand: any switch can be turned alone. */
export type Override = Partial<Omit<Python, 'version'>>

/** Python of a version, `3.11` or `3.11.7`. Of a branch alone, without its third number, the first release is meant. */
export const pythonAt = (version: string, override: Override = {}): Python => {
  const names = Object.keys(changes) as readonly (keyof Switches)[]
  const switches = names.map((name) => [name, hasChange(version, changes[name])] as const)
  return {
    version,
    accelerated: true,
    ...(Object.fromEntries(switches) as Record<keyof Switches, boolean>),
    ...override,
  }
}

/** Whether a version has a change: it is of the last branch that got it or later, or of an older one that did. */
const hasChange = (version: string, { since }: Change): boolean =>
  [since].flat().some((first, index, all) => {
    const isOfBranch = numbersOf(first).slice(0, 2).join('.') === numbersOf(version).slice(0, 2).join('.')
    return isAtLeast(version, first) && (isOfBranch || index === all.length - 1)
  })

/** Whether a version is another one or a later one. */
export const isAtLeast = (version: string, other: string): boolean => {
  const [ours, theirs] = [numbersOf(version), numbersOf(other)]
  for (const [index, their] of theirs.entries()) {
    const our = ours[index] ?? 0
    if (our !== their) return our > their
  }
  return true
}

const numbersOf = (version: string): readonly number[] => version.split('.').map((part) => Number.parseInt(part, 10))

/** The Python that is modelled where no other is asked for. */
export const newestPython: Python = pythonAt('3.14.2')
