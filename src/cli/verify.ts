import { readFile } from 'node:fs/promises'
import { SingleBar } from 'cli-progress'
import { type Command, InvalidArgumentError } from 'commander'
import { cpython } from '../implementations/cpython.js'
import { type Agreement, agree, type Comparison, compare, type Evidence } from '../oracle/agree.js'
import type { Implementation } from '../oracle/implementation.js'
import { parse } from '../program/parse.js'
import type { Module } from '../program/syntax.js'
import { describeDifference } from '../trace/difference.js'

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
  readonly write?: (text: string) => void
}

/** How `verify` ends: all the same, a difference, or bad usage. */
const exitCodes = { same: 0, different: 1, usage: 2 } as const

/** Compares the model with the real CPython, on random programs or on one. Gives the exit code. */
export const verify = async (options: VerifyOptions = {}): Promise<number> => {
  const write = options.write ?? ((text) => process.stdout.write(`${text}\n`))
  const program = options.file === undefined ? null : await readProgram(options.file)
  if (program !== null && 'refusal' in program) {
    write(program.refusal)
    return exitCodes.usage
  }
  const implementation = await (options.implementation ?? cpython)()
  try {
    return program === null
      ? await verifyRandom(implementation, options, write)
      : await verifyOne(implementation, program, options, write)
  } finally {
    await implementation.close()
  }
}

/** Registers the command. */
export const addVerify = (program: Command): void => {
  program
    .command('verify')
    .description('compare the model with the real CPython, on random programs or on one')
    .argument('[file]', 'a Python program; without it, random programs')
    .option('--programs <n>', 'how many random programs', wholeNumber, 300)
    .option('--seed <n>', 'which random programs', wholeNumber)
    .option('--path <path>', 'where a difference was found')
    .option('--json', 'print the outcome as JSON')
    .action(async (file: string | undefined, given: Omit<VerifyOptions, 'file'>) => {
      process.exitCode = await verify({ ...given, ...(file === undefined ? {} : { file }) })
    })
}

const wholeNumber = (text: string): number => {
  if (/^-?\d{1,10}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be a whole number.')
}

const readProgram = async (file: string): Promise<Module | { readonly refusal: string }> => {
  try {
    return parse(await readFile(file, 'utf8'), file)
  } catch (error) {
    return { refusal: error instanceof Error ? error.message : String(error) }
  }
}

type Write = (text: string) => void

const verifyRandom = async (implementation: Implementation, options: VerifyOptions, write: Write): Promise<number> => {
  const { programs = 300, seed = Math.floor(Math.random() * 2 ** 31), path, json = false } = options
  const bar = process.stderr.isTTY && !json ? new SingleBar({ format: '{bar} {value}/{total} programs' }) : null
  bar?.start(programs, 0)
  const onProgress = (compared: number): void => bar?.update(compared)
  const agreement = await agree(implementation, { programs, seed, onProgress, ...(path === undefined ? {} : { path }) })
  bar?.stop()
  write(json ? JSON.stringify(agreement) : describeAgreement(agreement))
  return agreement.evidence === null ? exitCodes.same : exitCodes.different
}

/** The outcome of many programs as text. */
export const describeAgreement = (agreement: Agreement): string => {
  const { implementation, seed, compared, inconclusive, skipped, evidence } = agreement
  const doubts = [...inconclusive, ...skipped].map(({ reason }) => `  without an answer: ${reason}`)
  const counted = `${compared} random programs on the model and on ${implementation}, seed ${seed}`
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
  write: Write,
): Promise<number> => {
  const comparison = await compare(implementation, program)
  write(json ? JSON.stringify(comparison) : describeComparison(comparison, implementation))
  return comparison.kind === 'different' ? exitCodes.different : exitCodes.same
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
