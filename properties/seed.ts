/** The seed of a run in CI, unless SEED names another. */
const CI_SEED = 20261123

/** The part of the test files that a machine runs, as `vitest --shard=index/count` names it. */
export interface Shard {
  /** From 1. */
  readonly index: number
  readonly count: number
}

/**
 * The seed for this run: SEED if set, else one fixed seed in CI, else a random one. Each shard has another one: the first
 * that of the whole run.
 */
export function chooseSeed(env: NodeJS.ProcessEnv, { index }: Shard = whole): number {
  return (firstSeed(env) + (index - 1) * shardDistance) | 0
}

function firstSeed(env: NodeJS.ProcessEnv): number {
  if (env.SEED !== undefined && env.SEED !== '') return wholeNumber('SEED', env.SEED, -(2 ** 31))
  if (isSet(env.CI)) return CI_SEED
  return Math.floor(Math.random() * 2 ** 31)
}

const whole: Shard = { index: 1, count: 1 }

/** A prime, so that shards of runs with seeds in a row do not meet. */
const shardDistance = 15_485_863

/**
 * How many times more cases than usual each property is given: RUNS if set, else 1. Each shard runs a part of the files,
 * and that many times more often: so n machines do n times the work of one.
 */
export function chooseFactor(env: NodeJS.ProcessEnv, { count }: Shard = whole): number {
  if (env.RUNS === undefined || env.RUNS === '') return count
  return wholeNumber('RUNS', env.RUNS, 1) * count
}

function isSet(flag: string | undefined): boolean {
  return flag !== undefined && flag !== '' && flag !== '0' && flag !== 'false'
}

function wholeNumber(name: string, text: string, least: number): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= least && value < 2 ** 31) return value
  throw new Error(`${name} must be a whole number from ${least} to ${2 ** 31 - 1}, not '${text}'`)
}

export const seed: number = chooseSeed(process.env)

const factor = chooseFactor(process.env)

/** The number of cases for a property that has `n` of them by default. */
export function runs(n: number): number {
  return n * factor
}
