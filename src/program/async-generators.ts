import { firstIterated } from '../loop/async-generator.js'
import { type AsyncDrive, asyncDriver } from '../loop/async-generator-object.js'
import type { ExceptionValue, Reference, Value } from '../loop/value.js'
import { bind, unmodelled } from './arguments.js'
import type { Begun, Method } from './builtin.js'
import type { Activation } from './code.js'
import { thrown } from './generators.js'
import type { methodNames } from './method-names.js'

/** What an asynchronous generator is asked for. Its loop gets to know it now, not when that is awaited. */
const asked = (activation: Activation, drive: AsyncDrive): Begun => {
  activation.world = firstIterated(activation.world, drive.generator)
  return { kind: 'begun', frame: asyncDriver(drive), coroutine: drive.by, drive }
}

const sent = (generator: number, value: Value, otherwise?: Value): AsyncDrive => ({
  by: 'asend',
  generator,
  awaitable: null,
  otherwise,
  value,
})

const thrownInto = (generator: number, error: ExceptionValue, isGiven: boolean): AsyncDrive => ({
  by: 'athrow',
  generator,
  awaitable: null,
  otherwise: undefined,
  error,
  isGiven,
})

const isException = (value: Value): boolean => value !== null && typeof value === 'object' && value.kind === 'exception'

/** That it can be thrown CPython asks only when it is awaited. */
const isThrowable = (value: Value): boolean =>
  value !== null && typeof value === 'object' && ['exception', 'class', 'program class'].includes(value.kind)

/** `anext(generator, default)` */
export const nextOfAsyncGenerator = (activation: Activation, generator: Reference, otherwise?: Value): Begun =>
  asked(activation, sent(generator.id, null, otherwise))

/** Methods of asynchronous generators. */
export const asyncGeneratorMethods: Readonly<Record<(typeof methodNames)['async generator'][number], Method>> = {
  __aiter__: (_, generator) => generator,
  __anext__: (activation, { id }) => asked(activation, sent(id, null)),
  aclose: (activation, { id: generator }) =>
    asked(activation, { by: 'aclose', generator, awaitable: null, otherwise: undefined }),
  asend: (activation, { id }, args, keywords) => {
    const [value = null] = bind(activation, 'asend', ['/value'], 1, args, keywords)
    return asked(activation, sent(id, value))
  },
  athrow: (activation, { id }, args, keywords) => {
    const [value = null] = bind(activation, 'athrow', ['/value'], 1, args, keywords)
    if (!isThrowable(value)) return unmodelled(activation, 'athrow() of what is no exception')
    return asked(activation, thrownInto(id, thrown(activation, value), isException(value)))
  },
}
