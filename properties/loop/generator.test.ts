import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { pushed, recursionLimit, resumeStack } from '../../src/loop/coroutine.js'
import {
  type Drive,
  delegation,
  driving,
  type GeneratorObject,
  generatorWith,
  isDriver,
  newGenerator,
  nextOf,
} from '../../src/loop/generator-object.js'
import type { ExceptionValue, Value } from '../../src/loop/value.js'
import type { Stack, World } from '../../src/loop/world.js'
import { deepFreeze } from '../persistent/versions.js'
import { rule } from '../rule.js'
import { frameOf, interpreterOf, type Script } from './script.js'
import { having, idleWorld, printed } from './worlds.js'

const oops = { kind: 'exception', id: 9, type: 'ValueError', args: [], line: 0 } as ExceptionValue
const exit = { ...oops, type: 'GeneratorExit' }
const [made, { id }] = newGenerator(having(idleWorld, { does: 'future' }), frameOf(1), false)
const created = deepFreeze(made)

const call = (value: Value, error: ExceptionValue | null = null, otherwise?: Value): Drive => ({
  by: 'call',
  generator: id,
  value,
  error,
  otherwise,
})
const close = (returns: boolean): Drive => ({ by: 'close', generator: id, returns })

/** Code 0 drives the generator of code 1 in these ways, one after the other, and goes on whatever comes of it. */
const driven = (script: Script, drives: readonly Drive[], world: World = created, others: readonly Script[] = []) => {
  const main: Script = drives.map((drive) => ({ does: 'begin', callee: driving(drive), catches: true }))
  return resumeStack(interpreterOf([main, script, ...others]), world, pushed(frameOf(0), null), null, null)
}

/** What code 0 got, each time. */
const got = (script: Script, ...drives: readonly Drive[]): readonly string[] =>
  printed(driven(script, drives).world)
    .filter((text) => text.startsWith('0:'))
    .map((text) => text.slice(4))

const tick = { does: 'yield' } as const
const object = (world: World): GeneratorObject => generatorWith(world, id)

describe(rule('generator'), () => {
  test('a new one has not begun, and keeps its frame', () => {
    expect(object(created)).toEqual({
      kind: 'generator',
      state: 'created',
      stack: { frame: frameOf(1), below: null, depth: 1 },
      awaitable: false,
      task: null,
    })
    expect(id).toBe(created.objects.next - 1)
    expect(isDriver(nextOf(id))).toBe(false)
    expect(isDriver(frameOf(0))).toBe(false)
  })

  it.prop([fc.nat(5), fc.nat(8)])('it yields as often as it does, and then is at its end for ever', (yields, calls) => {
    const script: Script = [...Array.from({ length: yields }, () => tick), { does: 'return', value: 'end' }]
    const answers = got(script, ...Array.from({ length: calls }, () => call(null)))
    expect(answers).toEqual(
      Array.from({ length: calls }, (_, index) => {
        if (index < yields) return '< None'
        return index === yields ? '! StopIteration(end)#0' : `! StopIteration()#${index - yields}`
      }),
    )
    const { state, stack } = object(
      driven(
        script,
        Array.from({ length: calls }, () => call(null)),
      ).world,
    )
    expect(state).toBe(calls === 0 ? 'created' : calls <= yields ? 'suspended' : 'closed')
    expect(stack === null).toBe(calls > yields)
  })

  test('it is sent values, but not before it has begun', () => {
    expect(got([tick, tick], call('early'), call(null), call('late'))).toEqual([
      "! TypeError(can't send non-None value to a just-started generator)#0",
      '< None',
      '< None',
    ])
    expect(printed(driven([tick, tick], [call(null), call('late')]).world)).toContain('1:0 < late')
  })

  test('errors are thrown into it, and come out', () => {
    expect(got([{ does: 'yield', catches: true }, tick], call(null), call(null, oops))).toEqual(['< None', '< None'])
    expect(got([tick], call(null), call(null, oops), call(null))).toEqual([
      '< None',
      '! ValueError()#9',
      '! StopIteration()#0',
    ])
    expect(got([tick], call(null, oops), call(null, oops), call(null))).toEqual([
      '! ValueError()#9',
      '! ValueError()#9',
      '! StopIteration()#0',
    ])
  })

  test('next has a default', () => {
    expect(got([tick], call(null, null, 'it'), call(null, null, 'it'), call(null, null, 'it'))).toEqual([
      '< None',
      '< it',
      '< it',
    ])
  })

  test('closed: GeneratorExit is thrown in, and is its end', () => {
    expect(got([tick], close(true), close(true), call(null))).toEqual(['< None', '< None', '! StopIteration()#0'])
    expect(got([tick], call(null), close(true), call(null))).toEqual(['< None', '< None', '! StopIteration()#1'])
    expect(printed(driven([tick], [call(null), close(true)]).world)).toContain('1:0 ! GeneratorExit()#0')
    const caught: Script = [
      { does: 'yield', catches: true },
      { does: 'return', value: 'late' },
    ]
    expect(got(caught, call(null), close(true))).toEqual(['< None', '< late'])
    expect(got(caught, call(null), close(false))).toEqual(['< None', '< None'])
    expect(got([{ does: 'yield', catches: true }, tick], call(null), close(true), close(true))).toEqual([
      '< None',
      '! RuntimeError(generator ignored GeneratorExit)#1',
      '< None',
    ])
    expect(
      got(
        [
          { does: 'yield', catches: true },
          { does: 'raise', type: 'KeyError' },
        ],
        call(null),
        close(true),
      ),
    ).toEqual(['< None', '! KeyError()#1'])
  })

  test('it does not resume itself', () => {
    for (const drive of [call(null), close(true)]) {
      expect(printed(driven([{ does: 'begin', callee: driving(drive), catches: true }], [call(null)]).world)).toContain(
        '1:0 ! ValueError(generator already executing)#0',
      )
    }
  })

  test('another task in the midst of it: not modelled', () => {
    const inTask = { ...created, currentTask: 3 }
    const script: Script = [{ does: 'await', which: 0 }]
    const drive = delegation(id)
    const waiting = resumeStack(interpreterOf([[], script]), inTask, pushed(drive, null), null, null)
    expect(waiting).toMatchObject({ kind: 'awaits', future: 0 })
    expect(() => driven(script, [call(null)], { ...waiting.world, currentTask: 4 })).toThrow(
      expect.objectContaining({
        verdict: { kind: 'unmodelled', reason: 'a generator that a task waits in and that is resumed elsewhere' },
      }),
    )
  })

  test('waiting for a future needs a task', () => {
    const script: Script = [{ does: 'await', which: 0 }]
    expect(() => driven(script, [call(null)])).toThrow(
      expect.objectContaining({
        verdict: { kind: 'unmodelled', reason: 'a generator that awaits and that no task drives' },
      }),
    )
  })

  test('too deep a stack ends it', () => {
    let stack: Stack = null
    for (let depth = 1; depth < recursionLimit; depth += 1) stack = pushed(frameOf(2), stack)
    const main: Script = [{ does: 'begin', callee: nextOf(id), catches: true }]
    const rest = resumeStack(interpreterOf([main, [tick], [], []]), created, pushed(frameOf(0), stack), null, null)
    expect(printed(rest.world)[0]).toBe('0:0 ! RecursionError(maximum recursion depth exceeded)#0')
    expect(object(rest.world).state).toBe('closed')
  })
})

