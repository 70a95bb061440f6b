import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { run } from '../../src/program/run.js'

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

/** The model with a fault planted: a copy of src beside it, not under node_modules, where it would not be compiled. */
export const planted = async (mutant: Mutant): Promise<{ readonly run: typeof run; readonly remove: () => void }> => {
  mkdirSync(join(root, '.mutants'), { recursive: true })
  const copy = mkdtempSync(join(root, '.mutants', `${mutant.name}-`))
  const remove = (): void => rmSync(copy, { recursive: true, force: true })
  for (const folder of folders) cpSync(join(root, 'src', folder), join(copy, 'src', folder), { recursive: true })
  const file = join(copy, mutant.file)
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace(mutant.find, () => mutant.replace),
  )
  const model = (await import(/* @vite-ignore */ join(copy, 'src/program/run.ts'))) as { readonly run: typeof run }
  return { run: model.run, remove }
}
