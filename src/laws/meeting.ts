import type { Trace } from '../trace/events.js'

/** A line that tells of something that tasks share: `makes NAME size`, or `WHO waits NAME`, with an item where one is told. */
export interface Told {
  readonly verb: string
  /** What follows the name: the size of what is made, the item that is put or gotten. */
  readonly rest: string
  readonly task: string | null
  /** Of the event in the trace. */
  readonly index: number
}

/** What is told of one thing that tasks share. */
export interface Meeting {
  readonly name: string
  readonly told: readonly Told[]
}

const verbs = 'waits|enters|leaves|acquired|releases|puts|gets|shuts'

const line = new RegExp(`^(?:(makes)|\\w+ (${verbs})) (([a-z]+)\\d+)(?: (.*))?$`)

/**
 * What a program tells of its locks, semaphores and queues, of the kinds that a law asks for: each until it is made anew, as
 * who holds the old one may still tell of it.
 */
export const meetingsOf = ({ events }: Trace, kinds: readonly string[]): readonly Meeting[] => {
  const meetings = new Map<string, { readonly told: Told[]; isOver: boolean }>()
  for (const [index, happened] of events.entries()) {
    if (happened.event !== 'Printed') continue
    const [, makes, does, name = '', kind = '', rest = ''] = line.exec(happened.text) ?? []
    if (!kinds.includes(kind)) continue
    const meeting = meetings.get(name) ?? { told: [], isOver: false }
    meetings.set(name, meeting)
    if (makes !== undefined && meeting.told.length > 0) meeting.isOver = true
    if (!meeting.isOver) meeting.told.push({ verb: makes ?? does ?? '', rest, task: happened.task, index })
  }
  return [...meetings].map(([name, { told }]) => ({ name, told }))
}

/** The size that something was made with; null where that is not told. */
export const sizeOf = ({ told }: Meeting): number | null => {
  const [first] = told
  return first?.verb === 'makes' && first.rest !== '' ? Number(first.rest) : null
}

/** What is told until somebody lets go of what he need not hold: from then on nobody can tell who is inside. */
export const untilReleased = ({ told }: Meeting): readonly Told[] => {
  const released = told.findIndex(({ verb }) => verb === 'releases')
  return released < 0 ? told : told.slice(0, released)
}

/** Those who entered when there was no room left, and how often somebody entered. */
export const crowdOf = (meeting: Meeting, slots: number): { readonly crowded: Told | null; readonly cases: number } => {
  let inside = 0
  let cases = 0
  for (const told of untilReleased(meeting)) {
    if (told.verb === 'leaves') inside -= 1
    if (told.verb !== 'enters' && told.verb !== 'acquired') continue
    inside += 1
    cases += 1
    if (inside > slots) return { crowded: told, cases }
  }
  return { crowded: null, cases }
}
