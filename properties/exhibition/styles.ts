import { pythonAt } from '../../src/asyncio/versions.js'
import { parse } from '../../src/program/parse.js'
import { run } from '../../src/program/run.js'
import type { Trace } from '../../src/trace/events.js'

/** The last build in which every style still runs: `asyncio.coroutine` was taken out in 3.11. */
export const LAST = '3.10.2'

/** Reads and runs a text as a version of Python. */
export const runAs = (python: string, text: string): Trace =>
  run(parse(text, 'exhibition.py', { python }), { python: pythonAt(python) })
