import { isUtf8 } from 'node:buffer'
import { readFileSync } from 'node:fs'
import { parse } from '../program/parse.js'
import { SyntaxRefusal } from '../program/source.js'
import type { Module } from '../program/syntax.js'

/** A program, or why there is none: in a sentence that begins with the place. */
export type ReadProgram = { readonly module: Module } | { readonly refusal: string }

/** Reads a Python file, as a version of Python reads it. */
export const readProgram = (file: string, python?: string): ReadProgram => {
  const bytes = readBytes(file)
  if ('refusal' in bytes) return bytes
  const line = firstBadLine(bytes.bytes)
  if (line !== null) return { refusal: `${file}:${line}: this is not UTF-8 text` }
  try {
    return { module: parse(bytes.bytes.toString('utf8'), file, python === undefined ? {} : { python }) }
  } catch (caught) {
    if (caught instanceof SyntaxRefusal) return { refusal: caught.message }
    throw caught
  }
}

const readBytes = (file: string): { readonly bytes: Buffer } | { readonly refusal: string } => {
  try {
    return { bytes: readFileSync(file) }
  } catch (caught) {
    const code = caught instanceof Error && 'code' in caught ? String(caught.code) : 'unknown error'
    return { refusal: `${file}: ${reasons[code] ?? `it cannot be read (${code})`}` }
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'this is a directory, not a Python file',
  EACCES: 'it may not be read',
  ENAMETOOLONG: 'no file has such a long name',
  ERR_INVALID_ARG_VALUE: 'no file has such a name',
  ERR_FS_FILE_TOO_LARGE: 'it is too large',
}

const newline = 0x0a

/** The first line that is no UTF-8, from 1. No character of UTF-8 but the line break has its byte. */
const firstBadLine = (bytes: Buffer): number | null => {
  if (isUtf8(bytes)) return null
  let start = 0
  for (let line = 1; ; line += 1) {
    const end = bytes.indexOf(newline, start)
    if (end === -1 || !isUtf8(bytes.subarray(start, end))) return line
    start = end + 1
  }
}
