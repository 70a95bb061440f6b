import { copyFutureState } from '../loop/chain-future.js'
import { passTimeUntilWoken } from '../loop/external-event.js'
import { kernelRules, type Rule } from '../loop/rules.js'
import { abortBarrier, resetBarrier, waitAtBarrier } from './barrier.js'
import { cancelAndWait } from './cancel-and-wait.js'
import { notify, notifyAll, waitForNotify, waitForPredicate } from './condition.js'
import { enter, exit } from './context-manager.js'
import { clearEvent, setEvent, waitForEvent } from './event.js'
import { callSoonThreadsafe, runInExecutor, shutdownDefaultExecutor, toThread } from './executor.js'
import { childDone, gather } from './gather.js'
import { acquireLock, releaseLock } from './lock.js'
import { newWaiter } from './primitive.js'
import { run } from './run.js'
import { closeRunner, initialize, newRunner, runInRunner } from './runner.js'
import { acquireSemaphore, isSemaphoreLocked, releaseSemaphore } from './semaphore.js'
import { sleep } from './sleep.js'
import { makeByFactory, setTaskFactory } from './task-factory.js'
import { enterTimeout, exitTimeout, newTimeout, onTimeout, reschedule } from './timeout.js'
import { waitFor } from './wait-for.js'

/** Every rule of the model by name: those of the kernel and those of the library on top of it. */
export const rules = {
  ...kernelRules,
  sleep: {
    mirrors: 'tasks.sleep',
    versions: '3.13 to 3.14',
    implementedBy: sleep,
    says: 'Waits for a timer; a delay of nothing or less is one bare turn; NaN is refused.',
  },
  select: {
    mirrors: 'base_events.BaseEventLoop._run_once',
    versions: '3.4 to 3.14',
    implementedBy: passTimeUntilWoken,
    says: 'The wait ends with its time, or where a thread calls into the loop: what it calls comes before the due timers.',
  },
  _copy_future_state: {
    mirrors: 'futures._copy_future_state',
    versions: '3.13 to 3.14',
    implementedBy: copyFutureState,
    says: 'A future gets the outcome of the thread that it stands for, unless it was cancelled meanwhile.',
  },
  run_in_executor: {
    mirrors: 'base_events.BaseEventLoop.run_in_executor',
    versions: '3.9 to 3.14',
    implementedBy: runInExecutor,
    says: 'The call begins at once in a thread of its own; its outcome comes to a future of the loop.',
  },
  to_thread: {
    mirrors: 'threads.to_thread',
    versions: '3.9 to 3.14',
    implementedBy: toThread,
    says: 'Calls in a thread, in a copy of the context, and waits for the outcome.',
  },
  call_soon_threadsafe: {
    mirrors: 'base_events.BaseEventLoop.call_soon_threadsafe',
    versions: '3.4 to 3.14',
    implementedBy: callSoonThreadsafe,
    says: 'As `call_soon`, from any thread: the loop no longer waits.',
  },
  shutdown_default_executor: {
    mirrors: 'base_events.BaseEventLoop.shutdown_default_executor',
    versions: '3.12.3 to 3.14',
    implementedBy: shutdownDefaultExecutor,
    says: 'Waits for the threads of the executor, if there is one, but no longer than it was told; nothing more is taken.',
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
  'locks: loop': {
    mirrors: 'mixins._LoopBoundMixin._get_loop',
    versions: '3.10 to 3.14',
    implementedBy: newWaiter,
    says: 'What tasks wait for belongs to the loop in which it is first waited for, and refuses any other.',
  },
  'locks: async with': {
    mirrors: 'locks._ContextManagerMixin.__aenter__',
    versions: '3.5 to 3.14',
    implementedBy: enter,
    says: 'Acquires, and gives None.',
  },
  'locks: end of async with': {
    mirrors: 'locks._ContextManagerMixin.__aexit__',
    versions: '3.5 to 3.14',
    implementedBy: exit,
    says: 'Releases, and lets an exception go on.',
  },
  'Lock.acquire': {
    mirrors: 'locks.Lock.acquire',
    versions: '3.8 to 3.14',
    implementedBy: acquireLock,
    says: 'At once where it is free and nobody waits, else behind those who wait; a wake-up that is cancelled is handed on.',
  },
  'Lock.release': {
    mirrors: 'locks.Lock.release',
    versions: '3.4 to 3.14',
    implementedBy: releaseLock,
    says: 'The first who waits is woken; RuntimeError for a free lock.',
  },
  'Event.wait': {
    mirrors: 'locks.Event.wait',
    versions: '3.4 to 3.14',
    implementedBy: waitForEvent,
    says: 'Gives no turn away where the event is set.',
  },
  'Event.set': {
    mirrors: 'locks.Event.set',
    versions: '3.4 to 3.14',
    implementedBy: setEvent,
    says: 'All who wait go on, in the order in which they came.',
  },
  'Event.clear': {
    mirrors: 'locks.Event.clear',
    versions: '3.4 to 3.14',
    implementedBy: clearEvent,
    says: 'Who was woken goes on all the same.',
  },
  'Semaphore.acquire': {
    mirrors: 'locks.Semaphore.acquire',
    versions: '3.13 to 3.14',
    implementedBy: acquireSemaphore,
    says: 'At once where a slot is free and nobody waits, else behind those who wait; who leaves wakes as many as can go on.',
  },
  'Semaphore.locked': {
    mirrors: 'locks.Semaphore.locked',
    versions: '3.10.8 to 3.14',
    implementedBy: isSemaphoreLocked,
    says: 'Whether one more would have to wait, also where a slot is free and others wait for it.',
  },
  'Semaphore.release': {
    mirrors: 'locks.Semaphore.release',
    versions: '3.10.8 to 3.14',
    implementedBy: releaseSemaphore,
    says: 'The first who waits has the slot from now on; a BoundedSemaphore refuses more slots than it began with.',
  },
  'Condition.wait': {
    mirrors: 'locks.Condition.wait',
    versions: '3.13 to 3.14',
    implementedBy: waitForNotify,
    says: 'Gives the lock away, waits, and takes it again whatever comes; a failure passes the notification on.',
  },
  'Condition.wait_for': {
    mirrors: 'locks.Condition.wait_for',
    versions: '3.4 to 3.14',
    implementedBy: waitForPredicate,
    says: 'Asks before it waits and after each time, and gives what it was told.',
  },
  'Condition.notify': {
    mirrors: 'locks.Condition.notify',
    versions: '3.4 to 3.14',
    implementedBy: notify,
    says: 'So many of those who wait go on, in the order in which they came; RuntimeError without the lock.',
  },
  'Condition.notify_all': {
    mirrors: 'locks.Condition.notify_all',
    versions: '3.4 to 3.14',
    implementedBy: notifyAll,
    says: 'All who wait go on.',
  },
  'Barrier.wait': {
    mirrors: 'locks.Barrier.wait',
    versions: '3.11 to 3.14',
    implementedBy: waitAtBarrier,
    says: 'The last to come lets all go on and goes first; each is told how many came before.',
  },
  'Barrier.reset': {
    mirrors: 'locks.Barrier.reset',
    versions: '3.11 to 3.14',
    implementedBy: resetBarrier,
    says: 'Who is in is sent away with a BrokenBarrierError, and it fills anew.',
  },
  'Barrier.abort': {
    mirrors: 'locks.Barrier.abort',
    versions: '3.11 to 3.14',
    implementedBy: abortBarrier,
    says: 'It is broken for whoever is in and whoever comes.',
  },
  'asyncio.run': {
    mirrors: 'runners.run',
    versions: '3.11 to 3.14',
    implementedBy: run,
    says: 'A loop of its own for one coroutine; then what is left is cancelled and the loop closed.',
  },
} as const satisfies Readonly<Record<string, Rule>>

/** The name of a rule. */
export type RuleName = keyof typeof rules
