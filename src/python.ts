/**
 * The real CPythons, each an implementation to compare the model with: the builds that npm has, embedded, and any Python
 * of this machine. A build is an optional peer: it is asked for by its name, and installed by whoever wants it.
 */

export { type Build, builds } from './asyncio/versions.js'
export { cpython, newestBuild } from './implementations/cpython.js'
export { implementationNamed, implementationNames, isImplementationName } from './implementations/named.js'
export { python } from './implementations/python.js'
