import { readFileSync } from 'node:fs'
import type { KnownDifference } from '../oracle/known-difference.js'

/** The differences between the model and CPython that are known and cannot be settled. */
export const knownDifferences = (): readonly KnownDifference[] =>
  JSON.parse(readFileSync(new URL('../../fixtures/differences.json', import.meta.url), 'utf8')) as KnownDifference[]
