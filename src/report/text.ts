import type { Summary } from '../exhibition/summary.js'
import type { TraceEvent } from '../trace/events.js'
import { type BoardLane, pictured, type Stretch } from './boards.js'
import type { ClaimRow } from './claim-row.js'
import { countText, durationText, markDistance, numberText, secondsText } from './number.js'

/** Rows of cells, each column as wide as its widest cell. Columns of `right` are flush right; the last is never padded. */
export const table = (rows: readonly (readonly string[])[], right: readonly number[] = []): string => {
  const widths = rows.reduce<readonly number[]>(
    (most, row) => row.map((cell, column) => Math.max(cell.length, most[column] ?? 0)),
    [],
  )
  const cellText = (cell: string, column: number): string =>
    right.includes(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)
  return rows.map((row) => `${row.map(cellText).join('  ').trimEnd()}\n`).join('')
}

/** The sizes of an exhibition in a sentence. */
export const exhibitionText = ({ exhibition: { boards, moves, ours, theirs } }: Summary): string =>
  `${countText(boards, 'board')}, ${countText(moves, 'pair-move')}; we take ${ours} s for a move, they take ${theirs} s`

/** The times of an exhibition on a real event loop, in seconds. */
export interface JudgedTimes {
  /** The event loop. */
  readonly name: string
  readonly oneByOne: number
  readonly lastMove: number
  readonly lastReply: number
}

/** Formula beside model, and beside a real event loop where one was asked. */
export const summaryText = (summary: Summary, judged: JudgedTimes | null = null): string => {
  const { oneByOne, moveToMove, speedup, speedupWithLastReply, speedupLimit } = summary
  const row = (what: string, formula: string, value: number, model: number, real?: number): readonly string[] => [
    what,
    formula,
    secondsText(value),
    secondsText(model),
    ...(real === undefined ? [] : [secondsText(real)]),
    durationText(model),
  ]
  const { closedForm, lastReply } = moveToMove
  const ratio = (value: number | null): string => (value === null ? 'none: no time passes' : numberText(value, 2))
  const times = table(
    [
      ['', 'formula', '', 'model', ...(judged === null ? [] : [judged.name]), ''],
      row('one by one', 'm·n·(t+T)', oneByOne.formula, oneByOne.model, judged?.oneByOne),
      row('from board to board, our last move', '(n−1)·C + m·t', closedForm, moveToMove.model, judged?.lastMove),
      row('the last reply', '(n−1)·C + m·t + T', lastReply, moveToMove.lastReplyModel, judged?.lastReply),
    ],
    judged === null ? [2, 3] : [2, 3, 4],
  )
  return [
    times,
    '\n',
    'm boards, n moves, t ours, T theirs; a round begins every C = max(m·t, t+T)\n',
    `the introduction's n·m·t = ${secondsText(moveToMove.formula)}: ${holdsText(summary)}\n`,
    `speed-up ${ratio(speedup)}; with the last reply ${ratio(speedupWithLastReply)}; `,
    `for ever longer games ${ratio(speedupLimit)}\n`,
    summary.agrees ? '' : 'The model does not agree with the formula. This is a fault of Simul: please report it.\n',
  ].join('')
}

/** Whether and where the introduction's formula is true, in a sentence. */
export const holdsText = ({ holds, holdsFromBoards, exhibition: { boards, moves } }: Summary): string => {
  const isException = holds && (holdsFromBoards === null || boards < holdsFromBoards)
  if (isException) return boards * moves === 0 ? 'true, as nothing is played' : 'true, as a game has one move only'
  if (holdsFromBoards === null) return 'not true here, nor with any number of boards'
  return `${holds ? 'true here, as' : 'not true here, but'} from ${countText(holdsFromBoards, 'board')} on`
}

const marks: Readonly<Record<Stretch['doing'], string>> = { ours: '█', theirs: '·', waits: ' ' }

/** The first boards, one a row, time from left to right: what is ours in a solid mark, and their thinking in dots. */
export const timelineText = (lanes: readonly BoardLane[]): string => {
  const until = pictured(lanes, 2)
  if (until === 0) return 'no time passes\n'
  const columns = columnsFor(until, lanes)
  const width = until / columns
  const name = (text: string): string => text.padStart(9)
  const rows = lanes.map(
    ({ board, stretches }) => `${name(`board ${board}`)} ${cells(stretches, columns, width).join('').trimEnd()}\n`,
  )
  const legend = `${name('')} ${marks.ours} we think   ${marks.theirs} they think   blank: they have replied and wait for us\n`
  return axis(until, columns, name('seconds')) + rows.join('') + legend
}

const mostColumns = 72

/** As many columns as fit, if possible so that each of our moves fills whole ones. */
const columnsFor = (until: number, lanes: readonly BoardLane[]): number => {
  const first = lanes[0]?.stretches[0]
  const moves = first === undefined || first.from === first.to ? mostColumns : until / (first.to - first.from)
  return moves > mostColumns ? mostColumns : Math.max(1, Math.floor(Math.floor(mostColumns / moves) * moves))
}

/** A column is ours as soon as some of our time is in it: moves are short. */
const cells = (stretches: readonly Stretch[], columns: number, width: number): readonly string[] => {
  const row = Array<string>(columns).fill(' ')
  const column = (time: number): number => Math.round(time / width)
  for (const { doing, from, to } of stretches) if (doing !== 'ours') row.fill(marks[doing], column(from), column(to))
  for (const { doing, from, to } of stretches) {
    if (doing === 'ours') row.fill(marks.ours, column(from), Math.min(columns, Math.max(column(to), column(from) + 1)))
  }
  return row
}

const axis = (until: number, columns: number, name: string): string => {
  const distance = markDistance(until, 6)
  let line = ''
  for (let time = 0; time < until; time += distance) {
    const marked = line.padEnd(Math.round((time / until) * columns)) + numberText(time)
    if (marked.length <= columns) line = marked
  }
  return `${name} ${line}\n`
}

/** The claims, the laws that they became, and what was found. */
export const claimsText = (rows: readonly ClaimRow[]): string =>
  rows
    .map(({ claim, laws, cases, holds, evidence }) =>
      [
        `${holds ? 'holds ' : 'BROKEN'}  ${claim}`,
        `        ${laws.join(', ')}: ${countText(cases, 'case')}`,
        ...(evidence === null ? [] : [`        ${evidence}`]),
        '',
      ].join('\n'),
    )
    .join('')

/** An event on one line: when, in which turn, in which task, what. */
export const eventText = ({ time, turn, task, event, ...rest }: TraceEvent): string => {
  const details = Object.entries(rest).map(
    ([name, value]) => `${name}=${typeof value === 'object' ? JSON.stringify(value) : String(value)}`,
  )
  return [String(time).padStart(8), String(turn).padStart(5), (task ?? '-').padEnd(8), event.padEnd(15), ...details]
    .join('  ')
    .trimEnd()
}
