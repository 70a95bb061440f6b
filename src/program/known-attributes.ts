import { asyncioClasses } from '../loop/asyncio-classes.js'
import { builtinBase } from '../loop/exception.js'
import { isGroup } from '../loop/exception-group.js'
import type { Value } from '../loop/value.js'
import { hasExceptionAttribute } from './exception-attributes.js'
import { isGroupClass } from './exception-groups.js'
import { isPythonName } from './python-names.js'
import { isSpecialName } from './special-names.js'
import { builtinClass, isAnnotating } from './type-name.js'
import { itemOfVersion } from './version-info.js'

/** Whether CPython of a version has an attribute of a name, be it in the model or not. */
export const isKnownAttribute = (object: Value, name: string, version: string): boolean => {
  if (isSpecialName(name)) return true
  if (typeof object === 'object' && object !== null) {
    switch (object.kind) {
      case 'program class': {
        const base = builtinBase(object)
        return name === 'mro' || (base !== null && isKnownOfException(base, name, version))
      }
      case 'super': {
        const base = builtinBase(object.class)
        return base !== null && isKnownOfException(base, name, version)
      }
      case 'exception':
        return isKnownOfException(object.type, name, version)
      case 'class':
        return name === 'mro' || isKnownOfException(object.name, name, version)
      case 'builtin':
        if (isAnnotating(object.name)) return true
        if (builtinClass(object) === undefined) return false
        return name === 'mro' || isKnownOf(instancesOf(object.name), name, version)
      case 'tuple':
        if (itemOfVersion(object, name) !== undefined) return true
        break
      case 'bound method':
        return isKnownAttribute(object.function, name, version)
      case 'instance':
        return false
      case 'traceback':
        return true
    }
  }
  return isKnownOf(ownerOf(object), name, version)
}

const isKnownOfException = (type: string, name: string, version: string): boolean =>
  hasExceptionAttribute(type, name) && isPythonName(isGroupClass(type) ? 'exception group' : 'exception', name, version)

/** What is written in Python has attributes of its own that are not counted here: any name with one underscore may be one. */
const isKnownOf = (owner: string, name: string, version: string): boolean =>
  (name.startsWith('_') && inPython.has(owner)) || isPythonName(owner, name, version)

const inPython: ReadonlySet<string> = new Set([
  ...Object.keys(asyncioClasses),
  ...[
    'future',
    'task',
    'handle',
    'loop',
    'random',
    'as completed',
    'module asyncio',
    'module contextvars',
    'module collections',
    'module random',
    'module sys',
    'module typing',
    'stream',
  ],
])

/** What a value is called in the table of CPython's names. */
const ownerOf = (value: Value): string => {
  switch (typeof value) {
    case 'bigint':
    case 'boolean':
      return 'int'
    case 'number':
      return 'float'
    case 'string':
      return 'str'
    default:
      if (value === null) return 'None'
      if (value.kind === 'module') return `module ${value.name}`
      if (value.kind === 'dict view') return `dict_${value.of}`
      if (value.kind === 'iterator' && value.type.startsWith('itertools.')) return value.type
      if (value.kind === 'iterator')
        return value.type === 'generator' ? value.type : value.of === 'await' ? 'asend' : 'iterator'
      if (value.kind === 'exception' && isGroup(value)) return 'exception group'
      return value.kind === 'group' ? 'future' : value.kind === 'timer' ? 'handle' : value.kind
  }
}

/** What the instances of a class are called there. */
const instancesOf = (name: string): string => kinds.get(name) ?? name

const kinds: ReadonlyMap<string, string> = new Map([
  ...Object.entries(asyncioClasses).map(([kind, name]) => [`asyncio.${name}`, kind] as const),
  ['asyncio.Future', 'future'],
  ['asyncio.Handle', 'handle'],
  ['asyncio.Task', 'task'],
  ['asyncio.TimerHandle', 'handle'],
  ['bool', 'int'],
  ['contextvars.Context', 'context'],
  ['contextvars.ContextVar', 'context variable'],
  ['contextvars.Token', 'token'],
  ['random.Random', 'random'],
])
