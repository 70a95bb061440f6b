import { get, push, set } from '../persistent/table.js'
import { type Calling, calling, calls, machine, raised, returned } from './machine.js'
import { raise, UNMODELLED } from './raise.js'
import { withContext, withEntered, withObjects } from './update.js'
import type { Reference } from './value.js'
import type { Context, World } from './world.js'

/** A `contextvars.Context` that a program has got hold of. */
export interface ContextObject {
  readonly kind: 'context'
  /** What is set in it; while code runs in it, what was when that began. */
  readonly context: Context
  readonly entered: boolean
}

/** A copy of the present context, as an object. Mirrors `copy_context` (3.7 to 3.14). */
export const copyContext = (world: World): readonly [World, Reference] => newContext(world, world.context)

/** A context object in which the same is set. */
export const newContext = (world: World, context: Context): readonly [World, Reference] => {
  const object: ContextObject = { kind: 'context', context, entered: false }
  return [withObjects(world, push(world.objects, object)), { kind: 'context', id: world.objects.next }]
}

export const contextWith = (world: World, id: number): ContextObject => get(world.objects, id) as ContextObject

interface Inside extends Calling {
  /** The context that code runs in, by id, and what was around it. */
  readonly context: number
  readonly around: Context
  readonly enteredAround: number | null
}

/** `context.run(callable, *args)`: a call in which the context is the present one. Mirrors `context_run` (3.7 to 3.14). */
export const runInContext = machine<Inside>('Context.run', {
  start: {
    sent: (world, { context: id, callee, args }) => {
      const { context, entered } = contextWith(world, id)
      if (entered) throw raise('RuntimeError', alreadyEntered)
      const inside = { callee, args, context: id, around: world.context, enteredAround: world.entered }
      const begun = withContextObject(world, id, { kind: 'context', context, entered: true })
      return calls(withEntered(withContext(begun, context), id), calling(callee, args), 'ran', inside)
    },
  },
  ran: {
    sent: (world, inside, value) => returned(leaveContext(world, inside), value),
    thrown: (world, inside, error) => raised(leaveContext(world, inside), error),
  },
})

const leaveContext = (world: World, { context: id, around, enteredAround }: Inside): World => {
  const left = withContextObject(world, id, { kind: 'context', context: world.context, entered: false })
  return withEntered(withContext(left, around), enteredAround)
}

const withContextObject = (world: World, id: number, object: ContextObject): World =>
  withObjects(world, set(world.objects, id, object))

/** The text of the RuntimeError for a context that is entered twice. */
export const alreadyEntered = 'cannot enter context: <_contextvars.Context object> is already entered'

/** What is asked of a context that code runs in is not modelled. */
export const heldBy = (world: World, { id }: Reference): Context => {
  const { context, entered } = contextWith(world, id)
  if (entered) throw raise(UNMODELLED, 'what a context holds while code runs in it is not in the modelled subset')
  return context
}
