import { isInstance } from '../loop/exception.js'
import { raise } from '../loop/raise.js'
import type { Reference } from '../loop/value.js'
import { bind, unmodelled } from './arguments.js'
import type { Builtin, Method } from './builtin.js'
import type { methodNames } from './method-names.js'

/** `sys.stdout` and `sys.stderr`: what is printed to either is printed. */
export const standardStreams: readonly (readonly [string, Reference])[] = [
  ['stdout', { kind: 'stream', id: 1 }],
  ['stderr', { kind: 'stream', id: 2 }],
]

/** The module `sys`. */
export const sysFunctions: Readonly<Record<string, Builtin>> = {
  exit: (activation, args, keywords) => {
    const [status = null] = bind(activation, 'exit', ['/status'], 0, args, keywords)
    if (status === null) throw raise('SystemExit')
    if (typeof status !== 'object') throw raise('SystemExit', status)
    if (status.kind === 'exception' && isInstance(status, 'SystemExit')) {
      return unmodelled(activation, 'sys.exit() with a SystemExit')
    }
    throw raise('SystemExit', ...(status.kind === 'tuple' ? status.items : [status]))
  },
}

/** Methods of `sys.stdout` and `sys.stderr`. */
export const streamMethods: Readonly<Record<(typeof methodNames)['stream'][number], Method>> = { flush: () => null }
