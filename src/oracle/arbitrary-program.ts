import fc, { type Arbitrary } from 'fast-check'
import { parse } from '../program/parse.js'
import type { Module } from '../program/syntax.js'
import { arbitraryMeeting } from './arbitrary-meeting.js'
import { operations, simple } from './arbitrary-operation.js'
import { arbitraryTheme } from './arbitrary-theme.js'
import { allFeatures, type Feature, featuresOf } from './features.js'
import {
  awaitingKinds,
  controlKinds,
  type Kind,
  moduleKinds,
  type Operation,
  type PrimitiveKind,
  primitiveClasses,
  primitiveOperations,
  runningKinds,
  type SharedPrimitive,
  type Sketch,
} from './operation.js'
import { renderProgram } from './render-program.js'

/** How large random programs are, and what they use. */
export interface ProgramOptions {
  /** Operations in one body, at most. */
  readonly size?: number
  /** The parts of asyncio that they use, at most; all of them by default. */
  readonly features?: readonly Feature[]
}

/** What makes tasks meet. */
const often: readonly Kind[] = [
  'sleep',
  'await',
  'await future',
  'spawn',
  'await future',
  'cancel',
  'sleep',
  'await gather',
  'ask for item',
  'wake and cancel',
  'wait for',
  'gone when cancelled',
  'raise',
]

/** Each program does without some kinds of operation, so that the others meet more often. */
const features = <K extends Kind>(kinds: readonly K[]): Arbitrary<readonly K[]> =>
  fc.noShrink(fc.subarray([...kinds], { minLength: Math.ceil(kinds.length / 4) }))

/** What few programs would have, and needs more than one of its kind, or much around it: some programs are full of one. */
const seldom: readonly Kind[] = [
  'as completed',
  'as completed',
  'as completed',
  'shield',
  'shield',
  'shield',
  'await shield',
  'await wait',
  'to thread',
  'exception handler',
  'new stream',
  'task of item',
  'group task',
  'language',
  'language',
  'language',
]

const fond: Arbitrary<readonly Kind[]> = fc.oneof(
  { weight: 1, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: fc.constantFrom(...seldom).map((kind) => Array.from({ length: 12 }, () => kind)) },
)

/** What needs a running loop, or is of no use outside of it. */
const runningOnly: ReadonlySet<Kind> = new Set([
  'gather',
  'shield',
  'all tasks',
  'many timers',
  'mistake',
  'inspect',
  'ask timeout',
  'reschedule',
])

/** Most programs have none, so that what they have instead meets more often. */
const primitives: Arbitrary<readonly SharedPrimitive[]> = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  {
    weight: 2,
    arbitrary: fc.array(
      fc.record<SharedPrimitive>({
        kind: fc.constantFrom(...(Object.keys(primitiveClasses) as readonly PrimitiveKind[])),
        size: fc.constantFrom(1, 1, 2, 0, 3),
      }),
      { minLength: 1, maxLength: 2 },
    ),
  },
)

const units = [1, 1, 1, 0.25, 0.1, 50_000, 2 ** -20, 2 ** -22] as const

const mixed = (size: number): Arbitrary<Sketch> =>
  fc
    .record({
      awaiting: features(awaitingKinds),
      running: features(runningKinds),
      control: features(controlKinds),
      module: features(moduleKinds),
      primitives,
      fond,
    })
    .chain(({ awaiting, running, control, module, primitives, fond }) => {
      const shares = primitives.length > 0
      const met = shares ? [...primitiveOperations, ...primitiveOperations] : []
      const inside = operations(
        [...often, ...met, ...awaiting, ...running, ...fond],
        shares ? [...control, 'hold', 'hold'] : control,
        size,
        2,
      )
      const outside = running.filter((kind) => !runningOnly.has(kind))
      const body = fc.oneof(
        { weight: 2, arbitrary: inside },
        { weight: 1, arbitrary: operations([...often, ...met], shares ? ['hold'] : control, size, 1) },
      )
      const later = operations([...module, ...module, ...module, 'language', 'language', ...outside], [], 4, 0)
      return fc.record({
        unit: fc.constantFrom(...units),
        futures: fc.constantFrom(1, 2, 0),
        extras: fc.oneof(
          { weight: 4, arbitrary: fc.constant([]) },
          { weight: 2, arbitrary: fc.constant(['stream' as const]) },
          { weight: 1, arbitrary: fc.subarray(['coroutine', 'alien', 'stream'] as const) },
          { weight: 1, arbitrary: fc.constant(['eager'] as const) },
        ),
        primitives: fc.constant(primitives),
        primitivesOfModule: fc.boolean(),
        helpers: fc.array(body, { maxLength: 4 }),
        workers: fc.array(body, { maxLength: 3 }),
        main: body,
        patience: fc.constantFrom(0, 1, 4, 7),
        module: fc.oneof(
          { weight: 3, arbitrary: fc.constant([]) },
          { weight: 1, arbitrary: later },
          { weight: 1, arbitrary: byHand(later) },
        ),
      })
    })

/** Some programs are about one thing that all wait for, some about one part of asyncio. */
const sketch = (size: number): Arbitrary<Sketch> =>
  fc.oneof(
    { weight: 8, arbitrary: mixed(size) },
    { weight: 4, arbitrary: arbitraryMeeting(fc.constantFrom(...units), size) },
    { weight: 3, arbitrary: arbitraryTheme(fc.constantFrom(...units), size) },
  )

const byHand = (later: Arbitrary<Operation[]>): Arbitrary<Operation[]> =>
  fc
    .tuple(simple(['open loop']), later, simple(['run until complete', 'run forever']))
    .map(([open, rest, run]) => [open, ...rest, run])

/**
 * What together would depend on what nobody can tell: in which order `as_completed` takes tasks that are done when they are
 * made, and in which context a `Runner` goes on that was stopped.
 */
const untold: readonly (readonly RegExp[])[] = [
  [/eager_task_factory/, /as_completed\(\[\w+\(\),/],
  [/\.stop\b/, /(?:runner\.run\([\s\S]*){2}/],
]

const canBeTold = (text: string): boolean => !untold.some((all) => all.every((part) => part.test(text)))

/** The texts of random programs. */
export const programTexts = ({ size = 5, features = allFeatures }: ProgramOptions = {}): Arbitrary<string> =>
  sketch(size)
    .map((drawn) => renderProgram(drawn, features))
    .filter((text) => featuresOf(text).every((feature) => features.includes(feature)))
    .filter(canBeTold)

/**
 * Random asyncio programs of the modelled subset. Each comes to an end, or to a deadlock. They are steered to where
 * schedulers have had their bugs: ties, cancellations in the turn of a wake-up, clean-up that awaits.
 */
export const programs = (options: ProgramOptions = {}): Arbitrary<Module> =>
  programTexts(options).map((text) => parse(text))
