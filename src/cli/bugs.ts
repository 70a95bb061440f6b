import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Command } from 'commander'
import { type Build, builds, changes, pythonAt } from '../asyncio/versions.js'
import { implementationNamed } from '../implementations/named.js'
import { type Bug, measuredOn } from '../oracle/known-bug.js'
import { type ChangeName, sightings } from '../oracle/sightings.js'
import { type Sought, sightingsText } from '../report/sightings.js'
import { exitCodes, fail, type Io, progressBar } from './io.js'
import { wholeNumber } from './option.js'
import { self } from './self.js'
import { switchesText } from './switches.js'
import type { Open } from './verify.js'

/** What `bugs` is asked to do. */
export interface BugsOptions {
  /** How many random programs at most for each build. */
  readonly programs?: number
  /** Which random programs; a random number where none is given. */
  readonly seed?: number
  /** Where the table goes. */
  readonly output?: string
  /** The known bugs, as a file of JSON. */
  readonly list?: string
}

/**
 * Looks with random programs for the bugs of asyncio's past on the builds that have them, and writes after how many it found
 * each. Gives the exit code.
 */
export const bugs = async (options: BugsOptions, io: Io, open: Open = implementationNamed): Promise<number> => {
  const { programs = 2000, seed = Math.floor(Math.random() * 2 ** 31), output = join('reports', 'bugs.md') } = options
  const { list = join('fixtures', 'bugs.json') } = options
  const known = knownBugs(list)
  if (typeof known === 'string') return fail(io, known)
  io.out(`seed ${seed}\n`)
  const bar = progressBar(io, 'programs', programs * builds.length)
  let done = 0
  const onProgress = (): void => {
    done += 1
    bar.update(done)
  }
  const found = await Promise.allSettled(
    builds.map((build) => soughtOn(build, known, open, (wanted) => ({ programs, seed, changes: wanted, onProgress }))),
  )
  bar.stop()
  const failed = found.find((each) => each.status === 'rejected')
  if (failed !== undefined) return fail(io, String(failed.reason))
  const sought = found.flatMap((each) => (each.status === 'fulfilled' ? each.value : []))
  const inOrder = Object.keys(changes).flatMap((name) => sought.filter((one) => one.name === name))
  const command = ({ name, build, rule }: Sought, path: string): string => {
    const switches = switchesText({ [rule === 'newer' ? 'with' : 'without']: [name as ChangeName] })
    return `${self} verify --against cpython-${build}${switches} --programs 1 --seed ${seed} --path ${path}`
  }
  mkdirSync(dirname(output), { recursive: true })
  writeFileSync(output, sightingsText({ seed, programs, command }, inOrder, known))
  const newer = inOrder.filter(({ rule }) => rule === 'newer')
  const number = newer.filter(({ sighting }) => sighting !== null).length
  io.out(`${number} of ${newer.length} changes were found. They stand in ${output}.\n`)
  return exitCodes.ok
}

type Options = (wanted: readonly ChangeName[]) => Parameters<typeof sightings>[1]

/** What is found on a build: the changes that the build after it has, and those that brought it a known bug. */
const soughtOn = async (
  build: Build,
  known: readonly Bug[],
  open: Open,
  options: Options,
): Promise<readonly Sought[]> => {
  const coming = (Object.keys(changes) as readonly ChangeName[]).filter((name) => lastBefore(name) === build)
  const brought = known.map(measuredOn).flatMap((one) => (one?.build === build ? [one.name] : []))
  const wanted = [...new Set([...coming, ...brought])]
  if (wanted.length === 0) return []
  const implementation = await open(`cpython-${build}`)
  try {
    const found = await sightings(implementation, options(wanted))
    return wanted.map((name) => ({
      name,
      since: [changes[name].since].flat(),
      says: changes[name].says,
      build,
      rule: pythonAt(build)[name] ? 'older' : 'newer',
      sighting: found.find(({ change }) => change === name) ?? null,
    }))
  } finally {
    await implementation.close()
  }
}

/** The newest build from before a change; undefined where all builds have it. */
const lastBefore = (name: ChangeName): Build | undefined => builds.findLast((build) => !pythonAt(build)[name])

const knownBugs = (list: string): readonly Bug[] | string => {
  try {
    return JSON.parse(readFileSync(list, 'utf8')) as readonly Bug[]
  } catch {
    return `The list of known bugs, ${list}, cannot be read. Run the command in the folder of the project, or name another with --list.`
  }
}

/** Registers the command. */
export const addBugs = (program: Command, io: Io, end: (code: number) => void): void => {
  program
    .command('bugs')
    .description("look with random programs for the bugs of asyncio's past, on the builds that have them")
    .option('--programs <n>', 'how many random programs for each build, at most', wholeNumber(1), 2000)
    .option('--seed <n>', 'which random programs', wholeNumber(-(2 ** 31), 2 ** 31 - 1))
    .option('--output <file>', 'where the table goes', 'reports/bugs.md')
    .option('--list <file>', 'the known bugs', 'fixtures/bugs.json')
    .action(async (options: BugsOptions) => end(await bugs(options, io)))
}
