import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Command } from 'commander'
import fc from 'fast-check'
import { rules as allRules, type RuleName } from '../asyncio/rules.js'
import { builds } from '../asyncio/versions.js'
import { programs as arbitraryPrograms } from '../oracle/arbitrary-program.js'
import { featuresAt, featuresOf } from '../oracle/features.js'
import { print } from '../program/print.js'
import { type RuleRow, rulesText } from '../report/rules.js'
import { exercised } from '../vectors/exercised.js'
import { exitCodes, fail, type Io } from './io.js'
import { wholeNumber } from './option.js'
import { citations, rulePlaces, smallFaults } from './rule-places.js'

/** What `rules` is asked to do. */
export interface RulesOptions {
  /** How many random programs are measured. */
  readonly programs?: number
  /** Which; a random number where none is given. */
  readonly seed?: number
  /** Where the table goes. */
  readonly output?: string
}

/** Writes rule by rule which properties, vectors, faults and random programs look after it. Gives the exit code. */
export const rules = async (options: RulesOptions, io: Io, root = '.'): Promise<number> => {
  const { programs = 500, seed = Math.floor(Math.random() * 2 ** 31), output = 'reports/rules.md' } = options
  if (!existsSync(join(root, 'fixtures/vectors'))) return fail(io, 'Run the command in the folder of the project.')
  const rows = await rowsOf(root, programs, seed)
  const path = resolve(root, output)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, rulesText(rows, { programs, seed }))
  const idle = rows.filter((row) => row.programs === 0).map(({ name }) => name)
  io.out(`${rows.length} rules, of seed ${seed}. They stand in ${output}.\n`)
  return idle.length === 0 ? exitCodes.ok : fail(io, `No random program of ${programs} exercised ${idle.join(', ')}.`)
}

const rowsOf = async (root: string, programs: number, seed: number): Promise<readonly RuleRow[]> => {
  const [places, cited, faults] = [await rulePlaces(root), tally(citations(root)), smallFaults(root)]
  const ofVectors = tally(jsonUnder(join(root, 'fixtures/vectors')).flatMap(({ rules: names }) => names ?? []))
  const planted = jsonUnder(join(root, 'fixtures/mutants'))
  const ofPrograms = tally((await exercised(randomPrograms(programs, seed))).flat())
  return (Object.keys(allRules) as readonly RuleName[]).map((name) => {
    const { mirrors, versions } = allRules[name]
    const place = places.get(name)
    const within =
      place === undefined
        ? undefined
        : faults.get(place.file)?.filter(({ line }) => line >= place.first && line <= place.last)
    return {
      name,
      mirrors,
      versions,
      file: place?.file ?? '',
      properties: cited.get(name) ?? 0,
      vectors: ofVectors.get(name) ?? 0,
      planted: planted.filter(({ file, find = '' }) => file === place?.file && place?.text.includes(find)).length,
      mutants:
        within === undefined ? null : { noticed: within.filter(({ noticed }) => noticed).length, all: within.length },
      programs: ofPrograms.get(name) ?? 0,
    }
  })
}

const randomPrograms = (number: number, seed: number) =>
  fc.sample(arbitraryPrograms(), { numRuns: number, seed }).map((program) => {
    const text = print(program)
    const needed = featuresOf(text)
    const canRun = (build: string): boolean => needed.every((feature) => featuresAt(build).includes(feature))
    return { text, versions: builds.filter(canRun) }
  })

const tally = (names: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

/** A vector or a planted fault, as far as it is read here. */
interface Stored {
  readonly rules?: readonly string[]
  readonly file?: string
  readonly find?: string
}

const jsonUnder = (folder: string): readonly Stored[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json') && entry.name !== 'schema.json')
    .map((entry) => JSON.parse(readFileSync(join(entry.parentPath ?? entry.path, entry.name), 'utf8')) as Stored)

/** Registers the command. */
export const addRules = (program: Command, io: Io, end: (code: number) => void): void => {
  program
    .command('rules')
    .description('rule by rule, which properties, vectors, faults and random programs look after it')
    .option('--programs <n>', 'how many random programs are measured', wholeNumber(1, 100_000), 500)
    .option('--seed <n>', 'which random programs', wholeNumber(-(2 ** 31), 2 ** 31 - 1))
    .option('--output <file>', 'where the table goes', 'reports/rules.md')
    .action(async (options: RulesOptions) => end(await rules(options, io)))
}
