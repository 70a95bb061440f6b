import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { rule } from '../rule.js'
import { comers, inMain, letCome, printedBy } from './tasks-at.js'

const task = [
  'async def task(semaphore, index, works):',
  "    print('came', index, semaphore.locked())",
  '    async with semaphore:',
  "        print('in', index)",
  '        try:',
  '            await asyncio.sleep(works)',
  '        finally:',
  "            print('out', index)",
]

const indices = (lines: readonly string[], word: string): readonly (string | undefined)[] =>
  lines.filter((line) => line.startsWith(word)).map((line) => line.split(' ')[1])

describe(`${rule('Semaphore.acquire')} and ${rule('Semaphore.release')}`, () => {
  it.prop([comers, fc.integer({ min: 1, max: 3 }), fc.constantFrom('Semaphore', 'BoundedSemaphore')])(
    'never more than slots, in the order of coming, and all slots are free in the end',
    (all, slots, kind) => {
      const lines = printedBy(
        inMain(
          task,
          ...letCome(all, `shared = asyncio.${kind}(${slots})`),
          ...Array.from({ length: slots }, () => "print('end', shared.locked(), await shared.acquire())"),
          "print('end', shared.locked())",
        ),
      )
      let inside = 0
      for (const line of lines) {
        if (line.startsWith('in ')) inside += 1
        if (line.startsWith('out ')) inside -= 1
        expect(inside).toBeLessThanOrEqual(slots)
      }
      const went = indices(lines, 'in ')
      expect(went).toEqual(indices(lines, 'came').filter((index) => went.includes(index)))
      expect(lines.filter((line) => line.startsWith('end'))).toEqual([
        ...Array.from({ length: slots }, () => 'end False True'),
        'end True',
      ])
    },
  )

  test('until 3.10.7 who comes at the right time takes the slot of who was woken', () => {
    const text = inMain(
      task,
      'semaphore = asyncio.Semaphore()',
      'await semaphore.acquire()',
      'waiting = asyncio.create_task(task(semaphore, 1, 0))',
      'await asyncio.sleep(1)',
      'semaphore.release()',
      'await task(semaphore, 2, 1)',
      'await waiting',
    )
    const [fair, barging] = [
      ['came 1 True', 'came 2 True', 'in 1', 'out 1', 'in 2', 'out 2'],
      ['came 1 True', 'came 2 False', 'in 2', 'out 2', 'in 1', 'out 1'],
    ]
    expect(printedBy(text)).toEqual(fair)
    expect(printedBy(text, '3.10.2')).toEqual(barging)
    expect(printedBy(text, '3.10.5')).toEqual(fair?.with(1, 'came 2 False'))
  })

  test('a BoundedSemaphore has no more slots than it began with', () => {
    const release = (kind: string) => inMain([], `asyncio.${kind}(2).release()`, "print('released')")
    expect(printedBy(release('Semaphore'))).toEqual(['released'])
    expect(() => printedBy(release('BoundedSemaphore'))).toThrow('BoundedSemaphore released too many times')
  })
})

describe(rule('Semaphore.locked'), () => {
  it.prop([fc.nat(4), fc.nat(4)])('a slot that somebody waits for is not free', (slots, taken) => {
    const lines = printedBy(
      inMain(
        [],
        `semaphore = asyncio.Semaphore(${slots})`,
        `for index in range(${Math.min(slots, taken)}):`,
        '    await semaphore.acquire()',
        'print(semaphore.locked())',
      ),
    )
    expect(lines).toEqual([taken >= slots ? 'True' : 'False'])
  })
})
