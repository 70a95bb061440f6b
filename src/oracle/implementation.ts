import type { Trace } from '../trace/events.js'

/** Something that runs Python programs on an event loop and reports what happened. */
export interface Implementation {
  readonly name: string
  /** The full version, as `3.13.2`. */
  readonly version: string
  /** Run one program, given as its text. Never rejects: what cannot be told is inconclusive. */
  run(text: string): Promise<Run>
  /** Release what the implementation holds. Runs that are under way become inconclusive. */
  close(): Promise<void>
}

/** What a run gave: its whole trace, or the reason why nothing can be said. */
export type Run = Trace | Inconclusive

export interface Inconclusive {
  readonly inconclusive: string
}

/** Whether a run gave no trace. */
export const isInconclusive = (run: Run): run is Inconclusive => 'inconclusive' in run

/** Bounds on one run. */
export interface Bounds {
  /** Turns over all loops of the program; beyond, the verdict is `turn limit`. */
  readonly maxTurns: number
  /** Seconds of real time; beyond, the run is inconclusive. */
  readonly maxSeconds: number
}

/** The bounds where none are given. */
export const defaultBounds: Bounds = { maxTurns: 10_000, maxSeconds: 20 }
