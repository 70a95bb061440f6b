import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readVector } from '../../src/vectors/json.js'
import { idsIn } from '../../src/vectors/source.js'
import type { Vector } from '../../src/vectors/vector.js'

/** The folder of the vectors of Simul. */
export const folder = fileURLToPath(new URL('../../fixtures/vectors/', import.meta.url))

/** What stands in a file of that folder. */
export const contentOf = (file: string): string => readFileSync(join(folder, file), 'utf8')

/** A vector, the name `topic/name` of its files, and its JSON as it stands there. */
export interface Stored {
  readonly id: string
  readonly json: string
  readonly vector: Vector
}

/** All vectors, in order of their names. */
export const stored: readonly Stored[] = idsIn(folder, '.json').map((id) => {
  const json = contentOf(`${id}.json`)
  return { id, json, vector: readVector(json) }
})
