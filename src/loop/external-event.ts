import { isEmpty } from '../persistent/queue.js'
import { halt } from './halt.js'
import { callSoon } from './handle.js'
import { loopWith } from './loops.js'
import { record } from './record.js'
import { withClock, withCurrentTask } from './update.js'
import { withThreads } from './update-surroundings.js'
import type { ExternalEvent, RunningThread, World } from './world.js'

/** What is done so that others see it: at once, or by a thread that runs ahead of the common clock when that gets there. */
export const inTime = (world: World, does: ExternalEvent['does']): World => {
  const { running } = world.threads
  if (running === null) return happen(world, does)
  return withRunning(world, { ...running, script: [...running.script, { at: world.clock, does }] })
}

/** `print` */
export const printed = (world: World, text: string): World => inTime(world, { kind: 'prints', text })

/** `time.sleep`: the common clock goes on, or that of the thread that runs ahead of it. */
export const worked = (world: World, seconds: number): World => {
  const { running } = world.threads
  if (running === null) return passTime(record(world, { event: 'Worked', seconds }), world.clock + seconds)
  const slept = running.slept ?? (seconds > 0 ? world.objects : null)
  return withClock(withRunning(world, { ...running, slept }), world.clock + seconds)
}

/** The clock goes on, and what threads do until then happens. */
export const passTime = (world: World, until: number): World => pass(world, until, () => false)

/**
 * The clock goes on, but no further than to where something is ready in the running loop. Mirrors the `select` of
 * `BaseEventLoop._run_once` (3.4 to 3.14), which `_write_to_self` ends.
 */
export const passTimeUntilWoken = (world: World, until: number): World =>
  pass(world, until, ({ loop }) => !isEmpty(loop.ready))

/** The interpreter ends when its threads have ended. */
export const endThreads = (world: World): World => passTime(world, Number.POSITIVE_INFINITY)

/** Whether a thread is going to call something in the running loop. */
export const willBeWoken = ({ threads, loop }: World): boolean =>
  threads.coming.some(({ does }) => does.kind === 'calls soon' && does.loop === loop.id)

/** More that is to come: each in its time, behind what comes at the same time and was known before. */
export const foresee = (world: World, events: readonly ExternalEvent[]): World => {
  const coming = [...world.threads.coming, ...events].sort((one, other) => one.at - other.at)
  return passTime(withThreads(world, { coming, running: world.threads.running }), world.clock)
}

const withRunning = (world: World, running: RunningThread): World =>
  withThreads(world, { coming: world.threads.coming, running })

const pass = (world: World, until: number, isWoken: (world: World) => boolean): World => {
  let [present, end] = [world, until]
  for (let [next] = present.threads.coming; next !== undefined && next.at <= end; [next] = present.threads.coming) {
    present = happenByThread(present, next)
    if (isWoken(present)) end = present.clock
  }
  return end === Number.POSITIVE_INFINITY ? present : withClock(present, end)
}

/** No task does it. */
const happenByThread = (world: World, { at, does }: ExternalEvent): World => {
  const { currentTask, around, threads } = world
  const left = withThreads(withClock(world, at), { coming: threads.coming.slice(1), running: threads.running })
  return withCurrentTask(happen(withCurrentTask(left, null, null), does), currentTask, around)
}

const happen = (world: World, does: ExternalEvent['does']): World => {
  if (does.kind === 'prints') return record(world, { event: 'Printed', text: does.text })
  const { loop, callback, context } = does
  if (!loopWith(world, loop).closed) return callSoon(world, loop, callback, context)
  if (callback.name !== 'call' || world.threads.running !== null) return world
  throw halt(world, { kind: 'unmodelled', reason: 'a thread that calls into a loop that was closed while it slept' })
}
