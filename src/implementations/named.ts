import { builds } from '../asyncio/versions.js'
import type { Bounds, Implementation } from '../oracle/implementation.js'
import { cpython, isBuild } from './cpython.js'
import { python } from './python.js'

/** The names of the implementations that come along: the embedded builds, oldest first. */
export const implementationNames: readonly string[] = builds.map((build) => `cpython-${build}`)

const embedded = 'cpython-'
const native = 'python:'

/** Whether an implementation can be asked for by a name. Whether it is installed only starting it tells. */
export const isImplementationName = (name: string): boolean =>
  name.startsWith(native) ? name.length > native.length : implementationNames.includes(name)

/** Starts the implementation of a name: `cpython-3.13.2`, or `python:` and an executable. */
export const implementationNamed = async (name: string, bounds: Partial<Bounds> = {}): Promise<Implementation> => {
  const build = name.slice(embedded.length)
  if (name.startsWith(embedded) && isBuild(build)) return cpython(build, bounds)
  if (name.startsWith(native) && isImplementationName(name)) return python(name.slice(native.length), bounds)
  throw new Error(`there is no ${name}; there are ${implementationNames.join(', ')}, and python:EXECUTABLE`)
}
