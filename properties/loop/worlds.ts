import { fc } from '@fast-check/vitest'
import { newestPython } from '../../src/asyncio/versions.js'
import { isHalt } from '../../src/loop/halt.js'
import { createLoop, swapIn } from '../../src/loop/loops.js'
import { eventsOf } from '../../src/loop/record.js'
import { advance } from '../../src/loop/run.js'
import { isDeadlocked } from '../../src/loop/turn.js'
import { newWorld, type World } from '../../src/loop/world.js'
import type { TraceEvent } from '../../src/trace/events.js'
import { deepFreeze } from '../persistent/versions.js'
import { type Act, attempt, interpreterOf, type Script } from './script.js'

/** The code that stands outside every loop and runs the present one again and again, whatever leaves it. */
const forEver = { machine: 'script', state: 0, locals: -1, coroutine: null }

/** A world with two loops, of which the first runs and nothing has happened. */
export const idleWorld = ((): World => {
  const [one, first] = createLoop(newWorld({ frame: forEver, below: null, depth: 1 }, true, newestPython))
  const [two] = createLoop(one)
  const world = swapIn(two, first)
  return { ...world, loop: { ...world.loop, running: true } }
})()

/** The world after some acts, of which some may raise. What the model does not know is not done. */
export const having = (world: World, ...acts: readonly Act[]): World =>
  acts.reduce((before, doing) => {
    try {
      return deepFreeze(attempt(before, doing))
    } catch (caught) {
      if (isHalt(caught)) return before
      throw caught
    }
  }, deepFreeze(world))

/** The scripts' interpreter; the code -1 outside runs the loop for ever. */
export const withOutsideLoop = (codes: readonly Script[]) => {
  const inner = interpreterOf(codes)
  return {
    ...inner,
    resume: (...[world, frame, value, error]: Parameters<typeof inner.resume>) =>
      frame.locals === -1 ? ({ kind: 'runs', world, frame } as const) : inner.resume(world, frame, value, error),
  }
}

/** The world some turns later, or as far as it gets. The loop is entered again where it was left. */
export const turnsLater = (codes: readonly Script[], world: World, turns: number): World => {
  const interpreter = withOutsideLoop(codes)
  let now = world
  try {
    for (let left = turns; left > 0 && !isDeadlocked(now); left -= 1) {
      now = deepFreeze(advance(interpreter, now))
      if (!now.loop.running) now = deepFreeze(advance(interpreter, now))
    }
  } catch (caught) {
    if (!isHalt(caught)) throw caught
  }
  return now
}

/** Does something, as far as the model knows what it means. */
export const unlessHalted = (doing: () => void): void => {
  try {
    doing()
  } catch (caught) {
    if (!isHalt(caught)) throw caught
  }
}

/** What was printed after a world, or from the beginning. */
export const printed = (world: World, since?: World): readonly string[] =>
  happened(world, since).flatMap((event) => (event.event === 'Printed' ? [event.text] : []))

/** The events after a world, or from the beginning. */
export const happened = (world: World, since?: World): readonly TraceEvent[] =>
  eventsOf(world).slice(since === undefined ? 0 : eventsOf(since).length)

/** Codes, the first three of them functions without a pause, and what is done from outside between their turns. */
export interface History {
  readonly codes: readonly Script[]
  readonly acts: readonly (Act | { readonly does: 'turn' })[]
}

const which = fc.nat(11)
const functionCode = fc.nat(2)
const coroutineCode = fc.integer({ min: 3, max: 6 })
const value = fc.constantFrom(null, 'a', 'b')
const errorType = fc.constantFrom(
  'ValueError',
  'KeyError',
  'SystemExit',
  'KeyboardInterrupt',
  'CancelledError',
  'StopIteration',
)
const delay = fc.constantFrom(0, 1, 1, 2, 1, 2 ** -21, -1, 100_000)
const loop = fc.constantFrom(1, 1, 1, 2)

const doing = <D extends string, R extends object>(does: D, rest: { [K in keyof R]: fc.Arbitrary<R[K]> }) =>
  fc.record({ does: fc.constant(does), ...rest } as { does: fc.Arbitrary<D> } & typeof rest)

