import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type RuleName, rules } from '../asyncio/rules.js'

/** Where a rule stands in the source of the model: the lines, from 1, of what implements it. */
export interface RulePlace {
  readonly file: string
  readonly first: number
  readonly last: number
  readonly text: string
}

/** Reads where each rule stands, below the folder of the project. */
export const rulePlaces = async (root: string): Promise<ReadonlyMap<RuleName, RulePlace>> => {
  const files = ['src/loop', 'src/asyncio'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => `${folder}/${name}`),
  )
  const sources = await Promise.all(files.map((file) => sourceOf(root, file)))
  return new Map(
    (Object.keys(rules) as readonly RuleName[]).flatMap((name) =>
      sources.flatMap((source) => placesIn(source, rules[name].implementedBy).map((place) => [name, place] as const)),
    ),
  )
}

/** A file of the model: its lines, and what it gives to others. */
interface SourceFile {
  readonly file: string
  readonly lines: readonly string[]
  readonly exports: Readonly<Record<string, unknown>>
}

const sourceOf = async (root: string, file: string): Promise<SourceFile> => ({
  file,
  lines: readFileSync(join(root, file), 'utf8').split('\n'),
  exports: (await import(/* @vite-ignore */ resolve(root, file))) as Readonly<Record<string, unknown>>,
})

const placesIn = ({ file, lines, exports }: SourceFile, implementedBy: unknown): readonly RulePlace[] => {
  const name = Object.keys(exports).find((key) => exports[key] === implementedBy)
  const first = lines.findIndex((line) => new RegExp(`^export (?:const|function\\*?) ${name}\\b`).test(line))
  if (first < 0) return []
  const length = lines.slice(first).findIndex((line, index) => /^[)}\]]/.test(line) || (index > 0 && line === ''))
  const last = first + Math.max(0, length)
  return [{ file, first: first + 1, last: last + 1, text: lines.slice(first, last + 1).join('\n') }]
}

/** The rules that the properties of the project cite, each as often as they do. */
export const citations = (root: string): readonly string[] =>
  filesUnder(join(root, 'properties')).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\brule\('([^']+)'\)/g)].map(([, name = '']) => name),
  )

const filesUnder = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesUnder(path) : entry.name.endsWith('.ts') ? [path] : []
  })

/** A small fault that was put into the source, where, and what became of it. */
export interface SmallFault {
  readonly line: number
  readonly noticed: boolean
}

/** The small faults of the last mutation run, by file; none where there was no run. */
export const smallFaults = (root: string): ReadonlyMap<string, readonly SmallFault[]> => {
  const path = join(root, 'reports/mutation/mutation.json')
  if (!existsSync(path)) return new Map()
  const { files } = JSON.parse(readFileSync(path, 'utf8')) as MutationReport
  return new Map(
    Object.entries(files).map(([file, { mutants }]) => [
      file,
      mutants
        .filter(({ status }) => status !== 'Ignored')
        .map(({ location, status }) => ({
          line: location.start.line,
          noticed: status === 'Killed' || status === 'Timeout',
        })),
    ]),
  )
}

/** What Stryker writes, as far as it is read here. */
interface MutationReport {
  readonly files: Readonly<
    Record<
      string,
      {
        readonly mutants: readonly {
          readonly status: string
          readonly location: { readonly start: { readonly line: number } }
        }[]
      }
    >
  >
}
