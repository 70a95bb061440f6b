import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { rule } from '../rule.js'
import { inMain, printedBy } from './tasks-at.js'

const task = [
  'async def task(condition, index):',
  '    async with condition:',
  '        try:',
  '            await condition.wait()',
  "            print('went', index, condition.locked())",
  '        except asyncio.CancelledError as error:',
  "            print('cancelled', index, condition.locked(), repr(error))",
]

const waiting = (count: number): readonly string[] => [
  'condition = asyncio.Condition()',
  `tasks = [asyncio.create_task(task(condition, index)) for index in range(${count})]`,
  'await asyncio.sleep(1)',
]

describe(`${rule('Condition.wait')}, ${rule('Condition.notify')} and ${rule('Condition.notify_all')}`, () => {
  it.prop([fc.nat(5), fc.integer({ min: -1, max: 6 }), fc.boolean()])(
    'so many go on, in the order in which they came, each with the lock',
    (count, n, all) => {
      const lines = printedBy(
        inMain(
          task,
          ...waiting(count),
          'async with condition:',
          `    condition.${all ? 'notify_all()' : `notify(${n})`}`,
          '    await asyncio.sleep(1)',
          "    print('released')",
          'await asyncio.sleep(1)',
          "print('end')",
        ),
      )
      const woken = all ? count : Math.min(count, Math.max(0, n))
      const went = Array.from({ length: woken }, (_, index) => `went ${index} True`)
      expect(lines.slice(0, lines.indexOf('end'))).toEqual(['released', ...went])
    },
  )

  it.prop([fc.integer({ min: 2, max: 5 }), fc.nat(4), fc.nat(4)])(
    'a notification of somebody who is cancelled is passed on',
    (count, first, wait) => {
      const [who, cancelled] = [first % count, wait % count]
      const lines = printedBy(
        inMain(
          task,
          ...waiting(count),
          'async with condition:',
          `    condition.notify(${who + 1})`,
          `    tasks[${cancelled}].cancel('enough')`,
          'await asyncio.sleep(1)',
        ),
      )
      const went = lines.filter((line) => line.startsWith('went')).map((line) => Number(line.split(' ')[1]))
      const others = Array.from({ length: count }, (_, index) => index).filter((index) => index !== cancelled)
      const next = others.find((index) => index > who)
      expect([...went].sort()).toEqual(others.filter((index) => index <= who || index === next))
      expect(lines).toContain(`cancelled ${cancelled} True CancelledError('enough')`)
    },
  )

  test('without the lock nobody waits and nobody notifies', () => {
    for (const use of ['await condition.wait()', 'condition.notify()', 'condition.notify_all()']) {
      expect(() => printedBy(inMain([], 'condition = asyncio.Condition()', use))).toThrow(/on un-acquired lock/)
    }
  })
})

describe(rule('Condition.wait_for'), () => {
  it.prop([fc.integer({ min: 1, max: 4 })])('asks first, and again after each notification', (times) => {
    const lines = printedBy(
      inMain(
        [],
        'condition = asyncio.Condition()',
        'asked = []',
        'def enough():',
        '    asked.append(condition.locked())',
        `    return len(asked) == ${times} and 'enough'`,
        'async def notifies():',
        `    for number in range(${times - 1}):`,
        '        async with condition:',
        '            condition.notify()',
        '        await asyncio.sleep(1)',
        'task = asyncio.create_task(notifies())',
        'async with condition:',
        '    print(await condition.wait_for(enough), asked)',
        'await task',
      ),
    )
    expect(lines).toEqual([`enough [${Array.from({ length: times }, () => 'True').join(', ')}]`])
  })
})