describe('delegation', () => {
  const delegate = { does: 'begin', callee: delegation(id), catches: true } as const
  const [outer, { id: outerId }] = newGenerator(created, frameOf(2), false)
  const next = (value: Value, error: ExceptionValue | null = null): Drive =>
    ({ ...call(value, error), generator: outerId }) as Drive
  const through = (script: Script, ...drives: readonly Drive[]): readonly string[] =>
    printed(driven(script, drives, outer, [[delegate, { does: 'return', value: 'outer' }]]).world).filter(
      (text) => !text.startsWith('1:'),
    )

  test('what the inner one yields goes out, what is sent and thrown goes in, its value is that of the delegation', () => {
    const script: Script = [tick, { does: 'yield', catches: true }, { does: 'return', value: 'inner' }]
    expect(through(script, next(null), next('sent'), next(null, oops))).toEqual([
      '0:0 < None',
      '0:1 < None',
      '2:0 < inner',
      '0:2 ! StopIteration(outer)#0',
    ])
  })

  test('an inner one that is at its end has no value', () => {
    expect(through([], call(null), next(null))).toEqual([
      '0:0 ! StopIteration()#0',
      '2:0 < None',
      '0:1 ! StopIteration(outer)#1',
    ])
  })

  test('GeneratorExit closes the inner one, and goes on in the outer one', () => {
    expect(through([tick], next(null), next(null, exit))).toEqual([
      '0:0 < None',
      '2:0 ! GeneratorExit()#9',
      '0:1 ! StopIteration(outer)#1',
    ])
    expect(through([{ does: 'yield', catches: true }, tick], next(null), next(null, exit))).toEqual([
      '0:0 < None',
      '2:0 ! RuntimeError(generator ignored GeneratorExit)#1',
      '0:1 ! StopIteration(outer)#2',
    ])
  })

  test('a StopIteration that leaves the inner one is its end', () => {
    const script: Script = [tick, { does: 'raise', type: 'StopIteration' }]
    expect(through(script, next(null), next(null))).toEqual([
      '0:0 < None',
      '2:0 < None',
      '0:1 ! StopIteration(outer)#1',
    ])
    expect(
      got(
        [
          { does: 'yield', catches: true },
          { does: 'raise', type: 'StopIteration' },
        ],
        call(null),
        close(true),
      ),
    ).toEqual(['< None', '< None'])
  })

  test('without anybody who drives it by hand, a bare yield pauses', () => {
    const rest = resumeStack(interpreterOf([[], [tick]]), created, pushed(delegation(id), null), null, null)
    expect(rest).toMatchObject({ kind: 'yields', value: null, stack: { frame: delegation(id), below: null } })
    expect(object(rest.world).state).toBe('suspended')
  })
})
