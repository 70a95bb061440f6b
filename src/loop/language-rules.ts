import { finalize, firstIterated, resumeAsyncDriver } from './async-generator.js'
import { resumeStack } from './coroutine.js'
import { begin } from './coroutine-object.js'
import { leftOver, newGroup, split } from './exception-group.js'
import { resumeDriver } from './generator.js'
import { type Rule, rule } from './rule.js'

/** The rules of what the language itself has: coroutines, generators, groups of exceptions. */
export const languageRules = {
  'yield from': rule(
    'Objects/genobject.c gen_send_ex (PEP 380)',
    '3.3 to 3.14',
    resumeStack,
    'What is awaited runs in the place of who awaits it, without a turn in between.',
  ),
  'coroutine object': rule(
    'Objects/genobject.c gen_send_ex',
    '3.5.2 to 3.14',
    begin,
    'A coroutine is awaited once; a second time raises RuntimeError.',
  ),
  generator: rule(
    'Objects/genobject.c gen_send_ex (PEP 342, PEP 380)',
    '3.3 to 3.14',
    resumeDriver,
    'A generator goes on where it yielded, for whoever resumes it, until it has returned or raised.',
  ),
  'async generator': rule(
    'Objects/genobject.c async_gen_asend_send, async_gen_athrow_send (PEP 525)',
    '3.8 to 3.14',
    resumeAsyncDriver,
    'An asynchronous generator goes on where it yielded, for one that awaits it at a time.',
  ),
  _asyncgen_firstiter_hook: rule(
    'base_events.BaseEventLoop._asyncgen_firstiter_hook',
    '3.6 to 3.14',
    firstIterated,
    'A loop knows the asynchronous generators that were first iterated in it.',
  ),
  _asyncgen_finalizer_hook: rule(
    'base_events.BaseEventLoop._asyncgen_finalizer_hook',
    '3.6 to 3.14',
    finalize,
    'What nobody refers to any more is closed in a task of its own, which is made in the next turn.',
  ),
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
} as const satisfies Readonly<Record<string, Rule>>
