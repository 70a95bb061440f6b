import { items as heapItems } from '../persistent/heap.js'
import { items as queueItems } from '../persistent/queue.js'
import { entries, get } from '../persistent/table.js'
import type { Callback, Future, Handle, Loop, World } from './world.js'

/** What is wrong with a world, in words; nothing for every world that a program can reach. Asked between two steps. */
export const violations = (world: World): readonly string[] => [
  ...[world.loop, ...world.otherLoops].flatMap((loop) => loopViolations(world, loop)),
  ...entries(world.futures).flatMap(([id, future]) => futureViolations(world, id, future)),
  ...when(!(world.clock >= 0), `the clock shows ${world.clock}`),
  ...when(world.currentTask !== null || world.around !== null, 'a task is current between two steps'),
  ...when(
    world.otherLoops.some(({ running }) => running),
    'a loop runs that is not the present one',
  ),
]

const when = (violated: boolean, message: string): readonly string[] => (violated ? [message] : [])

const loopViolations = (world: World, loop: Loop): readonly string[] => {
  const timers = heapItems(loop.timers)
  const queued = [...queueItems(loop.batch), ...queueItems(loop.ready)]
  const ids = [...queued, ...timers.map(({ handle }) => handle)].map(({ id }) => id)
  return [
    ...when(new Set(ids).size !== ids.length, `loop ${loop.id}: a handle waits twice`),
    ...when(
      ids.some((id) => id >= world.handles.next),
      `loop ${loop.id}: a handle nobody made`,
    ),
    ...when(
      timers.some(({ when: deadline }, index) => deadline < (timers[(index - 1) >> 1]?.when ?? deadline)),
      `loop ${loop.id}: the timers are no heap`,
    ),
    ...when(
      timers.some(({ handle }) => get(world.handles, handle.id)?.timerOf !== loop.id),
      `loop ${loop.id}: a timer that does not know its loop`,
    ),
    ...when(
      queued.some(({ id }) => (get(world.handles, id)?.timerOf ?? null) !== null),
      `loop ${loop.id}: a ready handle that is still a timer`,
    ),
    ...when(loop.closed && (ids.length > 0 || loop.running), `loop ${loop.id} is closed and not at rest`),
    ...when(!loop.running && loop.batch.size > 0, `loop ${loop.id} rests in the middle of a turn`),
  ]
}

const futureViolations = (world: World, id: number, future: Future): readonly string[] => {
  const done = future.state !== 'pending'
  return [
    ...when(done && future.callbacks.length > 0, `future ${id} is done and keeps callbacks`),
    ...when(!done && (future.result !== null || future.exception !== null), `future ${id} is pending and has a result`),
    ...when(future.exception !== null && future.state !== 'finished', `future ${id} has an exception and no end`),
    ...when(
      future.cancelledError !== null && future.state !== 'cancelled',
      `future ${id} keeps an error it did not have`,
    ),
    ...(done ? [] : taskViolations(world, id, future)),
  ]
}

/** A pending task is scheduled once, or waits for a future that is pending and will wake it up. */
const taskViolations = (world: World, id: number, { task, loop }: Future): readonly string[] => {
  if (task === null) return []
  const owner = [world.loop, ...world.otherLoops].find((candidate) => candidate.id === loop)
  if (owner === undefined || owner.closed) return []
  const scheduled = [...queueItems(owner.batch), ...queueItems(owner.ready)].filter((handle) =>
    drives(handle, id),
  ).length
  const waiter = task.waiter === null ? undefined : get(world.futures, task.waiter)
  const watched = waiter?.callbacks.filter(({ callback }) => drives({ callback }, id)).length ?? 0
  return [
    ...when(scheduled + watched === 0, `task ${task.name} was lost: nothing will wake it up`),
    ...when(scheduled + watched > 1, `task ${task.name} will be woken up more than once`),
    ...when(task.cancelling < 0, `task ${task.name} has fewer than no requests`),
  ]
}

const drives = ({ callback }: { readonly callback: Callback } | Handle, task: number): boolean =>
  (callback.name === 'Task.__step' || callback.name === 'Task.__wakeup') && callback.task === task
