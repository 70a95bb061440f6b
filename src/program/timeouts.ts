import {
  type Deadline,
  enter,
  exit,
  hasExpired,
  newTimeout,
  onTimeout,
  reschedule,
  timeoutWith,
} from '../asyncio/timeout.js'
import { waitFor, waitingFor } from '../asyncio/wait-for.js'
import { beginning } from '../loop/machine.js'
import type { Reference, Value } from '../loop/value.js'
import { bind, seconds, unmodelled } from './arguments.js'
import { asNumber } from './arithmetic.js'
import { runningLoop } from './asyncio-functions.js'
import type { Builtin, Method } from './builtin.js'
import type { Activation } from './code.js'
import type { methodNames } from './method-names.js'

const made = (activation: Activation, when: Deadline): Reference => {
  const [world, timeout] = newTimeout(activation.world, when)
  activation.world = world
  return timeout
}

/** A time as it was given, or None. */
const deadline = (activation: Activation, name: string, when: Value | undefined): Deadline => {
  if (when === null || when === undefined) return null
  return asNumber(when) ?? unmodelled(activation, `${name}() with a time that is no number`)
}

const timeoutAt =
  (name: string): Builtin =>
  (activation, args, keywords) =>
    made(activation, deadline(activation, name, bind(activation, name, ['when'], 1, args, keywords)[0]))

/** The functions and the class of `asyncio.timeouts`, and `wait_for`, which stands on them. */
export const timeoutFunctions = {
  Timeout: timeoutAt('Timeout'),
  timeout: (activation, args, keywords) => {
    const [delay] = bind(activation, 'timeout', ['delay'], 1, args, keywords)
    runningLoop(activation)
    return made(activation, delay === null ? null : activation.world.clock + seconds(activation, 'timeout', delay))
  },
  timeout_at: timeoutAt('timeout_at'),
  wait_for: (activation, args, keywords) => {
    const [awaitable = null, timeout = null] = bind(activation, 'wait_for', ['fut', 'timeout'], 2, args, keywords)
    const delay = timeout === null ? null : seconds(activation, 'wait_for', timeout)
    return { kind: 'begun', frame: beginning(waitFor, waitingFor(awaitable, delay)), coroutine: 'wait_for' }
  },
} as const satisfies Readonly<Record<string, Builtin>>

/** Methods of `asyncio.Timeout`. */
export const timeoutMethods: Readonly<Record<(typeof methodNames)['timeout'][number], Method>> = {
  __aenter__: (_, timeout) => ({
    kind: 'begun',
    frame: beginning(enter, timeout),
    coroutine: 'Timeout.__aenter__',
  }),
  __aexit__: (activation, { id: timeout }, args, keywords) => {
    const [type, error = null] = bind(activation, '__aexit__', ['exc_type', 'exc_val', 'exc_tb'], 3, args, keywords)
    const isException = error !== null && typeof error === 'object' && error.kind === 'exception'
    if (!isException && (error !== null || type !== null)) return unmodelled(activation, '__aexit__() of no exception')
    const frame = beginning(exit, { timeout, error: isException ? error : null })
    return { kind: 'begun', frame, coroutine: 'Timeout.__aexit__' }
  },
  _on_timeout: (activation, { id }) => {
    activation.world = onTimeout(activation.world, id)
    return null
  },
  expired: ({ world }, { id }) => hasExpired(timeoutWith(world, id)),
  reschedule: (activation, { id }, args, keywords) => {
    const [when] = bind(activation, 'reschedule', ['when'], 1, args, keywords)
    activation.world = reschedule(activation.world, id, deadline(activation, 'reschedule', when))
    return null
  },
  when: ({ world }, { id }) => timeoutWith(world, id).when,
}
