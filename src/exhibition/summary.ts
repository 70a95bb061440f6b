import {
  fewestBoards,
  holds,
  introductionTime,
  lastMoveTime,
  lastReplyTime,
  oneByOneTime,
  speedup,
  speedupLimit,
  speedupWithLastReply,
} from './closed-form.js'
import type { Exhibition } from './exhibition.js'
import { agrees, measureMoveToMove, measureOneByOne, type Progress } from './measure.js'
import { type Rational, toDouble } from './rational.js'

/** Everything there is to say of an exhibition: formula beside model. Times in seconds. */
export interface Summary {
  readonly exhibition: Exhibition
  readonly oneByOne: {
    /** m·n·(t+T) */
    readonly formula: number
    /** When the last reply came in the model. */
    readonly model: number
  }
  readonly moveToMove: {
    /** The introduction's n·m·t, the end of our last move: true if and only if `holds`. */
    readonly formula: number
    /** (n−1)·max(m·t, t+T) + m·t: the end of our last move, always. */
    readonly closedForm: number
    /** When our last move ended in the model. */
    readonly model: number
    /** The closed form and T more: when the last reply comes. */
    readonly lastReply: number
    /** When it came in the model. */
    readonly lastReplyModel: number
  }
  /** How many times sooner our last move ends than one by one; null where both take no time. */
  readonly speedup: number | null
  readonly speedupWithLastReply: number | null
  /** What both tend to as games get longer. */
  readonly speedupLimit: number | null
  /** Whether the introduction's formula is true, decided exactly. */
  readonly holds: boolean
  /** The fewest boards from which it is true whatever the length of the games; null where no number is enough. */
  readonly holdsFromBoards: number | null
  /** Whether the model is the closed form: to the last bit for times that doubles hold, else but for rounding. */
  readonly agrees: boolean
}

/** Plays an exhibition both ways and sets the closed forms beside it. */
export const summarise = (exhibition: Exhibition, progress?: Progress): Summary => {
  const formula = oneByOneTime(exhibition)
  const closedForm = lastMoveTime(exhibition)
  const lastReply = lastReplyTime(exhibition)
  const oneByOne = measureOneByOne(exhibition)
  const moveToMove = measureMoveToMove(exhibition, progress)
  const fewest = fewestBoards(exhibition)
  return {
    exhibition,
    oneByOne: { formula: toDouble(formula), model: oneByOne },
    moveToMove: {
      formula: toDouble(introductionTime(exhibition)),
      closedForm: toDouble(closedForm),
      model: moveToMove.lastMove,
      lastReply: toDouble(lastReply),
      lastReplyModel: moveToMove.lastReply,
    },
    speedup: numberOf(speedup(exhibition)),
    speedupWithLastReply: numberOf(speedupWithLastReply(exhibition)),
    speedupLimit: numberOf(speedupLimit(exhibition)),
    holds: holds(exhibition),
    holdsFromBoards: fewest === null ? null : Number(fewest),
    agrees:
      agrees(exhibition, formula, formula, oneByOne) &&
      agrees(exhibition, lastReply, closedForm, moveToMove.lastMove) &&
      agrees(exhibition, lastReply, lastReply, moveToMove.lastReply),
  }
}

const numberOf = (value: Rational | null): number | null => (value === null ? null : toDouble(value))

/** One point of the curve that shows where the introduction's formula stops being true. */
export interface CurvePoint {
  readonly boards: number
  /** n·m·t */
  readonly formula: number
  readonly closedForm: number
  readonly model: number
  readonly holds: boolean
}

/** The time of our last move for 1, 2, 3 … boards. */
export const curve = (exhibition: Exhibition, mostBoards: number): readonly CurvePoint[] =>
  Array.from({ length: mostBoards }, (_, index) => {
    const each = { ...exhibition, boards: index + 1 }
    return {
      boards: each.boards,
      formula: toDouble(introductionTime(each)),
      closedForm: toDouble(lastMoveTime(each)),
      model: measureMoveToMove(each).lastMove,
      holds: holds(each),
    }
  })
