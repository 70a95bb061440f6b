import { get, push, set } from '../persistent/vector.js'
import { halt } from './halt.js'
import { raise } from './raise.js'
import { withObjects } from './update.js'
import type { Reference } from './value.js'
import type { Frame, World } from './world.js'

/** What calling an `async def` gives: a coroutine that begins when it is awaited, once. */
export interface CoroutineObject {
  readonly kind: 'coroutine'
  readonly name: string
  /** `CORO_CREATED`; begun and not ended; `CORO_CLOSED`. */
  readonly state: 'created' | 'awaited' | 'closed'
  readonly frame: Frame
}

/** A coroutine that has not begun. */
export const newCoroutine = (world: World, name: string, frame: Frame): readonly [World, Reference] => {
  const id = world.objects.size
  const own: Frame = { machine: frame.machine, state: frame.state, locals: frame.locals, coroutine: id }
  const object: CoroutineObject = { kind: 'coroutine', name, state: 'created', frame: own }
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

/** Begins a coroutine: its own first frame. RuntimeError where it was begun before. Mirrors `gen_send_ex` (3.5 to 3.14). */
export const begin = (world: World, { locals, state: by }: Frame): readonly [World, Frame] => {
  const id = locals as number
  const object = coroutineWith(world, id)
  if (object.state === 'awaited' && by === 'task') {
    throw halt(world, { kind: 'unmodelled', reason: 'a coroutine that is awaited and driven by a task as well' })
  }
  if (object.state !== 'created') throw raise('RuntimeError', reuse[object.state])
  return [withState(world, id, 'awaited'), object.frame]
}

const reuse = {
  awaited: 'coroutine is being awaited already',
  closed: 'cannot reuse already awaited coroutine',
} as const

/** The coroutine has ended, or was closed before it began. */
export const closeCoroutine = (world: World, id: number): World => withState(world, id, 'closed')

const withState = (world: World, id: number, state: CoroutineObject['state']): World => {
  const { name, frame } = coroutineWith(world, id)
  return withObjects(world, set(world.objects, id, { kind: 'coroutine', name, state, frame } satisfies CoroutineObject))
}
