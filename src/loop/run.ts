import { emptyQueue, fromArray, isEmpty, items } from '../persistent/queue.js'
import { entries } from '../persistent/table.js'
import type { Verdict, Waiting } from '../trace/events.js'
import { type Interpreter, resumeStack } from './coroutine.js'
import { endThreads } from './external-event.js'
import { futureWith } from './future.js'
import { halt, isHalt } from './halt.js'
import { type Choose, isDeadlocked, selectForEver, turn } from './turn.js'
import { withLoop } from './update.js'
import { withRunning } from './update-loop.js'
import { withOutside } from './update-surroundings.js'
import type { Loop, Outside, World } from './world.js'

/** How far a run may go. */
export interface Bounds {
  /** Turns of all loops together. */
  readonly turns: number
}

/** The latest time, in seconds, at which doubles still tell times apart that are a clock resolution away. */
export const latestTime = 2 ** 31

/** Runs a program to its verdict. Never throws for what a program does. */
export const run = (
  interpreter: Interpreter,
  begun: World,
  bounds: Bounds,
  choose?: Choose,
): { world: World; verdict: Verdict } => {
  let world = begun
  let turns = 0
  try {
    while (world.outside.kind === 'suspended') {
      if (world.loop.running && turns++ >= bounds.turns) throw halt(world, { kind: 'turn limit', turns: bounds.turns })
      world = advance(interpreter, world, choose)
    }
    const verdict = verdictOf(interpreter, world, world.outside)
    return { world: endThreads(world), verdict }
  } catch (caught) {
    if (isHalt(caught)) return { world: caught.world, verdict: caught.verdict }
    throw caught
  }
}

const verdictOf = (interpreter: Interpreter, world: World, outside: Outside): Verdict =>
  outside.kind === 'raised'
    ? { kind: 'raised', exception: interpreter.show(world, outside.error) }
    : { kind: 'finished' }

/** The next thing that happens: a turn of the running loop, or the code outside every loop goes on. */
export const advance = (interpreter: Interpreter, world: World, choose?: Choose): World => {
  if (!world.loop.running) return resumeOutside(interpreter, world)
  if (isDeadlocked(world)) throw halt(selectForEver(world), { kind: 'deadlock', waiting: waitingTasks(world) })
  const turned = turn(interpreter, world, choose)
  if (turned.clock > latestTime) {
    throw halt(turned, { kind: 'unmodelled', reason: `times beyond ${latestTime} s are not modelled` })
  }
  return turned.loop.stopping || turned.loop.interrupt !== null ? leaveLoop(turned) : turned
}

/** Mirrors `BaseEventLoop.run_forever` (3.4 to 3.14), its end: the caller goes on, or gets what left the loop. */
const leaveLoop = (world: World): World => {
  const { outside, loop } = world
  if (outside.kind !== 'suspended') return world
  return withOutside(withLoop(world, stopped(loop)), { ...outside, error: loop.interrupt })
}

/** A loop that was interrupted keeps the rest of its batch for the next time. */
const stopped = (loop: Loop): Loop => ({
  ...loop,
  running: false,
  stopping: false,
  interrupt: null,
  batch: emptyQueue,
  ready: isEmpty(loop.batch) ? loop.ready : fromArray([...items(loop.batch), ...items(loop.ready)]),
})

const resumeOutside = (interpreter: Interpreter, world: World): World => {
  const { outside } = world
  if (outside.kind !== 'suspended') return world
  const rest = resumeStack(interpreter, world, outside.stack, null, outside.error)
  switch (rest.kind) {
    case 'runs': {
      const { loop } = rest.world
      const suspended = withOutside(rest.world, { kind: 'suspended', stack: rest.stack, error: null })
      return withLoop(suspended, withRunning(loop, true))
    }
    case 'returned':
      return withOutside(rest.world, { kind: 'returned', value: rest.value })
    case 'raised':
      return withOutside(rest.world, { kind: 'raised', error: rest.error })
    case 'awaits':
    case 'yields':
      throw halt(rest.world, { kind: 'unmodelled', reason: 'an await outside every task' })
  }
}

/** The pending tasks of the running loop, in order of creation, and what each waits for. */
export const waitingTasks = (world: World): readonly Waiting[] =>
  entries(world.futures).flatMap(([, future]) =>
    future.task === null || future.state !== 'pending' || future.loop !== world.loop.id
      ? []
      : [{ task: future.task.name, on: waiterName(world, future.task.waiter) }],
  )

const waiterName = (world: World, waiter: number | null): string => {
  if (waiter === null) return 'nothing'
  const future = futureWith(world, waiter)
  if (future.task !== null) return future.task.name
  return future.children === null ? 'future' : 'gather'
}
