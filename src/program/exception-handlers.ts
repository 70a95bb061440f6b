import { handlerFailed, reporting, setExceptionHandler } from '../loop/exception-handler.js'
import { loopWith } from '../loop/loops.js'
import { raise } from '../loop/raise.js'
import type { Value } from '../loop/value.js'
import { bind, unmodelled } from './arguments.js'
import type { Method } from './builtin.js'
import type { Activation } from './code.js'
import { type Dict, dictWith, lookUp } from './dicts.js'
import { isTrue, reprIn } from './operations.js'
import { isReference } from './reference.js'

type Name = 'call_exception_handler' | 'default_exception_handler' | 'get_exception_handler' | 'set_exception_handler'

/** Methods of `asyncio.BaseEventLoop` about failures that nobody handles. */
export const exceptionHandlerMethods: Readonly<Record<Name, Method>> = {
  call_exception_handler: (activation, { id: loop }, args, keywords) => {
    const [context] = bind(activation, 'call_exception_handler', ['context'], 1, args, keywords)
    const { reference, dict } = contextOf(activation, context)
    const message = messageOf(activation, dict)
    const exception = lookUp(dict, 'exception') ?? null
    const of = ownerOf(activation, dict)
    return {
      kind: 'begun',
      frame: reporting(activation.world, { loop, message, exception, told: { dict: reference }, of }),
      coroutine: null,
    }
  },
  default_exception_handler: (activation, _, args, keywords) => {
    const [context] = bind(activation, 'default_exception_handler', ['context'], 1, args, keywords)
    const { dict } = contextOf(activation, context)
    const message = messageOf(activation, dict)
    if (message !== handlerFailed) return null
    return unmodelled(activation, 'default_exception_handler() that is told of a failed handler')
  },
  get_exception_handler: ({ world }, { id }) => loopWith(world, id).exceptionHandler,
  set_exception_handler: (activation, { id }, args, keywords) => {
    const [handler = null] = bind(activation, 'set_exception_handler', ['handler'], 1, args, keywords)
    if (!isHandler(activation, handler)) {
      throw raise('TypeError', `A callable object or None is expected, got ${reprIn(activation, handler)}`)
    }
    activation.world = setExceptionHandler(activation.world, id, handler)
    return null
  },
}

const contextOf = (activation: Activation, context: Value | undefined): { reference: Value; dict: Dict } =>
  isReference(context, 'dict')
    ? { reference: context, dict: dictWith(activation.world, context) }
    : unmodelled(activation, 'a context that is no dict')

const messageOf = (activation: Activation, dict: Dict): string => {
  const message = lookUp(dict, 'message') ?? null
  if (!isTrue(activation, message)) return 'Unhandled exception in event loop'
  if (typeof message !== 'string') return unmodelled(activation, 'a message that is no str')
  return /was never retrieved$|^Task was destroyed|^Exception in callback /.test(message)
    ? unmodelled(activation, 'a message of asyncio in the words of the program')
    : message
}

/** The task in whose context the handler is to run. */
const ownerOf = (activation: Activation, dict: Dict): { readonly task: number } | null => {
  const thing = ['task', 'future', 'handle'].map((key) => lookUp(dict, key) ?? null).find((value) => value !== null)
  if (isReference(thing, 'task')) return { task: thing.id }
  return thing === undefined || isReference(thing, 'future', 'group') || isPlain(thing)
    ? null
    : unmodelled(activation, 'call_exception_handler() with such a thing')
}

const isPlain = (value: Value): boolean => typeof value !== 'object'

const isHandler = (activation: Activation, handler: Value): boolean => {
  if (handler === null) return true
  if (typeof handler !== 'object') return false
  if (handler.kind === 'instance') return unmodelled(activation, 'set_exception_handler() of an instance')
  return ['bound method', 'builtin', 'class', 'function', 'method', 'program class'].includes(handler.kind)
}
