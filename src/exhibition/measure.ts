/** What the model says of an exhibition: it is played, and the times are read off. */
import { run as runLoop } from '../loop/run.js'
import type { Value } from '../loop/value.js'
import { get } from '../persistent/table.js'
import type { Cell } from '../program/code.js'
import { lower } from '../program/lower.js'
import { prepare, run } from '../program/run.js'
import type { Module } from '../program/syntax.js'
import type { Trace } from '../trace/events.js'
import { type Exhibition, termsOf } from './exhibition.js'
import { type Board, differentSpeeds, moveToMove, oneByOne } from './programs.js'
import { add, fromDouble, isAtLeast, negative, type Rational, rational, times, zero } from './rational.js'

/** Our time and the whole time, in seconds. */
export interface Measured {
  /** When our last move ended. */
  readonly lastMove: number
  /** When the last reply came. */
  readonly lastReply: number
}

/** Is told now and then how many seconds of the exhibition are over. */
export type Progress = (clock: number) => void

/** Turns between two reports of progress. */
const stretch = { turns: 1000 }

/** No exhibition comes near so many turns. */
const noBound = { turns: Number.MAX_SAFE_INTEGER }

/** Plays one board after the other and tells when the last reply came. Nothing is recorded. */
export const measureOneByOne = (exhibition: Exhibition): number => play(oneByOne(exhibition)).lastReply

/** Plays from board to board. Nothing is recorded. */
export const measureMoveToMove = (exhibition: Exhibition, progress?: Progress): Measured =>
  play(moveToMove(exhibition), progress)

/** Plays from board to board, each at a speed of its own. Nothing is recorded. */
export const measureDifferentSpeeds = (boards: readonly Board[]): Measured => play(differentSpeeds(boards))

/** Runs a program of the exhibition; its variable `last_move`, if it has one, says when our last move ended. */
const play = (program: Module, progress?: Progress): Measured => {
  const { interpreter, world } = prepare(program, { recording: false, steps: Number.MAX_SAFE_INTEGER })
  let ended = runLoop(interpreter, world, stretch)
  while (ended.verdict.kind === 'turn limit') {
    progress?.(ended.world.clock)
    ended = runLoop(interpreter, ended.world, stretch)
  }
  if (ended.verdict.kind !== 'finished') throw new Error(`the exhibition came to ${JSON.stringify(ended.verdict)}`)
  const index = lower(program).globals.indexOf('last_move')
  const cell = get(ended.world.objects, index) as Cell | undefined
  return { lastMove: seconds(cell?.value), lastReply: ended.world.clock }
}

const seconds = (value: Value | undefined): number => (typeof value === 'number' ? value : Number.NaN)

/** Plays from board to board and records what happens. */
export const recordMoveToMove = (exhibition: Exhibition): Trace => run(moveToMove(exhibition), noBound)

/** Both times of an exhibition, read off a trace: the end of the last work, and of all. */
export const measuredIn = ({ events }: Trace): Measured => ({
  lastMove: events.reduce((last, event) => (event.event === 'Worked' ? event.time + event.seconds : last), 0),
  lastReply: events.at(-1)?.time ?? 0,
})

/** When each move began, board by board, read off a trace. A board is a task, boards stand in order of creation. */
export const moveStarts = ({ events }: Trace): readonly (readonly number[])[] => {
  const boards = new Map<string, number[]>()
  for (const event of events) {
    if (event.event === 'TaskCreated') boards.set(event.created, [])
    if (event.event === 'Worked' && event.task !== null) boards.get(event.task)?.push(event.time)
  }
  return [...boards.values()].filter((starts) => starts.length > 0)
}

/** How far a time of the model may be from the formula: not at all where doubles hold every time of the exhibition. */
export const tolerance = (exhibition: Exhibition, total: Rational): Rational => {
  const { m, n, t, T } = termsOf(exhibition)
  const isBinary = [t, T].every(({ denominator }) => 2n ** 10n % denominator === 0n)
  if (isBinary) return zero
  const roundings = add(add(times(m, n), n), rational(2n))
  return add(times(times(roundings, rational(1n, 2n ** 53n)), total), rational(1n, 2n ** 20n))
}

/** Whether a time of the model is the formula's, in a run that takes `total` seconds. */
export const agrees = (exhibition: Exhibition, total: Rational, formula: Rational, model: number): boolean => {
  const difference = add(fromDouble(model), negative(formula))
  const distance = isAtLeast(difference, zero) ? difference : negative(difference)
  return isAtLeast(tolerance(exhibition, total), distance)
}
