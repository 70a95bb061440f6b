import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { sleep } from '../../src/asyncio/sleep.js'
import { futureWith, taskOf } from '../../src/loop/future.js'
import { isCancelled } from '../../src/loop/handle.js'
import { beginning, resumeMachine } from '../../src/loop/machine.js'
import { items } from '../../src/persistent/heap.js'
import { get } from '../../src/persistent/table.js'
import { interpreterOf, type Script } from '../loop/script.js'
import { happened, having, idleWorld, printed, reached, turnsLater } from '../loop/worlds.js'
import { rule } from '../rule.js'

const locals = (delay: number) => ({ delay, result: 'slept', timer: -1, future: -1 })
const begin = (world = idleWorld, delay = 1) =>
  resumeMachine(interpreterOf([]), sleep, world, beginning(sleep, locals(delay)), null, null)

describe(rule('sleep'), () => {
  it.prop([reached, fc.constantFrom(2 ** -30, 0.5, 1, 86_401)])(
    'a timer for a future of its own',
    ({ world }, delay) => {
      const answer = begin(world, delay)
      if (answer.kind !== 'awaits') throw new Error(answer.kind)
      const future = world.futures.next
      expect(answer.future).toBe(future)
      expect(futureWith(answer.world, future)).toMatchObject({ state: 'pending', loop: world.loop.id })
      expect(items(answer.world.loop.timers)).toContainEqual({
        when: world.clock + delay,
        handle: {
          id: world.handles.next,
          callback: { name: '_set_result_unless_cancelled', future, value: 'slept' },
          context: world.context,
          isTimer: true,
        },
      })
      expect(answer.frame).toMatchObject({ state: 'sleeping', locals: { timer: world.handles.next, future } })
    },
  )

  it.prop([reached, fc.constantFrom(0, -0, -1, Number.NEGATIVE_INFINITY)])('nothing is a turn', ({ world }, delay) => {
    const answer = begin(world, delay)
    expect(answer).toMatchObject({ kind: 'yields', frame: { state: 'tick' } })
    expect(answer.world).toBe(world)
    if (answer.kind !== 'yields') return
    expect(resumeMachine(interpreterOf([]), sleep, world, answer.frame, null, null)).toMatchObject({
      kind: 'returned',
      value: 'slept',
    })
  })

  test('NaN is refused (3.13)', () => {
    expect(begin(idleWorld, Number.NaN)).toMatchObject({
      kind: 'raised',
      error: { type: 'ValueError', args: ['Invalid delay: NaN (not a number)'] },
    })
  })

  test('in the end nothing is left of it', () => {
    const codes: readonly Script[] = [[{ does: 'sleep', delay: 1 }]]
    const asleep = turnsLater(codes, having(idleWorld, { does: 'spawn', code: 0 }), 1)
    expect(taskOf(futureWith(asleep, 0)).waiter).toBe(1)
    const awake = turnsLater(codes, asleep, 2)
    expect(printed(awake)).toEqual(['0:0 < slept'])
    expect(get(awake.futures, 1)).toBeUndefined()
    expect(get(awake.handles, 1)).toBeUndefined()
    expect([awake.clock, awake.loop.turn]).toEqual([1, 3])
  })

  test('cancelled, its timer is cancelled too', () => {
    const codes: readonly Script[] = [[{ does: 'sleep', delay: 1, catches: true }]]
    const asleep = turnsLater(codes, having(idleWorld, { does: 'spawn', code: 0 }), 1)
    const awake = turnsLater(codes, having(asleep, { does: 'cancel', which: 0, message: 'up' }), 1)
    expect(printed(awake)).toEqual(['0:0 ! CancelledError(up)#0'])
    expect(awake.clock).toBe(0)
    expect(get(awake.futures, 1)).toBeUndefined()
    expect(isCancelled(awake, 1)).toBe(true)
    expect(happened(awake).filter(({ event }) => event === 'HandleCancelled')).toMatchObject([{ handle: 2 }])
  })

  test('ten of them for one time, behind a timer for a later one, end as in CPython', () => {
    const codes: readonly Script[] = [
      [{ does: 'sleep', delay: 1 }],
      ...Array.from(
        { length: 10 },
        (_, i): Script => [
          { does: 'sleep', delay: 1 },
          { does: 'say', text: String(i) },
        ],
      ),
    ]
    const order = (...first: Parameters<typeof having>[1][]) => {
      const spawned = having(
        idleWorld,
        ...first,
        ...Array.from({ length: 10 }, (_, i) => ({ does: 'spawn', code: i + 1 }) as const),
      )
      return printed(turnsLater(codes, spawned, 3))
        .filter((text) => text.length === 1)
        .join(' ')
    }
    expect(order({ does: 'call later', delay: 2, code: 0 })).toBe('0 1 5 9 8 7 4 2 6 3')
    expect(order()).toBe('0 2 6 9 8 5 7 4 1 3')
  })
})
