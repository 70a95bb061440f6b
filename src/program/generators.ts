import { driving, type GeneratorObject } from '../loop/generator-object.js'
import { makeException, raise } from '../loop/raise.js'
import type { ExceptionValue, Value } from '../loop/value.js'
import type { Frame, World } from '../loop/world.js'
import { entries } from '../persistent/table.js'
import { bind } from './arguments.js'
import type { Begun, Method } from './builtin.js'
import { type Activation, CODE, type CodeLocals } from './code.js'
import type { methodNames } from './method-names.js'
import { isExceptionOfProgram } from './raising.js'
import { callNow } from './special-methods.js'
import { fullTypeName } from './type-name.js'

const begun = (frame: Frame): Begun => ({ kind: 'begun', frame, coroutine: null })

/** Methods of generators. */
export const generatorMethods: Readonly<Record<(typeof methodNames)['generator'][number], Method>> = {
  close: ({ world }, { id: generator }) =>
    begun(driving({ by: 'close', generator, returns: world.python.closeGivesValue })),
  send: (activation, { id: generator }, args, keywords) => {
    const [value = null] = bind(activation, 'send', ['/value'], 1, args, keywords)
    return begun(driving({ by: 'call', generator, value, error: null, otherwise: undefined }))
  },
  throw: (activation, { id: generator }, args, keywords) => {
    const [value = null] = bind(activation, 'throw', ['/value'], 1, args, keywords)
    const error = thrown(activation, value)
    return begun(driving({ by: 'call', generator, value: null, error, otherwise: undefined }))
  },
}

/** What `throw` throws: an instance as it is, or a new one of a class. */
export const thrown = (activation: Activation, value: Value): ExceptionValue => {
  if (value !== null && typeof value === 'object') {
    if (value.kind === 'exception') return value
    if (isExceptionOfProgram(value)) return callNow(activation, value, []) as ExceptionValue
    if (value.kind === 'class') {
      const [world, error] = makeException(activation.world, raise(value.name), activation.line)
      activation.world = world
      return error
    }
  }
  const expected = 'exceptions must be classes or instances deriving from BaseException'
  throw raise('TypeError', (python) => `${expected}, not ${fullTypeName(value, python)}`)
}

/**
 * Whether a generator was left in the midst of a `try`. CPython closes it as soon as nobody knows it any more, and then its
 * `finally` runs: that moment is not modelled.
 */
export const isGeneratorLeft = (world: World): boolean =>
  entries(world.objects).some(([, object]) => {
    const { kind, state, stack } = object as GeneratorObject
    if (kind !== 'generator' || state !== 'suspended') return false
    for (let at = stack; at !== null; at = at.below) {
      if (at.frame.machine === CODE && (at.frame.locals as CodeLocals).tries.length > 0) return true
    }
    return false
  })
