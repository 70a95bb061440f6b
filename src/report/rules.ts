import { numberText } from './number.js'

/** A rule of the model, and who looks after it. */
export interface RuleRow {
  readonly name: string
  /** The function of CPython that has it. */
  readonly mirrors: string
  /** Python versions with just this behaviour. */
  readonly versions: string
  /** The file of the model that is it. */
  readonly file: string
  /** Properties that cite it. */
  readonly properties: number
  /** Vectors that exercise it. */
  readonly vectors: number
  /** Faults planted into it, each of which a law convicts. */
  readonly planted: number
  /** Small faults put into it, and how many of them properties noticed; null where none were tried. */
  readonly mutants: { readonly noticed: number; readonly all: number } | null
  /** Random programs that exercise it. */
  readonly programs: number
}

/** How the random programs were drawn. */
export interface RuleMeasure {
  readonly programs: number
  readonly seed: number
}

/** Rule by rule, what looks after it, as Markdown. */
export const rulesText = (rows: readonly RuleRow[], { programs, seed }: RuleMeasure): string => {
  const bare = rows.filter((row) => row.properties === 0 || row.vectors === 0 || row.programs === 0)
  return [
    '# The rules of the model',
    '',
    'Each rule is a function of CPython as the model has it. Properties cite the rules that they check. Vectors and random',
    'programs exercise a rule when its code runs, as V8 counts it. A planted fault breaks a law on purpose. The small faults are',
    'those of `npm run mutate`, as far as it has run.',
    '',
    `Random programs: ${numberText(programs)} of seed ${seed}, each on those of the five Pythons that have what it uses.`,
    '',
    bare.length === 0
      ? 'No rule is without a property, a vector or a random program.'
      : `Without a property, a vector or a random program: ${bare.map(({ name }) => `\`${name}\``).join(', ')}.`,
    '',
    row(['Rule', 'Mirrors', 'Versions', 'In', 'Properties', 'Vectors', 'Planted', 'Small faults noticed', 'Programs']),
    row(['---', '---', '---', '---', '--:', '--:', '--:', '--:', '--:']),
    ...rows.map((one) =>
      row([
        `\`${one.name}\``,
        `\`${one.mirrors}\``,
        one.versions,
        one.file,
        ...[one.properties, one.vectors, one.planted].map(String),
        one.mutants === null ? '' : `${one.mutants.noticed} of ${one.mutants.all}`,
        numberText(one.programs),
      ]),
    ),
    '',
  ].join('\n')
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
