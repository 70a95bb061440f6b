import { chooseFactor, chooseSeed } from './seed.js'

// Runs once, before any worker starts: each worker inherits the seed chosen here.
const seed = chooseSeed(process.env)
process.env.SEED = String(seed)

const factor = chooseFactor(process.env)
const repeat = factor === 1 ? `SEED=${seed} npm test` : `SEED=${seed} RUNS=${factor} npm test`

function printSeed(): void {
  console.log(`seed ${seed} (repeat with ${repeat})`)
}

export const setup = printSeed
export const teardown = printSeed
