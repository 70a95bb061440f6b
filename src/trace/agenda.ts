import { isDue } from './clock.js'
import type { Trace, TraceEvent } from './events.js'
import { type HandleLife, handleLives, isTaskStep } from './handles.js'

/** A turn of a loop. */
export interface Turn {
  readonly loop: number
  /** The index of its `TurnBegan`. */
  readonly began: number
  readonly time: number
  /** Where the turn of this loop before it began. */
  readonly previous: number | null
  /** Where the turn before it began, of whatever loop. */
  readonly previousOfAny: number | null
  /** Whether its latest handle may have left the loop by SystemExit or KeyboardInterrupt: the rest waits for the next turn. */
  readonly mayBeLeft: boolean
}

/** What the loops have before them at a place of a trace, if they do as asyncio does. */
export interface Agenda {
  readonly lives: ReadonlyMap<number, HandleLife>
  /** The handles of each loop that are ready and not cancelled, in the order in which they were enqueued. */
  readonly ready: ReadonlyMap<number, ReadonlySet<number>>
  /** The timers of each loop that were not yet due and are not cancelled; by null those of which no loop is known. */
  readonly timers: ReadonlyMap<number | null, ReadonlySet<number>>
  /** Where a handle was enqueued: where it was scheduled; a timer at the beginning of the turn in which it was due. */
  readonly enqueued: ReadonlyMap<number, number>
  /** The latest turn of each loop. */
  readonly turns: ReadonlyMap<number, Turn>
  /** The latest turn of all. */
  readonly turn: Turn | null
}

/** A place of a trace: an event, and what was to be done before it. */
export interface Place {
  readonly event: TraceEvent
  readonly index: number
  readonly agenda: Agenda
}

const none: ReadonlySet<number> = new Set()

export const readyOf = (agenda: Agenda, loop: number): ReadonlySet<number> => agenda.ready.get(loop) ?? none

export const timersOf = (agenda: Agenda, loop: number | null): ReadonlySet<number> => agenda.timers.get(loop) ?? none

/** The life of a handle, if it was ever scheduled. */
export const lifeOf = (agenda: Agenda, handle: number | undefined): HandleLife | undefined =>
  handle === undefined ? undefined : agenda.lives.get(handle)

const leftBehindIn = (agenda: Agenda, loop: number): HandleLife | undefined => {
  const turn = agenda.turns.get(loop)
  const [oldest] = readyOf(agenda, loop)
  if (turn === undefined || turn.mayBeLeft || oldest === undefined) return undefined
  return (agenda.enqueued.get(oldest) ?? Number.POSITIVE_INFINITY) <= turn.began ? lifeOf(agenda, oldest) : undefined
}

/** Where a turn is over: the oldest handle that it should have run and did not. */
export const leftBehind = ({ event, agenda }: Place): HandleLife | undefined =>
  event.event === 'TurnBegan' || event.event === 'LoopClosed' ? leftBehindIn(agenda, event.loop) : undefined

/** The same at the end of a trace, unless it ended in the midst of a turn. */
export const leftBehindAtEnd = ({ verdict }: Trace, agenda: Agenda): HandleLife | undefined => {
  switch (verdict.kind) {
    case 'finished':
    case 'raised':
    case 'deadlock':
    case 'turn limit':
      return [...agenda.turns.keys()].map((loop) => leftBehindIn(agenda, loop)).find((life) => life !== undefined)
    case 'step limit':
    case 'unmodelled':
      return undefined
  }
}

/**
 * Goes through a trace with the agenda of its loops. The agenda of a place is good until the next place is asked for.
 * The last place of all, behind the last event, is what the generator returns.
 */
export function* places(trace: Trace): Generator<Place, Agenda> {
  const ready = new Map<number, Set<number>>()
  const timers = new Map<number | null, Set<number>>()
  const enqueued = new Map<number, number>()
  const turns = new Map<number, Turn>()
  const lives = handleLives(trace)
  let turn = null as Turn | null
  const agendaNow = (): Agenda => ({ lives, ready, timers, enqueued, turns, turn })
  const enqueue = (loop: number, handle: number, index: number): void => {
    of(ready, loop).add(handle)
    enqueued.set(handle, index)
  }
  const setTurn = (changed: Turn): void => {
    turn = changed
    turns.set(changed.loop, changed)
  }
  const forget = (handle: number): void => {
    const loop = lives.get(handle)?.loop ?? null
    if (loop !== null) of(ready, loop).delete(handle)
    of(timers, loop).delete(handle)
  }
  for (const [index, event] of trace.events.entries()) {
    yield { event, index, agenda: agendaNow() }
    switch (event.event) {
      case 'HandleScheduled': {
        const loop = lives.get(event.handle)?.loop ?? null
        if (loop !== null) enqueue(loop, event.handle, index)
        break
      }
      case 'TimerScheduled':
        of(timers, lives.get(event.handle)?.loop ?? null).add(event.handle)
        break
      case 'HandleCancelled':
        forget(event.handle)
        break
      case 'TurnBegan': {
        const { loop, time } = event
        const previous = turns.get(loop)?.began ?? null
        setTurn({ loop, began: index, time, previous, previousOfAny: turn?.began ?? null, mayBeLeft: false })
        for (const handle of dueTimers(of(timers, loop), lives, time)) {
          of(timers, loop).delete(handle)
          enqueue(loop, handle, index)
        }
        break
      }
      case 'HandleBegan':
        forget(event.handle)
        if (turn !== null) setTurn({ ...turn, mayBeLeft: !isTaskStep(lives.get(event.handle)?.callback ?? '') })
        break
      case 'TaskEnded':
        if (turn !== null && leaves(event.outcome)) setTurn({ ...turn, mayBeLeft: true })
        break
      case 'LoopClosed':
        ready.delete(event.loop)
        timers.delete(event.loop)
        break
    }
  }
  return agendaNow()
}

const of = <K>(sets: Map<K, Set<number>>, key: K): Set<number> => {
  const known = sets.get(key) ?? new Set()
  sets.set(key, known)
  return known
}

const dueTimers = (
  timers: ReadonlySet<number>,
  lives: ReadonlyMap<number, HandleLife>,
  now: number,
): readonly number[] => {
  const when = (handle: number): number => lives.get(handle)?.when ?? Number.POSITIVE_INFINITY
  return [...timers].filter((handle) => isDue(when(handle), now)).sort((a, b) => when(a) - when(b))
}

type Ending = Extract<TraceEvent, { readonly event: 'TaskEnded' }>['outcome']

const leaves = (outcome: Ending): boolean =>
  outcome.kind === 'raised' && /^(?:SystemExit|KeyboardInterrupt)\b/.test(outcome.exception)

/** Whether some deadline is not a number: then a heap has no order, and nothing can be said of who is first. */
export const hasUnorderedDeadline = ({ events }: Trace): boolean =>
  events.some((event) => event.event === 'TimerScheduled' && Number.isNaN(event.when))
