import { watchForCancellation } from '../loop/chain-future.js'
import type { Interpreter } from '../loop/coroutine.js'
import { foresee, inTime, passTime } from '../loop/external-event.js'
import { createFuture } from '../loop/future.js'
import { checkClosed } from '../loop/handle.js'
import { inLoop, loopWith } from '../loop/loops.js'
import { awaits, machine, type Reply, raised, returned } from '../loop/machine.js'
import { isRaise, raise, UNMODELLED } from '../loop/raise.js'
import { runThread } from '../loop/thread.js'
import { withLoop } from '../loop/update.js'
import { withExecutor } from '../loop/update-loop.js'
import type { ExceptionValue, Value } from '../loop/value.js'
import type { Callback, Context, ExternalEvent, World } from '../loop/world.js'
import { enterTimeout, exitTimeout, newTimeout } from './timeout.js'

/** A call that is to be made in a thread. */
export interface ThreadCall {
  readonly callee: Value
  readonly args: readonly Value[]
  readonly keywords: ReadonlyMap<string, Value>
}

/** The threads that any default executor has: `min(32, os.cpu_count() + 4)`, where there is one processor. */
const threadsAtLeast = 5

/**
 * Calls in a thread that begins now; the outcome comes to a future of the loop, whose id is `world.futures.next`.
 * Mirrors `BaseEventLoop.run_in_executor` (3.5.3 to 3.14) for the default executor, with a thread for each call.
 */
export const runInExecutor = (
  interpreter: Interpreter,
  world: World,
  loop: number,
  { callee, args, keywords }: ThreadCall,
  context: Context,
): World => {
  checkClosed(world, loop)
  if (loopWith(world, loop).executor === 'shut down') {
    throw raise('RuntimeError', 'Executor shutdown has been called')
  }
  if (endsOf(world, loop).length >= threadsAtLeast) {
    throw raise(UNMODELLED, `more than ${threadsAtLeast} threads at once`)
  }
  const future = world.futures.next
  const watched = watchForCancellation(createFuture(withExecutorOf(world, loop, 'made'), loop), future)
  const ran = runThread(interpreter, watched, context, (inside) => interpreter.call(inside, callee, args, keywords))
  const callback = { name: '_chain_future.<locals>._set_state', future, value: ran.value, error: ran.error } as const
  const outcome: ExternalEvent = { at: ran.end, does: { kind: 'calls soon', loop, callback, context: null } }
  return foresee(ran.world, [...ran.script, outcome])
}

const withExecutorOf = (world: World, loop: number, executor: 'made' | 'shut down'): World =>
  inLoop(world, loop, (inside) => withLoop(inside, withExecutor(inside.loop, executor)))

/** When the threads of a loop's executor that have not ended will end. */
const endsOf = ({ threads }: World, loop: number): readonly number[] =>
  threads.coming.flatMap(({ at, does }) =>
    does.kind === 'calls soon' && does.loop === loop && does.callback.name === '_chain_future.<locals>._set_state'
      ? [at]
      : [],
  )

/** `async def to_thread(func, *args, **kwargs)`. Mirrors `threads.to_thread` (3.9 to 3.14). */
export const toThread = machine<ThreadCall>('to_thread', {
  start: {
    sent: (world, call, _, interpreter) => {
      if (!world.loop.running) throw raise('RuntimeError', 'no running event loop')
      const future = world.futures.next
      const begun = runInExecutor(interpreter, world, world.loop.id, call, world.context)
      return awaits(begun, future, 'done', null)
    },
  },
  done: { sent: (world, _, value) => returned(world, value) },
})

/**
 * Calls back in a loop, from any thread. Mirrors `BaseEventLoop.call_soon_threadsafe` (3.4 to 3.14); its handle's id is
 * `world.handles.next` but in a thread that runs ahead of the clock, which has none.
 */
export const callSoonThreadsafe = (world: World, loop: number, callback: Callback, context: Context): World => {
  checkClosed(world, loop)
  return inTime(world, { kind: 'calls soon', loop, callback, context })
}

interface ShuttingDown {
  /** What becomes done when all threads have ended, and the `Timeout` within which that is awaited, by id. */
  readonly future: number
  readonly timeout: number
  /** When the last thread ends. */
  readonly end: number
}

/** `constants.THREAD_JOIN_TIMEOUT`, in seconds. */
const joinTimeout = 300

/**
 * `async def shutdown_default_executor`: waits for the threads of the executor, if there is one, as `asyncio.run` does it:
 * no longer than five minutes (3.12.3). Mirrors `BaseEventLoop.shutdown_default_executor` (3.9 to 3.14).
 */
export const shutdownDefaultExecutor = machine<ShuttingDown>('BaseEventLoop.shutdown_default_executor', {
  start: {
    sent: (world) => {
      const { id: loop, executor } = world.loop
      const closing = withExecutorOf(world, loop, 'shut down')
      if (executor === 'none') return returned(closing, null)
      const future = closing.futures.next
      const end = Math.max(closing.clock, ...endsOf(closing, loop))
      const callback = resultCallback(closing, future)
      const joining = foresee(createFuture(closing, loop), [
        { at: end, does: { kind: 'calls soon', loop, callback, context: null } },
      ])
      if (!world.python.threadsAreGivenTime) return awaits(joining, future, 'joined', { future, end, timeout: -1 })
      const [made, { id: timeout }] = newTimeout(joining, joining.clock + joinTimeout)
      return awaits(enterTimeout(made, timeout), future, 'joined', { future, end, timeout })
    },
  },
  joined: {
    sent: (world, { timeout }) => returned(timeout < 0 ? world : exitTimeout(world, timeout, null), null),
    thrown: (world, locals, error) => notJoined(world, locals, error),
  },
})

const resultCallback = ({ python }: World, future: number): Callback =>
  python.threadsAreGivenTime
    ? { name: '_set_result_unless_cancelled', future, value: null }
    : {
        name: 'call',
        callee: { kind: 'method', receiver: { kind: 'future', id: future }, name: 'set_result' },
        args: [null],
      }

/** The time is over, or the wait was cancelled. */
const notJoined = (world: World, { timeout, end }: ShuttingDown, error: ExceptionValue): Reply => {
  if (timeout < 0) return raised(passTime(world, Math.max(world.clock, end)), error)
  try {
    return raised(exitTimeout(world, timeout, error), error)
  } catch (caught) {
    if (!isRaise(caught) || caught.kind !== 'raise new' || caught.world === null) throw caught
    return returned(caught.world, null)
  }
}
