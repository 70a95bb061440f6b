import { it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { newestPython } from '../../src/asyncio/versions.js'
import { createFuture } from '../../src/loop/future.js'
import { eventsOf, record } from '../../src/loop/record.js'
import { newWorld } from '../../src/loop/world.js'
import { having, idleWorld, reached } from './worlds.js'

const said = { event: 'Printed', text: 'x' } as const

describe('record', () => {
  it.prop([reached])('the latest event stands last, and nothing else changes', ({ world }) => {
    const later = record(world, said)
    expect(eventsOf(later).slice(0, -1)).toEqual(eventsOf(world))
    const turn = world.loop.running ? world.loop.turn : 0
    expect(eventsOf(later).at(-1)).toEqual({ time: world.clock, turn, task: null, ...said })
    expect(later).toEqual({ ...world, trail: later.trail })
  })

  test('where no loop runs the turn is 0; in a task it has its name', () => {
    const spawned = having(idleWorld, { does: 'spawn', code: 0 })
    const at = (world: typeof spawned) => eventsOf(record(world, said)).at(-1)
    const loop = { ...spawned.loop, turn: 4 }
    expect(at({ ...spawned, loop, clock: 2 })).toEqual({ time: 2, turn: 4, task: null, ...said })
    expect(at({ ...spawned, loop: { ...loop, running: false } })?.turn).toBe(0)
    const otherLoops = spawned.otherLoops.map((other) => ({ ...other, turn: 7, running: other.id === 2 }))
    expect(at({ ...spawned, otherLoops, loop: { ...loop, running: false } })?.turn).toBe(7)
    expect(at({ ...spawned, otherLoops, loop })?.turn).toBe(4)
    expect(at({ ...spawned, currentTask: 0 })?.task).toBe('Task-1')
    expect(at({ ...createFuture(spawned, 1), currentTask: 1 })?.task).toBeNull()
    expect(at({ ...spawned, currentTask: 7 })?.task).toBeNull()
  })

  test('where nothing is recorded, nothing is', () => {
    const silent = newWorld(null, false, newestPython)
    expect(silent.trail).toBeNull()
    expect(record(silent, said)).toBe(silent)
    expect(eventsOf(silent)).toEqual([])
    expect(eventsOf(newWorld(null, true, newestPython))).toEqual([])
  })
})
