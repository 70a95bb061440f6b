import fc, { type Arbitrary } from 'fast-check'
import { operations, simple } from './arbitrary-operation.js'
import type { Kind, Operation, PrimitiveKind, SharedPrimitive, Sketch } from './operation.js'

/** Where what is woken can be overtaken, or fails, is met more often. */
const meetingPlaces: readonly PrimitiveKind[] = [
  'condition',
  'priority',
  'queue',
  'condition',
  'priority',
  'semaphore',
  'lock',
  'barrier',
  'bounded',
  'lifo',
  'condition',
  'queue',
  'event',
]

/** One at a time, mostly; but a PriorityQueue has an order only where several items are in it. */
const place: Arbitrary<SharedPrimitive> = fc
  .record({ kind: fc.constantFrom(...meetingPlaces), size: fc.constantFrom(1, 1, 1, 2, 3) })
  .map(({ kind, size }) => ({ kind, size: kind === 'priority' && size < 3 ? 0 : size }))

/** What is entered and left. */
const room: Arbitrary<SharedPrimitive> = fc.record({
  kind: fc.constantFrom<PrimitiveKind[]>('lock', 'semaphore', 'bounded', 'condition'),
  size: fc.constantFrom(1, 1, 2),
})

/** What those do who wait. */
const staying: readonly Kind[] = ['wait at primitive', 'wait at primitive', 'sleep', 'use primitive']

/** What others do to them, from any function. */
const waking: readonly Kind[] = [
  'wake at primitive and cancel',
  'wake at primitive',
  'wake at primitive and cancel',
  'use primitive',
]

/** The same in a coroutine, that waits itself. */
const stirring: readonly Kind[] = [...waking, ...waking, 'sleep', 'sleep', 'wait at primitive', 'cancel', 'call later']

/**
 * Programs about one thing that several tasks wait for, while somebody wakes and cancels them in one turn, and others come in
 * that turn; or that they enter and leave by turns, and some are cancelled.
 */
export const arbitraryMeeting = (unit: Arbitrary<number>, size: number): Arbitrary<Sketch> =>
  fc.oneof(
    { weight: 3, arbitrary: meeting(unit, place, fc.array(waiter(size), { minLength: 2, maxLength: 3 }), stirs(size)) },
    { weight: 1, arbitrary: meeting(unit, room, fc.array(visitor, { minLength: 3, maxLength: 4 }), cancels) },
  )

const waiter = (size: number): Arbitrary<Operation[]> =>
  fc
    .tuple(briefly, operations(staying, ['hold'], 1, 1), simple(['wait at primitive']), stays(size))
    .map(([sleep, first, wait, rest]) => [sleep, ...first, wait, ...rest])

const stays = (size: number): Arbitrary<Operation[]> => operations(staying, ['hold'], Math.ceil(size / 2), 1)

const stirs = (size: number): Arbitrary<Operation[]> =>
  fc
    .tuple(simple(['sleep']), operations(stirring, ['hold'], size, 1), operations(stirring, ['hold'], size, 1))
    .map(([sleep, first, second]) => [sleep, ...first, ...second])

/** A sleep of so short a time that several come in one turn. */
const briefly: Arbitrary<Operation> = simple(['sleep']).map((sleep) => ({ ...sleep, delay: sleep.other % 2 }))

const visitor: Arbitrary<Operation[]> = fc
  .array(
    fc
      .tuple(briefly, simple(['hold']), simple(['sleep']))
      .map(([sleep, hold, inside]): Operation[] => [sleep, { ...hold, guard: '', body: [inside] }]),
    { minLength: 1, maxLength: 2 },
  )
  .map((visits) => visits.flat())

const cancels = fc.array(fc.tuple(briefly, simple(['cancel'])), { maxLength: 2 }).map((all): Operation[] => all.flat())

const meeting = (
  unit: Arbitrary<number>,
  where: Arbitrary<SharedPrimitive>,
  workers: Arbitrary<Operation[][]>,
  main: Arbitrary<Operation[]>,
): Arbitrary<Sketch> =>
  fc.record<Sketch>({
    unit,
    futures: fc.constant(0),
    extras: fc.constant([]),
    primitives: where.map((primitive) => [primitive]),
    primitivesOfModule: fc.boolean(),
    helpers: fc.array(operations(waking, [], 3, 0), { maxLength: 1 }),
    workers,
    main,
    patience: fc.constantFrom(1, 4, 7),
    module: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: simple(['run main']).map((again) => [again]) },
    ),
  })
