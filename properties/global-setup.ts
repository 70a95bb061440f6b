import { rmSync } from 'node:fs'
import type { TestProject } from 'vitest/node'
import { plantation } from './plantation.js'
import { chooseFactor, chooseSeed } from './seed.js'

/** Runs once, before any worker starts: each worker inherits the seed and the factor chosen here. */
export const setup = ({ vitest }: TestProject): (() => void) => {
  const shard = vitest.config.shard
  const seed = chooseSeed(process.env, shard)
  const factor = chooseFactor(process.env, shard)
  process.env.SEED = String(seed)
  process.env.RUNS = String(factor)
  const part = shard === undefined ? '' : `, shard ${shard.index} of ${shard.count}`
  const repeat = factor === 1 ? `SEED=${seed} npm test` : `SEED=${seed} RUNS=${factor} npm test`
  const print = (): void => console.log(`seed ${seed}${part} (repeat with ${repeat})`)
  print()
  return () => {
    rmSync(plantation, { recursive: true, force: true })
    print()
  }
}
