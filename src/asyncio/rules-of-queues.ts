import type { Rule } from '../loop/rule.js'
import { heappop, heappush } from './priority.js'
import { get, getNow, join, put, putNow, shutDown, taskDone } from './queue.js'

/** The rules of queues: `queues.py`. */
export const queueRules = {
  'Queue.put': {
    mirrors: 'queues.Queue.put',
    versions: '3.4.4 to 3.14',
    implementedBy: put,
    says: 'Waits while there is no room; who was woken looks again, and may have to wait at the end once more.',
  },
  'Queue.get': {
    mirrors: 'queues.Queue.get',
    versions: '3.4.4 to 3.14',
    implementedBy: get,
    says: "Waits while there is nothing; an item is nobody's until it is taken: a newcomer may be faster than who was woken.",
  },
  'Queue.put_nowait': {
    mirrors: 'queues.Queue.put_nowait',
    versions: '3.4 to 3.14',
    implementedBy: putNow,
    says: 'Puts an item and wakes the first who waits for one; QueueFull where there is no room.',
  },
  'Queue.get_nowait': {
    mirrors: 'queues.Queue.get_nowait',
    versions: '3.4 to 3.14',
    implementedBy: getNow,
    says: 'Takes an item and wakes the first who waits for room; QueueEmpty where there is none.',
  },
  'Queue.join': {
    mirrors: 'queues.Queue.join',
    versions: '3.4 to 3.14',
    implementedBy: join,
    says: 'Waits for the event that every item is done; who was woken by it does not look again.',
  },
  'Queue.task_done': {
    mirrors: 'queues.Queue.task_done',
    versions: '3.4 to 3.14',
    implementedBy: taskDone,
    says: 'One item less is to be done, the last lets `join` go on; ValueError where none is.',
  },
  'Queue.shutdown': {
    mirrors: 'queues.Queue.shutdown',
    versions: '3.13 to 3.14',
    implementedBy: shutDown,
    says: 'Nobody puts any more, all who wait are woken and look; at once: what is in it goes, and counts as done.',
  },
  'PriorityQueue: put': {
    mirrors: '_heapq.heappush',
    versions: '3.4 to 3.14',
    implementedBy: heappush,
    says: 'The item climbs past every parent that is greater; after an error it stays where it had come to.',
  },
  'PriorityQueue: get': {
    mirrors: '_heapq.heappop',
    versions: '3.4 to 3.14',
    implementedBy: heappop,
    says: 'The last item takes the place of the first, sinks to a leaf and climbs; after an error the first is lost.',
  },
} as const satisfies Readonly<Record<string, Rule>>
