import { spawn } from 'node:child_process'
import { Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { isAtLeast, pythonAt } from '../asyncio/versions.js'
import { featuresAt } from '../oracle/features.js'
import type { Bounds, Implementation, Run } from '../oracle/implementation.js'
import type { Trace } from '../trace/events.js'

/** A program to start, and its arguments. */
export type Command = readonly [file: string, ...args: string[]]

/** A line of the protocol: the greeting, or the answer to one request. */
type Line = Greeting | { readonly trace: Trace } | { readonly inconclusive: string }

/** What a child says first. */
interface Greeting {
  readonly version: string
  /** Whether its tasks and futures are those written in C. */
  readonly accelerated: boolean
}

/** A running child process that answers one JSON line with one JSON line. */
interface Child {
  send(request: object): void
  /** The next line; of a child that ends or is stopped, the reason. */
  next(): Promise<Line>
  stop(reason: string): Promise<void>
  readonly alive: () => boolean
}

const SECONDS_TO_START = 60

/** The first CPython whose asyncio the harness knows. */
const OLDEST = '3.8'

/** Long enough to see the reason of a crash, short enough not to relay an interpreter's source. */
const REASON_LENGTH = 300

/**
 * An implementation in a child process that speaks as `harness.py --serve` does. Programs run one after the other; a
 * child that gave no trace is stopped, and replaced when the next program comes.
 */
export async function inChildProcess(name: string, command: Command, bounds: Bounds): Promise<Implementation> {
  const first = await greeted(name, command)
  const { version, accelerated } = first.greeting
  let child = first.child
  let closed = false
  let last: Promise<unknown> = Promise.resolve()

  const runNow = async (text: string): Promise<Run> => {
    if (closed) return { inconclusive: 'closed' }
    if (!child.alive()) child = (await greeted(name, command)).child
    child.send({ text, maxTurns: bounds.maxTurns })
    const answer = await nextWithin(bounds.maxSeconds, child)
    if ('trace' in answer) return answer.trace
    await child.stop('no trace')
    return { inconclusive: reasonOf(answer) }
  }

  return {
    name,
    version,
    python: pythonAt(version, { accelerated }),
    features: featuresAt(version),
    run: (text) => {
      const run = last.then(() => runNow(text)).catch((error: unknown) => ({ inconclusive: String(error) }))
      last = run
      return run
    },
    close: async () => {
      closed = true
      await child.stop('closed')
    },
  }
}

/** A fresh child that has said what it is. */
async function greeted(
  name: string,
  command: Command,
): Promise<{ readonly child: Child; readonly greeting: Greeting }> {
  const child = start(command)
  const greeting = await nextWithin(SECONDS_TO_START, child)
  if ('version' in greeting && isAtLeast(greeting.version, OLDEST)) return { child, greeting }
  await child.stop('no greeting')
  const reason = 'version' in greeting ? `Python ${greeting.version} is older than ${OLDEST}` : reasonOf(greeting)
  throw new Error(`${name} cannot be started: ${reason.replace(/^crash: /, '').trimEnd()}`)
}

/** The child's next line; a child that is too slow is stopped. */
async function nextWithin(seconds: number, child: Child): Promise<Line> {
  const timer = setTimeout(() => child.stop(`no answer within ${seconds} s`), seconds * 1000)
  try {
    return await child.next()
  } finally {
    clearTimeout(timer)
  }
}

const reasonOf = (line: Line): string => ('inconclusive' in line ? line.inconclusive : 'an answer out of turn')

function start([file, ...args]: Command): Child {
  const child = spawn(file, args, { env: environment() })
  // Who forgets to close an implementation is not kept waiting: only a question that is open keeps this process alive.
  child.unref()
  for (const stream of child.stdio) if (stream instanceof Socket) stream.unref()
  let reason: string | undefined
  let complaint = ''
  let alive = true
  const ended = new Promise<Line>((resolve) => {
    const end = (how: string): void => {
      alive = false
      resolve({ inconclusive: reason ?? `crash: ${complaint || how}`.slice(0, REASON_LENGTH) })
    }
    child.on('error', (error: NodeJS.ErrnoException) =>
      end(error.code === 'ENOENT' ? `there is no program ${file}` : error.message),
    )
    child.on('close', (code, signal) => end(`exit ${code ?? signal}`))
  })
  child.stdin.on('error', () => undefined) // a child that is gone is noticed by its end
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(0, REASON_LENGTH)
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    send: (request) => {
      child.stdin.write(`${JSON.stringify(request)}\n`)
    },
    next: async () => {
      const line = await lines.next()
      return line.done === true ? ended : parsed(line.value)
    },
    stop: async (why) => {
      reason ??= why
      child.ref()
      child.kill('SIGKILL')
      await ended
    },
    alive: () => alive,
  }
}

/** The numbers that JSON does not have, which the harness writes as `{"float": "nan"}`. */
const floats: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  '-inf': Number.NEGATIVE_INFINITY,
}

const revived = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'float' in value ? floats[String(value.float)] : value

function parsed(line: string): Line {
  try {
    return (line.includes('{"float": "') ? JSON.parse(line, revived) : JSON.parse(line)) as Line
  } catch {
    return { inconclusive: `not JSON: ${line}`.slice(0, REASON_LENGTH) }
  }
}

/** The environment of the child: the order of a set of strings is the same in every process. */
const environment = (): NodeJS.ProcessEnv => ({ ...process.env, PYTHONHASHSEED: '0' })
