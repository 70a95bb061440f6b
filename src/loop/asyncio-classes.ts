import type { ReferenceKind } from './value.js'

/** The classes that asyncio writes in Python and that programs make instances of, by the kind of these. */
export const asyncioClasses = {
  lock: 'Lock',
  event: 'Event',
  condition: 'Condition',
  semaphore: 'Semaphore',
  'bounded semaphore': 'BoundedSemaphore',
  barrier: 'Barrier',
  queue: 'Queue',
  'lifo queue': 'LifoQueue',
  'priority queue': 'PriorityQueue',
  runner: 'Runner',
  'task group': 'TaskGroup',
  timeout: 'Timeout',
} as const satisfies Partial<Record<ReferenceKind, string>>
