import { raise } from '../loop/raise.js'
import { record } from '../loop/record.js'
import { withClock } from '../loop/update.js'
import { bind, seconds } from './arguments.js'
import type { Builtin } from './builtin.js'
import type { functionNames } from './names.js'

/** `time.sleep`: work. It holds the thread, and with it the loop, and the clock goes on. */
const sleep: Builtin = (activation, args, keywords) => {
  const [duration] = bind(activation, 'sleep', ['/seconds'], 1, args, keywords)
  const held = seconds(activation, 'sleep', duration)
  if (Number.isNaN(held)) throw raise('ValueError', 'Invalid value NaN (not a number)')
  if (held < 0) throw raise('ValueError', 'sleep length must be non-negative')
  const worked = record(activation.world, { event: 'Worked', seconds: held })
  activation.world = withClock(worked, worked.clock + held)
  return null
}

/** Every clock of Python shows the virtual time. */
const clock: Builtin = (activation, args, keywords) => {
  bind(activation, 'clock', [], 0, args, keywords)
  return activation.world.clock
}

/** The module `time`. */
export const timeFunctions: Readonly<Record<(typeof functionNames)['time'][number], Builtin>> = {
  monotonic: clock,
  perf_counter: clock,
  sleep,
  time: clock,
}
