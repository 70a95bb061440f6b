import type { Sighting } from '../oracle/sightings.js'

/** A known bug of asyncio's past. */
export interface Bug {
  /** Its number in the programs of `fixtures/programs/bugs`. */
  readonly number: string
  /** Where it was reported. */
  readonly issue: string
  readonly what: string
  /** The first version without it; null where there is none. */
  readonly fixed: string | null
  /** The change that ended it, by name; null where that is none of those that part the builds. */
  readonly change: string | null
}

/** A change, the build from before it that was asked, and what random programs found. */
export interface Sought {
  readonly name: string
  /** The first version that has it; several where older branches got it as well. */
  readonly since: readonly string[]
  /** How it has been from then on. */
  readonly says: string
  readonly build: string
  /** Null where no program showed it. */
  readonly sighting: Sighting | null
}

/** How the programs were drawn, and the command that draws one of them again. */
export interface Campaign {
  readonly seed: number
  readonly programs: number
  readonly command: (build: string, change: string, path: string) => string
}

/** The changes and bugs that random programs find on the builds from before them, and after how many, as Markdown. */
export const sightingsText = (campaign: Campaign, sought: readonly Sought[], bugs: readonly Bug[]): string => {
  const of = (name: string | null): Sought | undefined => sought.find((one) => one.name === name)
  const number = sought.filter(({ sighting }) => sighting !== null).length
  const rowOfBug = ({ number: id, issue, what, fixed, change }: Bug): readonly string[] => {
    const found = of(change)
    const where = found !== undefined ? cells(found) : [fixed === null ? 'every build has it' : 'no build has it', '']
    return [id, issue, what, fixed ?? '', ...where]
  }
  return [
    '# What random programs find of asyncio’s past',
    '',
    `For every change that the model knows, the newest build from before it was given up to ${campaign.programs} random programs of`,
    `seed ${campaign.seed}, and its traces were compared with the model of its own version and with the model that has this one change`,
    'more. A change is found by the first program on which the build does as the one and not as the other.',
    '',
    `${number} of ${sought.length} changes were found.`,
    '',
    '## Bugs',
    '',
    table(['Bug', 'Issue', 'What goes wrong', 'Fixed in', 'Found on', 'After'], bugs.map(rowOfBug)),
    '',
    '## All changes',
    '',
    table(
      ['Change', 'Since', 'Found on', 'After'],
      sought.map((one) => [`\`${one.name}\``, one.since.join(', '), ...cells(one)]),
    ),
    '',
    '## The programs',
    '',
    'Each is as small as it was found from the first that showed the change.',
    '',
    ...sought.flatMap(({ name, says, build, sighting }) =>
      sighting === null ? [] : programText(name, says, build, sighting, campaign),
    ),
  ].join('\n')
}

const cells = ({ build, sighting }: Sought): readonly string[] =>
  sighting === null
    ? [build, 'not found']
    : [build, sighting.programs === 1 ? 'the first program' : `${sighting.programs} programs`]

const programText = (
  name: string,
  says: string,
  build: string,
  { path, text }: Sighting,
  { command }: Campaign,
): readonly string[] => [
  `### ${name}`,
  '',
  says,
  '',
  '```python',
  text.trimEnd(),
  '```',
  '',
  `\`${command(build, name, path)}\``,
  '',
]

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(escaped).join(' | ')} |`).join('\n')

const escaped = (cell: string): string => cell.replaceAll('|', '\\|')
