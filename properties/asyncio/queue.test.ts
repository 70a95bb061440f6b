import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { heappop, heappush, type IsLess } from '../../src/asyncio/priority.js'
import { raise } from '../../src/loop/raise.js'
import type { Value } from '../../src/loop/value.js'
import { emptyHeap, heappop as popHandle, heappush as pushHandle } from '../../src/persistent/heap.js'
import { rule } from '../rule.js'
import { comers, inMain, letCome, printedBy } from './tasks-at.js'

const classes = fc.constantFrom('Queue', 'LifoQueue', 'PriorityQueue')

/** What is done with a queue at once: put an item, or get one. */
const uses = fc.array(fc.oneof(fc.record({ put: fc.nat(9) }), fc.constant({ get: true as const })), { maxLength: 20 })

/** What a list does in the place of a queue. */
const expected = (name: string, maxsize: number, all: readonly ({ put: number } | { get: true })[]): string[] => {
  let items: number[] = []
  return all.map((use) => {
    if ('put' in use) {
      if (maxsize > 0 && items.length >= maxsize) return 'QueueFull()'
      items = [...items, use.put]
      return 'None'
    }
    if (items.length === 0) return 'QueueEmpty()'
    const at = name === 'Queue' ? 0 : name === 'LifoQueue' ? items.length - 1 : items.indexOf(Math.min(...items))
    const [item] = items.splice(at, 1)
    return String(item)
  })
}

describe(`${rule('Queue.put_nowait')} and ${rule('Queue.get_nowait')}`, () => {
  it.prop([classes, fc.integer({ min: -1, max: 3 }), uses])('do as a list does', (name, maxsize, all) => {
    const text = [
      'import asyncio',
      `queue = asyncio.${name}(${maxsize})`,
      'def tell(use):',
      '    try:',
      '        print(use())',
      '    except Exception as error:',
      '        print(repr(error))',
      ...all.map((use) => ('put' in use ? `tell(lambda: queue.put_nowait(${use.put}))` : 'tell(queue.get_nowait)')),
      '',
    ].join('\n')
    expect(printedBy(text)).toEqual(expected(name, maxsize, all))
  })
})

const getter = [
  'async def task(queue, index, works):',
  "    print('came', index)",
  '    await queue.put(index) if works == 2 else await queue.get()',
  "    print('done', index)",
]

describe(`${rule('Queue.put')} and ${rule('Queue.get')}`, () => {
  it.prop([comers, fc.integer({ min: 1, max: 2 })])('nobody waits for what is there', (all, maxsize) => {
    const text = inMain(
      getter,
      ...letCome(all, `shared = asyncio.Queue(${maxsize})`).slice(0, -1),
      'await asyncio.sleep(10)',
      'waits = [each.done() for each in tasks]',
      'print(shared.qsize())',
      'print(waits)',
    )
    const lines = printedBy(text)
    const size = Number(lines.at(-2))
    const waiting = (lines.at(-1) ?? '')
      .slice(1, -1)
      .split(', ')
      .flatMap((done, index) => (done === 'False' ? [all[index]?.works === 2 ? 'putter' : 'getter'] : []))
    if (size > 0) expect(waiting).not.toContain('getter')
    if (size < maxsize) expect(waiting).not.toContain('putter')
    const done = lines
      .filter((line) => line.startsWith('done'))
      .map((line) => all[Number(line.split(' ')[1])]?.works === 2)
    const put = done.filter(Boolean).length
    expect(size).toBe(put - (done.length - put))
  })

  it.prop([fc.nat(6)])('with a maxsize of 0 put never waits, and gives no turn away', (count) => {
    const lines = printedBy(
      inMain(
        [],
        'queue = asyncio.Queue(0)',
        "asyncio.get_running_loop().call_soon(print, 'next turn')",
        `for item in range(${count}):`,
        '    await queue.put(item)',
        `for item in range(${count}):`,
        '    print(await queue.get())',
        "print('over')",
        'await asyncio.sleep(0)',
      ),
    )
    expect(lines).toEqual([...Array.from({ length: count }, (_, index) => String(index)), 'over', 'next turn'])
  })
})

