import { type Deadline, timeoutWith } from '../asyncio/timeout.js'
import type { World } from '../loop/world.js'
import { round } from './conversion.js'
import { shortest } from './digits.js'

/** Mirrors `Timeout.__repr__` (3.11 to 3.14). */
export const showTimeout = (world: World, id: number): string => {
  const { state, when } = timeoutWith(world, id)
  return state === 'active' ? `<Timeout [active] when=${rounded(when)}>` : `<Timeout [${state}]>`
}

const rounded = (when: Deadline): string => {
  if (when === null) return 'None'
  const number = round(when, 3n)
  return typeof number === 'number' ? shortest(number) : String(number)
}
