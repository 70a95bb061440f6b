import { test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { type Exhibition, introduction } from '../../src/exhibition/exhibition.js'
import { exhibitionInStyleOf } from '../../src/exhibition/styles.js'
import { type Era, eras } from '../../src/program/history.js'
import { earliestVersion } from '../../src/program/needs.js'
import { parse } from '../../src/program/parse.js'
import { print } from '../../src/program/print.js'
import type { Trace } from '../../src/trace/events.js'
import { binaryExhibitions, exhibitions } from './arbitrary-exhibition.js'
import { LAST, runAs } from './styles.js'

const withAsyncio = eras.filter((era) => era !== '3.3')

const played = (era: Era, exhibition: Exhibition): Trace => runAs(LAST, exhibitionInStyleOf(era, exhibition))

interface Line {
  readonly time: number
  readonly turn: number
  readonly task: string | null
  readonly text: string
}

const linesOf = ({ events }: Trace): readonly Line[] =>
  events.flatMap((event) => {
    if (event.event !== 'Printed') return []
    const { time, turn, task, text } = event
    return [{ time, turn, task, text }]
  })

/** What was printed when, without the turn and the task. */
const timesOf = (trace: Trace): readonly (readonly [number, string])[] =>
  linesOf(trace).map(({ time, text }) => [time, text])

/** Lines of one time in the order of their texts: without work of ours all boards move at once, in the order of the heap. */
const byTime = (lines: readonly (readonly [number, string])[]): readonly (readonly [number, string])[] =>
  [...lines].sort(([a, one], [b, other]) => a - b || (one < other ? -1 : 1))

describe('the exhibition in the style of each era', () => {
  property.prop([exhibitions])(
    'prints the same at the same times, in the same turns and tasks, with asyncio',
    (exhibition) => {
      const [first, ...others] = withAsyncio.map((era) => linesOf(played(era, exhibition)))
      expect(first).toHaveLength(exhibition.boards * exhibition.moves + 1)
      for (const lines of others) expect(lines).toEqual(first)
    },
  )

  property.prop([exhibitions])('does the same up to the end, where asyncio.run has some turns more', (exhibition) => {
    const [asRun, ...byHand] = (['3.7', '3.4', '3.5', '3.6'] as const).map((era) => played(era, exhibition).events)
    for (const events of byHand) {
      const closed = events.findIndex(({ event }) => event === 'LoopClosed')
      expect(asRun?.slice(0, closed)).toEqual(events.slice(0, closed))
      expect(turnsOf(asRun ?? [])).toBe(turnsOf(events) + 4)
    }
  })

  property.prop([binaryExhibitions])('prints the same at the same times without asyncio', (exhibition) => {
    const [by33, by37] = [timesOf(played('3.3', exhibition)), timesOf(played('3.7', exhibition))]
    expect(byTime(by33)).toEqual(byTime(by37))
    if (Number(exhibition.ours) > 0) expect(by33).toEqual(by37)
  })

  property.prop([exhibitions])(
    'without asyncio, the times are the same but for the resolution of the clock',
    (exhibition) => {
      const [by33, by37] = [timesOf(played('3.3', exhibition)), timesOf(played('3.7', exhibition))]
      expect(by33).toHaveLength(by37.length)
      const times = by37.map(([time]) => time)
      const tolerance = (1 + exhibition.moves) * 2 ** -20 + (times.at(-1) ?? 0) * 2 ** -40
      by33.forEach(([time], index) => {
        expect(Math.abs(time - (times[index] ?? Number.NaN))).toBeLessThanOrEqual(tolerance)
      })
    },
  )
})

const turnsOf = (events: Trace['events']): number => events.filter(({ event }) => event === 'TurnBegan').length

describe.each(eras)('the style of %s', (era) => {
  const text = exhibitionInStyleOf(era, introduction)
  const reads = (python: string) => () => parse(text, 'exhibition.py', { python })

  test('needs that version', () => {
    expect(earliestVersion(parse(text, 'exhibition.py', { python: LAST }))).toBe(era)
  })

  test('is refused by the eras before it, with the place', () => {
    for (const before of eras.slice(0, eras.indexOf(era))) {
      expect(reads(before)).toThrow(
        expect.objectContaining({
          message: expect.stringMatching(
            new RegExp(`^exhibition\\.py:\\d+:\\d+: .* came with Python 3\\.\\d; this is read as Python ${before}$`),
          ),
        }),
      )
    }
  })

  test('is read by the later ones, as long as they have what it needs', () => {
    for (const python of [...eras.slice(eras.indexOf(era)), '3.8', '3.9.18', LAST]) expect(reads(python)).not.toThrow()
    for (const python of ['3.11', '3.12.7', '3.13.2', '3.14']) {
      if (era !== '3.4') expect(reads(python)).not.toThrow()
      else {
        const message = `exhibition.py:10:2: 'asyncio.coroutine' is gone since Python 3.11; this is read as Python ${python}`
        expect(reads(python)).toThrow(expect.objectContaining({ message }))
      }
    }
  })

  test('is what the printer makes of it', () => {
    expect(print(parse(text, 'exhibition.py', { python: LAST }))).toBe(text)
  })
})

test('each style is another text', () => {
  expect(new Set(eras.map((era) => exhibitionInStyleOf(era, introduction))).size).toBe(eras.length)
})
