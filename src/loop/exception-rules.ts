import { leftOver, newGroup, split } from './exception-group.js'
import { reportOf } from './reports.js'
import { type Rule, rule } from './rule.js'

/** The rules of exceptions: their groups, and what becomes of those that nobody handles. */
export const exceptionRules = {
  'exception group': rule(
    'Objects/exceptions.c BaseExceptionGroup_new (PEP 654)',
    '3.11 to 3.14',
    newGroup,
    'A group of Exceptions is one itself; an ExceptionGroup takes no others.',
  ),
  'exception group: split': rule(
    'Objects/exceptions.c exceptiongroup_split_recursive',
    '3.11 to 3.14',
    split,
    'What matches as a whole stays the same; other groups are parted into new ones, with nothing lost and in order.',
  ),
  'except*': rule(
    'Objects/exceptions.c _PyExc_PrepReraiseStar',
    '3.12 to 3.14',
    leftOver,
    'What no clause took and what was raised again is back in its place; next to it stands what was raised anew.',
  ),
  'never retrieved': rule(
    'futures.Future.__del__ and tasks.Task.__del__',
    '3.4 to 3.14',
    reportOf,
    'In the end each failure that nobody asked for is reported, and each task that is pending still.',
  ),
} as const satisfies Readonly<Record<string, Rule>>
