import { fc } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { isCancelled } from '../../src/loop/handle.js'
import type { Future, World } from '../../src/loop/world.js'
import { items as timers } from '../../src/persistent/heap.js'
import { entries, get } from '../../src/persistent/table.js'
import { happened, histories, worldsOf } from './worlds.js'

const futures = (world: World): readonly Future[] => entries(world.futures).map(([, future]) => future)

/** Whether some task of a world waits, for something that is as asked. */
const waits = (world: World, asked: (awaited: Future) => boolean): boolean =>
  futures(world).some(({ task, state }) => {
    const awaited = task === null || task.waiter === null ? undefined : get(world.futures, task.waiter)
    return state === 'pending' && awaited !== undefined && asked(awaited)
  })

const told = (world: World, text: string): boolean => JSON.stringify(happened(world)).includes(text)

/** What the properties of the kernel are about, and in how many of a hundred histories it has to come up at least. */
const rare: readonly (readonly [string, number, (world: World) => boolean])[] = [
  ['a task waits', 25, (world) => waits(world, () => true)],
  ['a task waits for a task', 5, (world) => waits(world, ({ task }) => task !== null)],
  ['a task waits for a gathering', 0.3, (world) => waits(world, ({ children }) => children !== null)],
  ['the wake-up of a task is under way', 5, (world) => waits(world, ({ state }) => state !== 'pending')],
  ['a cancellation waits', 5, (world) => futures(world).some(({ task }) => task?.mustCancel)],
  ['two are ready', 30, ({ loop }) => loop.ready.size > 1],
  ['two timers wait', 8, ({ loop }) => loop.timers.size > 1],
  ['a timer is cancelled', 2, (world) => timers(world.loop.timers).some(({ handle }) => isCancelled(world, handle.id))],
  ['the loop is stopping', 8, ({ loop }) => loop.stopping],
  ['the other loop has work', 3, ({ otherLoops }) => otherLoops.some(({ ready }) => ready.size > 0)],
  ['a done callback waits', 10, (world) => futures(world).some(({ callbacks }) => callbacks.length > 0)],
  ['an exception is reported', 5, (world) => told(world, 'ExceptionReported')],
  ['a future is refused', 0.3, (world) => futures(world).some(({ refused }) => refused)],
  ['a task raised KeyboardInterrupt', 1, (world) => told(world, '"exception":"KeyboardInterrupt')],
  ['five turns passed', 6, ({ loop }) => loop.turn >= 5],
]

describe('random histories', () => {
  const sample = fc.sample(histories, 300).map(worldsOf)

  test.each(rare)('%s in at least %d of a hundred', (_, least, holds) => {
    const share = sample.filter((worlds) => worlds.some(holds)).length / sample.length
    expect(100 * share).toBeGreaterThanOrEqual(least)
  })
})
