import { type Exhibition, termsOf } from '../exhibition/exhibition.js'
import { toDouble } from '../exhibition/rational.js'
import type { Trace } from '../trace/events.js'
import { type Lane, timeline } from '../trace/timeline.js'

/** A stretch of a game: we think, they think, or they have replied and wait for us. */
export interface Stretch {
  readonly doing: 'ours' | 'theirs' | 'waits'
  readonly from: number
  readonly to: number
}

/** What happened at one board. */
export interface BoardLane {
  /** From 1. */
  readonly board: number
  readonly stretches: readonly Stretch[]
}

/** What happened at each board of an exhibition that was played from board to board. */
export const boardLanes = (trace: Trace, exhibition: Exhibition): readonly BoardLane[] => {
  const thinking = toDouble(termsOf(exhibition).T)
  const [, ...lanes] = timeline(trace)
  return lanes
    .slice(0, exhibition.boards)
    .map((lane, index) => ({ board: index + 1, stretches: stretches(lane, thinking) }))
}

/** A task runs while it is our move; it waits while they think and then until we come back. */
const stretches = ({ intervals }: Lane, thinking: number): readonly Stretch[] =>
  intervals.flatMap(({ doing, from, to }, index): readonly Stretch[] => {
    const next = intervals[index + 1]
    if (to === null || index === 0) return []
    if (doing === 'running') return next === undefined ? [] : [{ doing: 'ours', from, to }]
    const replied = Math.min(to, from + thinking)
    const reply: Stretch = { doing: 'theirs', from, to: replied }
    return replied < to ? [reply, { doing: 'waits', from: replied, to }] : [reply]
  })

/** How much of an exhibition a picture shows: so many rounds, or all of a shorter one. */
export const pictured = (lanes: readonly BoardLane[], rounds: number): number => {
  const moves = lanes[0]?.stretches.filter(({ doing }) => doing === 'ours') ?? []
  return moves[rounds]?.from ?? Math.max(0, ...lanes.map(({ stretches: all }) => all.at(-1)?.to ?? 0))
}
