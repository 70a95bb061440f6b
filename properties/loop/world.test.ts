import { describe, expect, test } from 'vitest'
import { newestPython } from '../../src/asyncio/versions.js'
import { newLoop, newWorld } from '../../src/loop/world.js'
import { emptyHeap } from '../../src/persistent/heap.js'
import { emptyQueue } from '../../src/persistent/queue.js'
import { emptyTable } from '../../src/persistent/table.js'

describe('world', () => {
  test('in the beginning there is nothing but code', () => {
    const stack = { frame: { machine: 'm', state: 0, locals: null, coroutine: null }, below: null, depth: 1 }
    expect(newWorld(stack, false, newestPython)).toEqual({
      clock: 0,
      loop: newLoop(0),
      otherLoops: [],
      futures: emptyTable,
      handles: emptyTable,
      objects: emptyTable,
      currentTask: null,
      around: null,
      context: null,
      eventLoop: { loop: null, set: false },
      outside: { kind: 'suspended', stack, error: null },
      defaultNames: 0,
      nextIdentity: 0,
      trail: null,
      threads: { coming: [], running: null },
      asyncGenerators: { begun: 0, suspended: [], left: emptyTable, entangled: false },
      python: newestPython,
    })
  })

  test('a new loop rests; the one that stands for none is closed', () => {
    const idle = {
      id: 1,
      running: false,
      stopping: false,
      closed: false,
      turn: 0,
      taskFactory: null,
      executor: 'none',
      exceptionHandler: null,
    }
    const empty = { batch: emptyQueue, ready: emptyQueue, timers: emptyHeap, cancelledTimers: 0, interrupt: null }
    expect(newLoop(1)).toEqual({ ...idle, ...empty })
    expect(newLoop(0)).toEqual({ ...idle, ...empty, id: 0, closed: true })
  })
})
