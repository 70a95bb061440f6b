import { test as property } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Exhibition, introduction } from '../../src/exhibition/exhibition.js'
import { recordMoveToMove } from '../../src/exhibition/measure.js'
import { curve, type Summary, summarise } from '../../src/exhibition/summary.js'
import { claims } from '../../src/laws/claims.js'
import { broken } from '../../src/laws/law.js'
import { laws } from '../../src/laws/laws.js'
import { parse } from '../../src/program/parse.js'
import { run } from '../../src/program/run.js'
import { boardLanes, pictured } from '../../src/report/boards.js'
import { type ClaimRow, checkClaims } from '../../src/report/claim-row.js'
import { pageHtml } from '../../src/report/html.js'
import { countText, durationText, markDistance, numberText, secondsText } from '../../src/report/number.js'
import { claimsText, eventText, summaryText, table, timelineText } from '../../src/report/text.js'
import { casesOf } from '../laws/on-programs.js'
import { runs } from '../seed.js'

const lanesOf = (exhibition: Exhibition) => boardLanes(recordMoveToMove(exhibition), exhibition)

const row: ClaimRow = {
  claim: 'a < b & "c"',
  laws: ['fairness'],
  cases: 1234,
  holds: false,
  evidence: '<script>alert(1)</script>',
  beyond: null,
}

const pageOf = (exhibition: Exhibition, rows: readonly ClaimRow[] = [row]): string =>
  pageHtml({
    summary: summarise(exhibition),
    judged: null,
    lanes: lanesOf(exhibition),
    curve: curve(exhibition, 24),
    claims: rows,
    checkedOn: 'They were checked.',
    links: [{ path: 'coverage/index.html', says: 'what the tests ran' }],
  })

const small: fc.Arbitrary<Exhibition> = fc.record({
  boards: fc.nat(8),
  moves: fc.nat(5),
  ours: fc.constantFrom('0', '0.1', '1', '7', '1e-9'),
  theirs: fc.constantFrom('0', '0.5', '10', '90', '12345'),
})

describe('numbers', () => {
  test('as people write them', () => {
    expect([0, 5, 43200, 1234567.5, 11.819425, 1e-9, 1e21].map((value) => numberText(value))).toEqual([
      '0',
      '5',
      '43,200',
      '1,234,567.5',
      '11.819',
      '1e-9',
      '1e+21',
    ])
    expect([0, 3.5, 60, 3600, 3655, 43200, 86399].map(durationText)).toEqual([
      '0 s',
      '3.5 s',
      '1 min',
      '1 h',
      '1 h 55 s',
      '12 h',
      '23 h 59 min 59 s',
    ])
    expect([secondsText(43200), countText(1, 'board'), countText(24, 'board')]).toEqual([
      '43,200 s',
      '1 board',
      '24 boards',
    ])
  })

  property.prop([fc.double({ min: 1e-9, max: 1e10, noNaN: true }), fc.integer({ min: 2, max: 12 })])(
    'an axis has some marks, and not too many',
    (range, most) => {
      const distance = markDistance(range, most)
      expect(range / distance).toBeLessThanOrEqual(most * (1 + 1e-9))
      expect(range / distance).toBeGreaterThan(most / 5.1)
    },
  )
})

describe('the boards of a picture', () => {
  test('we think, they think, they have replied', () => {
    expect(lanesOf({ ...introduction, moves: 2 })[1]).toEqual({
      board: 2,
      stretches: [
        { doing: 'ours', from: 5, to: 10 },
        { doing: 'theirs', from: 10, to: 65 },
        { doing: 'waits', from: 65, to: 125 },
        { doing: 'ours', from: 125, to: 130 },
        { doing: 'theirs', from: 130, to: 185 },
        { doing: 'waits', from: 185, to: 240 },
      ],
    })
    expect(pictured(lanesOf(introduction), 2)).toBe(240)
  })

  property.prop([small], { numRuns: runs(100) })('no two moves of ours overlap, at whatever boards', (exhibition) => {
    const moves = lanesOf(exhibition)
      .flatMap(({ stretches }) => stretches.filter(({ doing }) => doing === 'ours'))
      .sort((a, b) => a.from - b.from || a.to - b.to)
    expect(moves.length).toBe(exhibition.boards * exhibition.moves)
    for (const [index, { from }] of moves.entries()) expect(from).toBeGreaterThanOrEqual(moves[index - 1]?.to ?? 0)
  })
})

describe('text', () => {
  test('a table', () => {
    expect(
      table(
        [
          ['a', 'bb'],
          ['ccc', ''],
        ],
        [0],
      ),
    ).toBe('  a  bb\nccc\n')
  })

  property.prop([small], { numRuns: runs(100) })(
    'every timeline has a row a board, and none is wider than 82',
    (exhibition) => {
      const lanes = lanesOf(exhibition)
      const lines = timelineText(lanes).trimEnd().split('\n')
      expect(lines.every((line) => line.length <= 82 || line.includes('we think'))).toBe(true)
      expect(lines.length).toBe(pictured(lanes, 2) === 0 ? 1 : lanes.length + 2)
    },
  )

  test('a summary that does not agree says so, and one in which no time passes', () => {
    expect(summaryText({ ...summarise(introduction), agrees: false })).toContain('please report it')
    expect(summaryText(summarise({ ...introduction, ours: '0', theirs: '0' }))).toContain(
      'speed-up none: no time passes',
    )
  })

  test('claims, and what broke them', () => {
    expect(claimsText([row])).toBe(
      'BROKEN  a < b & "c"\n        fairness: 1,234 cases\n        <script>alert(1)</script>\n',
    )
  })

  test('an event', () => {
    const when = { time: 1.5, turn: 2, task: null }
    expect(eventText({ ...when, event: 'ExceptionReported', message: 'm', exception: null })).toBe(
      '     1.5      2  -         ExceptionReported  message=m  exception=null',
    )
  })
})

