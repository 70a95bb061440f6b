import { isSubclass } from '../loop/exception.js'

/** The classes that bring each attribute which not all exceptions have. */
const owners: Readonly<Record<string, readonly string[]>> = {
  characters_written: ['OSError'],
  code: ['SystemExit'],
  errno: ['OSError'],
  filename: ['OSError'],
  filename2: ['OSError'],
  msg: ['ImportError'],
  name: ['AttributeError', 'ImportError', 'NameError'],
  name_from: ['ImportError'],
  obj: ['AttributeError'],
  path: ['ImportError'],
  strerror: ['OSError'],
  value: ['StopIteration'],
}

/** Whether exceptions of a class have an attribute, if any have. */
export const hasExceptionAttribute = (type: string, name: string): boolean =>
  !Object.hasOwn(owners, name) || (owners[name]?.some((owner) => isSubclass(type, owner)) ?? false)
