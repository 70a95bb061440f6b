import { get } from '../persistent/table.js'
import { type Answer, follow, type Interpreter } from './coroutine.js'
import { raiseIn, UNMODELLED } from './raise.js'
import { latestTime } from './run.js'
import { withClock, withContext, withCurrentTask, withLoop } from './update.js'
import { withRunning } from './update-loop.js'
import { withThreads } from './update-surroundings.js'
import type { ExceptionValue, Value } from './value.js'
import type { Context, ExternalEvent, World } from './world.js'

/** A thread that has run ahead to its end: what comes of it, and when it ends. */
export interface ThreadRun {
  readonly world: World
  readonly script: readonly ExternalEvent[]
  readonly end: number
  readonly value: Value
  readonly error: ExceptionValue | null
}

/**
 * Runs a call as a thread that begins now. It runs at once to its end, on a clock of its own; what others see of it comes
 * when the common clock gets there. What would depend on who is first is not modelled.
 */
export const runThread = (
  interpreter: Interpreter,
  world: World,
  context: Context,
  call: (world: World) => Answer,
): ThreadRun => {
  if (world.threads.running !== null) throw raiseIn(world, UNMODELLED, 'a thread that begins another')
  const begun = insideThread(world, context)
  const rest = follow(interpreter, call(begun), null)
  if (rest.kind !== 'returned' && rest.kind !== 'raised') {
    throw raiseIn(world, UNMODELLED, 'a thread that runs a loop')
  }
  const { running } = rest.world.threads
  if (rest.world.clock > latestTime) throw raiseIn(world, UNMODELLED, `a thread beyond ${latestTime} s`)
  refuseRaces(begun, rest.world)
  return {
    world: outsideThread(rest.world, world),
    script: running?.script ?? [],
    end: rest.world.clock,
    value: rest.kind === 'returned' ? rest.value : null,
    error: rest.kind === 'raised' ? rest.error : null,
  }
}

/** In a thread no loop runs and no task. */
const insideThread = (world: World, context: Context): World => {
  const running = { script: [], slept: null }
  const idle = withLoop(withCurrentTask(world, null, null), withRunning(world.loop, false))
  return withThreads(withContext(idle, context), { coming: world.threads.coming, running })
}

const outsideThread = (ended: World, before: World): World => {
  const back = withCurrentTask(withContext(ended, before.context), before.currentTask, before.around)
  return withClock(withThreads(withLoop(back, before.loop), before.threads), before.clock)
}

/** A thread may change what is shared before it first sleeps, and nothing of a loop otherwise than `call_soon_threadsafe`. */
const refuseRaces = (begun: World, ended: World): void => {
  const isApart =
    ended.loop === begun.loop &&
    ended.otherLoops === begun.otherLoops &&
    ended.futures === begun.futures &&
    ended.handles === begun.handles &&
    ended.eventLoop === begun.eventLoop &&
    ended.trail === begun.trail
  if (!isApart) throw raiseIn(ended, UNMODELLED, 'a thread that touches a loop otherwise than by call_soon_threadsafe')
  const slept = ended.threads.running?.slept ?? null
  if (slept === null || slept === ended.objects) return
  for (let id = 0; id < begun.objects.next; id += 1) {
    if (get(ended.objects, id) !== get(slept, id)) {
      throw raiseIn(ended, UNMODELLED, 'a thread that changes what is shared after it has slept')
    }
  }
}
