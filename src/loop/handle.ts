import { enqueue, some } from '../persistent/queue.js'
import { get, set, skip } from '../persistent/table.js'
import { asyncioClasses } from './asyncio-classes.js'
import { shortName } from './exception.js'
import { givenQualname, qualnameOf } from './function-name.js'
import { inLoop, loopWith } from './loops.js'
import { raiseIn } from './raise.js'
import { record } from './record.js'
import { withHandles, withHandlesAndLoop, withLoop } from './update.js'
import { withCancelledTimers, withReady } from './update-loop.js'
import type { MethodValue, Value } from './value.js'
import type { Callback, Context, World } from './world.js'

/** The name by which a trace tells a callback. */
export const callbackName = (world: World, callback: Callback): string =>
  callback.name === 'call' ? qualifiedName(world, callback.callee) : callback.name

/** `__qualname__` of a callable; of a function its own name, without the functions around it. */
export const qualifiedName = (world: World, callee: Value): string => {
  if (callee === null || typeof callee !== 'object') return typeOfConstant(callee)
  switch (callee.kind) {
    case 'function':
      return withoutFunctions(qualnameOf(world, callee))
    case 'program class':
      return withoutFunctions(callee.name)
    case 'bound method':
    case 'partial':
    case 'static method':
      return qualifiedName(world, callee.function)
    case 'instance':
      return withoutFunctions(givenQualname(world, callee.id) ?? simpleName(callee.class.name))
    case 'class':
      return shortName(callee.name)
    case 'builtin':
      return callee.name.slice(callee.name.indexOf('.') + 1)
    case 'method':
      return `${definingClass(callee)}.${callee.name}`
    case 'exception':
      return simpleName(callee.instance?.class.name ?? callee.type)
    default:
      return callee.kind
  }
}

/** The name of what functions define without those functions: `main.<locals>.C.f` is `C.f`. */
export const withoutFunctions = (qualified: string): string => {
  const around = qualified.lastIndexOf('<locals>.')
  return around < 0 ? qualified : qualified.slice(around + '<locals>.'.length)
}

/** `__name__`, the last part of `__qualname__`. */
export const simpleName = (qualified: string): string => qualified.slice(qualified.lastIndexOf('.') + 1)

/** What is no callable has the name of its class. */
const simpleTypes: Readonly<Record<string, string>> = { boolean: 'bool', bigint: 'int', number: 'float', string: 'str' }

const typeOfConstant = (value: Value): string => simpleTypes[typeof value] ?? 'NoneType'

/** The class in whose body a method stands. */
const definingClass = ({ receiver, name }: MethodValue): string => {
  const own = className(receiver)
  if (own.endsWith('Queue')) return 'Queue'
  if (own === 'BoundedSemaphore' && name !== 'release') return name.startsWith('__') ? mixin : 'Semaphore'
  return name === '__aenter__' || name === '__aexit__' ? (ownManagers.has(own) ? own : mixin) : own
}

/** The context managers that have methods of their own for it. */
const ownManagers: ReadonlySet<string> = new Set(['Barrier', 'TaskGroup', 'Timeout'])

const mixin = '_ContextManagerMixin'

const className = (receiver: Value): string =>
  receiver === null || typeof receiver !== 'object'
    ? typeOfConstant(receiver)
    : (classNames[receiver.kind] ?? receiver.kind)

const classNames: Readonly<Record<string, string>> = {
  future: 'Future',
  group: '_GatheringFuture',
  task: 'Task',
  handle: 'Handle',
  timer: 'TimerHandle',
  loop: 'BaseEventLoop',
  'context variable': 'ContextVar',
  ...asyncioClasses,
}

/**
 * Puts a callback behind what is ready in a loop; its handle's id is `world.handles.next`. RuntimeError in a closed loop.
 * Mirrors `BaseEventLoop.call_soon` (3.4 to 3.14).
 */
export const callSoon = (world: World, loop: number, callback: Callback, context: Context): World => {
  checkClosed(world, loop)
  if (world.loop.id !== loop) return inLoop(world, loop, (inside) => callSoon(inside, loop, callback, context))
  const id = world.handles.next
  const ready = enqueue(world.loop.ready, { id, callback, context })
  const scheduled = withHandlesAndLoop(world, skip(world.handles), withReady(world.loop, ready))
  return world.trail === null
    ? scheduled
    : record(scheduled, { event: 'HandleScheduled', handle: id + 1, callback: callbackName(world, callback) })
}

/** RuntimeError for a closed loop; what happened before stays. Mirrors `BaseEventLoop._check_closed` (3.4 to 3.14). */
export const checkClosed = (world: World, loop: number): void => {
  if (loopWith(world, loop).closed) throw raiseIn(world, 'RuntimeError', 'Event loop is closed')
}

/**
 * Cancels a handle: it stays where it is queued and is skipped there. Mirrors `Handle.cancel` and `TimerHandle.cancel`
 * with `_timer_handle_cancelled` (3.7 to 3.14).
 */
export const cancelHandle = (world: World, id: number): World => {
  const state = get(world.handles, id)
  if (state?.cancelled) return world
  const timerOf = state?.timerOf ?? null
  const cancelled = withHandles(world, set(world.handles, id, { cancelled: true, timerOf }))
  if (timerOf === null)
    return state !== undefined || isQueued(world, id) ? record(cancelled, cancellation(id)) : cancelled
  const counted = inLoop(cancelled, timerOf, (inside) =>
    withLoop(inside, withCancelledTimers(inside.loop, inside.loop.cancelledTimers + 1)),
  )
  return record(counted, cancellation(id))
}

const cancellation = (id: number) => ({ event: 'HandleCancelled', handle: id + 1 }) as const

/** Whether a handle is ready in some loop and has not run. */
const isQueued = (world: World, id: number): boolean =>
  [world.loop, ...world.otherLoops].some(({ batch, ready }) =>
    [batch, ready].some((queue) => some(queue, (handle) => handle.id === id)),
  )

/** Whether `Handle.cancel` was called. Mirrors `Handle.cancelled` (3.7 to 3.14). */
export const isCancelled = (world: World, id: number): boolean => get(world.handles, id)?.cancelled ?? false
