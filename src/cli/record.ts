import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { implementationNamed, implementationNames } from '../implementations/named.js'
import type { Implementation } from '../oracle/implementation.js'
import type { Measure } from '../vectors/exercised.js'
import { type Recorded, record as recordSources } from '../vectors/record.js'
import { idsIn, readSources } from '../vectors/source.js'
import { exitCodes, fail, type Io, progressBar } from './io.js'

/** What `record` is asked to do. */
export interface RecordOptions {
  /** The folder of the topics. */
  readonly folder?: string
  /** Writes nothing; says which files are not as they would be written. */
  readonly check?: boolean
}

/** Starts all implementations that vectors are recorded on, oldest first. */
export type OpenAll = () => Promise<readonly Implementation[]>

/** Where one cannot be started, the others are closed. */
const openBuilds: OpenAll = async () => {
  const started = await Promise.allSettled(implementationNames.map((name) => implementationNamed(name)))
  const builds = started.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
  const failed = started.find((each) => each.status === 'rejected')
  if (failed === undefined) return builds
  await Promise.all(builds.map((build) => build.close()))
  throw failed.reason
}

/** Where the vectors of Simul itself are. */
const ownFolder = 'fixtures/vectors'

/** Runs Python programs on the real CPythons and writes what happened, as vectors. Gives the exit code. */
export const record = async (
  options: RecordOptions,
  io: Io,
  open: OpenAll = openBuilds,
  measure?: Measure,
): Promise<number> => {
  const { folder = ownFolder, check = false } = options
  const sources = readSources(folder)
  if (sources.length === 0) return fail(io, `${folder}: there is no Python program in a folder of this folder`)
  const implementations = await open().catch((error: unknown) => String(error instanceof Error ? error.message : error))
  if (typeof implementations === 'string') return fail(io, implementations)
  const bar = progressBar(io, 'programs', sources.length * implementations.length)
  let done = 0
  const onProgress = (): void => {
    done += 1
    bar.update(done)
  }
  try {
    const recorded = await recordSources(sources, implementations, onProgress, measure)
    bar.stop()
    return check ? tellStale(folder, recorded, io) : write(folder, recorded, io)
  } finally {
    bar.stop()
    await Promise.all(implementations.map((implementation) => implementation.close()))
  }
}

/** Registers the command. */
export const addRecord = (program: Command, io: Io, end: (code: number) => void): void => {
  program
    .command('record')
    .description('run Python programs on the real CPythons and write what happened, as vectors')
    .argument('[folder]', 'a folder of topics, each a folder of programs', ownFolder)
    .option('--check', 'write nothing; say which vectors are not as they would be written')
    .action(async (folder: string, options: Omit<RecordOptions, 'folder'>) => {
      end(await record({ ...options, folder }, io))
    })
}

const write = (folder: string, recorded: readonly Recorded[], io: Io): number => {
  const stale = staleIn(folder, recorded)
  for (const { file, text } of stale) {
    if (text === null) rmSync(file)
    else writeFileSync(file, text)
    io.out(`${text === null ? 'removed' : 'wrote'} ${file}\n`)
  }
  return end(recorded, stale.length === 0 ? 'nothing has changed' : null, io)
}

const tellStale = (folder: string, recorded: readonly Recorded[], io: Io): number => {
  const stale = staleIn(folder, recorded)
  for (const { file, text } of stale) fail(io, `${file} ${text === null ? 'has no program' : 'is not up to date'}`)
  const code = end(recorded, stale.length === 0 ? 'all are up to date' : null, io)
  return stale.length === 0 ? code : exitCodes.failed
}

const end = (recorded: readonly Recorded[], says: string | null, io: Io): number => {
  const refused = recorded.flatMap((each) => (each.kind === 'refused' ? [each.reason] : []))
  for (const reason of refused) fail(io, reason)
  const count = recorded.length - refused.length
  io.out(`${count} vector${count === 1 ? '' : 's'}${says === null ? '' : `: ${says}`}\n`)
  return refused.length === 0 ? exitCodes.ok : exitCodes.failed
}

/** A file that is not as it should be: what it should contain, null where it should not be there. */
interface Stale {
  readonly file: string
  readonly text: string | null
}

/** Of a source that was refused the file is left as it is. */
const staleIn = (folder: string, recorded: readonly Recorded[]): readonly Stale[] => {
  const ids = new Set(recorded.map(({ id }) => id))
  const fileOf = (id: string): string => join(folder, `${id}.json`)
  const orphans = idsIn(folder, '.json').filter((id) => !ids.has(id))
  return [
    ...recorded.flatMap((each): readonly Stale[] => {
      if (each.kind === 'refused') return []
      const file = fileOf(each.id)
      return existsSync(file) && readFileSync(file, 'utf8') === each.text ? [] : [{ file, text: each.text }]
    }),
    ...orphans.map((id): Stale => ({ file: fileOf(id), text: null })),
  ]
}
