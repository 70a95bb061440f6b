import { test as property } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  boundsOfSpeeds,
  fewestBoards,
  holds,
  introductionTime,
  lastMoveTime,
  lastReplyTime,
  moveStart,
  oneByOneTime,
  roundTime,
  speedup,
  speedupLimit,
  speedupWithLastReply,
} from '../../src/exhibition/closed-form.js'
import { type Exhibition, introduction, termsOf } from '../../src/exhibition/exhibition.js'
import {
  agrees,
  measureDifferentSpeeds,
  measureMoveToMove,
  measureOneByOne,
  moveStarts,
  recordMoveToMove,
  tolerance,
} from '../../src/exhibition/measure.js'
import {
  add,
  fromDouble,
  isAtLeast,
  negative,
  type Rational,
  rational,
  times,
  toDouble,
  zero,
} from '../../src/exhibition/rational.js'
import { runs } from '../seed.js'
import { binaryExhibitions, decimalExhibitions, exhibitions } from './arbitrary-exhibition.js'

const equal = (a: Rational | null, b: Rational | null): boolean =>
  a !== null && b !== null && a.numerator === b.numerator && a.denominator === b.denominator

const { ours: _ours, theirs: _theirs, ...sizes } = introduction
const withTimes = (ours: string, theirs: string, size: Partial<Exhibition> = {}): Exhibition => ({
  ...sizes,
  ours,
  theirs,
  ...size,
})

describe('the model is the formula', () => {
  property.prop([binaryExhibitions], { numRuns: runs(150) })(
    'to the last bit where doubles hold every time',
    (each) => {
      expect(tolerance(each, oneByOneTime(each))).toEqual(zero)
      expect(measureOneByOne(each)).toBe(toDouble(oneByOneTime(each)))
      const { lastMove, lastReply } = measureMoveToMove(each)
      expect(lastMove).toBe(toDouble(lastMoveTime(each)))
      expect(lastReply).toBe(toDouble(lastReplyTime(each)))
    },
  )

  property.prop([decimalExhibitions], { numRuns: runs(150) })('but for rounding in decimal notation', (each) => {
    expect(agrees(each, oneByOneTime(each), oneByOneTime(each), measureOneByOne(each))).toBe(true)
    const { lastMove, lastReply } = measureMoveToMove(each)
    expect(agrees(each, lastReplyTime(each), lastMoveTime(each), lastMove)).toBe(true)
    expect(agrees(each, lastReplyTime(each), lastReplyTime(each), lastReply)).toBe(true)
  })

  property.prop([exhibitions], { numRuns: runs(150) })('for the beginning of every single move', (each) => {
    const total = lastReplyTime(each)
    const starts = moveStarts(recordMoveToMove(each))
    expect(starts.length).toBe(each.moves === 0 ? 0 : each.boards)
    for (const [board, moves] of starts.entries()) {
      expect(moves.length).toBe(each.moves)
      for (const [move, start] of moves.entries()) {
        expect(agrees(each, total, moveStart(each, board, move), start)).toBe(true)
      }
    }
  })

  property.prop([exhibitions], { numRuns: runs(50) })('whether or not the run is recorded', (each) => {
    const { events, verdict } = recordMoveToMove(each)
    const [lastMove, lastReply] = events.flatMap((event) => (event.event === 'Printed' ? [event.text] : []))
    expect(verdict).toEqual({ kind: 'finished' })
    const measured = measureMoveToMove(each)
    expect(Number(lastMove?.split(' ').at(-2))).toBe(measured.lastMove)
    expect(Number(lastReply?.split(' ').at(-2))).toBe(measured.lastReply)
  })
})

