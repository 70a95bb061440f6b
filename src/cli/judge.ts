import type { Exhibition } from '../exhibition/exhibition.js'
import { measuredIn } from '../exhibition/measure.js'
import { moveToMove, oneByOne } from '../exhibition/programs.js'
import { cpython } from '../implementations/cpython.js'
import { agree, compare } from '../oracle/agree.js'
import type { Implementation } from '../oracle/implementation.js'
import { countText, numberText } from '../report/number.js'
import type { JudgedTimes } from '../report/text.js'
import { self } from './self.js'

/** What the real CPython says: of the exhibition, and of random programs. */
export interface Judgement {
  readonly agrees: boolean
  /** In a sentence. */
  readonly says: string
  /** The times of the exhibition there; null where it could not be played as the model plays it. */
  readonly times: JudgedTimes | null
}

/** How many random programs, which, and who is told how many are done. */
export interface JudgeOptions {
  readonly programs: number
  readonly seed: number
  readonly onProgress?: (compared: number) => void
}

/**
 * Plays the exhibition and random programs on the real CPython and compares every event with the model's. Null where no
 * CPython is at hand.
 */
export const judge = async (
  exhibition: Exhibition,
  options: JudgeOptions,
  open: () => Promise<Implementation> = () => cpython(),
): Promise<Judgement | null> => {
  const implementation = await open().catch(() => null)
  if (implementation === null) return null
  const { name } = implementation
  const differs = (call: string): Judgement => ({
    agrees: false,
    says: `${name} differs from the model: ${call}`,
    times: null,
  })
  try {
    const slow = await compare(implementation, oneByOne(exhibition))
    const quick = await compare(implementation, moveToMove(exhibition))
    if (slow.kind === 'inconclusive' || quick.kind === 'inconclusive') return null
    if (slow.kind !== 'same' || quick.kind !== 'same') return differs(`${self} verify --against ${name} FILE`)
    const { programs, seed } = options
    const { evidence } = await agree(implementation, options)
    if (evidence !== null) return differs(`${self} verify --against ${name} --programs ${programs} --seed ${seed}`)
    const events = slow.actual.events.length + quick.actual.events.length
    const { lastMove, lastReply } = measuredIn(quick.actual)
    return {
      agrees: true,
      says:
        `${name} ran the same two programs: all ${numberText(events)} events are the model's; ` +
        `and so are all events of ${countText(programs, 'random program')}`,
      times: { name, oneByOne: measuredIn(slow.actual).lastReply, lastMove, lastReply },
    }
  } finally {
    await implementation.close()
  }
}
