import fc from 'fast-check'
import { type Exhibition, introduction } from '../exhibition/exhibition.js'
import { moveToMove, oneByOne } from '../exhibition/programs.js'
import { summarise } from '../exhibition/summary.js'
import { claims } from '../laws/claims.js'
import { programs } from '../oracle/arbitrary-program.js'
import { run } from '../program/run.js'
import { type ClaimRow, checkClaims, type NamedTrace } from '../report/claim-row.js'
import { numberText } from '../report/number.js'
import type { Trace } from '../trace/events.js'

/** What the claims are checked on: the exhibition, and random programs. */
export interface Checks {
  readonly rows: readonly ClaimRow[]
  /** In a sentence. */
  readonly checkedOn: string
}

const randomExhibitions = 100

/** Checks what an introduction to asyncio claims, on an exhibition and on random programs. */
export const check = (
  exhibition: Exhibition,
  seed: number,
  count: number,
  progress: (done: number) => void,
): Checks => {
  const bounds = { turns: Number.MAX_SAFE_INTEGER }
  const traces: NamedTrace[] = [
    { name: 'one by one', trace: run(oneByOne(exhibition), bounds) },
    { name: 'from board to board', trace: run(moveToMove(exhibition), bounds) },
  ]
  for (const [index, program] of fc.sample(programs(), { seed, numRuns: count }).entries()) {
    traces.push({ name: `random program ${index + 1} of seed ${seed}`, trace: run(program) })
    progress(index + 1)
  }
  const events = traces.reduce((sum, { trace }) => sum + trace.events.length, 0)
  return {
    rows: [...checkClaims(claims, traces).map(withNumbers), closedForms(seed)],
    checkedOn:
      `They were checked on both ways to play the exhibition and on ${count} random programs ` +
      `(seed ${seed}; ${endings(traces.slice(2).map(({ trace }) => trace))}): ${numberText(events)} events.`,
  }
}

/** The numbers of the introduction, 12 hours and 1 hour, are for the formulas and not for the laws. */
const withNumbers = (row: ClaimRow): ClaimRow => {
  if (row.beyond?.includes('closed forms') !== true) return row
  const { oneByOne, moveToMove, agrees } = summarise(introduction)
  const isSo = agrees && oneByOne.model === 12 * 3600 && moveToMove.model === 3600
  const evidence = isSo ? null : `the model takes ${oneByOne.model} s and ${moveToMove.model} s`
  return {
    ...row,
    laws: [...row.laws, 'closed forms'],
    cases: row.cases + 1,
    holds: row.holds && isSo,
    evidence: row.evidence ?? evidence,
    beyond: null,
  }
}

/** `159 finished, 112 raised, 29 deadlock` */
const endings = (traces: readonly Trace[]): string => {
  const counts = new Map<string, number>()
  for (const { verdict } of traces) counts.set(verdict.kind, (counts.get(verdict.kind) ?? 0) + 1)
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ')
}

const exhibitions: fc.Arbitrary<Exhibition> = fc.record({
  boards: fc.integer({ min: 0, max: 30 }),
  moves: fc.integer({ min: 0, max: 10 }),
  ours: fc.integer({ min: 0, max: 100 }).map((tenths) => (tenths / 10).toFixed(1)),
  theirs: fc.integer({ min: 0, max: 1000 }).map((tenths) => (tenths / 10).toFixed(1)),
})

/** The claims with numbers in them: formula beside model, on random exhibitions. */
const closedForms = (seed: number): ClaimRow => {
  const failed = fc.sample(exhibitions, { seed, numRuns: randomExhibitions }).find((each) => !summarise(each).agrees)
  return {
    claim: 'The closed forms give the time of any exhibition; n·m·t is our time if and only if n = 1 or m·t ≥ t+T.',
    laws: ['closed forms'],
    cases: randomExhibitions,
    holds: failed === undefined,
    evidence: failed === undefined ? null : JSON.stringify(failed),
    beyond: null,
  }
}
