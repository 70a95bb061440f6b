import fc from 'fast-check'
import { runs, seed } from './seed.js'

fc.configureGlobal({ seed, numRuns: runs(100) })
