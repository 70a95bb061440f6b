import type { Verdict } from '../trace/events.js'
import type { World } from './world.js'

/** Thrown where a run cannot go on, with the world in which that became clear: nothing of the run is lost. */
export interface Halt {
  readonly kind: 'halt'
  readonly verdict: Verdict
  readonly world: World
}

/** `throw halt(world, verdict)` */
export const halt = (world: World, verdict: Verdict): Halt => ({ kind: 'halt', verdict, world })

/** Whether what was caught is a `Halt`. */
export const isHalt = (caught: unknown): caught is Halt =>
  typeof caught === 'object' && caught !== null && 'kind' in caught && caught.kind === 'halt'
