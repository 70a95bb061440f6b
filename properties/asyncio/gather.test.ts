import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { beginGather, childDone, gather, gatherCallback, gatherNothing, watchChild } from '../../src/asyncio/gather.js'
import { futureWith, isDone } from '../../src/loop/future.js'
import { listValues } from '../../src/loop/list.js'
import type { Reference, Value } from '../../src/loop/value.js'
import type { World } from '../../src/loop/world.js'
import { type Act, type Script, show } from '../loop/script.js'
import { having, idleWorld, reached, turnsLater } from '../loop/worlds.js'
import { deepFreeze } from '../persistent/versions.js'
import { rule } from '../rule.js'

const three = having(idleWorld, { does: 'future' }, { does: 'future' }, { does: 'future' })
const gathered = (which: readonly number[], returnExceptions = false, world = three): World =>
  having(world, { does: 'gather', which, returnExceptions })

/** What the gathering, future 3, came to after some acts and the turn they need: `pending`, or values, or an error. */
const outcome = (world: World, ...acts: readonly Act[]): string => {
  const later = turnsLater([], having(world, ...acts), 2)
  const future = futureWith(later, 3)
  if (!isDone(future)) return 'pending'
  if (future.exception !== null) return show(future.exception).replace(/#.*/, '')
  return listValues(later, future.result as Reference)
    .map((value) => show(value).replace(/#.*/, ''))
    .join(' ')
}

const set = (which: number, value: Value): Act => ({ does: 'set result', which, value })
const fail = (which: number): Act => ({ does: 'set exception', which, type: 'KeyError' })
const cancel = (which: number, message: Value = null): Act => ({ does: 'cancel', which, message })

describe(rule('gather'), () => {
  it.prop([fc.shuffledSubarray([0, 1, 2], { minLength: 3, maxLength: 3 }), fc.boolean()])(
    'results in the order of the arguments, whoever is done first',
    (order, returnExceptions) => {
      const sets = order.map((which) => set(which, `r${which}`))
      expect(outcome(gathered([2, 0, 1], returnExceptions), ...sets)).toBe('r2 r0 r1')
    },
  )

  it.prop([reached, fc.array(fc.nat(3), { minLength: 1, maxLength: 5 })])(
    'one callback for each child',
    (at, which) => {
      const world = having(at.world, { does: 'future' }, { does: 'future' })
      const last = world.futures.next - 1
      const children = which.map((i) => last - (i % 2))
      const [later, outer] = gather(world, world.loop.id, children, false)
      expect(outer).toBe(world.futures.next)
      expect(futureWith(later, outer)).toMatchObject({ state: 'pending', children, loop: world.loop.id, task: null })
      for (const child of new Set(children)) {
        const gathering = { kind: 'gathering', id: world.objects.next }
        expect(futureWith(later, child).callbacks).toEqual([
          {
            callback: {
              name: 'call',
              callee: { kind: 'builtin', name: gatherCallback },
              args: [gathering, { kind: 'future', id: child }],
            },
            context: world.context,
          },
        ])
      }
    },
  )

  test('the same future twice is one child, and stands twice in the list', () => {
    expect(outcome(gathered([0, 0, 1]), set(0, 'a'), set(1, 'b'))).toBe('a a b')
    expect(outcome(gathered([0, 0, 1]), set(0, 'a'))).toBe('pending')
  })

  test('who is done already counts at once (3.12)', () => {
    const done = having(three, set(0, 'a'), set(1, 'b'))
    expect(isDone(futureWith(gathered([0, 1], false, done), 3))).toBe(true)
    expect(isDone(futureWith(gathered([0, 2, 1], false, done), 3))).toBe(false)
    expect(outcome(gathered([0, 2, 1], false, done), set(2, 'c'))).toBe('a c b')
    expect(outcome(gathered([0, 2], false, having(three, fail(0))))).toBe('KeyError()')
    expect(gathered([0, 2, 1], false, done).loop.ready.size).toBe(0)
  })

  test('of a task its callback has a task', () => {
    const world = having(idleWorld, { does: 'spawn', code: 0 }, { does: 'gather', which: [0], returnExceptions: false })
    expect(futureWith(world, 0).callbacks).toMatchObject([{ callback: { args: [{}, { kind: 'task', id: 0 }] } }])
  })

  test('of the first of all futures, too', () => {
    const world = having(idleWorld, { does: 'future' }, { does: 'gather', which: [0], returnExceptions: false })
    const later = turnsLater([], having(world, set(0, 'a')), 1)
    expect(listValues(later, futureWith(later, 1).result as Reference)).toEqual(['a'])
    expect(gatherCallback).toBe('asyncio.gather.<locals>._done_callback')
  })

  test('of nothing: a list of nothing', () => {
    const [world, id] = gatherNothing(three, 1)
    expect(id).toBe(3)
    const future = futureWith(world, id)
    expect(future).toMatchObject({ state: 'finished', children: null })
    expect(listValues(world, future.result as Reference)).toEqual([])
  })

  test('refused half way, the children before keep a callback that does nothing', () => {
    const [begun, gathering] = beginGather(having(three, set(2, 'c')))
    const world = deepFreeze([0, 1, 2].reduce((watching, child) => watchChild(watching, gathering, child), begun))
    expect([0, 1, 2].map((id) => futureWith(world, id).callbacks.length)).toEqual([1, 1, 0])
    expect(world.loop.ready.size).toBe(0)
    expect(futureWith(world, 1).callbacks).toMatchObject([
      {
        callback: {
          args: [
            { kind: 'gathering', id: three.objects.next },
            { kind: 'future', id: 1 },
          ],
        },
      },
    ])
    const later = turnsLater([], having(world, fail(0), cancel(1)), 1)
    expect(later.nextIdentity).toBe(1)
    expect(futureWith(later, 0).retrieved).toBe(true)
    expect(later.futures.next).toBe(3)
  })
})

describe(rule('gather: done callback'), () => {
  test('the first failure ends the whole; the others go on', () => {
    const failed = having(gathered([0, 1, 2]), fail(1))
    expect(outcome(failed)).toBe('KeyError()')
    expect(outcome(failed, set(0, 'a'), cancel(2))).toBe('KeyError()')
    expect(isDone(futureWith(turnsLater([], failed, 1), 0))).toBe(false)
  })

  test('a failure after the end was seen; a cancellation is none', () => {
    const over = turnsLater([], having(gathered([0, 1, 2]), fail(1)), 1)
    const later = turnsLater([], having(over, fail(0), cancel(2)), 1)
    expect(futureWith(later, 0).retrieved).toBe(true)
    expect(futureWith(later, 3)).toEqual(futureWith(over, 3))
  })

  test('a child that is cancelled is a failure with its own message', () => {
    expect(outcome(gathered([0, 1]), cancel(0, 'child'))).toBe('CancelledError(child)')
  })

  test('exceptions may be results', () => {
    const all = gathered([0, 1, 2], true)
    expect(outcome(all, fail(0), cancel(1, 'child'))).toBe('pending')
    expect(outcome(all, fail(0), cancel(1, 'child'), set(2, 'c'))).toBe('KeyError() CancelledError(child) c')
    expect(outcome(all, fail(0), cancel(1), set(2, 'c'))).toBe('KeyError() CancelledError() c')
    const ended = turnsLater([], having(all, fail(0), cancel(1), set(2, 'c')), 1)
    expect(futureWith(ended, 0).retrieved).toBe(true)
  })

  test('cancelled from outside: when all are done, with the message of the last argument', () => {
    expect(outcome(gathered([0, 1, 2], true), cancel(3, 'all'))).toBe('CancelledError(all)')
    expect(outcome(gathered([0, 1, 2], false), cancel(3, 'all'))).toBe('CancelledError(all)')
    const last = having(gathered([1, 2, 0], true), cancel(0, 'mine'), cancel(2, 'other'))
    expect(outcome(last, cancel(3, 'all'))).toBe('CancelledError(mine)')
    const one = having(gathered([1, 0], true), cancel(0, 'mine'))
    expect(outcome(one, cancel(3, 'all'))).toBe('CancelledError(mine)')
  })

  test('a child that catches it gives its result, and the whole is cancelled all the same', () => {
    const codes: readonly Script[] = [
      [
        { does: 'yield', catches: true },
        { does: 'return', value: 'stayed' },
      ],
    ]
    const world = having(idleWorld, { does: 'spawn', code: 0 }, { does: 'gather', which: [0], returnExceptions: true })
    const begun = having(turnsLater(codes, world, 1), { does: 'cancel', which: 1, message: 'all' })
    expect(() => turnsLater(codes, begun, 3)).not.toThrow(TypeError)
    expect(futureWith(turnsLater(codes, begun, 1), 0)).toMatchObject({ state: 'finished', result: 'stayed' })
  })

  test('counts down', () => {
    const world = gathered([0, 1])
    const reference: Reference = { kind: 'gathering', id: 3 }
    const once = childDone(having(world, set(0, 'a')), reference, 0)
    expect(isDone(futureWith(once, 3))).toBe(false)
    expect(isDone(futureWith(childDone(having(once, set(1, 'b')), reference, 1), 3))).toBe(true)
  })
})
