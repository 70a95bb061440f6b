import { isAtLeast } from '../asyncio/versions.js'

/** A part of asyncio that an event loop may lack. */
interface Part {
  /** How it shows in the text of a program. */
  readonly shows: RegExp
  /** The first CPython that has it. */
  readonly since: string
}

const parts = {
  anext: { shows: /\ba(?:next|iter)\(/, since: '3.10' },
  'async generators': { shows: /\basync for\b|\.(?:__anext__|asend|athrow|aclose)\b/, since: '3.6' },
  'all tasks': { shows: /\basyncio\.all_tasks\(/, since: '3.7' },
  'as completed': { shows: /\basyncio\.as_completed\(/, since: '3.4' },
  'as completed async': { shows: /\basync for \w+ in asyncio\.as_completed\(/, since: '3.13' },
  'asyncio.run': { shows: /\basyncio\.run\(/, since: '3.7' },
  Runner: { shows: /\basyncio\.Runner\(/, since: '3.11' },
  classes: { shows: /\b(?:Gone|Problem|Later|Ready|Worker|Door|Gate)\b/, since: '3.5' },
  barriers: { shows: /\bbarrier\d/, since: '3.11' },
  callbacks: { shows: /\.(?:call_soon|add_done_callback|remove_done_callback)\b/, since: '3.4' },
  cancellation: { shows: /\.cancel\b/, since: '3.4' },
  'cancellation counts': { shows: /\.(?:cancelling|uncancel)\b/, since: '3.11' },
  'cancellation messages': { shows: /\.cancel(?:\((?!\))|,)|add_done_callback\(\w+\.cancel\)/, since: '3.9' },
  'context variables': { shows: /\bcontextvars\b|\blevel\.(?:get|set|reset)\b/, since: '3.7' },
  'eager tasks': { shows: /eager_task_factory|eager_start/, since: '3.12' },
  'eager_start of create_task': { shows: /create_task\(.*eager_start/, since: '3.14' },
  'exception groups': { shows: /\bexcept\*|ExceptionGroup\b/, since: '3.11' },
  'exception handlers': { shows: /exception_handler\(/, since: '3.4' },
  futures: { shows: /\.(?:create_future|Future)\(/, since: '3.5.2' },
  gather: { shows: /\basyncio\.gather\(/, since: '3.4' },
  locks: { shows: /\b(?:lock|event|condition|semaphore|bounded)\d/, since: '3.5' },
  'loops by hand': { shows: /\.(?:new_event_loop|run_until_complete|run_forever|close|stop)\b/, since: '3.4' },
  shield: { shows: /\basyncio\.shield\(/, since: '3.4' },
  'task groups': { shows: /\bTaskGroup\(/, since: '3.11' },
  queues: { shows: /\b(?:queue|lifo|priority)\d/, since: '3.5' },
  'queue shutdown': { shows: /\.shutdown\(/, since: '3.13' },
  'task names': { shows: /\.[gs]et_name\b|\bname=/, since: '3.8' },
  timeouts: { shows: /\basyncio\.timeout(?:_at)?\(|\blimit\d/, since: '3.11' },
  threads: { shows: /\.(?:run_in_executor|call_soon_threadsafe)\(/, since: '3.5.3' },
  timers: { shows: /\.call_(?:later|at)\b/, since: '3.4' },
  wait_for: { shows: /\basyncio\.wait_for\(/, since: '3.8' },
  wait: { shows: /\basyncio\.wait\(/, since: '3.4' },
  to_thread: { shows: /\basyncio\.to_thread\(/, since: '3.9' },
} as const satisfies Readonly<Record<string, Part>>

/** The name of a part of asyncio. */
export type Feature = keyof typeof parts

/** All parts of asyncio that the random programs use. */
export const allFeatures = Object.keys(parts) as readonly Feature[]

/** The parts that CPython of a version has. */
export const featuresAt = (version: string): readonly Feature[] =>
  allFeatures.filter((feature) => isAtLeast(version, parts[feature].since))

/** The parts that a program, or some lines of one, uses. */
export const featuresOf = (text: string): readonly Feature[] =>
  allFeatures.filter((feature) => parts[feature].shows.test(text))
