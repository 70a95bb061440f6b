import type { Trace, TraceEvent } from '../trace/events.js'

/** Something that is true of every run of an event loop, whoever's loop it is, and can be seen on the trace. */
export interface Law {
  readonly name: string
  /** What it says. */
  readonly claim: string
  /** Where it is from: the rule of CPython, or of the language, that makes it true. */
  readonly source: string
  readonly check: (trace: Trace) => LawVerdict
}

export type LawVerdict =
  /** `cases` counts how often the law had something to say of this trace. */
  { readonly holds: true; readonly cases: number } | { readonly holds: false; readonly evidence: Evidence }

/** What shows that a law is broken. */
export interface Evidence {
  /** In words, with the indices of the events. */
  readonly message: string
  /** The events concerned, by index in the trace. */
  readonly events: readonly number[]
}

/** The verdict on a law that had so much to say and was not broken. */
export const holding = (cases: number): LawVerdict => ({ holds: true, cases })

/** The verdict on a broken law. */
export const broken = (message: string, ...events: readonly number[]): LawVerdict => ({
  holds: false,
  evidence: { message, events },
})

/** Names an event for evidence: `HandleBegan 7 (event 12)`. */
export const eventAt = (trace: Trace, index: number): string => {
  const event = trace.events[index]
  return event === undefined ? `the end (event ${index})` : `${event.event}${subject(event)} (event ${index})`
}

const subject = (event: TraceEvent): string => {
  if ('handle' in event) return ` ${event.handle}`
  if ('loop' in event) return ` ${event.loop}`
  if (event.event === 'TaskCreated') return ` ${event.created}`
  return event.task === null ? '' : ` of ${event.task}`
}
