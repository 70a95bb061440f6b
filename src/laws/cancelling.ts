import type { Trace } from '../trace/events.js'

/** What a program tells of cancellations in one line. */
export type Telling =
  /** `WHO cancels TASK True`: somebody has asked a task to be cancelled, and this was accepted, or came too late. */
  | { readonly tells: 'cancels'; readonly target: string; readonly accepted: boolean }
  /** `WHO uncancels TASK 1 0`: somebody has taken one request back; how many there were before and behind that. */
  | { readonly tells: 'uncancels'; readonly target: string }
  /**
   * `WHO stays sleep 0`, `WHO stays future`, `WHO stays task NAME`: the task is about to wait, for nothing but a sleep, a
   * future that is no task and no gather, or the task of that name. The number is `cancelling()` of the task that tells it.
   */
  | { readonly tells: 'stays'; readonly where: Whereabouts; readonly requests: number | null }
  /** `WHO goes on`: what it stayed for has come. */
  | { readonly tells: 'goes on' }
  /** `WHO meets CancelledError() 1`: this was raised where it stayed. The number is `cancelling()` again. */
  | { readonly tells: 'meets'; readonly exception: string; readonly requests: number | null }

/** For what a task waits, from what it tells itself. */
export type Whereabouts = { readonly kind: 'sleep' | 'future' } | { readonly kind: 'task'; readonly name: string }

const line =
  /^\w+ (?:cancels (?<target>.+) (?<accepted>True|False)|uncancels (?<freed>.+) \d+ \d+|stays (?<kind>sleep|future)(?: (?<before>\d+))?|stays task (?<name>.+)|(?<goes>goes on)|meets (?<exception>\w+\(.*\))(?: (?<after>\d+))?)$/

/** What a line tells of cancellations; null for all other lines. */
export const tellingOf = (text: string): Telling | null => {
  const { target, accepted, freed, kind, before, name, goes, exception, after } = line.exec(text)?.groups ?? {}
  if (target !== undefined) return { tells: 'cancels', target, accepted: accepted === 'True' }
  if (freed !== undefined) return { tells: 'uncancels', target: freed }
  if (kind === 'sleep' || kind === 'future') return { tells: 'stays', where: { kind }, requests: numberOf(before) }
  if (name !== undefined) return { tells: 'stays', where: { kind: 'task', name }, requests: null }
  if (goes !== undefined) return { tells: 'goes on' }
  return exception === undefined ? null : { tells: 'meets', exception, requests: numberOf(after) }
}

const numberOf = (digits: string | undefined): number | null => (digits === undefined ? null : Number(digits))

/** The tasks of which somebody has taken a request back: whether they are cancelled then differs by version. */
export const uncancelled = ({ events }: Trace): ReadonlySet<string> =>
  new Set(
    events.flatMap((happened) => {
      const telling = happened.event === 'Printed' ? tellingOf(happened.text) : null
      return telling?.tells === 'uncancels' ? [telling.target] : []
    }),
  )
