import type { Command } from 'commander'
import { newestPython } from '../asyncio/versions.js'
import { newestBuild } from '../implementations/cpython.js'
import { implementationNamed, implementationNames, isImplementationName } from '../implementations/named.js'
import { type Agreement, agree, type Comparison, compare } from '../oracle/agree.js'
import type { Implementation } from '../oracle/implementation.js'
import { run } from '../program/run.js'
import type { Module } from '../program/syntax.js'
import { agreementText, comparisonText } from '../report/evidence.js'
import { exitCodes, fail, type Io, progressBar } from './io.js'
import { knownDifferences } from './known-differences.js'
import { wholeNumber } from './option.js'
import { readProgram } from './read-program.js'
import { self } from './self.js'
import { addSwitches, overrideOf, type SwitchOptions, switchesText } from './switches.js'

/** What `verify` is asked to do. */
export interface VerifyOptions extends SwitchOptions {
  /** What is compared with the model, by name; `all` for every build that comes along. The newest by default. */
  readonly against?: readonly string[]
  /** How many random programs. */
  readonly programs?: number
  /** Which random programs; a random number where none is given. */
  readonly seed?: number
  /** Where, among the programs of a seed, a difference was found. */
  readonly path?: string
  /** Prints the outcome as one line of JSON. */
  readonly json?: boolean
  /** The one program to compare, in place of random ones. */
  readonly file?: string
}

/** Starts an implementation by its name. */
export type Open = (name: string) => Promise<Implementation>

/** Compares the model with real event loops, on random programs or on one. Gives the exit code. */
export const verify = async (options: VerifyOptions, io: Io, open: Open = implementationNamed): Promise<number> => {
  const read = options.file === undefined ? null : readProgram(options.file)
  if (read !== null && 'refusal' in read) return fail(io, read.refusal)
  const opened = await openAll(namesOf(options), open)
  try {
    if ('refusal' in opened) return fail(io, opened.refusal)
    const { implementations } = opened
    return read === null
      ? await verifyRandom(implementations, options, io)
      : await verifyOne(implementations, read.module, options, io)
  } finally {
    await Promise.all(opened.implementations.map((implementation) => implementation.close()))
  }
}

const namesOf = ({ against = [`cpython-${newestBuild}`] }: VerifyOptions): readonly string[] => [
  ...new Set(against.flatMap((name) => (name === 'all' ? implementationNames : [name]))),
]

interface Opened {
  readonly implementations: readonly Implementation[]
  /** Why one could not be started. */
  readonly refusal?: string
}

const openAll = async (names: readonly string[], open: Open): Promise<Opened> => {
  const started = await Promise.allSettled(names.map(open))
  const implementations = started.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
  const failed = started.find((each) => each.status === 'rejected')
  return failed === undefined
    ? { implementations }
    : { implementations, refusal: failed.reason instanceof Error ? failed.reason.message : String(failed.reason) }
}

/** Registers the command. */
export const addVerify = (program: Command, io: Io, end: (code: number) => void): void => {
  const command = program
    .command('verify')
    .description('compare the model with the real CPython, on random programs or on one')
    .argument('[file]', 'a Python program; without it, random programs')
    .option('--against <names...>', `${implementationNames.join(', ')}, python:EXECUTABLE, or all that come along`)
    .option('--programs <n>', 'how many random programs for each', wholeNumber(1), 300)
    .option('--seed <n>', 'which random programs', wholeNumber(-(2 ** 31), 2 ** 31 - 1))
    .option('--path <path>', 'where a difference was found')
    .option('--json', 'print the outcome as JSON')
  addSwitches(command).action(async (file: string | undefined, given: Omit<VerifyOptions, 'file'>) => {
    const { names, file: found } = sorted(file, given.against)
    const unknown = names?.find((name) => name !== 'all' && !isImplementationName(name))
    if (unknown !== undefined) {
      const known = [...implementationNames, 'python:EXECUTABLE', 'all'].join(', ')
      return end(fail(io, `error: --against knows no ${unknown}; it knows ${known}`, exitCodes.usage))
    }
    const against = names === undefined ? {} : { against: names }
    end(await verify({ ...given, ...against, ...(found === undefined ? {} : { file: found }) }, io))
  })
}

/** A file that stands behind the names is no name. */
const sorted = (
  file: string | undefined,
  names: readonly string[] | undefined,
): { readonly names?: readonly string[]; readonly file?: string | undefined } => {
  if (names === undefined) return { file }
  const last = names.at(-1)
  return file === undefined && names.length > 1 && last?.endsWith('.py')
    ? { names: names.slice(0, -1), file: last }
    : { names, file }
}

const verifyRandom = async (
  implementations: readonly Implementation[],
  options: VerifyOptions,
  io: Io,
): Promise<number> => {
  const { programs = 300, seed = Math.floor(Math.random() * 2 ** 31), path, json = false } = options
  if (!json) io.out(`seed ${seed}\n`)
  const bar = progressBar(io, 'programs', programs * implementations.length)
  let done = 0
  const onProgress = (): void => {
    done += 1
    bar.update(done)
  }
  const from = path === undefined ? {} : { path }
  const agreements = await Promise.all(
    implementations.map((implementation) =>
      agree(implementation, {
        programs,
        seed,
        known: knownDifferences(),
        onProgress,
        command: commandFor(implementation, options),
        model: modelOf(options),
        ...from,
      }),
    ),
  )
  bar.stop()
  io.out(json ? `${JSON.stringify({ seed, implementations: agreements.map(counted) })}\n` : texts(agreements))
  return agreements.every(isProven) ? exitCodes.ok : exitCodes.failed
}

const commandFor =
  ({ name }: Implementation, options: SwitchOptions) =>
  (seed: number, path: string): string =>
    `${self} verify --against ${name}${switchesText(options)} --programs 1 --seed ${seed} --path ${path}`

/** The model of an implementation's version, with the switches turned that are to be turned. */
const modelOf = (options: SwitchOptions): typeof run => {
  const override = overrideOf(options)
  return (module, { python = newestPython, ...others } = {}) =>
    run(module, { ...others, python: { ...python, ...override } })
}

const texts = (agreements: readonly Agreement[]): string => agreements.map(agreementText).join('')

/** Whether programs told something, and none told a difference. */
const isProven = ({ compared, inconclusive, skipped, evidence }: Agreement): boolean =>
  evidence === null && compared > inconclusive.length + skipped.length

/** An agreement as `--json` tells it. */
const counted = ({ implementation, version, compared, inconclusive, skipped, evidence }: Agreement): object => ({
  name: implementation,
  version,
  programs: compared,
  differences: evidence === null ? 0 : 1,
  skipped: skipped.length,
  inconclusive: inconclusive.length,
  ...(evidence === null ? {} : { evidence }),
})

const verifyOne = async (
  implementations: readonly Implementation[],
  program: Module,
  options: VerifyOptions,
  io: Io,
): Promise<number> => {
  const { json = false } = options
  const comparisons: Comparison[] = []
  for (const implementation of implementations) {
    const comparison = await compare(implementation, program, { known: knownDifferences(), model: modelOf(options) })
    comparisons.push(comparison)
    if (!json) io.out(comparisonText(comparison, implementation))
  }
  const named = comparisons.map((comparison, index) => ({ name: implementations[index]?.name, ...comparison }))
  if (json) io.out(`${JSON.stringify({ implementations: named })}\n`)
  return comparisons.every(({ kind }) => kind === 'same') ? exitCodes.ok : exitCodes.failed
}
