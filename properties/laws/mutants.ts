import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { run } from '../../src/program/run.js'
import { plantation } from '../plantation.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const fixtures = join(root, 'fixtures/mutants')

/** A fault to plant: what to write where in `src`, and which law that breaks. */
export interface Mutant {
  readonly name: string
  /** The law that must convict it. */
  readonly law: string
  readonly file: string
  /** Occurs exactly once in the file. */
  readonly find: string
  readonly replace: string
  /** What is wrong with it, in a sentence. */
  readonly why: string
}

export const mutants: readonly Mutant[] = readdirSync(fixtures)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(join(fixtures, name), 'utf8')) as Mutant)

export const readme = (): string => readFileSync(join(fixtures, 'README.md'), 'utf8')

/** How often a mutant's `find` occurs: 1, or it does not apply any more. */
export const places = ({ file, find }: Mutant): number => readFileSync(join(root, file), 'utf8').split(find).length - 1

/** What of src a run of the model needs. */
const folders = ['persistent', 'trace', 'loop', 'asyncio', 'program']

/** The model with a fault planted. */
interface Planted {
  readonly run: typeof run
}

const plantedBefore = new Map<string, Promise<Planted>>()

/** The model with a fault planted. All tests of a worker share it, as to compile it takes longer than most of them. */
export const planted = (mutant: Mutant): Promise<Planted> => {
  const model = plantedBefore.get(mutant.name) ?? plant(mutant)
  plantedBefore.set(mutant.name, model)
  return model
}

/** A copy of src beside it, not under node_modules, where it would not be compiled. It is removed when all tests have run. */
const plant = async (mutant: Mutant): Promise<Planted> => {
  mkdirSync(join(root, plantation), { recursive: true })
  const copy = mkdtempSync(join(root, plantation, `${mutant.name}-`))
  for (const folder of folders) cpSync(join(root, 'src', folder), join(copy, 'src', folder), { recursive: true })
  const file = join(copy, mutant.file)
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace(mutant.find, () => mutant.replace),
  )
  return (await import(/* @vite-ignore */ join(copy, 'src/program/run.ts'))) as Planted
}
