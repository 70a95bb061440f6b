import type { Command } from 'commander'
import { lastReplyTime } from '../exhibition/closed-form.js'
import { type Exhibition, introduction, longest, wholeTime } from '../exhibition/exhibition.js'
import { recordMoveToMove } from '../exhibition/measure.js'
import { isAtLeast, rational, toDouble } from '../exhibition/rational.js'
import { type Summary, summarise } from '../exhibition/summary.js'
import { boardLanes } from '../report/boards.js'
import { numberText, secondsText } from '../report/number.js'
import { exhibitionText, type JudgedTimes, summaryText, timelineText } from '../report/text.js'
import { coloursFor, exitCodes, fail, type Io, progressBar } from './io.js'
import { seconds, wholeNumber } from './option.js'

/** What `exhibition` is asked to do. */
export interface ExhibitionOptions extends Exhibition {
  readonly json?: boolean
}

/** The most boards, and the most moves at all boards together: these take the model a minute, or two. */
export const mostBoards = 100_000
export const mostMoves = 1_000_000

/** Plays an exhibition and shows formula beside model. Gives the exit code. */
export const exhibition = (options: ExhibitionOptions, io: Io): number => {
  const { boards, moves, ours, theirs, json = false } = options
  const played: Exhibition = { boards, moves, ours, theirs }
  const refusal = tooLarge(played)
  if (refusal !== null) return fail(io, `error: ${refusal}`, exitCodes.usage)
  const summary = withProgress(played, io)
  io.out(json ? `${JSON.stringify(summary)}\n` : exhibitionReport(summary, io))
  return summary.agrees ? exitCodes.ok : exitCodes.failed
}

/** Registers the command. */
export const addExhibition = (program: Command, io: Io, end: (code: number) => void): void => {
  const { boards, moves, ours, theirs } = introduction
  program
    .command('exhibition')
    .description('play a chess exhibition one board after the other and from board to board: formula beside model')
    .requiredOption('--boards <m>', `number of boards (the introduction's: ${boards})`, wholeNumber(0, mostBoards))
    .requiredOption('--moves <n>', `pair-moves of a game (${moves})`, wholeNumber(0, mostMoves))
    .requiredOption('--ours <t>', `seconds that we take for a move (${ours})`, seconds)
    .requiredOption('--theirs <T>', `seconds that an opponent takes (${theirs})`, seconds)
    .option('--json', 'print the numbers as JSON')
    .action((options: ExhibitionOptions) => end(exhibition(options, io)))
}

/** Why an exhibition is too large to be played; null where it is not. */
const tooLarge = (played: Exhibition): string | null => {
  const moves = played.boards * played.moves
  if (played.boards > mostBoards)
    return `${numberText(played.boards)} boards; at most ${numberText(mostBoards)} are played`
  if (moves > mostMoves) return `${numberText(moves)} pair-moves in all; at most ${numberText(mostMoves)} are played`
  const total = wholeTime(played)
  if (isAtLeast(rational(BigInt(longest)), total)) return null
  return `one board after the other takes ${secondsText(toDouble(total))}; the clock of the model ends at ${secondsText(longest)}`
}

/** From so many moves on it takes seconds, and somebody who waits is told. */
const manyMoves = 50_000

const withProgress = (played: Exhibition, io: Io): Summary => {
  const moves = played.boards * played.moves
  if (moves < manyMoves) return summarise(played)
  if (!io.isTTY) io.err(`${numberText(moves)} pair-moves are played: this takes a while\n`)
  const bar = progressBar(io, 'from board to board', toDouble(lastReplyTime(played)))
  try {
    return summarise(played, bar.update)
  } finally {
    bar.stop()
  }
}

const shownBoards = 6
const mostPictured = 1_000

/** Formula beside model and, where it was asked, CPython, and the first boards of the first rounds. */
export const exhibitionReport = (summary: Summary, io: Io, judged: JudgedTimes | null = null): string => {
  const { bold } = coloursFor(io)
  const { boards, moves } = summary.exhibition
  const pictured = { ...summary.exhibition, moves: Math.min(moves, 3) }
  const picture =
    boards * moves === 0 || boards > mostPictured
      ? ''
      : `\n${timelineText(boardLanes(recordMoveToMove(pictured), pictured).slice(0, shownBoards))}`
  return `${bold(exhibitionText(summary))}\n\n${summaryText(summary, judged)}${picture}`
}
