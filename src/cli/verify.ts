import type { Command } from 'commander'
import { cpython } from '../implementations/cpython.js'
import { type Agreement, agree, type Comparison, compare, type Evidence } from '../oracle/agree.js'
import type { Implementation } from '../oracle/implementation.js'
import type { Module } from '../program/syntax.js'
import { describeDifference } from '../trace/difference.js'
import { exitCodes, fail, type Io, progressBar } from './io.js'
import { wholeNumber } from './option.js'
import { readProgram } from './read-program.js'

/** What `verify` is asked to do. */
export interface VerifyOptions {
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
  /** What is compared with the model: CPython 3.13, unless another is given. */
  readonly implementation?: () => Promise<Implementation>
}

/** Compares the model with the real CPython, on random programs or on one. Gives the exit code. */
export const verify = async (options: VerifyOptions, io: Io): Promise<number> => {
  const read = options.file === undefined ? null : readProgram(options.file)
  if (read !== null && 'refusal' in read) return fail(io, read.refusal)
  const implementation = await (options.implementation ?? cpython)()
  try {
    return read === null
      ? await verifyRandom(implementation, options, io)
      : await verifyOne(implementation, read.module, options, io)
  } finally {
    await implementation.close()
  }
}

/** Registers the command. */
export const addVerify = (program: Command, io: Io, end: (code: number) => void): void => {
  program
    .command('verify')
    .description('compare the model with the real CPython, on random programs or on one')
    .argument('[file]', 'a Python program; without it, random programs')
    .option('--programs <n>', 'how many random programs', wholeNumber(1), 300)
    .option('--seed <n>', 'which random programs', wholeNumber(-(2 ** 31), 2 ** 31 - 1))
    .option('--path <path>', 'where a difference was found')
    .option('--json', 'print the outcome as JSON')
    .action(async (file: string | undefined, given: Omit<VerifyOptions, 'file'>) => {
      end(await verify({ ...given, ...(file === undefined ? {} : { file }) }, io))
    })
}

const verifyRandom = async (implementation: Implementation, options: VerifyOptions, io: Io): Promise<number> => {
  const { programs = 300, seed = Math.floor(Math.random() * 2 ** 31), path, json = false } = options
  const bar = progressBar(io, 'programs', programs)
  const from = path === undefined ? {} : { path }
  const agreement = await agree(implementation, { programs, seed, onProgress: bar.update, ...from })
  bar.stop()
  io.out(`${json ? JSON.stringify(agreement) : describeAgreement(agreement)}\n`)
  return agreement.evidence === null && told(agreement) > 0 ? exitCodes.ok : exitCodes.failed
}

/** How many programs told something. */
const told = ({ compared, inconclusive, skipped }: Agreement): number => compared - inconclusive.length - skipped.length

/** The outcome of many programs as text. */
export const describeAgreement = (agreement: Agreement): string => {
  const { implementation, seed, inconclusive, skipped, evidence } = agreement
  const doubts = [...inconclusive, ...skipped].map(({ reason }) => `  without an answer: ${reason}`)
  const counted = `${told(agreement)} random programs on the model and on ${implementation}, seed ${seed}`
  return evidence === null
    ? [`${counted}: no difference.`, ...doubts].join('\n')
    : [`${counted}: a difference.`, ...doubts, '', describeEvidence(evidence)].join('\n')
}

const describeEvidence = ({ text, difference, command }: Evidence): string =>
  [text, describeDifference(difference), '(- the model, + the implementation)', '', `Again: ${command}`].join('\n')

const verifyOne = async (
  implementation: Implementation,
  program: Module,
  { json = false }: VerifyOptions,
  io: Io,
): Promise<number> => {
  const comparison = await compare(implementation, program)
  io.out(`${json ? JSON.stringify(comparison) : describeComparison(comparison, implementation)}\n`)
  return comparison.kind === 'same' ? exitCodes.ok : exitCodes.failed
}

const describeComparison = (comparison: Comparison, { name, version }: Implementation): string => {
  const who = `The model and ${name} ${version}`
  switch (comparison.kind) {
    case 'same':
      return `${who} agree on all ${comparison.actual.events.length} events: ${comparison.actual.verdict.kind}.`
    case 'different':
      return `${who} differ.\n${describeDifference(comparison.difference)}\n(- the model, + ${name})`
    case 'inconclusive':
      return `No trace of ${name} ${version}: ${comparison.reason}`
    case 'skipped':
      return `The model does not know this program: ${comparison.reason}`
  }
}
