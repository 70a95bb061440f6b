import fc, { type Arbitrary } from 'fast-check'
import { operations, simple } from './arbitrary-operation.js'
import type { Kind, Operation, Sketch } from './operation.js'

/** A part of asyncio, and what programs about it do: again and again where it stands here more than once. */
interface Theme {
  readonly does: readonly Kind[]
  readonly control: readonly Kind[]
  readonly extras: Sketch['extras']
  /** What the module does to begin and to end with, where it is not `asyncio.run`. */
  readonly module: readonly Kind[]
}

const theme = (does: readonly Kind[], control: readonly Kind[], more: Partial<Theme> = {}): Theme => ({
  does,
  control,
  extras: [],
  module: [],
  ...more,
})

const timeouts = theme(
  [
    'sleep',
    'wait for',
    'cancel',
    'reschedule',
    'ask timeout',
    'await future',
    'wait for',
    'wake and cancel',
    'work',
    'cancel self',
    'uncancel self',
  ],
  ['timeout', 'timeout', 'timeout', 'try'],
)

/** What takes most to come about stands here twice. */
const themes: readonly Theme[] = [
  timeouts,
  theme(
    [
      'stay',
      'stay',
      'cancel',
      'stay',
      'wake and cancel',
      'stay',
      'sleep',
      'spawn',
      'forget',
      'cancel self',
      'cancel',
      'uncancel',
      'uncancel self',
    ],
    ['try', 'for'],
  ),
  timeouts,
  theme(
    ['run in executor', 'work', 'to thread', 'run in executor', 'sleep', 'call soon threadsafe', 'cancel'],
    ['try'],
    {
      module: ['run until complete', 'run forever'],
    },
  ),
  theme(
    [
      'ask for item',
      'task of item',
      'async for',
      'new stream',
      'collect items',
      'cancel',
      'sleep',
      'task of item',
      'spawn',
    ],
    ['try', 'for'],
    { extras: ['stream'] },
  ),
  theme(
    [
      'as completed',
      'await wait',
      'shield',
      'wait for',
      'await shield',
      'as completed',
      'sleep',
      'cancel',
      'raise',
      'spawn',
      'exception handler',
      'report failure',
    ],
    ['try'],
  ),
  theme(
    ['group task', 'raise own', 'sleep', 'cancel', 'spawn', 'stay', 'gone when cancelled', 'raise'],
    ['task group', 'task group', 'except star', 'try'],
  ),
  theme(
    ['spawn at once', 'sleep', 'spawn', 'task factory', 'await', 'await function', 'cancel'],
    ['try', 'inner function'],
    {
      extras: ['eager'],
    },
  ),
]

/** Programs about one part of asyncio, so that what is rare elsewhere is met. */
export const arbitraryTheme = (unit: Arbitrary<number>, size: number): Arbitrary<Sketch> =>
  fc.constantFrom(...themes).chain(({ does, control, extras, module }) => {
    const body = operations(does, control, size, 2)
    return fc.record<Sketch>({
      unit,
      futures: fc.constantFrom(1, 2),
      extras: fc.constant(extras),
      primitives: fc.constant([]),
      primitivesOfModule: fc.constant(false),
      helpers: fc.array(body, { minLength: 2, maxLength: 4 }),
      workers: fc.array(body, { minLength: 1, maxLength: 3 }),
      main: body,
      patience: fc.constantFrom(1, 4, 7),
      module: module.length === 0 ? fc.constant([]) : beginningAndEnding(module),
    })
  })

const beginningAndEnding = (kinds: readonly Kind[]): Arbitrary<Operation[]> =>
  fc
    .tuple(simple(['open loop']), simple(kinds), fc.array(simple(['close loop']), { maxLength: 1 }))
    .map(([open, run, close]) => [open, run, ...close])
