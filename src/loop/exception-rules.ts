import { exceptionHandling, setExceptionHandler } from './exception-handler.js'
import { reportOf } from './reports.js'
import { type Rule, rule } from './rule.js'

/** The rules of exceptions that nobody handles. */
export const exceptionRules = {
  call_exception_handler: rule(
    'base_events.BaseEventLoop.call_exception_handler',
    '3.5 to 3.14',
    exceptionHandling,
    'A failure that nobody handles is told to the exception handler; if that fails, this is told; SystemExit and KeyboardInterrupt leave it.',
  ),
  set_exception_handler: rule(
    'base_events.BaseEventLoop.set_exception_handler',
    '3.4 to 3.14',
    setExceptionHandler,
    'From now on the loop tells this of failures, or asyncio by itself with None as at first.',
  ),
  'never retrieved': rule(
    'futures.Future.__del__ and tasks.Task.__del__',
    '3.4 to 3.14',
    reportOf,
    'In the end each failure that nobody asked for is reported, and each task that is pending still.',
  ),
} as const satisfies Readonly<Record<string, Rule>>
