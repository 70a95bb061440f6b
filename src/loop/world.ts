import { emptyHeap, type Heap } from '../persistent/heap.js'
import { emptyQueue, type Queue } from '../persistent/queue.js'
import { emptyTable, type Table } from '../persistent/table.js'
import type { TraceEvent } from '../trace/events.js'
import type { Python } from './python.js'
import type { ExceptionValue, Value } from './value.js'

/** The whole state of a program and its event loops, as data. Every rule takes a world and gives a new one. */
export interface World {
  /** Seconds of virtual time since the program began. It goes on over all the loops of the program. */
  readonly clock: number
  /** The loop that runs, or ran last. */
  readonly loop: Loop
  /** The program's other loops. */
  readonly otherLoops: readonly Loop[]
  /** Futures and tasks (a task is a future too), by id. */
  readonly futures: Table<Future>
  /** What is known of handles besides what waits in the loops: cancelled, a timer, dropped when its loop was closed. */
  readonly handles: Table<HandleState>
  /** What programs share besides: lists, cells, coroutine objects. The kernel only keeps it. */
  readonly objects: Table<unknown>
  /** The task whose step is being run (`asyncio.current_task()`), by id. */
  readonly currentTask: number | null
  /** The tasks in whose steps others have begun at once, the innermost first: they run too. */
  readonly around: Around
  /** The present `contextvars` context. */
  readonly context: Context
  /** What `get_event_loop` gives while no loop runs. */
  readonly eventLoop: EventLoop
  /** The code outside every loop: the module, and what it called. */
  readonly outside: Outside
  /** How many tasks have got a default name. */
  readonly defaultNames: number
  /** The next identity of an exception or a function. */
  readonly nextIdentity: number
  /** What has happened, latest first; null where nothing is recorded. */
  readonly trail: Trail | null
  /** The threads in which an executor runs functions. */
  readonly threads: Threads
  readonly asyncGenerators: AsyncGenerators
  /** The Python that it runs on. */
  readonly python: Python
}

/** What goes on besides the thread of the program. */
export interface Threads {
  /** What is known to come from other threads, in the order in which it will. */
  readonly coming: readonly ExternalEvent[]
  /** The thread whose function is being run, ahead of the common clock. */
  readonly running: RunningThread | null
}

/** What a thread does that others can see, and when, in seconds of virtual time. */
export interface ExternalEvent {
  readonly at: number
  readonly does:
    | { readonly kind: 'prints'; readonly text: string }
    | {
        readonly kind: 'calls soon'
        readonly loop: number
        readonly callback: Callback
        readonly context: Context
      }
}

/** A thread whose function has not ended yet. */
export interface RunningThread {
  /** What it has done so far, in the order of its times. */
  readonly script: readonly ExternalEvent[]
  /** What is shared, as it was when the thread first slept. */
  readonly slept: Table<unknown> | null
}

/** What loops know of asynchronous generators. */
export interface AsyncGenerators {
  /** How many were ever iterated in a loop. */
  readonly begun: number
  /** Those that are suspended and that their loop closes as soon as nobody knows them any more, by id. */
  readonly suspended: readonly number[]
  /** The frames that exceptions have left, since there are any. */
  readonly left: Table<LeftFrame>
  /** Whether a frame that has ended may know itself for ever, and with it what it and its callers have names for. */
  readonly entangled: boolean
}

/** A frame that is left, and what may keep it, with all that its names hold. */
export interface LeftFrame {
  readonly frame: Frame
  /** The exception in whose traceback it is, by id; null where it knows that exception itself, and so stays for ever. */
  readonly exception: number | null
}

/** One event loop: what `BaseEventLoop.__init__` sets up. */
export interface Loop {
  /** From 1; 0 is the loop that stands in the world before any was made. */
  readonly id: number
  readonly running: boolean
  readonly stopping: boolean
  readonly closed: boolean
  /** Iterations so far. */
  readonly turn: number
  /** What is left of the handles that were ready when this turn began. */
  readonly batch: Queue<Handle>
  /** What waits for the next turn. */
  readonly ready: Queue<Handle>
  /** `_scheduled`: the timers that are not yet due, cancelled ones among them. */
  readonly timers: Heap<Timer>
  /** `_timer_cancelled_count`: a counter that drifts from the true number, and is what decides about a purge. */
  readonly cancelledTimers: number
  /** The SystemExit or KeyboardInterrupt that is leaving `run_forever`. */
  readonly interrupt: ExceptionValue | null
  /** `_task_factory`: None, or what makes the tasks. */
  readonly taskFactory: Value
  /** `_default_executor`: whether there is one, or none any more. */
  readonly executor: 'none' | 'made' | 'shut down'
  /** `_exception_handler`: None, or what is told of failures that nobody handles. */
  readonly exceptionHandler: Value
}

/** A task around others, null for code that is in none. */
export type Around = {
  readonly task: number | null
  readonly around: Around
  readonly depth: number
  /** How many objects there were before. */
  readonly objects: number
} | null

/** The loop of the main thread, by id. Mirrors `BaseDefaultEventLoopPolicy._local` (3.4 to 3.14). */
export interface EventLoop {
  readonly loop: number | null
  /** `_set_called`: whether one was set, be it None. From then on none is made for whoever asks. */
  readonly set: boolean
}

/** Where the code outside every loop stands. */
export type Outside =
  /** It goes on with this input as soon as no loop runs. */
  | { readonly kind: 'suspended'; readonly stack: Stack; readonly error: ExceptionValue | null }
  | { readonly kind: 'returned'; readonly value: Value }
  | { readonly kind: 'raised'; readonly error: ExceptionValue }

