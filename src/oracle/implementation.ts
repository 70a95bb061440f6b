import { newestPython } from '../asyncio/versions.js'
import type { Python } from '../loop/python.js'
import type { Trace } from '../trace/events.js'
import { allFeatures, type Feature } from './features.js'

/** Something that runs Python programs on an event loop and reports what happened. */
export interface Implementation {
  /** As `verify --against` names it: `cpython-3.13.2`, `python:python3`. */
  readonly name: string
  /** The full version, as `3.13.2`. */
  readonly version: string
  /** The Python whose asyncio it has: the model does as that one. */
  readonly python: Python
  /** The parts of asyncio that it has: it is asked for no others. */
  readonly features: readonly Feature[]
  /** Run one program, given as its text. What cannot be told is inconclusive. */
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

/** Makes an implementation of a function that runs one program. It has all features and needs no closing. */
export const implementation = (
  name: string,
  run: (text: string) => Run | Promise<Run>,
  others: Partial<Omit<Implementation, 'name' | 'run'>> = {},
): Implementation => ({
  name,
  version: newestPython.version,
  python: newestPython,
  features: allFeatures,
  close: async () => undefined,
  ...others,
  run: async (text) => run(text),
})

/**
 * Runs a program on an implementation within the bound on real time. Whatever comes of it, nothing is thrown: a crash, no
 * answer in time and an answer that is no trace are inconclusive, each with its reason.
 */
export const ask = async (asked: Implementation, text: string, { maxSeconds }: Bounds): Promise<Run> => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<Run>((resolve) => {
    timer = setTimeout(() => resolve({ inconclusive: `no answer within ${maxSeconds} s` }), maxSeconds * 1000)
  })
  try {
    const answer: unknown = await Promise.race([asked.run(text), late])
    return isRun(answer) ? answer : { inconclusive: `the answer is no trace: ${excerpt(answer)}` }
  } catch (caught) {
    return { inconclusive: `it failed: ${caught instanceof Error ? caught.message : String(caught)}` }
  } finally {
    clearTimeout(timer)
  }
}

const isRun = (answer: unknown): answer is Run => {
  if (typeof answer !== 'object' || answer === null) return false
  if ('inconclusive' in answer) return typeof answer.inconclusive === 'string'
  const { events, verdict, tasks } = answer as Partial<Record<keyof Trace, unknown>>
  return areRecords(events, 'event') && areRecords(tasks, 'task') && areRecords([verdict], 'kind')
}

const areRecords = (values: unknown, name: string): boolean =>
  Array.isArray(values) &&
  values.every((value) => typeof value === 'object' && value !== null && typeof value[name] === 'string')

const excerpt = (answer: unknown): string => (JSON.stringify(answer) ?? String(answer)).slice(0, 100)
