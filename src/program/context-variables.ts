import { assign, lookUp, restore } from '../loop/context.js'
import { raise } from '../loop/raise.js'
import { withContext, withObjects } from '../loop/update.js'
import type { Reference, Value } from '../loop/value.js'
import { get, push, set } from '../persistent/table.js'
import { bind, unmodelled } from './arguments.js'
import type { Builtin, Method } from './builtin.js'
import type { Activation } from './code.js'
import type { methodNames } from './method-names.js'
import type { functionNames } from './names.js'

interface Variable {
  readonly kind: 'context variable'
  readonly byDefault: Value | undefined
}

interface Token {
  readonly kind: 'token'
  readonly variable: number
  readonly old: Value | undefined
  readonly used: boolean
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
}

/** The variable has again what it had before the token's `set`. */
const reset = (activation: Activation, token: Reference, variable: number): null => {
  const object = get(activation.world.objects, token.id) as Token
  if (object.used || object.variable !== variable) return unmodelled(activation, 'reset() with this token')
  const { world } = activation
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
    return addObject(activation, { kind: 'token', variable: id, old, used: false })
  },
}
