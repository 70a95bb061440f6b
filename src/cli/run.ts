import type { Command } from 'commander'
import { newestPython, pythonAt } from '../asyncio/versions.js'
import { run as runLoop } from '../loop/run.js'
import type { World } from '../loop/world.js'
import { strIn } from '../program/operations.js'
import { defaultBounds, prepare, traceOf } from '../program/run.js'
import { numberText, secondsText } from '../report/number.js'
import { eventText, table } from '../report/text.js'
import type { Trace, Verdict } from '../trace/events.js'
import { coloursFor, exitCodes, fail, type Io } from './io.js'
import { pythonVersion, wholeNumber } from './option.js'
import { readProgram } from './read-program.js'
import { addSwitches, overrideOf, type SwitchOptions } from './switches.js'

/** What `run` is asked to do. */
export interface RunOptions extends SwitchOptions {
  readonly json?: boolean
  readonly trace?: boolean
  /** The bound on turns of the loop. */
  readonly turns?: number
  /** The bound on steps without a turn. */
  readonly steps?: number
  /** The version of Python that the file is written for. */
  readonly python?: string
}

/** Runs a Python file on the model and shows what it printed, when, and how it ended. Gives the exit code. */
export const run = (file: string, options: RunOptions, io: Io): number => {
  const { json = false, trace: shown = false, turns = defaultBounds.turns, steps = defaultBounds.steps } = options
  const { python: version } = options
  const read = readProgram(file, version)
  if ('refusal' in read) return fail(io, read.refusal)
  const python = pythonAt(version ?? newestPython.version, overrideOf(options))
  const { interpreter, world } = prepare(read.module, { python, steps })
  const ended = runLoop(interpreter, world, { turns })
  const trace = traceOf(ended.world, ended.verdict, interpreter)
  const code = exitCodeOf(ended.world, trace.verdict)
  if (json) {
    io.out(`${JSON.stringify(resultOf(trace), finite)}\n`)
    return code
  }
  io.out(shown ? trace.events.map((event) => `${eventText(event)}\n`).join('') : printedText(trace, io))
  const told = verdictText(file, ended.world, trace)
  if (code !== exitCodes.ok) return fail(io, told, code)
  io.out(`${coloursFor(io).dim(told)}\n`)
  return code
}

/** Registers the command. */
export const addRun = (program: Command, io: Io, end: (code: number) => void): void => {
  const command = program
    .command('run')
    .description('run a Python program on the model, in virtual time')
    .argument('<file>', 'the program')
    .option('--json', 'print the events, the outcome and what was printed as JSON')
    .option('--trace', 'print every event, one a line')
    .option('--turns <n>', 'turns of the loop, at most', wholeNumber(1), defaultBounds.turns)
    .option('--steps <n>', 'steps of the program without a turn, at most', wholeNumber(1), defaultBounds.steps)
    .option('--python <version>', 'the version of Python, such as 3.5 or 3.11.3', pythonVersion)
  addSwitches(command).action((file: string, options: RunOptions) => end(run(file, options, io)))
}

/** What `--json` prints. */
const resultOf = ({ events, verdict }: Trace) => ({
  events,
  outcome: verdict,
  printed: events.flatMap((event) =>
    event.event === 'Printed' ? [{ text: event.text, time: event.time, turn: event.turn, task: event.task }] : [],
  ),
})

/** JSON has no word for what is no number or has no bound. */
const finite = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value

const printedText = ({ events }: Trace, io: Io): string => {
  const { dim, yellow } = coloursFor(io)
  const rows = events.flatMap((event): readonly (readonly string[])[] => {
    const place = [secondsText(event.time), event.turn === 0 ? '-' : String(event.turn), event.task ?? '-']
    if (event.event === 'Printed') return [[...place, event.text]]
    if (event.event !== 'ExceptionReported') return []
    return [[...place, yellow(event.exception === null ? event.message : `${event.message}: ${event.exception}`)]]
  })
  if (rows.length === 0) return ''
  const [head = '', ...lines] = table([['time', 'turn', 'task', 'what it printed'], ...rows], [0, 1]).split('\n')
  return [dim(head), ...lines].join('\n')
}

const verdictText = (file: string, world: World, { verdict, events }: Trace): string => {
  switch (verdict.kind) {
    case 'finished': {
      const turns = events.filter(({ event }) => event === 'TurnBegan').length
      return `finished after ${secondsText(world.clock)} of virtual time and ${numberText(turns)} turns`
    }
    case 'raised':
      return raisedText(file, world, verdict.exception)
    case 'deadlock': {
      const waiting = verdict.waiting.map(({ task, on }) => `  ${task} waits for ${awaited[on] ?? on}\n`)
      return `${file}: deadlock: nothing is ready and no timer is set\n${waiting.join('')}`.trimEnd()
    }
    case 'turn limit':
      return (
        `${file}: stopped after ${numberText(verdict.turns)} turns of the loop: it may never end. ` +
        `To let it go on: --turns ${verdict.turns * 10}`
      )
    case 'step limit':
      return (
        `${file}: stopped after ${numberText(verdict.steps)} steps without a turn of the loop: it may never end. ` +
        `To let it go on: --steps ${verdict.steps * 10}`
      )
    case 'unmodelled':
      return `${at(file, verdict.line)}: ${verdict.reason}`
  }
}

const awaited: Readonly<Record<string, string>> = { nothing: 'nothing', future: 'a future', gather: 'a gather' }

/** The last line of Python's traceback, with the line in which the exception was made where it is known. */
const raisedText = (file: string, world: World, exception: string): string => {
  if (world.outside.kind !== 'raised') return `${file}: ${exception}`
  const { error } = world.outside
  const text = strIn(world, error)
  return `${at(file, error.line)}: ${error.type}${text === '' ? '' : `: ${text}`}`
}

/** `file:line`, as far as the line is known. */
const at = (file: string, line = 0): string => (line > 0 ? `${file}:${line}` : file)

/** As Python: `raise SystemExit` and `raise SystemExit(0)` are a good end. */
const exitCodeOf = (world: World, verdict: Verdict): number => {
  if (verdict.kind === 'finished') return exitCodes.ok
  if (world.outside.kind !== 'raised' || world.outside.error.type !== 'SystemExit') return exitCodes.failed
  const [status = null] = world.outside.error.args
  return status === null || status === 0n ? exitCodes.ok : exitCodes.failed
}
