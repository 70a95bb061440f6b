import type { Scope } from './scope.js'
import type { Source } from './source.js'

/** What reading needs to know about the place it is at. */
export interface Place {
  readonly source: Source
  readonly scope: Scope
  readonly inLoop: boolean
  /** Inside an `except*` block, and whether a loop stands between: what would leave the block is refused. */
  readonly inStar?: 'directly' | 'in a loop'
}
