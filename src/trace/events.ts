/**
 * What happened, in the past tense. The model and every real event loop that is watched report the same closed union,
 * so that two runs can be compared event by event.
 */

/** When and where an event happened. Its position in the trace orders it; times may be equal. */
export interface Stamp {
  /** Seconds of virtual time. */
  readonly time: number
  /** Iteration of the running loop, from 1; 0 while no loop runs. */
  readonly turn: number
  /** Name of the current task (`asyncio.current_task()`), null outside every task. */
  readonly task: string | null
}

export type TraceEvent = Stamp & Happening

export type Happening =
  /** A new event loop. Loops are numbered from 1 over the whole program. */
  | { readonly event: 'LoopCreated'; readonly loop: number }
  /** `_run_once` has waited and moved the clock; the handles of this turn come next. */
  | { readonly event: 'TurnBegan'; readonly loop: number }
  /** `call_soon`. Handles are numbered from 1 over the whole program, in order of creation. */
  | { readonly event: 'HandleScheduled'; readonly handle: number; readonly callback: string }
  /** `call_at`, and so `call_later`. `when` in seconds of virtual time. */
  | { readonly event: 'TimerScheduled'; readonly handle: number; readonly callback: string; readonly when: number }
  /** The first `Handle.cancel` of a handle that has not begun. */
  | { readonly event: 'HandleCancelled'; readonly handle: number }
  | { readonly event: 'HandleBegan'; readonly handle: number }
  | { readonly event: 'HandleEnded'; readonly handle: number }
  | { readonly event: 'TaskCreated'; readonly created: string }
  /** The current task took its first step, goes on after a pause, paused at an await that suspends, or ended. */
  | { readonly event: 'TaskStarted' }
  | { readonly event: 'TaskResumed' }
  | { readonly event: 'TaskPaused' }
  | { readonly event: 'TaskEnded'; readonly outcome: Outcome }
  | { readonly event: 'Printed'; readonly text: string }
  /** `time.sleep`: the thread was held for `seconds`. The stamp's time is the time before. */
  | { readonly event: 'Worked'; readonly seconds: number }
  /** `loop.call_exception_handler`. */
  | { readonly event: 'ExceptionReported'; readonly message: string; readonly exception: string | null }
  | { readonly event: 'LoopClosed'; readonly loop: number }

/** How a coroutine, a task or a program came out. Values and exceptions stand as Python's `repr` of them. */
export type Outcome =
  | { readonly kind: 'returned'; readonly value: string }
  | { readonly kind: 'raised'; readonly exception: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'pending' }

/** How a run ended. */
export type Verdict =
  /** The last statement of the module was reached. */
  | { readonly kind: 'finished' }
  /** An exception left the module. */
  | { readonly kind: 'raised'; readonly exception: string }
  /** Nothing is ready and no timer is set: everybody waits. */
  | { readonly kind: 'deadlock'; readonly waiting: readonly Waiting[] }
  /** The bound on turns (or on steps without a turn) was reached: nothing is known of the rest. */
  | { readonly kind: 'turn limit'; readonly turns: number }
  | { readonly kind: 'step limit'; readonly steps: number }
  /** The program did something that the model does not know, in this line of its text. Real event loops never report it. */
  | { readonly kind: 'unmodelled'; readonly reason: string; readonly line?: number }

/** A task of the deadlocked loop and what it waits for: a task's name, `gather` or `future`. */
export interface Waiting {
  readonly task: string
  readonly on: string
}

/** A whole run: what happened, how it ended, and the state in which that left every task, in order of creation. */
export interface Trace {
  readonly events: readonly TraceEvent[]
  readonly verdict: Verdict
  readonly tasks: readonly { readonly task: string; readonly outcome: Outcome }[]
  /** What garbage collection would report if nobody did anything more, in order of its texts; absent where that is nothing. */
  readonly reports?: readonly Report[]
}

/** A failure that nobody asked for, or a task that can never end. */
export interface Report {
  readonly message: string
  /** The name of the task that it is about; null for another future. */
  readonly task: string | null
  readonly exception: string | null
}
