import type { Trace } from '../trace/events.js'

const mostTurns = 72

const marks = { ran: '█', waits: '·', absent: ' ' } as const

type Mark = keyof typeof marks

/** A row for each task, a column for each turn of the loops: whether it ran in that turn, waited, or was not there. */
export const turnLanesText = (trace: Trace): string => {
  const lanes = turnLanes(trace)
  const width = Math.max(4, ...lanes.map(({ task }) => task.length))
  const turns = Math.max(0, ...lanes.map(({ row }) => row.length))
  const rows = lanes.map(({ task, row }) => {
    const cells = row.slice(0, mostTurns).map((mark) => marks[mark])
    return `${task.padEnd(width)}  ${cells.join('').trimEnd()}\n`
  })
  const more = turns > mostTurns ? `  (the first ${mostTurns} of ${turns} turns)` : ''
  return `${'turn'.padEnd(width)}  ${ruler(Math.min(turns, mostTurns))}${more}\n${rows.join('')}`
}

/** `1   5    10   15` */
const ruler = (turns: number): string => {
  let line = ''
  for (let turn = 1; turn <= turns; turn += turn === 1 ? 4 : 5) line = line.padEnd(turn - 1) + turn
  return line
}

interface TurnLane {
  readonly task: string
  readonly row: readonly Mark[]
}

/** What each task did in each turn, counted over all loops. Turn by turn only: in a turn a task may run, pause and end. */
const turnLanes = ({ events }: Trace): readonly TurnLane[] => {
  const lanes = new Map<string, { readonly row: Mark[]; ended: boolean }>()
  let turns = 0
  for (const event of events) {
    if (event.event === 'TurnBegan') {
      turns += 1
      for (const { row, ended } of lanes.values()) row.push(ended ? 'absent' : 'waits')
    }
    if (event.event === 'TaskCreated')
      lanes.set(event.created, { row: Array<Mark>(turns).fill('absent'), ended: false })
    const lane = event.task === null ? undefined : lanes.get(event.task)
    if (lane === undefined || turns === 0) continue
    lane.row[turns - 1] = 'ran'
    if (event.event === 'TaskEnded') lane.ended = true
  }
  return [...lanes].map(([task, { row }]) => ({ task, row }))
}
