import { newestPython } from '../asyncio/versions.js'
import type { Interpreter } from '../loop/coroutine.js'
import { isHalt } from '../loop/halt.js'
import type { Python } from '../loop/python.js'
import { eventsOf } from '../loop/record.js'
import { reportsOf } from '../loop/reports.js'
import { run as runLoop } from '../loop/run.js'
import type { Choose } from '../loop/turn.js'
import { withObjects } from '../loop/update.js'
import type { Future, World } from '../loop/world.js'
import { newWorld } from '../loop/world.js'
import { emptyTable, entries, push, type Table } from '../persistent/table.js'
import type { Outcome, Trace, Verdict } from '../trace/events.js'
import { BEGINNING, type Cell, CODE, type Code, type CodeLocals } from './code.js'
import { isGeneratorLeft } from './generators.js'
import { interpreterOf } from './interpreter.js'
import { lower } from './lower.js'
import type { Module } from './syntax.js'

/** A program made ready: how it goes on, and the world before its first statement. */
export interface Prepared {
  readonly interpreter: Interpreter
  readonly world: World
}

/** The bounds on turns of all loops together, and on instructions or calls between two pauses. */
export const defaultBounds = { turns: 10_000, steps: 10_000_000 }

/** How a program is made ready. */
export interface PrepareOptions {
  /** The Python it runs on, the newest by default. */
  readonly python?: Python
  /** Whether its trace is kept, as it is by default. */
  readonly recording?: boolean
  /** Instructions, or calls, between two pauses. */
  readonly steps?: number
}

/** How a program is run. */
export interface RunOptions extends PrepareOptions {
  /** Turns of all loops together. */
  readonly turns?: number
  /** Which of the ready handles runs next; asyncio takes the first. */
  readonly choose?: Choose
}

/** Makes a program ready to run. */
export const prepare = (program: Module, options: PrepareOptions = {}): Prepared => {
  const { python = newestPython, recording = true, steps = defaultBounds.steps } = options
  const { module, functions, globals } = lower(program)
  const codes: readonly Code[] = [...functions, module]
  const locals: CodeLocals = {
    code: functions.length,
    slots: module.slots.map(() => undefined),
    cells: [],
    tries: [],
    handling: [],
  }
  const frame = { machine: CODE, state: BEGINNING, locals, coroutine: null }
  const world = newWorld({ frame, below: null, depth: 1 }, recording, python)
  const unbound: Cell = { kind: 'cell', value: undefined }
  const objects = globals.reduce((table) => push<unknown>(table, unbound), emptyTable as Table<unknown>)
  return { interpreter: interpreterOf({ codes, globals: globals.length, steps }), world: withObjects(world, objects) }
}

/** Runs a program to its verdict and tells what happened. */
export const run = (program: Module, options: RunOptions = {}): Trace => {
  const { turns = defaultBounds.turns, choose } = options
  const { interpreter, world } = prepare(program, options)
  const ended = runLoop(interpreter, world, { turns }, choose)
  return traceOf(ended.world, ended.verdict, interpreter)
}

/** The trace of a world that came to a verdict; of a task whose outcome the model cannot show, nothing can be told. */
export const traceOf = (world: World, verdict: Trace['verdict'], interpreter: Interpreter): Trace => {
  const events = eventsOf(world)
  try {
    const told: Verdict = isGeneratorLeft(world) ? { kind: 'unmodelled', reason: generatorLeft } : verdict
    const reports = reportsOf(world, (value) => interpreter.show(world, value))
    const trace = { events, verdict: told, tasks: outcomesOf(interpreter, world) }
    return reports.length === 0 ? trace : { ...trace, reports }
  } catch (caught) {
    if (isHalt(caught)) return { events, verdict: caught.verdict, tasks: [] }
    throw caught
  }
}

const outcomesOf = (interpreter: Interpreter, world: World): Trace['tasks'] =>
  entries(world.futures).flatMap(([, future]) =>
    future.task === null ? [] : [{ task: future.task.name, outcome: outcomeOf(interpreter, world, future) }],
  )

const generatorLeft = "a generator that is left in the midst of a 'try' is not in the modelled subset"

const outcomeOf = (interpreter: Interpreter, world: World, future: Future): Outcome => {
  switch (future.state) {
    case 'pending':
      return { kind: 'pending' }
    case 'cancelled':
      return { kind: 'cancelled' }
    case 'finished':
      return future.exception === null
        ? { kind: 'returned', value: interpreter.show(world, future.result) }
        : { kind: 'raised', exception: interpreter.show(world, future.exception) }
  }
}
