import type { Interpreter } from '../loop/coroutine.js'
import type { Reference, Value } from '../loop/value.js'
import type { World } from '../loop/world.js'
import { completionNames, handleCompletion, handleTimeout } from './as-completed.js'
import { childDone, gatherCallback } from './gather.js'
import {
  awaitedByCallback,
  innerCallback,
  innerDone,
  logCallback,
  logOnException,
  outerCallback,
  outerDone,
} from './shield.js'
import { completed, waitCallback } from './wait.js'

/** What a callback of the library's own does: it can tell of an exception. */
type LibraryCallback = (world: World, args: readonly [Reference, Reference], interpreter: Interpreter) => World

const completion: LibraryCallback = (world, [completions, future]) => handleCompletion(world, completions, future)
const timeout: LibraryCallback = (world, [completions]) => handleTimeout(world, completions)

const watching = [true, false].flatMap((asCompletedStartsAtOnce): readonly (readonly [string, LibraryCallback])[] => {
  const names = completionNames({ asCompletedStartsAtOnce })
  return [
    [`asyncio.${names.completion}`, completion],
    [`asyncio.${names.timeout}`, timeout],
  ]
})

const callbacks: ReadonlyMap<string, LibraryCallback> = new Map<string, LibraryCallback>([
  [gatherCallback, (world, [gathering, child]) => childDone(world, gathering, child.id)],
  [waitCallback, (world, [waiting, future]) => completed(world, waiting, future.id)],
  [innerCallback, (world, [outer, inner]) => innerDone(world, outer, inner)],
  [outerCallback, (world, [outer, inner]) => outerDone(world, outer, inner)],
  [awaitedByCallback, (world) => world],
  [logCallback, (world, [inner], interpreter) => logOnException(world, inner, interpreter)],
  ...watching,
])

/** The callback of the library's own that a value names; undefined where it names none. */
export const libraryCallbackOf = (callee: Value): LibraryCallback | undefined =>
  callee !== null && typeof callee === 'object' && callee.kind === 'builtin' ? callbacks.get(callee.name) : undefined
