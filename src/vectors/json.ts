import type { Module } from '../program/syntax.js'
import type { Trace } from '../trace/events.js'
import { format, type Vector } from './vector.js'

/**
 * A vector as JSON: the same text for the same vector. JSON has no integers of any size, and neither NaN nor infinities: in a
 * program an `int` is `{"int": "7"}` and a bare number is a `float`; in a trace `{"float": "nan"}` is what JSON lacks.
 */
export const vectorText = ({ expected, program, ...head }: Vector): string => {
  const { name, topic, description, features, rules, text } = head
  const fields = { $schema: '../schema.json', format, name, topic, description, features, rules, text }
  return object(0, [
    ...Object.entries(fields).map(([key, value]) => field(key, line(value))),
    field('program', object(1, [field('kind', line(program.kind)), field('body', list(2, program.body.map(line)))])),
    field('expected', list(1, expected.map(expectedText))),
  ]).concat('\n')
}

const expectedText = ({ versions, trace }: Vector['expected'][number]): string =>
  object(2, [field('versions', line(versions)), field('trace', traceText(trace))])

/** One event a line: so that they can be read, and a difference between two versions of a file too. */
const traceText = ({ events, verdict, tasks, reports }: Trace): string =>
  object(3, [
    field('events', list(4, events.map(line))),
    field('verdict', line(verdict)),
    field('tasks', list(4, tasks.map(line))),
    ...(reports === undefined ? [] : [field('reports', list(4, reports.map(line)))]),
  ])

const field = (key: string, text: string): string => `${JSON.stringify(key)}: ${text}`

const object = (depth: number, fields: readonly string[]): string => block('{', '}', depth, fields)

const list = (depth: number, items: readonly string[]): string => block('[', ']', depth, items)

const block = (open: string, close: string, depth: number, lines: readonly string[]): string => {
  if (lines.length === 0) return open + close
  const indent = '  '.repeat(depth)
  return `${open}\n${lines.map((each) => `${indent}  ${each}`).join(',\n')}\n${indent}${close}`
}

/** A value on one line. Where a statement of a program stood in its text is no part of it. */
const line = (value: unknown): string => {
  if (typeof value === 'bigint') return `{ "int": "${value}" }`
  if (typeof value === 'number' && !Number.isFinite(value)) return `{ "float": "${floatName(value)}" }`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(line).join(', ')}]`
  const fields = Object.entries(value).filter(([key]) => key !== 'lineno')
  return `{ ${fields.map(([key, each]) => field(key, line(each))).join(', ')} }`
}

const floatName = (value: number): string => (Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf')

const floats: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  '-inf': Number.NEGATIVE_INFINITY,
}

/** Reads a vector that {@link vectorText} has written. */
export const readVector = (text: string): Vector => {
  const { $schema, format: found, ...vector } = JSON.parse(text, revived)
  if (found !== format) throw new Error(`this vector is of format ${found}, and format ${format} is known`)
  return vector
}

const revived = (_: string, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if ('int' in value) return BigInt(String(value.int))
  return 'float' in value ? floats[String(value.float)] : value
}

/** A program without the places in its text. */
export const withoutLines = (program: Module): Module => JSON.parse(line(program), revived)
