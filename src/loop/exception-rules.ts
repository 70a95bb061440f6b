import { reportOf } from './reports.js'
import { type Rule, rule } from './rule.js'

/** The rules of exceptions that nobody handles. */
export const exceptionRules = {
  'never retrieved': rule(
    'futures.Future.__del__ and tasks.Task.__del__',
    '3.4 to 3.14',
    reportOf,
    'In the end each failure that nobody asked for is reported, and each task that is pending still.',
  ),
} as const satisfies Readonly<Record<string, Rule>>
