import { type Bug, buildsWith, measuredOn } from '../oracle/known-bug.js'
import type { Sighting } from '../oracle/sightings.js'

/** A change, the build that was asked, and what random programs found. */
export interface Sought {
  readonly name: string
  /** The first version that has it; several where older branches got it as well. */
  readonly since: readonly string[]
  /** How it has been from then on. */
  readonly says: string
  readonly build: string
  /** Which rule that build was told from: the one from after the change or, where the build has the change, from before. */
  readonly rule: 'newer' | 'older'
  /** Null where no program showed it. */
  readonly sighting: Sighting | null
}

/** How the programs were drawn, and the command that draws one of them again. */
export interface Campaign {
  readonly seed: number
  readonly programs: number
  readonly command: (sought: Sought, path: string) => string
}

/** The changes and bugs that random programs find on the builds from before them, and after how many, as Markdown. */
export const sightingsText = (campaign: Campaign, sought: readonly Sought[], bugs: readonly Bug[]): string => {
  const newer = sought.filter(({ rule }) => rule === 'newer')
  const number = newer.filter(({ sighting }) => sighting !== null).length
  return [
    '# What random programs find of asyncio’s past',
    '',
    `For every change that the model knows, the newest build from before it was given up to ${campaign.programs} random programs of`,
    `seed ${campaign.seed}, and its traces were compared with the model of its own version and with the model that has this one change`,
    'more. A change is found by the first program on which the build does as the one and not as the other. Where a bug has a',
    'switch of its own by which it came, the newest build that has it was compared with the model that has this one change less.',
    '',
    `${number} of ${newer.length} changes were found.`,
    '',
    '## Bugs',
    '',
    table(
      ['Bug', 'Issue', 'What goes wrong', 'Fixed in', 'By the switch', 'Found on', 'After'],
      bugs.map((bug) => rowOfBug(bug, sought)),
    ),
    '',
    '## All changes',
    '',
    table(
      ['Change', 'Since', 'Found on', 'After'],
      newer.map((one) => [`\`${one.name}\``, one.since.join(', '), one.build, after(one)]),
    ),
    '',
    '## The programs',
    '',
    'Each is as small as it was found from the first that showed the change.',
    '',
    ...sought.flatMap((one) => (one.sighting === null ? [] : programText(one, one.sighting, campaign))),
  ].join('\n')
}

const rowOfBug = (bug: Bug, sought: readonly Sought[]): readonly string[] => {
  const { number, issue, what, fixed } = bug
  const measured = measuredOn(bug)
  const found = sought.find(({ name, build }) => name === measured?.name && build === measured.build)
  const place = found === undefined ? [placeOf(bug), ''] : [found.build, after(found)]
  return [number, issue, what, fixed ?? 'not fixed', measured === null ? '' : `\`${measured.name}\``, ...place]
}

/** Where a bug is that no switch tells from what is right. */
const placeOf = (bug: Bug): string => {
  const { length } = buildsWith(bug)
  if (length === 0) return 'no build: it is older than all of them'
  return bug.fixed === null ? 'every build: they and the model do so' : 'not measured: the model does not know it'
}

const after = ({ sighting }: Sought): string => {
  if (sighting === null) return 'not found'
  return sighting.programs === 1 ? 'the first program' : `${sighting.programs} programs`
}

const programText = (one: Sought, { path, text }: Sighting, { command }: Campaign): readonly string[] => [
  `### ${one.name}${one.rule === 'older' ? ', by the rule from before' : ''}`,
  '',
  one.says,
  '',
  '```python',
  text.trimEnd(),
  '```',
  '',
  `\`${command(one, path)}\``,
  '',
]

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(escaped).join(' | ')} |`).join('\n')

const escaped = (cell: string): string => cell.replaceAll('|', '\\|')
