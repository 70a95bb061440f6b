import { statementsIn } from './needs.js'
import { notPython, type Source, unmodelled } from './source.js'
import type { ImportFrom, Module, Statement } from './syntax.js'

/** The module whose names change how Python reads a text. */
export const FUTURE = '__future__'

/** Refuses `from __future__ import …` but where a text begins, and all that it can bring but annotations that mean nothing. */
export function checkFutures(source: Source, { body }: Module): void {
  const behind = body.slice(isDocstring(body[0]) ? 1 : 0)
  const end = behind.findIndex((statement) => !isFuture(statement))
  const leading = new Set(end < 0 ? behind : behind.slice(0, end))
  for (const statement of statementsIn(body).filter(isFuture)) {
    const at = source.places.get(statement) ?? 0
    if (!leading.has(statement)) notPython(source, at, `'from ${FUTURE}' stands behind something else`)
    const other = statement.names.find(({ name }) => name !== 'annotations')
    if (other !== undefined) unmodelled(source, at, `imports of '${FUTURE}.${other.name}'`)
  }
}

const isFuture = (statement: Statement): statement is ImportFrom =>
  statement.kind === 'ImportFrom' && statement.module === FUTURE

const isDocstring = (statement: Statement | undefined): boolean =>
  statement?.kind === 'Expr' && statement.value.kind === 'Constant' && typeof statement.value.value === 'string'
