import { pythonAt } from '../asyncio/versions.js'
import type { Python } from '../loop/python.js'
import { run } from '../program/run.js'
import { type Difference, difference } from '../trace/difference.js'
import { expectedOn, type Vector } from './vector.js'

/** The Python of a build: of the five only 3.10.2 has tasks and futures that are not those written in C. */
export const pythonOf = (version: string): Python => pythonAt(version, { accelerated: version !== '3.10.2' })

/** Replays a vector on the model, as the Python of a version. Null where all is as recorded. */
export const replay = (vector: Vector, version: string): Difference | null => {
  const expected = expectedOn(vector, version)
  if (expected === undefined) throw new RangeError(`${vector.name} was not recorded on ${version}`)
  return difference(expected, run(vector.program, { python: pythonOf(version) }))
}
