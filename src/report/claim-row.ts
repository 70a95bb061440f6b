import type { Claim } from '../laws/claims.js'
import type { Law } from '../laws/law.js'
import type { Trace } from '../trace/events.js'

/** A claim, the laws that it became, and what checking them gave. */
export interface ClaimRow {
  readonly claim: string
  readonly laws: readonly string[]
  /** How often these laws had something to say of the traces that were looked at. */
  readonly cases: number
  readonly holds: boolean
  /** What broke them; null where nothing did. */
  readonly evidence: string | null
  /** What the laws leave to other checks; null where they say all of it. */
  readonly beyond: string | null
}

/** A run to check the laws on, and how to find it again. */
export interface NamedTrace {
  readonly name: string
  readonly trace: Trace
}

interface Tally {
  readonly cases: number
  readonly evidence: string | null
}

/** Checks the laws of every claim on every trace. */
export const checkClaims = (claims: readonly Claim[], traces: readonly NamedTrace[]): readonly ClaimRow[] => {
  const laws = new Set(claims.flatMap((claim) => claim.laws))
  const tallies = new Map([...laws].map((law) => [law, checkLaw(law, traces)]))
  return claims.map((claim) => {
    const found = claim.laws.flatMap((law) => tallies.get(law) ?? [])
    const evidence = found.flatMap((tally) => tally.evidence ?? [])[0] ?? null
    return {
      claim: claim.claim,
      laws: claim.laws.map(({ name }) => name),
      cases: found.reduce((sum, { cases }) => sum + cases, 0),
      holds: evidence === null,
      evidence,
      beyond: claim.beyond,
    }
  })
}

const checkLaw = (law: Law, traces: readonly NamedTrace[]): Tally => {
  let cases = 0
  for (const { name, trace } of traces) {
    const verdict = law.check(trace)
    if (!verdict.holds) return { cases, evidence: `${name}: ${verdict.evidence.message}` }
    cases += verdict.cases
  }
  return { cases, evidence: null }
}
