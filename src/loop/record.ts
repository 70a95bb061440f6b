import { get } from '../persistent/table.js'
import type { Happening, TraceEvent } from '../trace/events.js'
import { withTrail } from './update.js'
import type { Loop, World } from './world.js'

/** The world's memory of an event. */
export const record = (world: World, happening: Happening): World => {
  if (world.trail === null) return world
  const event = {
    time: world.clock,
    turn: runningLoop(world)?.turn ?? 0,
    task: world.currentTask === null ? null : (get(world.futures, world.currentTask)?.task?.name ?? null),
    ...happening,
  }
  return withTrail(world, { event, before: world.trail })
}

/** The loop that runs; it need not be the one that something is done to. */
const runningLoop = ({ loop, otherLoops }: World): Loop | undefined =>
  loop.running ? loop : otherLoops.find(({ running }) => running)

/** What has happened, in order. */
export const eventsOf = (world: World): readonly TraceEvent[] => {
  const events: TraceEvent[] = []
  for (let trail = world.trail; trail !== null; trail = trail.before) if (trail.event !== null) events.push(trail.event)
  return events.reverse()
}
