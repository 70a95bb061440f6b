import { cancelFuture, cancelling, cancelTask, uncancel } from './cancellation.js'
import { contextRules } from './context-rules.js'
import { exceptionRules } from './exception-rules.js'
import {
  addDoneCallback,
  createFuture,
  exceptionOf,
  finish,
  isDone,
  makeCancelledError,
  removeDoneCallback,
  result,
  setException,
  setResult,
  setResultUnlessCancelled,
} from './future.js'
import { callSoon, cancelHandle, isCancelled } from './handle.js'
import { languageRules } from './language-rules.js'
import { close, createLoop, stop } from './loops.js'
import { type Rule, rule } from './rule.js'
import { runForever, runUntilComplete } from './run-until-complete.js'
import { createEagerTask, createTask, handleResult, step, wakeup } from './task.js'
import { callAt, callLater, collectDueTimers, dropCancelledTimers, timeout } from './timer.js'
import { beginTurn, runHandle, runUntilCompleteCallback, turn } from './turn.js'
import { releaseWaiter } from './waiter.js'

/** The rules of the kernel, by the name under which properties cite them. `rules` of asyncio.run and the like are with their machines. */
export const kernelRules = {
  _run_once: rule(
    'base_events.BaseEventLoop._run_once',
    '3.4 to 3.14',
    turn,
    'One turn: wait, put the due timers behind what is ready, then run just the handles that are ready now.',
  ),
  '_run_once: cancelled timers': rule(
    'base_events.BaseEventLoop._run_once',
    '3.4.3 to 3.14',
    dropCancelledTimers,
    'Either all cancelled timers are purged, when there are over 100 and more than half by the counter, or those at the head.',
  ),
  '_run_once: timeout': rule(
    'base_events.BaseEventLoop._run_once',
    '3.4 to 3.14',
    timeout,
    'Nothing is waited for while something is ready or the loop stops; else the next deadline, a day at the most.',
  ),
  '_run_once: due timers': rule(
    'base_events.BaseEventLoop._run_once',
    '3.4 to 3.14',
    collectDueTimers,
    'A timer is due when its deadline is less than a clock resolution away; due timers leave as heapq has them.',
  ),
  '_run_once: batch': rule(
    'base_events.BaseEventLoop._run_once',
    '3.4 to 3.14',
    beginTurn,
    'The batch is fixed before its first handle runs; what comes to be ready later waits for the next turn.',
  ),
  call_soon: rule(
    'base_events.BaseEventLoop.call_soon',
    '3.4 to 3.14',
    callSoon,
    'A callback goes behind everything that is ready.',
  ),
  call_later: rule(
    'base_events.BaseEventLoop.call_later',
    '3.4 to 3.14',
    callLater,
    'A timer for the present time plus a delay.',
  ),
  call_at: rule(
    'base_events.BaseEventLoop.call_at',
    '3.4 to 3.14',
    callAt,
    'A timer joins the heap, by its deadline alone.',
  ),
  'Handle.cancel': rule(
    'events.Handle.cancel',
    '3.7 to 3.14',
    cancelHandle,
    'A cancelled handle stays queued and is skipped; a timer that is cancelled is counted while it is in the heap.',
  ),
  'Handle.cancelled': rule(
    'events.Handle.cancelled',
    '3.7 to 3.14',
    isCancelled,
    'True once it was cancelled, before or after it ran.',
  ),
  'Handle._run': rule(
    'events.Handle._run',
    '3.8 to 3.14',
    runHandle,
    'A callback runs in its context; SystemExit and KeyboardInterrupt leave the loop, other exceptions are reported.',
  ),
  run_forever: rule(
    'base_events.BaseEventLoop.run_forever',
    '3.4 to 3.14',
    runForever,
    'Turns until the loop is stopped; one loop at a time.',
  ),
  run_until_complete: rule(
    'base_events.BaseEventLoop.run_until_complete',
    '3.4 to 3.14',
    runUntilComplete,
    'Runs until a future is done and gives its result; RuntimeError where the loop stops before.',
  ),
  _run_until_complete_cb: rule(
    'base_events._run_until_complete_cb',
    '3.4 to 3.14',
    runUntilCompleteCallback,
    'Stops the loop, unless the future has SystemExit or KeyboardInterrupt, which has left it already.',
  ),
  stop: rule('base_events.BaseEventLoop.stop', '3.5.1 to 3.14', stop, 'The present turn is the last one.'),
  close: rule(
    'base_events.BaseEventLoop.close',
    '3.4 to 3.14',
    close,
    'A loop that does not run drops what is scheduled, and takes no more.',
  ),
  new_event_loop: rule('events.new_event_loop', '3.4 to 3.14', createLoop, 'A loop with nothing in it.'),
  create_future: rule(
    'base_events.BaseEventLoop.create_future',
    '3.5.2 to 3.14',
    createFuture,
    'A future that is pending.',
  ),
  create_task: rule(
    'base_events.BaseEventLoop.create_task',
    '3.8 to 3.14',
    createTask,
    'A task whose first step is scheduled by call_soon, in a copy of the present context.',
  ),
  'Task.__eager_start': rule(
    'tasks.Task.__eager_start',
    '3.12 to 3.14',
    createEagerTask,
    'The first step runs inside the step of whoever makes the task, where the loop runs; else it is scheduled.',
  ),
  'Future.done': rule('futures.Future.done', '3.4 to 3.14', isDone, 'Not pending.'),
  'Future.cancel': rule(
    'futures.Future.cancel',
    '3.9 to 3.14',
    cancelFuture,
    'A pending future becomes cancelled and schedules its callbacks; a done one says no.',
  ),
  'Future.result': rule(
    'futures.Future.result',
    '3.4 to 3.14',
    result,
    'The result, or the exception raised; CancelledError, InvalidStateError.',
  ),
  'Future.exception': rule(
    'futures.Future.exception',
    '3.4 to 3.14',
    exceptionOf,
    'The exception or None; CancelledError, InvalidStateError.',
  ),
  'Future.set_result': rule(
    'futures.Future.set_result',
    '3.4 to 3.14',
    setResult,
    'Ends a pending future with a result and schedules its callbacks; InvalidStateError on a done one.',
  ),
  'Future.set_exception': rule(
    'futures.Future.set_exception',
    '3.12.7 to 3.14',
    setException,
    'Ends a pending future with an exception; StopIteration is replaced.',
  ),
  'Future.add_done_callback': rule(
    'futures.Future.add_done_callback',
    '3.7 to 3.14',
    addDoneCallback,
    'Remembers a callback, or schedules it at once where the future is done.',
  ),
  'Future.remove_done_callback': rule(
    'futures.Future.remove_done_callback',
    '3.4 to 3.14',
    removeDoneCallback,
    'Forgets every registration of a callback and says how many there were; what is scheduled stays.',
  ),
  'Future.__schedule_callbacks': rule(
    'futures.Future.__schedule_callbacks',
    '3.4 to 3.14',
    finish,
    'Every callback goes through call_soon, in order of registration, and is forgotten.',
  ),
  'Future._make_cancelled_error': rule(
    'futures.Future._make_cancelled_error',
    '3.11 to 3.14',
    makeCancelledError,
    'The CancelledError that ended a task, once; then new ones with the message of the cancellation.',
  ),
  _set_result_unless_cancelled: rule(
    'futures._set_result_unless_cancelled',
    '3.4 to 3.14',
    setResultUnlessCancelled,
    'A result for a future that nobody has cancelled.',
  ),
  'Task.__step': rule(
    'tasks.Task.__step',
    '3.4 to 3.14',
    step,
    'Runs the coroutine up to its next pause, with a pending cancellation thrown in.',
  ),
  'Task.__step_run_and_handle_result': rule(
    'tasks.Task.__step_run_and_handle_result',
    '3.4 to 3.14',
    handleResult,
    'An awaited future wakes the task up by a done callback; a bare yield costs a turn; an end ends the task.',
  ),
  'Task.__wakeup': rule(
    'tasks.Task.__wakeup',
    '3.4 to 3.14',
    wakeup,
    'Steps with nothing, or throws in what the future raises.',
  ),
  _release_waiter: rule(
    'tasks._release_waiter',
    '3.4 to 3.14',
    releaseWaiter,
    'A waiter that is not done gets a result.',
  ),
  'Task.cancel': rule(
    'tasks.Task.cancel',
    '3.11 to 3.14',
    cancelTask,
    'Counts the request, passes it on to what is awaited, or keeps it for the next step.',
  ),
  'Task.cancelling': rule('tasks.Task.cancelling', '3.11 to 3.14', cancelling, 'The requests not taken back.'),
  'Task.uncancel': rule(
    'tasks.Task.uncancel',
    '3.13 to 3.14',
    uncancel,
    'Takes a request back; with the last one a CancelledError that was not thrown yet is dropped.',
  ),
  ...languageRules,
  ...contextRules,
  ...exceptionRules,
} as const satisfies Readonly<Record<string, Rule>>
