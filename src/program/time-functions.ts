import { worked } from '../loop/external-event.js'
import { raise } from '../loop/raise.js'
import { bind, seconds, unmodelled } from './arguments.js'
import type { Builtin } from './builtin.js'
import type { functionNames } from './names.js'
import { ctime, dateOf, strftime } from './strftime.js'

/** `time.sleep`: work. It holds the thread, and with it the loop, and the clock goes on; in a thread of an executor its own. */
const sleep: Builtin = (activation, args, keywords) => {
  const [duration] = bind(activation, 'sleep', ['/seconds'], 1, args, keywords)
  const held = seconds(activation, 'sleep', duration)
  if (Number.isNaN(held)) throw raise('ValueError', 'Invalid value NaN (not a number)')
  if (held < 0) throw raise('ValueError', 'sleep length must be non-negative')
  activation.world = worked(activation.world, held)
  return null
}

/** Every clock of Python shows the virtual time: the program began at the epoch, in UTC. */
const clock: Builtin = (activation, args, keywords) => {
  bind(activation, 'clock', [], 0, args, keywords)
  return activation.world.clock
}

/** The clocks in whole nanoseconds. */
const clockNs: Builtin = (activation, args, keywords) => {
  bind(activation, 'clock', [], 0, args, keywords)
  return BigInt(Math.trunc(activation.world.clock * 1e9))
}

/** The module `time`. */
export const timeFunctions: Readonly<Record<(typeof functionNames)['time'][number], Builtin>> = {
  ctime: (activation, args, keywords) => {
    bind(activation, 'ctime', [], 0, args, keywords)
    return ctime(dateOf(activation.world.clock))
  },
  monotonic: clock,
  monotonic_ns: clockNs,
  perf_counter: clock,
  perf_counter_ns: clockNs,
  sleep,
  strftime: (activation, args, keywords) => {
    const [format = null] = bind(activation, 'strftime', ['/format'], 1, args, keywords)
    if (typeof format !== 'string' || !/^[\x20-\x7e\n\t]*$/.test(format)) {
      return unmodelled(activation, 'strftime() of what is no text of ASCII')
    }
    return strftime(format, dateOf(activation.world.clock))
  },
  time: clock,
  time_ns: clockNs,
}
