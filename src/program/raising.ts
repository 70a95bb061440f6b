import { builtinBase } from '../loop/exception.js'
import { isRaise, type Raise, raise, raiseAgain } from '../loop/raise.js'
import type { ProgramClass, Value } from '../loop/value.js'
import type { Activation } from './code.js'
import { isGroupClass } from './exception-groups.js'
import { callNow } from './special-methods.js'

/** `raise value from cause`: an instance as it is, a class without arguments. Mirrors `do_raise` (3.0 to 3.14). */
export const raiseFrom = (activation: Activation, value: Value, cause: Value | undefined): Raise => {
  const raised = raisable(value)
  if (raised === undefined) return raise('TypeError', 'exceptions must derive from BaseException')
  if (cause === undefined || cause === null) return raised
  if (isExceptionOfProgram(cause)) {
    try {
      callNow(activation, cause, [])
      return raised
    } catch (caught) {
      if (isRaise(caught)) return caught
      throw caught
    }
  }
  return raisable(cause) === undefined ? raise('TypeError', 'exception causes must derive from BaseException') : raised
}

/** Whether a value is an exception class of the program. One is made an instance of in a frame. */
export const isExceptionOfProgram = (value: Value): value is ProgramClass =>
  typeof value === 'object' && value?.kind === 'program class' && builtinBase(value) !== null

const raisable = (value: Value): Raise | undefined => {
  if (value === null || typeof value !== 'object') return undefined
  if (value.kind === 'exception') return raiseAgain(value)
  if (value.kind !== 'class') return undefined
  return isGroupClass(value.name)
    ? raise('TypeError', 'BaseExceptionGroup.__new__() takes exactly 2 arguments (0 given)')
    : raise(value.name)
}
