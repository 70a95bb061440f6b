import { raise } from '../loop/raise.js'
import type { DictView, Reference, Value } from '../loop/value.js'
import { bind, unmodelled } from './arguments.js'
import type { Builtin, Method } from './builtin.js'
import type { Activation, Keywords } from './code.js'
import {
  assigned,
  dictWith,
  type Entry,
  emptyDict,
  entriesOf,
  lookUp,
  newDict,
  putDict,
  removed,
  setValue,
} from './dicts.js'
import { isIterable, itemsOf } from './lists.js'
import type { methodNames } from './method-names.js'

const view =
  (of: DictView['of']): Method =>
  (_, dict) => ({ kind: 'dict view', of, id: dict.id })

/** Methods of `dict`. */
export const dictMethods: Readonly<Record<(typeof methodNames)['dict'][number], Method>> = {
  clear: (activation, dict) => {
    const { removals, size } = dictWith(activation.world, dict)
    putDict(activation, dict, { ...emptyDict, removals: removals + size })
    return null
  },
  copy: (activation, dict) => newDict(activation, entriesOf(dictWith(activation.world, dict))),
  get: (activation, dict, args, keywords) => {
    const [key = null, otherwise = null] = bind(activation, 'get', ['/key', '/default'], 1, args, keywords)
    const value = lookUp(dictWith(activation.world, dict), key)
    return value === undefined ? otherwise : value
  },
  items: view('items'),
  keys: view('keys'),
  pop: (activation, dict, args, keywords) => {
    const [key = null, otherwise] = bind(activation, 'pop', ['/key', '/default'], 1, args, keywords)
    const present = dictWith(activation.world, dict)
    const value = present.size === 0 ? undefined : lookUp(present, key)
    if (value !== undefined) {
      putDict(activation, dict, removed(present, key))
      return value
    }
    if (otherwise === undefined) throw raise('KeyError', key)
    return otherwise
  },
  popitem: (activation, dict) => {
    const present = dictWith(activation.world, dict)
    const last = entriesOf(present).at(-1)
    if (last === undefined) throw raise('KeyError', 'popitem(): dictionary is empty')
    putDict(activation, dict, removed(present, last[0]))
    return { kind: 'tuple', items: last }
  },
  setdefault: (activation, dict, args, keywords) => {
    const [key = null, otherwise = null] = bind(activation, 'setdefault', ['/key', '/default'], 1, args, keywords)
    const value = lookUp(dictWith(activation.world, dict), key)
    if (value !== undefined) return value
    setValue(activation, dict, key, otherwise)
    return otherwise
  },
  update: (activation, dict, args, keywords) => {
    update(activation, dict, 'update', args, keywords)
    return null
  },
  values: view('values'),
}

/** `dict(mapping or pairs, **others)` */
export const dict: Builtin = (activation, args, keywords) => {
  const made = newDict(activation, [])
  update(activation, made, 'dict', args, keywords)
  return made
}

const update = (
  activation: Activation,
  dict: Reference,
  name: string,
  args: readonly Value[],
  keywords: Keywords,
): void => {
  const [source] = bind(activation, name, ['/iterable'], 0, args, new Map())
  const entries = source === undefined ? [] : entriesFrom(activation, source)
  let changed = dictWith(activation.world, dict)
  for (const [key, value] of [...entries, ...keywords]) changed = assigned(changed, key, value)
  putDict(activation, dict, changed)
}

const entriesFrom = (activation: Activation, source: Value): readonly Entry[] => {
  if (source !== null && typeof source === 'object' && source.kind === 'dict') {
    return entriesOf(dictWith(activation.world, source as Reference))
  }
  if (!isIterable(source)) return unmodelled(activation, 'a dict of what cannot be iterated')
  return itemsOf(activation, source, 'iterate').map((pair, index) => {
    if (!isIterable(pair)) return unmodelled(activation, 'a dict of what are no pairs')
    const items = itemsOf(activation, pair, 'iterate')
    const [key, value] = items
    if (key === undefined || value === undefined || items.length !== 2) {
      const what = `dictionary update sequence element #${index} has length ${items.length}`
      throw raise('ValueError', `${what}; 2 is required`)
    }
    return [key, value]
  })
}
