import { broken, eventAt, holding, type Law } from './law.js'
import { type Meeting, meetingsOf, sizeOf, type Told } from './meeting.js'

/** What is put into a queue is gotten from it once, in its order. */
export const queueConservation: Law = {
  name: 'queue conservation',
  claim:
    'What is gotten from a queue was put into it and not gotten before: the oldest item of a Queue, the newest of a ' +
    'LifoQueue. And never are there more items in it than it has room for.',
  source: 'Queue._put, Queue._get; LifoQueue._get; Queue.put: waits while full',
  check: (trace) => {
    let cases = 0
    for (const meeting of meetingsOf(trace, ['queue', 'lifo'])) {
      const { wrong, gets } = flowOf(meeting)
      if (wrong !== null) {
        const [told, why] = wrong
        return broken(`${eventAt(trace, told.index)}: ${why} ${meeting.name}`, told.index)
      }
      cases += gets
    }
    return holding(cases)
  },
}

interface Flow {
  readonly wrong: readonly [Told, string] | null
  /** How often something was gotten. */
  readonly gets: number
}

const flowOf = (meeting: Meeting): Flow => {
  const size = sizeOf(meeting) ?? 0
  const isStack = meeting.name.startsWith('lifo')
  const items: string[] = []
  let gets = 0
  for (const told of meeting.told) {
    if (told.verb === 'puts' && items.push(told.rest) > size && size > 0) {
      return { wrong: [told, `more than ${size} items are in`], gets }
    }
    if (told.verb !== 'gets') continue
    gets += 1
    const due = isStack ? items.pop() : items.shift()
    if (due !== told.rest) return { wrong: [told, `${told.rest} is gotten where ${due ?? 'nothing'} is next in`], gets }
  }
  return { wrong: null, gets }
}
