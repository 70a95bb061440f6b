/** The seed of a run in CI, unless SEED names another. */
const CI_SEED = 20261123

/** The seed for this run: SEED if set, else one fixed seed in CI, else a random one. */
export function chooseSeed(env: NodeJS.ProcessEnv): number {
  if (env.SEED !== undefined && env.SEED !== '') return wholeNumber('SEED', env.SEED, -(2 ** 31))
  if (isSet(env.CI)) return CI_SEED
  return Math.floor(Math.random() * 2 ** 31)
}

/** How many times more cases than usual each property is given: RUNS if set, else 1. */
export function chooseFactor(env: NodeJS.ProcessEnv): number {
  if (env.RUNS === undefined || env.RUNS === '') return 1
  return wholeNumber('RUNS', env.RUNS, 1)
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
