import fc from 'fast-check'
import { seed } from '../seed.js'

// Thousands of mutants run these properties: the same cases for each, fewer than usual, and no time for shrinking.
fc.configureGlobal({ seed, numRuns: 30, endOnFailure: true })
