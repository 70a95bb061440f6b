import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Command } from 'commander'
import { introduction } from '../exhibition/exhibition.js'
import { recordMoveToMove } from '../exhibition/measure.js'
import { curve, summarise } from '../exhibition/summary.js'
import { implementationNames } from '../implementations/named.js'
import { boardLanes } from '../report/boards.js'
import { pageHtml } from '../report/html.js'
import { claimsText } from '../report/text.js'
import { check } from './check.js'
import { exhibitionReport } from './exhibition.js'
import { coloursFor, exitCodes, fail, type Io, progressBar } from './io.js'
import { judge } from './judge.js'
import { wholeNumber } from './option.js'
import { isInstalled, self } from './self.js'

/** What `start` is asked to do. */
export interface StartOptions {
  /** Which random programs; a random number where none is given. */
  readonly seed?: number
  /** How many. */
  readonly programs: number
  /** Whether the real CPython is asked too. */
  readonly cpython: boolean
  /** Where the reports are written. */
  readonly reports: string
}

const defaultReports = 'reports'
const next = isInstalled
  ? 'FILE, on a program of your own'
  : 'fixtures/programs/move_to_move.py, or a program of your own; npm test for the proofs'
const mostPrograms = 100_000
const curveBoards = 24

/** The exhibition of the introduction, its claims, and the reports. Gives the exit code. */
export const start = async (options: StartOptions, io: Io): Promise<number> => {
  const { seed = Math.floor(Math.random() * 2 ** 31), programs, reports } = options
  const { bold, dim, green, red } = coloursFor(io)
  const summary = summarise(introduction)
  const asking = progressBar(io, 'CPython runs random programs', programs)
  const judging = { seed, programs, onProgress: asking.update }
  const judgement = options.cpython ? await judge(introduction, judging) : null
  asking.stop()
  const times = judgement?.times ?? null
  io.out(`${bold('A chess exhibition')}: ${exhibitionReport(summary, io, times)}\n`)
  if (judgement !== null) io.out(`${judgement.agrees ? green(judgement.says) : red(judgement.says)}.\n\n`)

  const bar = progressBar(io, 'random programs', programs)
  const { rows, checkedOn } = check(introduction, seed, programs, bar.update)
  bar.stop()
  io.out(`${bold('What an introduction to asyncio claims')}\n${dim(checkedOn)}\n\n${claimsText(rows)}\n`)

  const lanes = boardLanes(recordMoveToMove(introduction), introduction)
  const judged = judgement === null ? '' : ` ${judgement.says}.`
  const page = pageHtml({
    summary,
    judged: times,
    lanes,
    curve: curve(introduction, curveBoards),
    claims: rows,
    checkedOn: `${checkedOn}${judged}`,
    links: otherReports.filter(({ path }) => path === 'claims.json' || existsSync(join(reports, path))),
  })
  const written = write(reports, [
    ['index.html', page],
    ['claims.json', `${JSON.stringify({ seed, programs, claims: rows }, null, 2)}\n`],
  ])
  if (written !== null) return fail(io, written)

  const place = relative(process.cwd(), join(reports, 'index.html'))
  io.out(`Written: ${place} (open it in a browser) and claims.json beside it.\n`)
  io.out(`Next: ${self} run ${next}.\n`)
  const good = summary.agrees && (judgement?.agrees ?? true) && rows.every(({ holds }) => holds)
  return good ? exitCodes.ok : fail(io, `Something failed. The same once more: ${self} start --seed ${seed}`)
}

/** Registers the command. */
export const addStart = (program: Command, io: Io, end: (code: number) => void): void => {
  program
    .command('start')
    .description('the exhibition of the introduction, its claims, and reports/index.html')
    .option('--seed <n>', 'which random programs', wholeNumber(0, 2 ** 31 - 1))
    .option('--programs <n>', 'how many random programs', wholeNumber(0, mostPrograms), 300)
    .option('--reports <folder>', 'where the reports are written', defaultReports)
    .option('--no-cpython', 'do not ask the real CPython')
    .action(async (options: StartOptions) => end(await start(options, io)))
}

const otherReports = [
  { path: 'coverage/index.html', says: 'which lines, branches and functions the tests ran' },
  { path: 'mutation/index.html', says: 'faults put into the model on purpose, and which the tests noticed' },
  { path: 'rules.md', says: 'what looks after each rule of the model' },
  { path: 'bugs.md', says: "bugs of asyncio's past, and how many random programs find them" },
  { path: 'bench.json', says: 'how long the model takes' },
  { path: 'junit.xml', says: 'every test' },
  ...implementationNames.map((name) => ({
    path: `agreement/${name}.json`,
    says: `how many random programs were compared with ${name}, and how fast`,
  })),
  { path: 'claims.json', says: 'the table of claims as data' },
]

/** Writes files; gives the reason where one could not be written. */
const write = (folder: string, files: readonly (readonly [name: string, text: string])[]): string | null => {
  try {
    mkdirSync(folder, { recursive: true })
    for (const [name, text] of files) writeFileSync(join(folder, name), text)
    return null
  } catch (caught) {
    return `the reports could not be written: ${caught instanceof Error ? caught.message : String(caught)}`
  }
}
