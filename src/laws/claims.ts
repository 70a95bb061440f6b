import { cancellations } from './cancellations.js'
import { concurrency } from './concurrency.js'
import { exceptions } from './exceptions.js'
import { exclusivity } from './exclusivity.js'
import { fairness } from './fairness.js'
import { firstComeFirstServed } from './first-come-first-served.js'
import type { Law } from './law.js'
import { mutualExclusion } from './mutual-exclusion.js'
import { noStarvation } from './no-starvation.js'
import { pauseAndResume } from './pause-and-resume.js'
import { queueConservation } from './queue-conservation.js'
import { slots } from './slots.js'
import { structuredConcurrency } from './structured-concurrency.js'
import { timeouts } from './timeouts.js'
import { timers } from './timers.js'
import { wakeUp } from './wake-up.js'
import { workConservation } from './work-conservation.js'

/** A claim of an introduction to asyncio, in a sentence, and the laws that check it on a trace. */
export interface Claim {
  readonly claim: string
  /** All must hold. */
  readonly laws: readonly Law[]
  /** What these laws leave to other checks; null where they say all of it. */
  readonly beyond: string | null
}

/** What an introduction to asyncio tells its reader, claim by claim. */
export const claims: readonly Claim[] = [
  {
    claim: 'An asynchronous program is one process, one thread and one core: only one routine runs at any moment.',
    laws: [exclusivity],
    beyond: null,
  },
  {
    claim: 'A routine pauses while it waits for its result, and lets others run in the meantime.',
    laws: [pauseAndResume],
    beyond: null,
  },
  {
    claim: 'A routine that has paused resumes where it stopped.',
    laws: [pauseAndResume, wakeUp],
    beyond: 'its variables and its place in the text show in what it prints: the agreement with CPython checks that',
  },
  {
    claim: 'Asynchronous code looks concurrent without being parallel: tasks overlap, the work of tasks does not.',
    laws: [concurrency, exclusivity],
    beyond: null,
  },
  {
    claim: 'A chess master who plays 24 boards one by one needs 12 hours.',
    laws: [concurrency, workConservation],
    beyond: 'the number: the closed forms of the exhibition',
  },
  {
    claim: 'Moving from board to board, the master needs 1 hour.',
    laws: [concurrency, workConservation],
    beyond: 'the number: the closed forms of the exhibition',
  },
  {
    claim: 'Nobody waits for an idle master: whenever some routine can go on, one does.',
    laws: [workConservation],
    beyond: null,
  },
  {
    claim: 'An event loop runs one thing at a time, in the order in which things came to be ready.',
    laws: [exclusivity, fairness, noStarvation],
    beyond: null,
  },
  {
    claim: 'A sleep gives the loop away, and ends when its time has come, neither before nor without need after.',
    laws: [timers, wakeUp],
    beyond: null,
  },
  {
    claim: 'What takes too long can be given up: a deadline ends it when the time is up, and not before.',
    laws: [timers, timeouts],
    beyond: 'which block it ends, and with what error: the properties of Timeout and wait_for',
  },
  {
    claim: 'A blocking call holds up everybody: while it lasts, no other routine goes on.',
    laws: [exclusivity, timers],
    beyond: null,
  },
  {
    claim: 'A task that is cancelled has an exception raised where it waits, and can clean up.',
    laws: [cancellations],
    beyond: 'tasks that do not tell where they wait: the properties of Task.cancel, Task.uncancel and wait_for',
  },
  {
    claim: 'An exception in a task that nobody awaits is not lost: asyncio tells of it.',
    laws: [exceptions],
    beyond:
      'when it does, which is when the task is collected as garbage; and who has asked for an exception: the properties of futures',
  },
  {
    claim: 'The tasks of a group have ended when the group ends.',
    laws: [structuredConcurrency],
    beyond: 'which task has entered the group: a trace tells only from which it all began',
  },
  {
    claim: 'A lock lets one in at a time, and who waits for it comes in the order of coming.',
    laws: [mutualExclusion, firstComeFirstServed],
    beyond: 'that nobody is forgotten: the properties of Lock',
  },
  {
    claim: 'A semaphore lets so many in at a time as it has slots.',
    laws: [slots],
    beyond: 'in which order, as that differs by version: the properties of Semaphore',
  },
  {
    claim: 'What some put into a queue others get from it, each item once and in order.',
    laws: [queueConservation],
    beyond: 'the order of a PriorityQueue: the properties of queues',
  },
]
