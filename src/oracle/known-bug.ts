import { type Build, builds, isAtLeast, pythonAt } from '../asyncio/versions.js'
import type { ChangeName } from './sightings.js'

/** A known bug of asyncio's past. */
export interface Bug {
  /** Its number in the programs of `fixtures/programs/bugs`. */
  readonly number: string
  /** Where it was reported. */
  readonly issue: string
  readonly what: string
  /** The first version of what has the bug, where that is younger than the oldest build. */
  readonly since?: string
  /** The first version without it; null where there is none. */
  readonly fixed: string | null
  /** The change that ended it, by name; null where that is none of those that part the builds. */
  readonly change: ChangeName | null
  /** The change that brought it, by name: where another did away with more than the bug, or none did yet. */
  readonly brought?: ChangeName
}

/** A switch, and the build of which random programs are to show that it stands otherwise. */
export interface Measured {
  readonly name: ChangeName
  readonly build: Build
}

/** The newest build that has a bug, and the switch that is nothing but the bug; null where there is none. */
export const measuredOn = (bug: Bug): Measured | null => {
  const name = bug.brought ?? bug.change
  const build =
    name === null ? undefined : buildsWith(bug).findLast((each) => pythonAt(each)[name] === (bug.brought !== undefined))
  return name === null || build === undefined ? null : { name, build }
}

/** The builds that have a bug: they know what has it, and are older than its end. */
export const buildsWith = ({ since, fixed }: Bug): readonly Build[] =>
  builds.filter((build) => isAtLeast(build, since ?? build) && !(fixed !== null && isAtLeast(build, fixed)))
