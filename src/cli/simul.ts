import { Command, CommanderError } from 'commander'
import { addBugs } from './bugs.js'
import { addExhibition } from './exhibition.js'
import { coloursFor, exitCodes, fail, type Io } from './io.js'
import { addRecord } from './record.js'
import { addRules } from './rules.js'
import { addRun } from './run.js'
import { self } from './self.js'
import { addStart } from './start.js'
import { addVerify } from './verify.js'

/** Runs a command line, without the name of the program. Gives the exit code and never throws. */
export const simul = async (args: readonly string[], io: Io): Promise<number> => {
  let code: number = exitCodes.ok
  const program = programFor(io, (ended) => {
    code = ended
  })
  try {
    await program.parseAsync([...args], { from: 'user' })
    return code
  } catch (caught) {
    if (caught instanceof CommanderError) return caught.exitCode === 0 ? exitCodes.ok : exitCodes.usage
    const reason = caught instanceof Error ? `${caught.name}: ${caught.message}` : String(caught)
    return fail(io, `This is a fault of Simul. Please report it, with your command: ${reason}`, exitCodes.internal)
  }
}

const programFor = (io: Io, end: (code: number) => void): Command => {
  const program = new Command('simul')
    .description("an executable model of Python's asyncio scheduler")
    .configureOutput({
      writeOut: io.out,
      writeErr: io.err,
      outputError: (text, write) => write(coloursFor(io).red(text)),
      getOutHasColors: () => io.isTTY,
      getErrHasColors: () => io.isTTY,
    })
    .exitOverride()
    .showHelpAfterError(`(${self} --help lists the commands and their options)`)
  addStart(program, io, end)
  addExhibition(program, io, end)
  addRun(program, io, end)
  addVerify(program, io, end)
  addRecord(program, io, end)
  addBugs(program, io, end)
  addRules(program, io, end)
  for (const command of program.commands) command.copyInheritedSettings(program)
  return program
}
