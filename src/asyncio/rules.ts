import { kernelRules, type Rule } from '../loop/rules.js'
import { childDone, gather } from './gather.js'
import { run } from './run.js'
import { sleep } from './sleep.js'

/** Every rule of the model by name: those of the kernel and those of the library on top of it. */
export const rules = {
  ...kernelRules,
  sleep: {
    mirrors: 'tasks.sleep',
    versions: '3.13 to 3.14',
    implementedBy: sleep,
    says: 'Waits for a timer; a delay of nothing or less is one bare turn; NaN is refused.',
  },
  gather: {
    mirrors: 'tasks.gather',
    versions: '3.12 to 3.14',
    implementedBy: gather,
    says: 'A future of the results in the order of the arguments; the same future twice is one child.',
  },
  'gather: done callback': {
    mirrors: 'tasks.gather.<locals>._done_callback',
    versions: '3.8 to 3.14',
    implementedBy: childDone,
    says: 'The first failure ends the whole, the last child gives the list; the children go on.',
  },
  'asyncio.run': {
    mirrors: 'runners.run',
    versions: '3.11 to 3.14',
    implementedBy: run,
    says: 'A loop of its own for one coroutine; then what is left is cancelled and the loop closed.',
  },
} as const satisfies Readonly<Record<string, Rule>>

/** The name of a rule. */
export type RuleName = keyof typeof rules
