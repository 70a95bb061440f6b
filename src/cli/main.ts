#!/usr/bin/env node
import type { Io } from './io.js'
import { simul } from './simul.js'

/** A reader that has gone, as `head` does, is no fault: the rest of the output is dropped. */
const survive = (stream: NodeJS.WriteStream): void => {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}

survive(process.stdout)
survive(process.stderr)

const io: Io = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  isTTY: Boolean(process.stdout.isTTY && process.stderr.isTTY),
}

const code = await simul(process.argv.slice(2), io)
if (code !== 0) process.exitCode = code
