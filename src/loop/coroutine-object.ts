import { get, push, set } from '../persistent/table.js'
import { isExecuting } from './current-task.js'
import { halt } from './halt.js'
import { raise } from './raise.js'
import { withObjects } from './update.js'
import type { Reference } from './value.js'
import type { Frame, World } from './world.js'

/** What calling an `async def` gives: a coroutine that begins when it is awaited, once. */
export interface CoroutineObject {
  readonly kind: 'coroutine'
  readonly name: string
  /** Where it begins; null once it has, or was closed. */
  readonly frame: Frame | null
  /** The task that began it, by id. While that task runs, it is executing: it stands in the task's stack. */
  readonly task: number | null
  /** `CORO_CLOSED`: it has ended. */
  readonly closed: boolean
}

/** A coroutine that has not begun. */
export const newCoroutine = (world: World, name: string, frame: Frame): readonly [World, Reference] => {
  const id = world.objects.next
  const own: Frame = { machine: frame.machine, state: frame.state, locals: frame.locals, coroutine: id }
  const object: CoroutineObject = { kind: 'coroutine', name, frame: own, task: null, closed: false }
  return [withObjects(world, push(world.objects, object)), { kind: 'coroutine', id }]
}

/** The coroutine object with this id. */
export const coroutineWith = (world: World, id: number): CoroutineObject => get(world.objects, id) as CoroutineObject

/** The machine of the frames made here. */
export const COROUTINE = 'coroutine'

/** The frame that begins a coroutine object: what a task, or an `await` of the object, pushes. */
export const coroutineFrame = (id: number, by: 'task' | 'await'): Frame => ({
  machine: COROUTINE,
  state: by,
  locals: id,
  coroutine: null,
})

/** Begins a coroutine: its own first frame. RuntimeError or ValueError where it was begun before. Mirrors `gen_send_ex` (3.5 to 3.14). */
export const begin = (world: World, { locals, state: by }: Frame): readonly [World, Frame] => {
  const id = locals as number
  const object = coroutineWith(world, id)
  if (object.frame !== null) return [withState(world, id, object, false), object.frame]
  if (object.closed) throw raise('RuntimeError', 'cannot reuse already awaited coroutine')
  if (isExecuting(world, object.task)) throw raise('ValueError', 'coroutine already executing')
  if (by === 'await') throw raise('RuntimeError', 'coroutine is being awaited already')
  throw halt(world, { kind: 'unmodelled', reason: 'a coroutine that is awaited and driven by a task as well' })
}

/** The coroutine has ended, or was closed before it began. */
export const closeCoroutine = (world: World, id: number): World => withState(world, id, coroutineWith(world, id), true)

const withState = (world: World, id: number, { name }: CoroutineObject, closed: boolean): World => {
  const object: CoroutineObject = { kind: 'coroutine', name, frame: null, task: world.currentTask, closed }
  return withObjects(world, set(world.objects, id, object))
}
