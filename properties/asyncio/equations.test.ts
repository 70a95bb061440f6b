import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { pythonAt } from '../../src/asyncio/versions.js'
import { parse } from '../../src/program/parse.js'
import { run } from '../../src/program/run.js'
import type { Trace } from '../../src/trace/events.js'
import { comers, inMain, letCome } from './tasks-at.js'

const traceOf = (text: string, python = '3.14.2'): Trace => run(parse(text), { python: pythonAt(python) })

/** What a run tells of its tasks: what they print, when, in which turn, and how they end. */
const toldBy = (text: string, python?: string) => {
  const { events, tasks, verdict } = traceOf(text, python)
  return { printed: events.filter(({ event }) => event === 'Printed' || event === 'TaskEnded'), tasks, verdict }
}

const task = [
  'async def task(shared, index, works):',
  "    print('came', index)",
  '    async with shared:',
  "        print('in', index, shared.locked())",
  '        try:',
  '            await asyncio.sleep(works)',
  '        finally:',
  "            print('out', index)",
]

const meeting = (all: Parameters<typeof letCome>[0], made: string): string =>
  inMain(task, ...letCome(all, `shared = ${made}`), 'print(shared.locked())')

describe('equations', () => {
  it.prop([comers, fc.constantFrom('3.11.3', '3.12.7', '3.13.2', '3.14.2')])(
    'a semaphore of one slot is a lock: who enters when, in which turn, and what is cancelled',
    (all, python) => {
      const lock = toldBy(meeting(all, 'asyncio.Lock()'), python)
      for (const kind of ['Semaphore', 'BoundedSemaphore']) {
        expect(toldBy(meeting(all, `asyncio.${kind}(1)`), python)).toEqual(lock)
      }
    },
  )

  it.prop([comers])('a condition that nobody waits for is its lock', (all) => {
    expect(toldBy(meeting(all, 'asyncio.Condition()'))).toEqual(toldBy(meeting(all, 'asyncio.Lock()')))
  })

  it.prop([comers])('a semaphore with a slot for everybody is none', (all) => {
    const free = [...task.slice(0, 2), '    if True:', ...task.slice(3)].map((line) =>
      line.replace('shared.locked()', 'False'),
    )
    const without = inMain(free, ...letCome(all, 'shared = None'), 'print(False)')
    const slots = task.map((line) => line.replace('shared.locked()', 'False'))
    const kept = inMain(slots, ...letCome(all, `shared = asyncio.Semaphore(${all.length})`), 'print(False)')
    expect(toldBy(kept)).toEqual(toldBy(without))
  })

  it.prop([fc.nat(3), fc.constantFrom('return', 'raise'), fc.option(fc.nat(4))])(
    'to gather one task is to await it: the same time, outcome and cancellation, a turn later',
    (works, ends, cancelled) => {
      const waiting = (awaits: string, takes: string) =>
        inMain(
          [
            'async def child():',
            `    await asyncio.sleep(${works})`,
            ends === 'return' ? '    return 7' : "    raise ValueError('child')",
            'async def parent():',
            '    only = asyncio.create_task(child())',
            '    try:',
            `        print((await ${awaits})${takes})`,
            '    except BaseException as error:',
            '        print(repr(error), only.cancelled())',
            '        raise',
          ],
          'made = asyncio.create_task(parent())',
          ...(cancelled === null ? [] : [`asyncio.get_running_loop().call_later(${cancelled}, made.cancel)`]),
          'await asyncio.wait([made])',
          'print(made.cancelled(), asyncio.get_running_loop().time())',
        )
      const [awaited, gathered] = [traceOf(waiting('only', '')), traceOf(waiting('asyncio.gather(only)', '[0]'))]
      const lines = ({ events }: Trace) => events.flatMap((each) => (each.event === 'Printed' ? [each.text] : []))
      expect(lines(gathered)).toEqual(lines(awaited))
      expect(gathered.tasks).toEqual(awaited.tasks)
      const end = ({ events }: Trace) => events.findLast(({ event }) => event === 'Printed')?.turn ?? 0
      expect(end(gathered)).toBe(end(awaited) + 1)
    },
  )
})