describe(`${rule('Queue.join')} and ${rule('Queue.task_done')}`, () => {
  it.prop([fc.nat(4), fc.nat(5)])('join waits for as many as were put', (count, done) => {
    const lines = printedBy(
      inMain(
        [],
        'queue = asyncio.Queue()',
        `for item in range(${count}):`,
        '    queue.put_nowait(item)',
        'task = asyncio.create_task(queue.join())',
        'await asyncio.sleep(0)',
        `for item in range(${done}):`,
        '    try:',
        '        queue.task_done()',
        '    except ValueError as error:',
        '        print(error)',
        'await asyncio.sleep(1)',
        'print(task.done())',
        'task.cancel()',
      ),
    )
    const tooMany = Array.from({ length: Math.max(0, done - count) }, () => 'task_done() called too many times')
    expect(lines).toEqual([...tooMany, done >= count ? 'True' : 'False'])
  })
})

describe(rule('Queue.shutdown'), () => {
  it.prop([fc.nat(3), fc.nat(3), fc.boolean()])(
    'what is in it can be got, unless at once',
    (count, waits, immediate) => {
      const lines = printedBy(
        inMain(
          [
            'async def get(queue):',
            '    try:',
            '        return await queue.get()',
            '    except asyncio.QueueShutDown as error:',
            '        return repr(error)',
          ],
          'queue = asyncio.Queue()',
          `tasks = [asyncio.create_task(get(queue)) for number in range(${waits})]`,
          'await asyncio.sleep(0)',
          `for item in range(${count}):`,
          '    queue.put_nowait(item)',
          `queue.shutdown(${immediate ? 'True' : ''})`,
          'print(await asyncio.gather(*tasks), queue.qsize())',
        ),
      )
      const got = immediate ? 0 : Math.min(count, waits)
      const left = immediate ? 0 : count - got
      const outcomes = Array.from({ length: waits }, (_, index) => (index < got ? String(index) : "'QueueShutDown()'"))
      expect(lines).toEqual([`[${outcomes.join(', ')}] ${left}`])
    },
  )

  test('there is none before 3.13', () => {
    const text = ['import asyncio', 'print(asyncio.Queue().shutdown)', ''].join('\n')
    expect(() => printedBy(text, '3.12.7')).toThrow("'Queue' object has no attribute 'shutdown'")
  })
})

const isLess: IsLess = (a, b) => (a as number) < (b as number)

describe(`${rule('PriorityQueue: put')} and ${rule('PriorityQueue: get')}`, () => {
  it.prop([fc.array(fc.option(fc.nat(5), { freq: 2 }))])('are the heap that timers are in', (all) => {
    let heap: readonly Value[] = []
    let timers = pushHandle(emptyHeap, { when: 0 })
    timers = popHandle(timers)?.rest ?? emptyHeap
    for (const when of all) {
      const top = heap[0]
      const popped = popHandle(timers)
      if (when === null) {
        expect(top).toBe(popped?.entry.when)
        heap = heappop(heap, isLess).heap
        timers = popped?.rest ?? emptyHeap
      } else {
        heap = heappush(heap, when, isLess).heap
        timers = pushHandle(timers, { when })
      }
      expect(heap.length).toBe(timers.size)
    }
  })

  it.prop([fc.array(fc.nat(5), { minLength: 1 }), fc.nat(6)])(
    'an error leaves every item but the one that was asked for',
    (all, after) => {
      const heap = all.reduce<readonly Value[]>((grown, item) => heappush(grown, item, isLess).heap, [])
      let left = after
      const failing: IsLess = (a, b) => {
        left -= 1
        if (left < 0) throw raise('TypeError', 'no order')
        return isLess(a, b)
      }
      const sorted = (values: readonly Value[]): readonly Value[] => [...values].sort((a, b) => Number(a) - Number(b))
      expect(sorted(heappop(heap, failing).heap)).toEqual(sorted(heap.slice(1)))
      left = after
      expect(sorted(heappush(heap, 3, failing).heap)).toEqual(sorted([...heap, 3]))
    },
  )
})