describe('the introduction', () => {
  test('12 hours one by one, 1 hour from board to board, and 55 seconds for the last reply', () => {
    expect(measureOneByOne(introduction)).toBe(43_200)
    expect(measureMoveToMove(introduction)).toEqual({ lastMove: 3_600, lastReply: 3_655 })
    expect(oneByOneTime(introduction)).toEqual(rational(43_200n))
    expect(introductionTime(introduction)).toEqual(rational(3_600n))
    expect(lastMoveTime(introduction)).toEqual(rational(3_600n))
    expect(lastReplyTime(introduction)).toEqual(rational(3_655n))
    expect(roundTime(introduction)).toEqual(rational(120n))
    expect(speedup(introduction)).toEqual(rational(12n))
    expect(speedupWithLastReply(introduction)).toEqual(rational(43_200n, 3_655n))
    expect(holds(introduction)).toBe(true)
  })

  test('its formula is true from 12 boards on, and of 1 board with no time to reply', () => {
    const boardsThatHold = Array.from({ length: 30 }, (_, boards) => boards).filter((boards) =>
      holds({ ...introduction, boards }),
    )
    expect(boardsThatHold).toEqual([0, ...Array.from({ length: 18 }, (_, index) => index + 12)])
    expect(fewestBoards(introduction)).toBe(12n)
  })

  property.prop([fc.integer({ min: 1, max: 11 }), fc.integer({ min: 2, max: 12 })], { numRuns: runs(30) })(
    'with fewer boards we wait for the first one, once a round',
    (boards, moves) => {
      const each = { ...introduction, boards, moves }
      const waits = (moves - 1) * (60 - 5 * boards)
      expect(measureMoveToMove(each).lastMove).toBe(toDouble(introductionTime(each)) + waits)
    },
  )
})

describe('where the formula is true', () => {
  property.prop([exhibitions], { numRuns: runs(200) })('it holds if and only if it gives our time', (each) => {
    expect(holds(each)).toBe(equal(introductionTime(each), lastMoveTime(each)))
  })

  property.prop([binaryExhibitions], { numRuns: runs(150) })('and so the model has it', (each) => {
    expect(holds(each)).toBe(measureMoveToMove(each).lastMove === toDouble(introductionTime(each)))
  })

  property.prop([exhibitions.filter(({ moves }) => moves > 1)], { numRuns: runs(150) })(
    'from a number of boards on',
    (each) => {
      const fewest = fewestBoards(each)
      const isEnough = fewest !== null && BigInt(each.boards) >= fewest
      expect(holds(each)).toBe(each.boards === 0 || isEnough)
    },
  )

  test('6 boards, 0.3 and 1.5 seconds are a tie, which doubles miss', () => {
    const tie = withTimes('0.3', '1.5', { boards: 6 })
    expect(6 * 0.3 >= 0.3 + 1.5).toBe(false)
    expect(holds(tie)).toBe(true)
    expect(fewestBoards(tie)).toBe(6n)
    const { lastMove } = measureMoveToMove(tie)
    expect(agrees(tie, lastReplyTime(tie), introductionTime(tie), lastMove)).toBe(true)
  })

  test('nobody has anything to do: nothing takes time, and the formula says so', () => {
    for (const each of [withTimes('5', '55', { boards: 0 }), withTimes('5', '55', { moves: 0 })]) {
      expect([oneByOneTime(each), lastMoveTime(each), lastReplyTime(each)]).toEqual([zero, zero, zero])
      expect([holds(each), speedup(each), speedupWithLastReply(each)]).toEqual([true, null, null])
      expect([measureOneByOne(each), measureMoveToMove(each)]).toEqual([0, { lastMove: 0, lastReply: 0 }])
    }
  })
})

