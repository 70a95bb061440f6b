import { items } from '../persistent/queue.js'
import { get, set, type Table } from '../persistent/table.js'
import { raise } from './raise.js'
import { record } from './record.js'
import { withHandles, withLoop, withOtherLoops } from './update.js'
import { withStopping } from './update-loop.js'
import { type HandleState, type Loop, newLoop, type World } from './world.js'

/** `asyncio.new_event_loop()`. The new loop is the last of `otherLoops`. */
export const createLoop = (world: World): readonly [World, number] => {
  const id = 1 + Math.max(world.loop.id, ...world.otherLoops.map((loop) => loop.id))
  return [record(withOtherLoops(world, [...world.otherLoops, newLoop(id)]), { event: 'LoopCreated', loop: id }), id]
}

/** The loop with this id. */
export const loopWith = (world: World, id: number): Loop => {
  const loop = world.loop.id === id ? world.loop : world.otherLoops.find((other) => other.id === id)
  if (loop === undefined) throw new RangeError(`no loop ${id}`)
  return loop
}

/** Does something to the world while the loop with this id is `world.loop`. */
export const inLoop = (world: World, id: number, change: (world: World) => World): World =>
  world.loop.id === id ? change(world) : swapIn(change(swapIn(world, id)), world.loop.id)

/** The world in which `world.loop` is the loop with this id. */
export const swapIn = (world: World, id: number): World =>
  world.loop.id === id
    ? world
    : withOtherLoops(withLoop(world, loopWith(world, id)), [
        ...world.otherLoops.filter((loop) => loop.id !== id),
        world.loop,
      ])

/** The loop ends with the present turn. Mirrors `BaseEventLoop.stop` (3.5.1 to 3.14). */
export const stop = (world: World): World => withLoop(world, withStopping(world.loop, true))

/** Drops what is scheduled; RuntimeError while the loop runs. Mirrors `BaseEventLoop.close` (3.4 to 3.14). */
export const close = (world: World, id: number): World => {
  const loop = loopWith(world, id)
  if (loop.running) throw raise('RuntimeError', 'Cannot close a running event loop')
  if (loop.closed) return world
  const handles = items(loop.ready).reduce((states, { id: handle }) => dropped(states, handle), world.handles)
  const closed = inLoop(withHandles(world, handles), id, (inside) => withLoop(inside, closedLoop(inside.loop)))
  return record(closed, { event: 'LoopClosed', loop: id })
}

/** A ready handle that will never run has a state: one that has run has none. */
const dropped = (states: Table<HandleState>, handle: number): Table<HandleState> =>
  get(states, handle) === undefined ? set(states, handle, { cancelled: false, timerOf: null }) : states

const closedLoop = (loop: Loop): Loop => ({
  ...newLoop(loop.id),
  turn: loop.turn,
  closed: true,
  taskFactory: loop.taskFactory,
  exceptionHandler: loop.exceptionHandler,
})
