import { ASYNC_GENERATOR, type AsyncDrive } from '../loop/async-generator-object.js'
import { COROUTINE } from '../loop/coroutine-object.js'
import { GENERATOR } from '../loop/generator-object.js'
import { isCancelled } from '../loop/handle.js'
import type { Frame, Loop, Stack, World } from '../loop/world.js'
import { items as timersOf } from '../persistent/heap.js'
import { items as handlesOf } from '../persistent/queue.js'
import { entries, get } from '../persistent/table.js'
import { ASYNC_ITERATOR } from './builder.js'
import { CODE, type Code, type CodeLocals } from './code.js'

/** What the search for references has to know of a program. */
export interface Names {
  readonly codes: readonly Code[]
  /** How many names the module has: their cells are the first objects of the world. */
  readonly globals: number
}

/** What a search has found: objects of the world, and exceptions, by id. */
export interface Reached {
  readonly objects: ReadonlySet<number>
  readonly exceptions: ReadonlySet<number>
}

/**
 * How far a search goes: to what is certainly held, or also to what may be. Which intermediate values CPython still has
 * and whether it still knows a future that is done is not certain.
 */
type Extent = 'certain' | 'possible'

/** What begins a search: frames that go on, values, whether the module's names, and all that loops hold. */
export interface Roots {
  readonly stack: Stack
  readonly values: readonly unknown[]
  readonly loops: boolean
}

/** All that is reached from somewhere. */
export const reached = (names: Names, world: World, roots: Roots, extent: Extent): Reached => {
  const objects = new Set<number>()
  const exceptions = new Set<number>()
  const futures = new Set<number>()
  const waiting: unknown[] = [...roots.values, ...framesOf(roots.stack)]
  const visitObject = (id: number): void => {
    if (objects.has(id)) return
    objects.add(id)
    waiting.push(get(world.objects, id))
  }
  const visitFuture = (id: number): void => {
    if (futures.has(id)) return
    futures.add(id)
    const future = get(world.futures, id)
    if (future === undefined) return
    waiting.push(future.result, future.exception, future.cancelledError, future.callbacks, future.cancelMessage)
    if (future.task === null) return
    if (future.state !== 'pending') {
      // A task keeps its coroutine when it is done, and what an asynchronous generator gave to be awaited keeps that.
      waiting.push(
        ...framesOf(future.task.stack)
          .slice(-1)
          .filter(({ machine }) => machine === ASYNC_GENERATOR),
      )
      return
    }
    waiting.push(future.task.context)
    if (id !== world.currentTask) waiting.push(...framesOf(future.task.stack))
  }
  // Whether an exception that may be held is held is not known, and so neither of the frames in its traceback.
  const visitException = (id: number): void => {
    if (exceptions.has(id)) return
    exceptions.add(id)
    if (extent === 'possible') return
    for (const [, { frame, exception }] of entries(world.asyncGenerators.left)) {
      if (exception === id) waiting.push(frame)
    }
  }
  const visitFrame = (frame: Frame): void => {
    if (frame.coroutine !== null) visitObject(frame.coroutine)
    switch (frame.machine) {
      case CODE:
        return visitLocals(frame.locals as CodeLocals)
      case COROUTINE:
        return visitObject(frame.locals as number)
      case GENERATOR:
        visitObject((frame.locals as { readonly generator: number }).generator)
        break
      case ASYNC_GENERATOR:
        visitObject((frame.locals as AsyncDrive).generator)
        break
    }
    waiting.push(frame.locals)
  }
  const visitLocals = ({ code, slots, cells, handling }: CodeLocals): void => {
    const slotNames = names.codes[code]?.slots ?? []
    slots.forEach((value, slot) => {
      if (extent === 'possible' || !isIntermediate(slotNames[slot] ?? '')) waiting.push(value)
    })
    cells.forEach(visitObject)
    waiting.push(handling)
  }
  for (let id = 0; id < names.globals; id += 1) visitObject(id)
  if (roots.loops) waiting.push(...heldByLoops(world))
  if (roots.loops) {
    for (const [id, { state }] of entries(world.futures)) {
      if (state === 'pending' || extent === 'possible') visitFuture(id)
    }
  }
  while (waiting.length > 0) {
    const value = waiting.pop()
    if (typeof value !== 'object' || value === null) continue
    if (Array.isArray(value)) {
      for (const item of value) if (typeof item === 'object') waiting.push(item)
      continue
    }
    const record = value as { readonly [key: string]: unknown }
    if (typeof record.machine === 'string') visitFrame(value as Frame)
    else if (record.kind === 'exception') {
      visitException(record.id as number)
      waiting.push(record.args, record.exceptions, record.instance)
    } else if (composed.has(record.kind as string)) waiting.push(...Object.values(record))
    else if (record.kind === 'function') {
      for (const cell of record.cells as readonly number[]) visitObject(cell)
      if (record.attributes !== undefined) visitObject(record.attributes as number)
      waiting.push(record.defaults)
    } else if (record.kind === 'future' || record.kind === 'task' || record.kind === 'group')
      visitFuture(record.id as number)
    else if (record.kind === 'iterator' && record.id === undefined) waiting.push(record.source)
    else if (typeof record.kind === 'string' && typeof record.id === 'number') {
      if (!elsewhere.has(record.kind)) visitObject(record.id)
      waiting.push(record.class, record.base)
    } else {
      if (typeof record.generator === 'number') visitObject(record.generator)
      if (typeof record.iterator === 'number') visitObject(record.iterator)
      if (value instanceof Map) waiting.push(...value.keys(), ...value.values())
      else waiting.push(...Object.values(record))
    }
  }
  return { objects, exceptions }
}

/** What has an identity and is no object of the world, but made of other values. */
const composed: ReadonlySet<string> = new Set(['property', 'static method', 'class method', 'partial'])

/** What has an id and is no object of the world. */
const elsewhere: ReadonlySet<string> = new Set(['handle', 'timer', 'loop', 'traceback', 'stream'])

const isIntermediate = (name: string): boolean => name.startsWith('#')

const framesOf = (stack: Stack): readonly Frame[] => {
  const frames: Frame[] = []
  for (let at = stack; at !== null; at = at.below) frames.push(at.frame)
  return frames
}

/** All that is reached from a value alone, not from the module or the loops. */
export const reachedFrom = (names: Names, world: World, value: unknown, extent: Extent): Reached =>
  reached({ ...names, globals: 0 }, world, { stack: null, values: [value], loops: false }, extent)

/** What loops will call back, what contexts hold, and where the code outside of every loop waits for one. */
const heldByLoops = (world: World): readonly unknown[] => [
  world.context,
  ...[world.loop, ...world.otherLoops].flatMap((loop) => scheduledIn(world, loop)),
  ...(world.loop.running && world.outside.kind === 'suspended' ? framesOf(world.outside.stack) : []),
]

const scheduledIn = (world: World, { batch, ready, timers, interrupt }: Loop): readonly unknown[] => [
  ...[...handlesOf(batch), ...handlesOf(ready), ...timersOf(timers).map(({ handle }) => handle)]
    .filter(({ id }) => !isCancelled(world, id))
    .map(({ callback, context }) => [callback, context]),
  interrupt,
]

/** Whether a slot's name is that of an asynchronous iterator. */
export const isAsyncIterator = (name: string): boolean => name.startsWith(ASYNC_ITERATOR)