describe('speed-ups', () => {
  property.prop([exhibitions], { numRuns: runs(150) })('tend to the limit as games get longer', (each) => {
    const limit = speedupLimit(each)
    const long = { ...each, moves: 10 ** 12 }
    if (each.boards === 0 || limit === null) return
    for (const ratio of [speedup(long), speedupWithLastReply(long)]) {
      expect(ratio).not.toBeNull()
      const distance = ratio === null ? zero : add(ratio, negative(limit))
      const bound = times(limit, rational(BigInt(each.boards) + 1n, 10n ** 12n - 1n))
      expect(isAtLeast(bound, distance) && isAtLeast(distance, negative(bound))).toBe(true)
    }
  })

  property.prop([exhibitions], { numRuns: runs(150) })(
    'never reach beyond the boards, the last reply counted',
    (each) => {
      const ratio = speedupWithLastReply(each)
      expect(ratio === null || isAtLeast(rational(BigInt(each.boards)), ratio)).toBe(true)
      expect(ratio === null || isAtLeast(ratio, rational(1n))).toBe(true)
    },
  )

  test('limits', () => {
    expect(speedupLimit(introduction)).toEqual(rational(12n))
    expect(speedupLimit(withTimes('5', '55', { boards: 7 }))).toEqual(rational(7n))
    expect(speedupLimit(withTimes('0', '55'))).toEqual(rational(24n))
    expect(speedupLimit(withTimes('0', '0'))).toBeNull()
    expect(fewestBoards(withTimes('0', '55'))).toBeNull()
    expect(fewestBoards(withTimes('0', '0'))).toBe(0n)
  })
})

describe('boards of different speed', () => {
  const board = exhibitions.map(({ moves, ours, theirs }) => ({ moves, ours, theirs }))
  const binaryBoard = binaryExhibitions.map(({ moves, ours, theirs }) => ({ moves, ours, theirs }))

  property.prop([fc.array(binaryBoard, { maxLength: 8 })], { numRuns: runs(150) })(
    'end within the bounds',
    (boards) => {
      const { least, most } = boundsOfSpeeds(boards)
      const { lastReply } = measureDifferentSpeeds(boards)
      expect(lastReply).toBeGreaterThanOrEqual(toDouble(least))
      expect(lastReply).toBeLessThanOrEqual(toDouble(most))
    },
  )

  property.prop([fc.array(board, { maxLength: 8 })], { numRuns: runs(100) })(
    'but for rounding and resolution',
    (boards) => {
      const { least, most } = boundsOfSpeeds(boards)
      const lastReply = fromDouble(measureDifferentSpeeds(boards).lastReply)
      const moves = boards.reduce((sum, each) => sum + each.moves, 0)
      const slack = add(times(rational(BigInt(2 * moves + 2), 2n ** 53n), most), rational(BigInt(moves), 2n ** 20n))
      expect(isAtLeast(add(lastReply, slack), least) && isAtLeast(add(most, slack), lastReply)).toBe(true)
    },
  )

  property.prop([binaryExhibitions], { numRuns: runs(100) })('are the exhibition where they are all alike', (each) => {
    const boards = Array.from({ length: each.boards }, () => each)
    expect(measureDifferentSpeeds(boards)).toEqual(measureMoveToMove(each))
  })
})

describe('the cases that the properties are given', () => {
  const labels: Readonly<Record<string, readonly [least: number, (each: Exhibition) => boolean]>> = {
    'the formula holds': [0.3, holds],
    'the formula does not hold': [0.2, (each) => !holds(each)],
    'it holds for more than one move of ours': [0.15, (each) => each.moves > 1 && each.boards > 0 && holds(each)],
    'we take no time': [0.05, ({ ours }) => Number(ours) === 0],
    'they take no time': [0.05, ({ theirs }) => Number(theirs) === 0],
    'm·t = t+T': [0.15, isTie],
    'm·t = t+T, in times that are not 0': [0.1, (each) => isTie(each) && Number(each.ours) > 0],
    'nothing is played': [0.02, ({ boards, moves }) => boards * moves === 0],
    'more than ten boards and more than four moves': [0.15, ({ boards, moves }) => boards > 10 && moves > 4],
  }

  function isTie(each: Exhibition): boolean {
    const { m, t, T } = termsOf(each)
    return equal(times(m, t), add(t, T))
  }

  test.each(Object.entries(labels))('%s', (_, [least, isSo]) => {
    for (const arbitrary of [binaryExhibitions, decimalExhibitions]) {
      const cases = fc.sample(arbitrary, 2000)
      expect(cases.filter(isSo).length / cases.length).toBeGreaterThanOrEqual(least)
    }
  })
})
