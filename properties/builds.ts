import { implementationNamed } from '../src/implementations/named.js'
import type { Bounds, Implementation } from '../src/oracle/implementation.js'

const started = new Map<string, Promise<Implementation>>()

/**
 * A build of CPython that all tests of a worker share: to load one takes longer than most of what it is asked. It ends with
 * the worker, and nobody closes it.
 */
export const sharedBuild = (name: string, bounds: Partial<Bounds> = {}): Promise<Implementation> => {
  const key = JSON.stringify([name, bounds])
  const build = started.get(key) ?? implementationNamed(name, bounds)
  started.set(key, build)
  return build
}
