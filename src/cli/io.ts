import { Writable } from 'node:stream'
import { SingleBar } from 'cli-progress'
import pc from 'picocolors'

/** Where a command writes. Tests bring their own. */
export interface Io {
  /** Standard output. Nothing is added to the text. */
  readonly out: (text: string) => void
  /** Standard error. */
  readonly err: (text: string) => void
  /** Whether somebody watches: only then there are colours and bars of progress. */
  readonly isTTY: boolean
}

/** How a command ends: well, with something that failed, after bad usage, or by a fault of Simul. */
export const exitCodes = { ok: 0, failed: 1, usage: 2, internal: 70 } as const

/** Colours, where they are wanted: see https://no-color.org. */
export const coloursFor = ({ isTTY }: Io): ReturnType<typeof pc.createColors> =>
  pc.createColors(isTTY && (process.env.NO_COLOR ?? '') === '')

/** Writes an error and gives the exit code it means. */
export const fail = (io: Io, message: string, code: number = exitCodes.failed): number => {
  io.err(`${coloursFor(io).red(message)}\n`)
  return code
}

/** Shows how much of something is done. */
export interface ProgressBar {
  readonly update: (done: number) => void
  readonly stop: () => void
}

/** A bar on standard error that counts up to `total`; nothing where nobody watches. */
export const progressBar = (io: Io, what: string, total: number): ProgressBar => {
  if (!io.isTTY) return { update: () => undefined, stop: () => undefined }
  const write = (chunk: unknown, _: string, written: () => void): void => {
    io.err(String(chunk))
    written()
  }
  const stream = Object.assign(new Writable({ write }), { isTTY: true, columns: process.stderr.columns ?? 80 })
  const format = `${what} {bar} {percentage} %`
  const bar = new SingleBar({ format, stream, clearOnComplete: true, hideCursor: true, linewrap: null })
  bar.start(total, 0)
  return { update: (done) => bar.update(done), stop: () => bar.stop() }
}
