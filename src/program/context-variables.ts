import { assign, lookUp, restore } from '../loop/context.js'
import { copyContext, heldBy, newContext, runInContext } from '../loop/context-object.js'
import { beginning } from '../loop/machine.js'
import { raise } from '../loop/raise.js'
import { withContext, withObjects } from '../loop/update.js'
import type { Reference, Value } from '../loop/value.js'
import type { World } from '../loop/world.js'
import { get, push, set } from '../persistent/table.js'
import { bind, unmodelled } from './arguments.js'
import { notModelled } from './arithmetic.js'
import type { Builtin, Method } from './builtin.js'
import type { Activation } from './code.js'
import type { methodNames } from './method-names.js'
import type { functionNames } from './names.js'
import { isReference } from './reference.js'

interface Variable {
  readonly kind: 'context variable'
  readonly byDefault: Value | undefined
}

interface Token {
  readonly kind: 'token'
  readonly variable: number
  readonly old: Value | undefined
  readonly used: boolean
  readonly origin: string
}

/** Where a token is valid: a task, a callback, or code outside of them, in a context that was entered by hand or not. */
const originIn = ({ currentTask, entered, loop, threads }: World): string => {
  const callback = loop.running && currentTask === null ? `${loop.id} ${loop.turn} ${loop.batch.size}` : null
  return String([entered, currentTask, callback, threads.running !== null])
}

const addObject = (activation: Activation, object: Variable | Token): Reference => {
  const { objects } = activation.world
  activation.world = withObjects(activation.world, push(objects, object))
  return { kind: object.kind, id: objects.next }
}

/** The module `contextvars`. */
export const contextvarsFunctions: Readonly<Record<(typeof functionNames)['contextvars'][number], Builtin>> = {
  ContextVar: (activation, args, keywords) => {
    const [, byDefault] = bind(activation, 'ContextVar', ['/name', '*default'], 1, args, keywords)
    return addObject(activation, { kind: 'context variable', byDefault })
  },
  copy_context: (activation, args, keywords) => {
    bind(activation, 'copy_context', [], 0, args, keywords)
    return made(activation, copyContext(activation.world))
  },
}

const made = (activation: Activation, [world, context]: readonly [World, Reference]): Reference => {
  activation.world = world
  return context
}

/** The variable has again what it had before the token's `set`. */
const reset = (activation: Activation, token: Reference, variable: number): null => {
  const object = get(activation.world.objects, token.id) as Token
  if (object.used || object.variable !== variable) return unmodelled(activation, 'reset() with this token')
  const { world } = activation
  if (object.origin !== originIn(world)) return unmodelled(activation, 'reset() in another context')
  const used = withObjects(world, set(world.objects, token.id, { ...object, used: true } satisfies Token))
  activation.world = withContext(used, restore(world.context, variable, object.old))
  return null
}

/** Methods of `contextvars.Token`, by which `with` sets a variable back (3.14). */
export const tokenMethods: Readonly<Record<(typeof methodNames)['token'][number], Method>> = {
  __enter__: (_, token) => token,
  __exit__: (activation, token) => {
    const { variable } = get(activation.world.objects, token.id) as Token
    return reset(activation, token, variable)
  },
}

/** Methods of `contextvars.ContextVar` (3.7 to 3.14). */
export const variableMethods: Readonly<Record<(typeof methodNames)['context variable'][number], Method>> = {
  get: (activation, variable, args, keywords) => {
    const [given] = bind(activation, 'get', ['/default'], 0, args, keywords)
    const { byDefault } = get(activation.world.objects, variable.id) as Variable
    const value = [lookUp(activation.world.context, variable.id), given, byDefault].find((one) => one !== undefined)
    if (value === undefined) throw raise('LookupError', variable)
    return value
  },
  reset: (activation, variable, args, keywords) => {
    const [token] = bind(activation, 'reset', ['/token'], 1, args, keywords)
    if (token === null || typeof token !== 'object' || token.kind !== 'token') {
      return unmodelled(activation, 'reset() of what is no token')
    }
    return reset(activation, token, variable.id)
  },
  set: (activation, { id }, args, keywords) => {
    const [value = null] = bind(activation, 'set', ['/value'], 1, args, keywords)
    const old = lookUp(activation.world.context, id)
    activation.world = withContext(activation.world, assign(activation.world.context, id, value))
    return addObject(activation, { kind: 'token', variable: id, old, used: false, origin: originIn(activation.world) })
  },
}

/** `context[variable]`; KeyError where it was never set there. */
export const itemOfContext = (world: World, context: Reference, variable: Value): Value => {
  if (!isReference(variable, 'context variable'))
    throw notModelled('what is no context variable as a key of a context is')
  const value = lookUp(heldBy(world, context), variable.id)
  if (value === undefined) throw raise('KeyError', variable)
  return value
}

/** Methods of `contextvars.Context` (3.7 to 3.14). */
export const contextMethods: Readonly<Record<(typeof methodNames)['context'][number], Method>> = {
  copy: (activation, context, args, keywords) => {
    bind(activation, 'copy', [], 0, args, keywords)
    return made(activation, newContext(activation.world, heldBy(activation.world, context)))
  },
  get: (activation, context, args, keywords) => {
    const [variable, otherwise = null] = bind(activation, 'get', ['/key', '/default'], 1, args, keywords)
    if (!isReference(variable, 'context variable'))
      return unmodelled(activation, 'get() of what is no context variable')
    return lookUp(heldBy(activation.world, context), variable.id) ?? otherwise
  },
  run: (activation, { id }, [callee, ...args], keywords) => {
    if (callee === undefined) return unmodelled(activation, 'run() of nothing')
    if (keywords.size > 0) return unmodelled(activation, 'run() with keywords')
    return { kind: 'begun', frame: beginning(runInContext, { callee, args, context: id }), coroutine: null }
  },
}