const anyAct = fc.oneof(
  doing('future', { loop }),
  doing('spawn', { code: coroutineCode }),
  doing('spawn', { code: coroutineCode, loop }),
  doing('gather', { which: fc.array(which, { minLength: 1, maxLength: 3 }), returnExceptions: fc.boolean() }),
  doing('set result', { which, value }),
  doing('set exception', { which, type: errorType }),
  doing('cancel', { which, message: value }),
  doing('uncancel', { which }),
  doing('ask result', { which }),
  doing('ask exception', { which }),
  doing('add callback', { which, code: functionCode }),
  doing('remove callback', { which, code: functionCode }),
  doing('call soon', { code: functionCode }),
  doing('call later', { delay, code: functionCode }),
  doing('cancel handle', { which }),
  doing('assign', { variable: fc.nat(1), value }),
  doing('work', { seconds: fc.constantFrom(0.5, 1) }),
  doing('say', { text: fc.constant('here') }),
  doing('stop', {}),
) as fc.Arbitrary<Act>

const often = fc.oneof(
  { weight: 2, arbitrary: doing('spawn', { code: coroutineCode }) },
  { weight: 1, arbitrary: doing('call later', { delay, code: functionCode }) },
  { weight: 1, arbitrary: doing('cancel', { which, message: value }) },
) as fc.Arbitrary<Act>

const catches = fc.boolean()

const carefulAct = fc
  .tuple(anyAct, fc.constantFrom(true, true, true, false))
  .map(([doing, catches]) => ({ ...doing, catches }))

const move = (own: number) =>
  fc.oneof(
    { weight: 6, arbitrary: doing('await', { which, catches }) },
    { weight: 1, arbitrary: doing('yield', { catches }) },
    { weight: 2, arbitrary: doing('sleep', { delay, catches }) },
    { weight: own < 6 ? 1 : 0, arbitrary: doing('call', { code: fc.constant(own + 1), catches }) },
    { weight: 1, arbitrary: doing('return', { value }) },
    { weight: 1, arbitrary: doing('raise', { type: errorType.filter((type) => type !== 'StopIteration') }) },
  )

const coroutineScript = (own: number): fc.Arbitrary<Script> =>
  fc.array(fc.oneof(carefulAct, move(own)), { minLength: 1, maxLength: 6, size: 'max' }) as fc.Arbitrary<Script>

const functionScript: fc.Arbitrary<Script> = fc.array(
  fc.oneof({ weight: 6, arbitrary: anyAct }, { weight: 1, arbitrary: doing('raise', { type: errorType }) }),
  { maxLength: 3, size: 'max' },
) as fc.Arbitrary<Script>

/** Random codes and operations on a world with two loops. */
export const histories: fc.Arbitrary<History> = fc.record({
  codes: fc.tuple(
    functionScript,
    functionScript,
    functionScript,
    coroutineScript(3),
    coroutineScript(4),
    coroutineScript(5),
    coroutineScript(6),
  ),
  acts: fc.array(
    fc.oneof(
      { weight: 4, arbitrary: anyAct },
      { weight: 1, arbitrary: fc.constant({ does: 'future' } as const) },
      { weight: 4, arbitrary: often },
      { weight: 3, arbitrary: fc.constant({ does: 'turn' } as const) },
    ),
    { minLength: 2, maxLength: 30, size: 'max' },
  ),
})

/** Where each task makes others a world soon has thousands: with so many futures its history ends. */
const mostFutures = 60

/** Every world of a history, deeply frozen. */
export const worldsOf = ({ codes, acts }: History): readonly World[] => {
  const worlds = [deepFreeze(idleWorld)]
  for (const doing of acts) {
    const last = worlds.at(-1) ?? idleWorld
    if (last.futures.next > mostFutures) break
    worlds.push(doing.does === 'turn' ? turnsLater(codes, last, 1) : having(last, doing))
  }
  return worlds
}

/** A world that remembers nothing of what happened: a long memory is too deep to be cloned or printed. */
const forgetful = (world: World): World => deepFreeze({ ...world, trail: idleWorld.trail })

/** The last world of a random history, with its codes. */
export const reached: fc.Arbitrary<{ readonly codes: readonly Script[]; readonly world: World }> = histories.map(
  (history) => ({ codes: history.codes, world: forgetful(worldsOf(history).at(-1) ?? idleWorld) }),
)
