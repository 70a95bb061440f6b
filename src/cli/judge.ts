import type { Exhibition } from '../exhibition/exhibition.js'
import { moveToMove, oneByOne } from '../exhibition/programs.js'
import { cpython } from '../implementations/cpython.js'
import { compare } from '../oracle/agree.js'
import type { Implementation } from '../oracle/implementation.js'
import { numberText } from '../report/number.js'

/** What the real CPython says of the exhibition: in a sentence. */
export interface Judgement {
  readonly agrees: boolean
  readonly says: string
}

/** Plays the exhibition on the real CPython and compares every event. Null where no CPython is at hand. */
export const judge = async (
  exhibition: Exhibition,
  open: () => Promise<Implementation> = () => cpython(),
): Promise<Judgement | null> => {
  const implementation = await open().catch(() => null)
  if (implementation === null) return null
  const who = implementation.name
  try {
    let events = 0
    for (const program of [oneByOne(exhibition), moveToMove(exhibition)]) {
      const comparison = await compare(implementation, program)
      if (comparison.kind === 'inconclusive') return null
      if (comparison.kind !== 'same')
        return { agrees: false, says: `${who} differs from the model: npm run simul -- verify` }
      events += comparison.actual.events.length
    }
    return { agrees: true, says: `${who} ran the same two programs: all ${numberText(events)} events are the model's` }
  } finally {
    await implementation.close()
  }
}
