import { isInstance } from '../loop/exception.js'
import type { Python } from '../loop/python.js'
import { raise } from '../loop/raise.js'
import type { Reference, TupleValue, Value } from '../loop/value.js'
import { bind, unmodelled } from './arguments.js'
import type { Builtin, Method } from './builtin.js'
import type { methodNames } from './method-names.js'

/** `sys.version_info`, a tuple whose items have names, too. Of a branch alone the first release is meant. */
export const versionInfo = ({ version }: Python): TupleValue => {
  const [major = 3, minor = 0, micro = 0] = version.split('.').map(Number)
  return { kind: 'tuple', items: [BigInt(major), BigInt(minor), BigInt(micro), 'final', 0n], isVersion: true }
}

const namesOfItems = ['major', 'minor', 'micro', 'releaselevel', 'serial']

/** An item of `sys.version_info` by its name; undefined of anything else. */
export const itemOfVersion = ({ items, isVersion }: TupleValue, name: string): Value | undefined =>
  isVersion ? items[namesOfItems.indexOf(name)] : undefined

/** What `repr` shows of it: the names of the items, and where they are shown themselves. */
export const fieldsOfVersion = (items: readonly string[]): string =>
  items.map((item, index) => `${namesOfItems[index]}=${item}`).join(', ')

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