describe('claims', () => {
  /** What the exhibition has not: a group, a lock, a semaphore, a queue, a deadline, a cancellation and a failure. */
  const visit = `
import asyncio

async def guest(name, lock, semaphore, queue):
    print(name, 'waits', 'lock1')
    async with lock:
        print(name, 'enters', 'lock1')
        await asyncio.sleep(1)
        print(name, 'leaves', 'lock1')
    print(name, 'waits', 'semaphore1')
    async with semaphore:
        print(name, 'enters', 'semaphore1')
        await asyncio.sleep(2)
        print(name, 'leaves', 'semaphore1')
    print(name, 'puts', 'queue1', name)
    await queue.put(name)

async def stay():
    print('late', 'stays', 'sleep')
    try:
        await asyncio.sleep(9)
    except asyncio.CancelledError as error:
        print('late', 'meets', repr(error))

async def fail():
    raise ValueError

async def main():
    lock, semaphore, queue = asyncio.Lock(), asyncio.Semaphore(2), asyncio.Queue()
    print('makes', 'lock1')
    print('makes', 'semaphore1', 2)
    print('makes', 'queue1', 0)
    async with asyncio.TaskGroup() as group:
        for name in ['a', 'b', 'c']:
            group.create_task(guest(name, lock, semaphore, queue))
    for number in range(3):
        print('main', 'gets', 'queue1', await queue.get())
    try:
        async with asyncio.timeout(5):
            await queue.get()
    except TimeoutError:
        print('nobody else')
    late = asyncio.create_task(stay())
    print('main', 'forgets', asyncio.create_task(fail()).get_name())
    await asyncio.sleep(1)
    print('main', 'cancels', late.get_name(), late.cancel())
    await late

asyncio.run(main())
`
  const traces = [
    { name: 'the exhibition', trace: recordMoveToMove({ ...introduction, moves: 2 }) },
    { name: 'the visit', trace: run(parse(visit)) },
  ]

  test('every claim is checked by laws of the list, each has cases, and it holds in the exhibition and the visit', () => {
    for (const claim of claims) for (const law of claim.laws) expect(laws).toContain(law)
    for (const { claim, holds, cases, evidence } of checkClaims(claims, traces)) {
      expect([holds, evidence]).toEqual([true, null])
      expect(cases, claim).toBeGreaterThan(0)
    }
    const silent = laws.filter((law) => traces.every(({ trace }) => casesOf(law.check(trace)) === 0))
    expect(silent.map(({ name }) => name)).toEqual([])
  })

  test('a broken law breaks its claims, with evidence', () => {
    const law = { name: 'never', claim: '', source: '', check: () => broken('it was not so (event 3)', 3) }
    const [checked] = checkClaims([{ claim: 'c', laws: [law], beyond: null }], traces)
    expect(checked).toMatchObject({ holds: false, evidence: 'the exhibition: it was not so (event 3)' })
  })
})

describe('the page', () => {
  const page = pageOf(introduction)

  test('needs nothing from anywhere else', () => {
    expect(page).not.toMatch(/<script|<link|@import|url\((?!#)/)
    expect(page.match(/(?:src|href)="[^"]*"/g)).toEqual(['href="coverage/index.html"'])
    expect(page.replace(/xmlns="[^"]*"/g, '')).not.toContain('http')
  })

  test('has what it is about', () => {
    for (const part of [
      '12 h',
      '1 h',
      '43,200 s',
      '3,655 s',
      'true from 12 boards on',
      'n·m·t',
      'prefers-color-scheme',
    ]) {
      expect(page).toContain(part)
    }
    expect(page.match(/<svg viewBox="0 0 960/g)?.length).toBe(2)
    expect(page).toContain('a &#60; b &#38; &#34;c&#34;')
  })

  property.prop([small], { numRuns: runs(40) })('is well formed for any exhibition', (exhibition) => {
    const html = pageOf(exhibition, [{ ...row, holds: true, evidence: null, beyond: 'more' }])
    expect(html).not.toMatch(/NaN|undefined|Infinity|null/)
    const open: string[] = []
    for (const [, closing, name = '', own] of html.matchAll(/<(\/?)([a-z]\w*)(?:"[^"]*"|[^">])*?(\/?)>/gi)) {
      if (own === '/' || ['meta', 'br'].includes(name)) continue
      if (closing === '') open.push(name)
      else expect(open.pop()).toBe(name)
    }
    expect(open).toEqual([])
  })

  test('says when the model and the formula differ', () => {
    const summary: Summary = { ...summarise(introduction), agrees: false }
    const html = pageHtml({ summary, judged: null, lanes: [], curve: [], claims: [], checkedOn: '', links: [] })
    expect(html).toContain('They do not agree')
  })
})
