import { removeDoneCallback } from '../loop/future.js'
import type { Reference, Value } from '../loop/value.js'
import type { Callback, World } from '../loop/world.js'

/** A callback of the library's own, with what it is about: `asyncio.` and its qualified name. */
export const libraryCallback = (name: string, ...args: readonly Value[]): Callback => ({
  name: 'call',
  callee: { kind: 'builtin', name },
  args,
})

/** Takes a callback of the library's own away from a future: it is known by its name and by what it is about. */
export const removeLibraryCallback = (world: World, future: number, name: string, about?: Reference): World =>
  removeDoneCallback(world, future, (callback) => {
    if (callback.name !== 'call' || !isNamed(callback.callee, name)) return false
    return about === undefined || (callback.args[0] as Reference).id === about.id
  })[0]

const isNamed = (callee: Value, name: string): boolean =>
  typeof callee === 'object' && callee?.kind === 'builtin' && callee.name === name
