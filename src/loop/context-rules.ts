import { copyContext, runInContext } from './context-object.js'
import { type Rule, rule } from './rule.js'

/** The rules of contexts that programs get hold of. */
export const contextRules = {
  copy_context: rule(
    'contextvars.copy_context',
    '3.7 to 3.14',
    copyContext,
    'A context in which is set what is set now, whatever is set here later.',
  ),
  'Context.run': rule(
    'contextvars.Context.run',
    '3.7 to 3.14',
    runInContext,
    'A call sees and sets variables in that context alone; RuntimeError while code runs in it already.',
  ),
} as const satisfies Readonly<Record<string, Rule>>
