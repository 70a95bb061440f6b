import { type Scope, say } from './scope.js'

/** A variable that is set and reset, or that is set in a copy of the context alone. */
export const renderContext = (which: number, other: number, scope: Scope): readonly string[] => {
  const token = scope.fresh('token')
  if (which % 2 === 0) {
    return [`${token} = level.set('for now')`, `level.reset(${token})`, say(scope, 'level.get()')]
  }
  const context = scope.fresh('context')
  return [
    `${context} = contextvars.copy_context()`,
    `${context}.run(level.set, '${scope.who} ${other}')`,
    say(scope, 'level.get()', `${context}.run(level.get)`, `${context}.copy().get(level)`),
  ]
}
