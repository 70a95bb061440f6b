import type { Python } from '../loop/python.js'
import type { TupleValue, Value } from '../loop/value.js'

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
