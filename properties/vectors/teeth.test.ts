import { expect, test } from 'vitest'
import type { run } from '../../src/program/run.js'
import { difference } from '../../src/trace/difference.js'
import { pythonOf } from '../../src/vectors/replay.js'
import { type Mutant, mutants, places, planted } from '../laws/mutants.js'
import { stored } from './vectors.js'

/** Faults that break no law, because a trace does not tell what the program asked for. */
const faults: readonly Omit<Mutant, 'law'>[] = [
  {
    name: 'equal-deadlines',
    file: 'src/persistent/heap.ts',
    find: 'left.entry.when < right.entry.when',
    replace: 'left.entry.when <= right.entry.when',
    why: 'Of two equal deadlines the left one moves up.',
  },
  {
    name: 'never-purged',
    file: 'src/loop/timer.ts',
    find: 'timers: 100,',
    replace: 'timers: 1000000,',
    why: 'Cancelled timers are never purged.',
  },
  {
    name: 'purged-at-one-hundred',
    file: 'src/loop/timer.ts',
    find: 'timers.size > purge.timers',
    replace: 'timers.size >= purge.timers',
    why: 'A hundred timers are enough for a purge.',
  },
  {
    name: 'counter-without-drift',
    file: 'src/loop/timer.ts',
    find: 'return withHandlesAndLoop(world, handles, withReady(withTimers(world.loop, timers), ready))',
    replace:
      'return withHandlesAndLoop(world, handles, withCancelledTimers(withReady(withTimers(world.loop, timers), ready), 0))',
    why: 'Cancelled timers that are collected as due are counted no more.',
  },
  {
    name: 'cancel-does-nothing',
    file: 'src/loop/cancellation.ts',
    find: 'return [mustCancel(counted, id, message), true]',
    replace: 'return [counted, true]',
    why: 'A task that waits for nothing is not cancelled.',
  },
  {
    name: 'cancelled-from-outside-in',
    file: 'src/loop/cancellation.ts',
    find: 'if (accepted) return [passedOn, true]',
    replace: 'if (accepted) return [mustCancel(passedOn, id, message), true]',
    why: 'A cancellation that was passed on is thrown into the task as well.',
  },
  {
    name: 'gather-in-order-of-ends',
    file: 'src/asyncio/gather.ts',
    find: 'for (const child of children) {\n    const [next, value] = outcome(collected, child)',
    replace: 'for (const child of [...children].reverse()) {\n    const [next, value] = outcome(collected, child)',
    why: 'The results of a gather stand the other way round.',
  },
  {
    name: 'message-lost',
    file: 'src/loop/future.ts',
    find: "return finish(world, id, changed(future, 'cancelled', null, null, message))",
    replace: "return finish(world, id, changed(future, 'cancelled', null, null, null))",
    why: 'The message of a cancellation is lost.',
  },
]

type Model = typeof run

const isConvicted = (model: Model): boolean =>
  stored.some(({ vector: { expected, program } }) =>
    expected.some(({ versions: [version = ''], trace }) => {
      const python = pythonOf(version)
      return difference(trace, model(program, { python })) !== null
    }),
  )

test.each([...faults, ...mutants])('some vector convicts: $why', async (fault) => {
  const mutant = { ...fault, law: '' }
  expect(places(mutant)).toBe(1)
  const { run: faulty } = await planted(mutant)
  expect(isConvicted(faulty)).toBe(true)
})
