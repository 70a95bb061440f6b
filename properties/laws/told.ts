import type { Trace, TraceEvent, Verdict } from '../../src/trace/events.js'

/**
 * A trace told by hand, a line an event: `time turn task event details`. A detail is the number of a handle or of a loop,
 * a callback, `when=…`, `seconds=…`, `created=…` or an outcome; behind `Printed` stands a text. Empty lines do not count.
 */
export const told = (text: string, verdict: Verdict = { kind: 'finished' }): Trace => ({
  events: text
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([first]) => first !== '')
    .map(eventOf),
  verdict,
  tasks: [],
})

const eventOf = ([time, turn, task, event = '', ...details]: readonly string[]): TraceEvent =>
  ({
    time: Number(time),
    turn: Number(turn),
    task: task === '-' ? null : (task ?? null),
    event,
    ...(event === 'Printed'
      ? { text: details.join(' ') }
      : Object.assign({}, ...details.map((detail) => fieldOf(event, detail)))),
  }) as TraceEvent

const fieldOf = (event: string, detail: string): object => {
  const [name = '', value] = detail.split('=')
  if (value !== undefined) return { [name]: name === 'created' ? value : Number(value) }
  if (event === 'TaskEnded') return { outcome: outcomes[name] }
  if (!/^\d+$/.test(name)) return { callback: name }
  return { [/^(Loop|Turn)/.test(event) ? 'loop' : 'handle']: Number(name) }
}

const outcomes: Readonly<Record<string, object>> = {
  returned: { kind: 'returned', value: 'None' },
  failed: { kind: 'raised', exception: "ValueError('x')" },
  left: { kind: 'raised', exception: 'SystemExit(1)' },
}

/** A trace in which tasks print lines: each of the task that its first word names. */
export const printing = (...lines: readonly string[]): Trace => ({
  events: lines.map((text) => {
    const task = text.split(' ')[0] ?? null
    return { time: 0, turn: 1, task, event: 'Printed', text }
  }),
  verdict: { kind: 'finished' },
  tasks: [],
})