/** Events, latest first. The first ever has nothing before it. */
export interface Trail {
  readonly event: TraceEvent | null
  readonly before: Trail | null
}

/** A result that may be still to come. Mirrors `asyncio.Future`; with a `task` it is an `asyncio.Task`. */
export interface Future {
  readonly loop: number
  readonly state: 'pending' | 'cancelled' | 'finished'
  readonly result: Value
  readonly exception: ExceptionValue | null
  /** In order of registration. */
  readonly callbacks: readonly DoneCallback[]
  /** `_cancel_message` */
  readonly cancelMessage: Value
  /** `_cancelled_exc`: the CancelledError that ended a task, until somebody takes it. */
  readonly cancelledError: ExceptionValue | null
  /** Whether somebody has seen the exception: the opposite of `_log_traceback`. */
  readonly retrieved: boolean
  readonly task: Task | null
  /** The futures a cancellation is passed on to; null but for a `_GatheringFuture`. */
  readonly children: readonly number[] | null
  /** `_GatheringFuture._cancel_requested` */
  readonly cancelRequested: boolean
  /** Whether a task refused to wait for it: `_asyncio_future_blocking` stays set, and no await can pause on it any more. */
  readonly refused: boolean
}

export interface DoneCallback {
  readonly callback: Callback
  readonly context: Context
}

/** What makes a future a task: a coroutine that is driven by the loop. Mirrors `asyncio.Task`. */
export interface Task {
  readonly name: string
  /** The coroutine and what it awaits, innermost first: as it was left at the last pause. */
  readonly stack: Stack
  /** Whether its first step was taken. */
  readonly started: boolean
  /** `_fut_waiter`: the future it waits for, by id. While the task runs, and only then, that future is done. */
  readonly waiter: number | null
  /** `_must_cancel`: a CancelledError will be thrown in at the next step. */
  readonly mustCancel: boolean
  /** `_num_cancels_requested` */
  readonly cancelling: number
  /** `_log_destroy_pending`: whether it is reported if it never ends. */
  readonly logDestroyPending: boolean
  readonly context: Context
}

/** A callback that waits for its turn: which one, with what, in which context. Mirrors `events.Handle`. */
export interface Handle {
  readonly id: number
  readonly callback: Callback
  readonly context: Context
  /** Whether it is a `TimerHandle`; absent where it is not. */
  readonly isTimer?: true
}

/** What changes about a handle while it waits. */
export interface HandleState {
  readonly cancelled: boolean
  /** `_scheduled`: the loop among whose timers it is. */
  readonly timerOf: number | null
}

/** A callback as data: the kernel's own by name, anything else as a callable value. */
export type Callback =
  | { readonly name: 'Task.__step'; readonly task: number; readonly error: ExceptionValue | null }
  | { readonly name: 'Task.__wakeup'; readonly task: number; readonly future: number }
  | { readonly name: '_set_result_unless_cancelled'; readonly future: number; readonly value: Value }
  | { readonly name: '_release_waiter'; readonly waiter: number }
  | { readonly name: '_run_until_complete_cb'; readonly future: number }
  | { readonly name: '_chain_future.<locals>._call_check_cancel'; readonly future: number }
  | {
      readonly name: '_chain_future.<locals>._set_state'
      readonly future: number
      readonly value: Value
      readonly error: ExceptionValue | null
    }
  | { readonly name: 'call'; readonly callee: Value; readonly args: readonly Value[] }

/** A handle with a deadline, in seconds of virtual time. Mirrors `events.TimerHandle`. */
export interface Timer {
  readonly when: number
  readonly handle: Handle
}

/**
 * What the kernel needs of a coroutine: a machine whose state is data. A frame names its machine and holds its state; the
 * interpreter resumes it with what was sent or thrown, and it answers with what it wants next.
 */
export interface Frame<State = unknown, Locals = unknown> {
  readonly machine: string
  readonly state: State
  readonly locals: Locals
  /** The coroutine object this is the frame of, by id; null where no program can have got hold of it. */
  readonly coroutine: number | null
}

/** Frames that call one another, the innermost first: each awaits, or has called, the one above it. */
export type Stack = { readonly frame: Frame; readonly below: Stack; readonly depth: number } | null

/**
 * A `contextvars.Context` as an immutable list of assignments, latest first. To copy a context is to keep it.
 * Mirrors `contextvars` (3.7 to 3.14) as far as a context is not shared by hand.
 */
export type Context = { readonly variable: number; readonly value: Value; readonly older: Context } | null

/** Clock resolution in seconds: timers less than this in the future are due. */
export const clockResolution = 2 ** -20

/** A loop that has done nothing yet. */
export const newLoop = (id: number): Loop => ({
  id,
  running: false,
  stopping: false,
  closed: id === 0,
  turn: 0,
  batch: emptyQueue,
  ready: emptyQueue,
  timers: emptyHeap,
  cancelledTimers: 0,
  interrupt: null,
  taskFactory: null,
  executor: 'none',
  exceptionHandler: null,
})

/** The world before the first statement of a module whose code is `stack`. */
export const newWorld = (stack: Stack, recording: boolean, python: Python): World => ({
  clock: 0,
  loop: newLoop(0),
  otherLoops: [],
  futures: emptyTable,
  handles: emptyTable,
  objects: emptyTable,
  currentTask: null,
  around: null,
  context: null,
  eventLoop: { loop: null, set: false },
  outside: { kind: 'suspended', stack, error: null },
  defaultNames: 0,
  nextIdentity: 0,
  trail: recording ? { event: null, before: null } : null,
  threads: { coming: [], running: null },
  asyncGenerators: { begun: 0, suspended: [], left: emptyTable, entangled: false },
  python,
})
