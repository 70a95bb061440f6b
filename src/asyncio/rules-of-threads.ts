import { copyFutureState } from '../loop/chain-future.js'
import { passTimeUntilWoken } from '../loop/external-event.js'
import type { Rule } from '../loop/rule.js'
import { callSoonThreadsafe, runInExecutor, shutdownDefaultExecutor, toThread } from './executor.js'

/** The rules of threads and of what comes from them. */
export const threadRules = {
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
} as const satisfies Readonly<Record<string, Rule>>
