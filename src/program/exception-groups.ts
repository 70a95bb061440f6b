import { isSubclass } from '../loop/exception.js'
import { isGroup, newGroup, type Parts, split } from '../loop/exception-group.js'
import { raise } from '../loop/raise.js'
import type { ExceptionValue, Value } from '../loop/value.js'
import { bind, unmodelled } from './arguments.js'
import type { Activation, Keywords } from './code.js'
import { itemsOf } from './lists.js'
import type { methodNames } from './method-names.js'
import { matches } from './operations.js'
import { fullTypeName } from './type-name.js'

/** Whether a class is `BaseExceptionGroup` or derives from it. */
export const isGroupClass = (name: string): boolean => isSubclass(name, 'BaseExceptionGroup')

/** `ExceptionGroup(message, exceptions)` */
export const newExceptionGroup = (
  activation: Activation,
  type: string,
  args: readonly Value[],
  keywords: Keywords,
): ExceptionValue => {
  const [message = null, second = null] = args
  if (args.length !== 2) {
    throw raise('TypeError', `BaseExceptionGroup.__new__() takes exactly 2 arguments (${args.length} given)`)
  }
  if (typeof message !== 'string') {
    const given = message === null ? 'None' : fullTypeName(message, activation.world.python)
    throw raise('TypeError', `BaseExceptionGroup.__new__() argument 1 must be str, not ${given}`)
  }
  const [world, group] = newGroup(activation.world, type, message, second, exceptionsIn(activation, second))
  if (keywords.size > 0) throw raise('TypeError', `${group.type}() takes no keyword arguments`)
  activation.world = world
  return { ...group, line: activation.line }
}

/** The exceptions in a sequence, as a group takes them. */
const exceptionsIn = (activation: Activation, sequence: Value): readonly ExceptionValue[] => {
  const kind = typeof sequence === 'object' && sequence !== null ? sequence.kind : typeof sequence
  if (!['list', 'tuple', 'range', 'string'].includes(kind)) {
    throw raise('TypeError', 'second argument (exceptions) must be a sequence')
  }
  const items = itemsOf(activation, sequence, 'iterate')
  if (items.length === 0) throw raise('ValueError', 'second argument (exceptions) must be a non-empty sequence')
  return items.map((item, index) => {
    if (typeof item === 'object' && item?.kind === 'exception') return item
    throw raise('ValueError', `Item ${index} of second argument (exceptions) is not an exception`)
  })
}

type GroupMethod = (activation: Activation, group: ExceptionValue, args: readonly Value[], keywords: Keywords) => Value

/** `split(condition)` where the condition is a class or several; what a function says is not modelled. */
const parted = (activation: Activation, group: ExceptionValue, name: string, condition: Value): Parts => {
  const types = typeof condition === 'object' && condition?.kind === 'tuple' ? condition.items : [condition]
  if (!types.every((type) => typeof type === 'object' && type?.kind === 'class')) {
    return unmodelled(activation, `${name}() by what is no exception class`)
  }
  const parts = split(activation.world, group, (exception) => matches(exception, condition))
  activation.world = parts.world
  return parts
}

/** Methods of exception groups. */
export const groupMethods: Readonly<Record<(typeof methodNames)['exception group'][number], GroupMethod>> = {
  derive: (activation, group, args, keywords) => {
    const [second = null] = bind(activation, 'derive', ['/excs'], 1, args, keywords)
    return newExceptionGroup(activation, 'BaseExceptionGroup', [group.args[0] ?? null, second], new Map())
  },
  split: (activation, group, args, keywords) => {
    const [condition = null] = bind(activation, 'split', ['/condition'], 1, args, keywords)
    const { match, rest } = parted(activation, group, 'split', condition)
    return { kind: 'tuple', items: [match, rest] }
  },
  subgroup: (activation, group, args, keywords) => {
    const [condition = null] = bind(activation, 'subgroup', ['/condition'], 1, args, keywords)
    return parted(activation, group, 'subgroup', condition).match
  },
}

/** What a group has besides its methods; undefined where it has none of that name. */
export const attributeOfGroup = (exception: ExceptionValue, name: string): Value | undefined => {
  if (!isGroup(exception)) return undefined
  if (name === 'message') return exception.args[0]
  return name === 'exceptions' ? { kind: 'tuple', items: exception.exceptions } : undefined
}
