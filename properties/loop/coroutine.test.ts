import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { follow, pushed, recursionLimit, resumeStack } from '../../src/loop/coroutine.js'
import type { ExceptionValue } from '../../src/loop/value.js'
import type { Stack } from '../../src/loop/world.js'
import { rule } from '../rule.js'
import { frameOf, interpreterOf, type Script } from './script.js'
import { having, idleWorld, printed, unlessHalted } from './worlds.js'

const oops = { kind: 'exception', id: 9, type: 'ValueError', args: [], line: 0 } as ExceptionValue
const single = pushed(frameOf(0), null)
const start = (
  codes: readonly Script[],
  world = idleWorld,
  stack: Stack = single,
  error: ExceptionValue | null = null,
) => resumeStack(interpreterOf(codes), world, stack, null, error)
const frames = (stack: Stack): readonly string[] =>
  stack === null ? [] : [`${stack.frame.machine} ${stack.depth}`, ...frames(stack.below)]
const future = having(idleWorld, { does: 'future' })
const done = having(future, { does: 'set result', which: 0, value: 'it' })
const failed = having(future, { does: 'set exception', which: 0, type: 'KeyError' })

describe(rule('yield from'), () => {
  /** As many coroutines as there are depths, each waiting for the next; the innermost ends in some way. */
  const row = (depth: number, end: Script): readonly Script[] => [
    ...Array.from(
      { length: depth },
      (_, i): Script => [
        { does: 'call', code: i + 1 },
        { does: 'return', value: `by ${i}` },
      ],
    ),
    end,
  ]

  it.prop([fc.nat(20)])('values go from each to the one below, without a pause', (depth) => {
    const rest = start(row(depth, [{ does: 'return', value: 'innermost' }]))
    expect(rest).toMatchObject({ kind: 'returned', value: depth === 0 ? 'innermost' : 'by 0' })
    expect(printed(rest.world)).toEqual(
      Array.from({ length: depth }, (_, i) => `${i}:0 < ${i === depth - 1 ? 'innermost' : `by ${i + 1}`}`).reverse(),
    )
  })

  it.prop([fc.nat(20)])('errors as well, the same object', (depth) => {
    const rest = start(row(depth, [{ does: 'raise', type: 'ValueError' }]))
    expect(rest).toMatchObject({ kind: 'raised', error: { type: 'ValueError', id: 0 } })
    expect(printed(rest.world)).toHaveLength(depth)
  })

  it.prop([fc.nat(20), fc.constantFrom('await', 'yield')])('a pause leaves the whole stack', (depth, pause) => {
    const end: Script = pause === 'await' ? [{ does: 'await', which: 0 }] : [{ does: 'yield' }]
    const rest = start(row(depth, end), future)
    const scripts = Array.from({ length: depth + 1 }, (_, i) => `script ${depth + 1 - i}`)
    if (rest.kind === 'awaits') {
      expect(pause).toBe('await')
      expect(rest.future).toBe(0)
      expect(frames(rest.stack)).toEqual(scripts)
      const later = resumeStack(interpreterOf(row(depth, end)), done, rest.stack, 'it', null)
      expect(later.kind).toBe('returned')
      expect(printed(later.world, done)[0]).toBe(`${depth}:0 < it`)
    } else if (rest.kind === 'yields') {
      expect(pause).toBe('yield')
      expect(frames(rest.stack)).toEqual(scripts)
    } else {
      expect.unreachable(rest.kind)
    }
  })

  test('an awaited future that is done gives its result at once, or raises', () => {
    expect(start([[{ does: 'await', which: 0 }]], done)).toMatchObject({ kind: 'returned' })
    expect(printed(start([[{ does: 'await', which: 0 }]], done).world)).toEqual(['0:0 < it'])
    expect(start([[{ does: 'await', which: 0 }]], failed)).toMatchObject({
      kind: 'raised',
      error: { type: 'KeyError' },
    })
    const caught = start([[{ does: 'await', which: 0, catches: true }]], failed)
    expect(printed(caught.world)).toEqual(['0:0 ! KeyError()#0'])
  })

  test('what is thrown in comes out of the await', () => {
    const codes: readonly Script[] = [[{ does: 'await', which: 0, catches: true }]]
    const paused = start(codes, future)
    if (paused.kind !== 'awaits') throw new Error(paused.kind)
    const thrown = resumeStack(interpreterOf(codes), paused.world, paused.stack, null, oops)
    expect(printed(thrown.world)).toEqual(['0:0 ! ValueError()#9'])
  })

  test('GeneratorExit closes what is awaited, which is not modelled, unless nothing is', () => {
    const exit: ExceptionValue = { ...oops, type: 'GeneratorExit' }
    const codes: readonly Script[] = [[{ does: 'call', code: 1 }], [{ does: 'yield' }]]
    const paused = start(codes)
    if (paused.kind !== 'yields') throw new Error(paused.kind)
    expect(() => resumeStack(interpreterOf(codes), paused.world, paused.stack, null, exit)).toThrow(
      expect.objectContaining({
        verdict: { kind: 'unmodelled', reason: 'a GeneratorExit thrown into a coroutine that awaits another' },
      }),
    )
    expect(start(codes, idleWorld, single, exit)).toMatchObject({ kind: 'raised', error: { type: 'GeneratorExit' } })
    expect(resumeStack(interpreterOf(codes), paused.world, paused.stack, null, oops).kind).toBe('raised')
  })

  test('an error into a coroutine that has not begun is raised there', () => {
    expect(start([[{ does: 'say', text: 'body' }]], idleWorld, single, oops)).toEqual({
      kind: 'raised',
      world: idleWorld,
      error: oops,
    })
  })

  test('nothing left to resume: the value or the error comes back', () => {
    expect(resumeStack(interpreterOf([]), idleWorld, null, 'v', null)).toEqual({
      kind: 'returned',
      world: idleWorld,
      value: 'v',
    })
    expect(resumeStack(interpreterOf([]), idleWorld, null, null, oops)).toEqual({
      kind: 'raised',
      world: idleWorld,
      error: oops,
    })
  })

  test('outside every loop one may be run', () => {
    const rest = start([[{ does: 'call', code: 1 }], [{ does: 'run' }]])
    if (rest.kind !== 'runs') throw new Error(rest.kind)
    expect(frames(rest.stack)).toEqual(['script 2', 'script 1'])
  })

  test('a future that a task was refused is awaited by nobody any more, unless it is done', () => {
    const refused = (world: typeof future) => ({
      ...world,
      futures: {
        ...world.futures,
        root: world.futures.root.map((slot) =>
          slot !== undefined && 'value' in slot ? { ...slot, value: { ...slot.value, refused: true } } : slot,
        ),
      },
    })
    const codes: readonly Script[] = [[{ does: 'await', which: 0, catches: true }]]
    expect(printed(start(codes, refused(future)).world)).toEqual([
      "0:0 ! RuntimeError(await wasn't used with future)#0",
    ])
    expect(printed(start(codes, refused(done)).world)).toEqual(['0:0 < it'])
  })

  test('a stack has its depth, and more than a thousand frames is too many', () => {
    expect(recursionLimit).toBe(1000)
    const deep = start([[{ does: 'call', code: 0 }]])
    expect(deep).toMatchObject({
      kind: 'raised',
      error: { type: 'RecursionError', args: ['maximum recursion depth exceeded'], id: 0 },
    })
    expect(printed(deep.world)).toHaveLength(recursionLimit + 1)
    const most = Array.from(
      { length: recursionLimit + 1 },
      (_, i): Script => (i < recursionLimit ? [{ does: 'call', code: i + 1 }] : []),
    )
    expect(start(most).kind).toBe('returned')
  })

  test('who never pauses is given up', () => {
    const patient = { ...interpreterOf([[{ does: 'call', code: 0 }]]), steps: 50 }
    expect(() => resumeStack(patient, idleWorld, single, null, null)).toThrow(
      expect.objectContaining({ kind: 'halt', verdict: { kind: 'step limit', steps: 50 } }),
    )
    const short = { ...interpreterOf(row(20, [])), steps: 50 }
    expect(resumeStack(short, idleWorld, single, null, null).kind).toBe('returned')
    unlessHalted(() => {
      resumeStack(patient, idleWorld, single, null, null)
    })
  })

  test('an answer is followed to the end', () => {
    const interpreter = interpreterOf([[{ does: 'return', value: 'x' }], [{ does: 'call', code: 0 }]])
    const answer = { kind: 'calls', world: idleWorld, callee: frameOf(0), frame: { ...frameOf(1), state: 1 } } as const
    expect(follow(interpreter, answer, null)).toMatchObject({ kind: 'returned', value: null })
  })
})
