import { fileURLToPath } from 'node:url'

/** Where `record-answers.ts` leaves what the builds tell. */
export const answersFile = fileURLToPath(new URL('answers.json', import.meta.url))

/** What the builds tell of a program. */
export interface Answer {
  readonly id: string
  readonly versions: readonly string[]
  /** The vector, as JSON: most are never read, as few programs come to a certain mutant. */
  readonly text: string
}
