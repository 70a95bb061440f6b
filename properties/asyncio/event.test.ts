import { it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { rule } from '../rule.js'
import { comers, inMain, letCome, printedBy } from './tasks-at.js'

const task = [
  'async def task(event, index, works):',
  "    print('came', index)",
  "    print('went', index, await event.wait())",
]

describe(`${rule('Event.wait')} and ${rule('Event.set')}`, () => {
  it.prop([comers])('who waits goes on in the order of coming, and who comes later does not wait', (all) => {
    const sets = ['shared = asyncio.Event()', 'asyncio.get_running_loop().call_later(2.5, shared.set)']
    const lines = printedBy(inMain(task, ...sets, ...letCome(all, 'pass'), 'print(shared.is_set())'))
    const came = lines.filter((line) => line.startsWith('came')).map((line) => line.split(' ')[1])
    const went = lines.filter((line) => line.startsWith('went')).map((line) => line.split(' ')[1])
    expect(went).toEqual(came.filter((index) => went.includes(index)))
    for (const [index, { cancelled }] of all.entries()) if (cancelled === null) expect(went).toContain(String(index))
    for (const [index, { comes }] of all.entries()) {
      if (comes === 3 && came.includes(String(index))) {
        expect(lines[lines.indexOf(`came ${index}`) + 1]).toBe(`went ${index} True`)
      }
    }
  })
})

describe(rule('Event.clear'), () => {
  test('who was woken goes on, who comes now waits', () => {
    const lines = printedBy(
      inMain(
        task,
        'event = asyncio.Event()',
        'first = asyncio.create_task(task(event, 1, 0))',
        'await asyncio.sleep(1)',
        'event.set()',
        'event.clear()',
        'second = asyncio.create_task(task(event, 2, 0))',
        'await first',
        'await asyncio.sleep(1)',
        'print(event.is_set(), second.done())',
        'second.cancel()',
      ),
    )
    expect(lines).toEqual(['came 1', 'went 1 True', 'came 2', 'False False'])
  })
})
