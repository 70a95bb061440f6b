import type { CurvePoint } from '../exhibition/summary.js'
import { type BoardLane, pictured, type Stretch } from './boards.js'
import { durationText, markDistance, numberText } from './number.js'

/** Text with the characters that mean something in HTML written out. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

const coordinate = (value: number): string => String(Math.round(value * 100) / 100)

/** An element: `element('rect', { x: 1 })`. Its content is markup. */
const element = (name: string, attributes: Readonly<Record<string, number | string>>, content = ''): string => {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${typeof value === 'number' ? coordinate(value) : escapeHtml(value)}"`,
  )
  return content === '' ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${content}</${name}>`
}

const label = (x: number, y: number, text: string, style = ''): string =>
  element('text', { x, y, ...(style === '' ? {} : { class: style }) }, escapeHtml(text))

const picture = (width: number, height: number, title: string, content: string): string =>
  element(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, role: 'img', xmlns: 'http://www.w3.org/2000/svg' },
    element('title', {}, escapeHtml(title)) + content,
  )

const hatching = element(
  'pattern',
  { id: 'hatching', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
  element('line', { x1: 0, y1: 0, x2: 0, y2: 6, class: 'hatch' }),
)

const timeMark = (seconds: number): string => (seconds === 0 ? '0' : durationText(seconds))

/** What a picture of the boards is given. */
interface Boards {
  /** Every board: all of them have their place in the master's lane. */
  readonly lanes: readonly BoardLane[]
  /** How many have a lane of their own. */
  readonly shown: number
}

/**
 * The boards of an exhibition, time from left to right. The master has a lane of his own above them: no two of his moves
 * overlap, at whatever board.
 */
export const timelineSvg = ({ lanes, shown }: Boards): string => {
  const [left, top, row, bar, width] = [84, 30, 34, 20, 960]
  const until = pictured(lanes, 2)
  const x = (time: number): number => left + (Math.min(time, until) / until) * (width - left - 2)
  const y = (index: number): number => top + 12 + index * row + (index > 0 ? 14 : 0)
  const height = y(shown) + row + 2
  const box = (index: number, { from, to }: Stretch, style: string): string =>
    element('rect', {
      x: x(from),
      y: y(index),
      width: Math.max(x(to) - x(from), 1.5),
      height: bar,
      class: style,
      rx: 1.5,
    })
  const numbered = (index: number, stretch: Stretch, board: number): string =>
    x(stretch.to) - x(stretch.from) > 13
      ? label(
          (x(stretch.from) + x(stretch.to)) / 2,
          y(index) + bar / 2 + 3.5,
          String(board),
          board > shown ? 'in far' : 'in',
        )
      : ''
  const seen = (stretches: readonly Stretch[]): readonly Stretch[] => stretches.filter(({ from }) => from < until)
  const master = lanes.flatMap(({ board, stretches }) =>
    seen(stretches)
      .filter(({ doing }) => doing === 'ours')
      .map((stretch) => box(0, stretch, board > shown ? 'ours other' : 'ours') + numbered(0, stretch, board)),
  )
  const games = lanes
    .slice(0, shown)
    .flatMap(({ board, stretches }) => [
      label(left - 12, y(board) + bar / 2 + 4, `board ${board}`, 'lane'),
      ...seen(stretches).map((stretch) =>
        stretch.doing === 'ours'
          ? box(board, stretch, 'ours') + numbered(board, stretch, board)
          : box(board, stretch, stretch.doing),
      ),
    ])
  const distance = markDistance(until, 8)
  const times = Array.from({ length: Math.floor(until / distance) + 1 }, (_, index) => index * distance)
  const grid = times.map((time) => {
    const line = element('line', { x1: x(time), x2: x(time), y1: top - 4, y2: height - 8, class: 'grid' })
    const place = time === until ? 'end' : time === 0 ? 'start' : 'middle'
    return line + element('text', { x: x(time), y: top - 12, 'text-anchor': place, class: 'mark' }, timeMark(time))
  })
  const name = label(left - 12, y(0) + bar / 2 + 4, 'master', 'lane strong')
  const title = `The first ${shown} of ${lanes.length} boards, and above them every move of the master`
  return picture(width, height, title, element('defs', {}, hatching) + [...grid, name, ...master, ...games].join(''))
}

/** Our time against the number of boards: the introduction's formula, the closed form and the model. */
export const curveSvg = (points: readonly CurvePoint[], fewest: number | null): string => {
  const [left, right, top, bottom, width, height] = [64, 20, 18, 44, 960, 380]
  const mostBoards = points.length
  const most = Math.max(...points.map(({ formula, closedForm }) => Math.max(formula, closedForm)), 1)
  const x = (boards: number): number => left + (boards / mostBoards) * (width - left - right)
  const y = (time: number): number => height - bottom - (time / most) * (height - top - bottom)
  const line = (of: (point: CurvePoint) => number, style: string): string =>
    element('polyline', {
      class: style,
      points: points.map((p) => `${coordinate(x(p.boards))},${coordinate(y(of(p)))}`).join(' '),
    })
  const distance = markDistance(most, 5)
  const times = Array.from({ length: Math.floor(most / distance) + 1 }, (_, index) => index * distance)
  const grid = times.map(
    (time) =>
      element('line', { x1: left, x2: width - right, y1: y(time), y2: y(time), class: 'grid' }) +
      label(left - 10, y(time) + 4, timeMark(time), 'lane'),
  )
  const step = markDistance(mostBoards, 12)
  const boards = Array.from({ length: Math.floor(mostBoards / step) }, (_, index) => (index + 1) * step)
  const numbers = boards.map((each) => label(x(each), height - bottom + 20, numberText(each), 'mark middle'))
  const dots = points.map((point) =>
    element('circle', { cx: x(point.boards), cy: y(point.model), r: 3.6, class: 'model' }),
  )
  const crossing = points.find((point) => point.boards === fewest)
  const found =
    crossing === undefined
      ? ''
      : element('line', {
          x1: x(crossing.boards),
          x2: x(crossing.boards),
          y1: top,
          y2: height - bottom,
          class: 'crossing',
        }) +
        element('circle', { cx: x(crossing.boards), cy: y(crossing.model), r: 8, class: 'ring' }) +
        label(x(crossing.boards) + 12, top + 14, `true from ${crossing.boards} boards on`, 'note') +
        element(
          'text',
          { x: x(crossing.boards) - 12, y: top + 14, 'text-anchor': 'end', class: 'note' },
          'too few boards: the master waits',
        )
  return picture(
    width,
    height,
    'When the last move ends, against the number of boards: formula and model',
    [
      ...grid,
      ...numbers,
      label(x(mostBoards / 2), height - 4, 'boards', 'mark middle'),
      found,
      line(({ closedForm }) => closedForm, 'closed-form'),
      line(({ formula }) => formula, 'formula'),
      ...dots,
    ].join(''),
  )
}
