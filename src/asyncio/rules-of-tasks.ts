import type { Rule } from '../loop/rule.js'
import { handleCompletion, handleTimeout, nextCompletedFuture, waitForOne, watchCompletions } from './as-completed.js'
import { cancelAndWait } from './cancel-and-wait.js'
import { childDone, gather } from './gather.js'
import { closeRunner, initialize, newRunner, runInRunner } from './runner.js'
import { innerDone, logOnException, outerDone, shield } from './shield.js'
import { shutdownAsyncgens } from './shutdown-asyncgens.js'
import { sleep } from './sleep.js'
import { makeByFactory, setTaskFactory } from './task-factory.js'
import { enterTimeout, exitTimeout, newTimeout, onTimeout, reschedule } from './timeout.js'
import { completed, waitForFutures } from './wait.js'
import { waitFor } from './wait-for.js'

/** The rules of tasks: what makes them and what waits for them, as `tasks.py`, `timeouts.py` and `runners.py` have it. */
export const taskRules = {
  sleep: {
    mirrors: 'tasks.sleep',
    versions: '3.13 to 3.14',
    implementedBy: sleep,
    says: 'Waits for a timer; a delay of nothing or less is one bare turn; NaN is refused.',
  },
  'create_task: factory': {
    mirrors: 'base_events.BaseEventLoop.create_task',
    versions: '3.14',
    implementedBy: makeByFactory,
    says: 'The task factory of the loop, where it has one, makes its tasks.',
  },
  set_task_factory: {
    mirrors: 'base_events.BaseEventLoop.set_task_factory',
    versions: '3.4.4 to 3.14',
    implementedBy: setTaskFactory,
    says: 'From now on the loop makes its tasks with this, or with None as at first.',
  },
  wait_for: {
    mirrors: 'tasks.wait_for',
    versions: '3.8 to 3.14',
    implementedBy: waitFor,
    says: 'The outcome of what is awaited, within the task (3.12), or TimeoutError where that takes too long.',
  },
  _cancel_and_wait: {
    mirrors: 'tasks._cancel_and_wait',
    versions: '3.7 to 3.14',
    implementedBy: cancelAndWait,
    says: 'Cancels a future and waits until it is done, however it takes that.',
  },
  Timeout: {
    mirrors: 'timeouts.Timeout.__init__',
    versions: '3.11 to 3.14',
    implementedBy: newTimeout,
    says: 'A deadline that nobody is bound to yet.',
  },
  'Timeout.__aenter__': {
    mirrors: 'timeouts.Timeout.__aenter__',
    versions: '3.11.7 and 3.12.1 to 3.14',
    implementedBy: enterTimeout,
    says: 'Binds the task that runs, once, and sets the deadline.',
  },
  'Timeout.__aexit__': {
    mirrors: 'timeouts.Timeout.__aexit__',
    versions: '3.11 to 3.14',
    implementedBy: exitTimeout,
    says: 'TimeoutError in place of its own cancellation, unless others have asked for one as well.',
  },
  'Timeout.reschedule': {
    mirrors: 'timeouts.Timeout.reschedule',
    versions: '3.11 to 3.14',
    implementedBy: reschedule,
    says: 'Another deadline; what is past comes in the next turn, and what has expired stays so.',
  },
  'Timeout._on_timeout': {
    mirrors: 'timeouts.Timeout._on_timeout',
    versions: '3.11 to 3.14',
    implementedBy: onTimeout,
    says: 'The deadline has come: the task that entered is cancelled.',
  },
  Runner: {
    mirrors: 'runners.Runner.__init__',
    versions: '3.11 to 3.14',
    implementedBy: newRunner,
    says: 'A runner that has no loop yet.',
  },
  'Runner._lazy_init': {
    mirrors: 'runners.Runner._lazy_init',
    versions: '3.11 to 3.14',
    implementedBy: initialize,
    says: 'A loop of its own, and a copy of the present context, when they are first needed.',
  },
  'Runner.run': {
    mirrors: 'runners.Runner.run',
    versions: '3.11 to 3.14',
    implementedBy: runInRunner,
    says: 'Runs one more coroutine in the loop and the context of the runner.',
  },
  'Runner.close': {
    mirrors: 'runners.Runner.close',
    versions: '3.11 to 3.14',
    implementedBy: closeRunner,
    says: 'Cancels what is left and closes the loop, once.',
  },
  gather: {
    mirrors: 'tasks.gather',
    versions: '3.12 to 3.14',
    implementedBy: gather,
    says: 'A future of the results in the order of the arguments; the same future twice is one child.',
  },
  'gather: done callback': {
    mirrors: 'tasks.gather.<locals>._done_callback',
    versions: '3.8 to 3.14',
    implementedBy: childDone,
    says: 'The first failure ends the whole, the last child gives the list; the children go on.',
  },
  wait: {
    mirrors: 'tasks._wait',
    versions: '3.4 to 3.14',
    implementedBy: waitForFutures,
    says: 'Until enough of them are done or time is up; gives what is done and what is not, and leaves all alone.',
  },
  'wait: done callback': {
    mirrors: 'tasks._wait.<locals>._on_completion',
    versions: '3.4 to 3.14',
    implementedBy: completed,
    says: 'The last that is done lets `wait` go on, or the first, or the first that failed, as was asked for.',
  },
  shield: {
    mirrors: 'tasks.shield',
    versions: '3.4 to 3.14',
    implementedBy: shield,
    says: 'A future that can be cancelled without the one that it is done with; what is done is given as it is.',
  },
  'shield: inner done callback': {
    mirrors: 'tasks.shield.<locals>._inner_done_callback',
    versions: '3.14',
    implementedBy: innerDone,
    says: 'Who waits gets the outcome, unless it was cancelled before.',
  },
  'shield: outer done callback': {
    mirrors: 'tasks.shield.<locals>._outer_done_callback',
    versions: '3.14',
    implementedBy: outerDone,
    says: 'Where who waits is cancelled, what is shielded goes on, and is watched for a failure.',
  },
  'shield: failure': {
    mirrors: 'tasks._log_on_exception',
    versions: '3.14',
    implementedBy: logOnException,
    says: 'A failure behind a cancelled `shield` is reported, even if others hear of it.',
  },
  shutdown_asyncgens: {
    mirrors: 'base_events.BaseEventLoop.shutdown_asyncgens',
    versions: '3.13 to 3.14',
    implementedBy: shutdownAsyncgens,
    says: 'Closes the asynchronous generators that the loop still knows, all at once; the handler is told what they raise.',
  },
  as_completed: {
    mirrors: 'tasks._AsCompletedIterator.__init__',
    versions: '3.13 to 3.14',
    implementedBy: watchCompletions,
    says: 'All are watched, and the time runs, from the beginning.',
  },
  'as_completed: done callback': {
    mirrors: 'tasks._AsCompletedIterator._handle_completion',
    versions: '3.13 to 3.14',
    implementedBy: handleCompletion,
    says: 'They queue up in the order in which they are done; with the last the time stops.',
  },
  'as_completed: timeout': {
    mirrors: 'tasks._AsCompletedIterator._handle_timeout',
    versions: '3.13 to 3.14',
    implementedBy: handleTimeout,
    says: 'For each that is not done yet somebody gets a TimeoutError; they go on unwatched.',
  },
  'as_completed: next': {
    mirrors: 'tasks._AsCompletedIterator._wait_for_one',
    versions: '3.13 to 3.14',
    implementedBy: waitForOne,
    says: 'Gives the outcome of the next that is done; who waits longest is the first to get one.',
  },
  'as_completed: async for': {
    mirrors: 'tasks._AsCompletedIterator.__anext__',
    versions: '3.13 to 3.14',
    implementedBy: nextCompletedFuture,
    says: 'Gives the next future that is done, itself; those that were asked for otherwise count too.',
  },
} as const satisfies Readonly<Record<string, Rule>>
