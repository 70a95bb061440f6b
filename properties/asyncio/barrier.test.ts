import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { rule } from '../rule.js'
import { inMain, printedBy } from './tasks-at.js'

const task = [
  'async def task(barrier, name):',
  '    try:',
  '        print(name, await barrier.wait())',
  '    except asyncio.BrokenBarrierError as error:',
  '        print(name, error)',
]

const arriving = (parties: number, count: number): readonly string[] => [
  `barrier = asyncio.Barrier(${parties})`,
  `tasks = [asyncio.create_task(task(barrier, index)) for index in range(${count})]`,
  'await asyncio.sleep(1)',
]

describe(rule('Barrier.wait'), () => {
  it.prop([fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 3 })])(
    'the last to come goes first, then the others in their order, round after round',
    (parties, rounds) => {
      const lines = printedBy(inMain(task, ...arriving(parties, parties * rounds), 'print(barrier.n_waiting)'))
      const order = [parties - 1, ...Array.from({ length: parties - 1 }, (_, index) => index)]
      expect(lines.slice(0, parties)).toEqual(order.map((index) => `${index} ${index}`))
      expect(lines).toHaveLength(parties * rounds + 1)
      expect(lines.at(-1)).toBe('0')
    },
  )

  it.prop([fc.integer({ min: 2, max: 5 }), fc.nat(4)])('who is missing keeps all others waiting', (parties, many) => {
    const count = many % parties
    const lines = printedBy(
      inMain(
        task,
        ...arriving(parties, count),
        'print(barrier.n_waiting, barrier.parties, barrier.broken)',
        'for one in tasks:',
        '    one.cancel()',
        'await asyncio.sleep(1)',
        'print(barrier.n_waiting)',
      ),
    )
    expect(lines).toEqual([`${count} ${parties} False`, '0'])
  })
})

describe(rule('Barrier.reset'), () => {
  test('who is in is sent away, and it fills anew', () => {
    const lines = printedBy(
      inMain(
        task,
        ...arriving(3, 2),
        'await barrier.reset()',
        'await asyncio.sleep(1)',
        'await asyncio.gather(*[task(barrier, index) for index in range(3)])',
      ),
    )
    expect(lines).toEqual(['0 Abort or reset of barrier', '1 Abort or reset of barrier', '2 2', '0 0', '1 1'])
  })
})

describe(rule('Barrier.abort'), () => {
  test('it is broken for who is in and who comes', () => {
    const lines = printedBy(
      inMain(task, ...arriving(2, 1), 'await barrier.abort()', "await task(barrier, 'later')", 'print(barrier.broken)'),
    )
    expect(lines).toEqual(['later Barrier aborted', 'True', '0 Abort or reset of barrier'])
  })
})
