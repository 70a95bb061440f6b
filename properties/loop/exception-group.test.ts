import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { isInstance } from '../../src/loop/exception.js'
import { groupOf, isGroup, leftOver, newGroup, split, take } from '../../src/loop/exception-group.js'
import { listValues } from '../../src/loop/list.js'
import { raise } from '../../src/loop/raise.js'
import type { ExceptionValue, Reference } from '../../src/loop/value.js'
import type { World } from '../../src/loop/world.js'
import { deepFreeze } from '../persistent/versions.js'
import { rule } from '../rule.js'
import { idleWorld } from './worlds.js'

/** A tree of exceptions: a class, or a group of such. */
type Tree = string | readonly Tree[]

const classes = ['ValueError', 'TypeError', 'KeyError', 'KeyboardInterrupt'] as const

const tree: fc.Arbitrary<readonly Tree[]> = fc.letrec<{ tree: Tree; group: readonly Tree[] }>((tie) => ({
  tree: fc.oneof({ maxDepth: 3 }, fc.constantFrom(...classes), tie('group')),
  group: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
})).group

/** Grows a tree in a world: the traceback of its groups is 7. */
const grown = (world: World, from: Tree): readonly [World, ExceptionValue] => {
  if (typeof from === 'string') {
    const id = world.nextIdentity
    return [
      { ...world, nextIdentity: id + 1 },
      { kind: 'exception', id, type: from, args: [] },
    ]
  }
  const exceptions: ExceptionValue[] = []
  let present = world
  for (const each of from) {
    const [next, exception] = grown(present, each)
    present = next
    exceptions.push(exception)
  }
  const [made, group] = groupOf(present, 'of a test', exceptions)
  return [deepFreeze(made), { ...group, line: 3, traceback: 7 }]
}

const shapeOf = (exception: ExceptionValue | null): unknown =>
  exception === null ? null : isGroup(exception) ? exception.exceptions.map(shapeOf) : exception.id

const leaves = (exception: ExceptionValue | null): readonly ExceptionValue[] =>
  exception === null ? [] : isGroup(exception) ? exception.exceptions.flatMap(leaves) : [exception]

const isOf =
  (...names: readonly string[]) =>
  (exception: ExceptionValue): boolean =>
    names.some((name) => isInstance(exception, name))

const names = fc.subarray([...classes, 'Exception', 'BaseException'])

describe(rule('exception group'), () => {
  it.prop([tree])('is an ExceptionGroup where all in it are Exceptions', (from) => {
    const [world, group] = grown(idleWorld, from)
    const areExceptions = leaves(group).every(isOf('Exception'))
    expect(group.type).toBe(areExceptions ? 'ExceptionGroup' : 'BaseExceptionGroup')
    expect(isInstance(group, 'Exception')).toBe(areExceptions)
    const [message, second] = group.args
    expect(message).toBe('of a test')
    expect(listValues(world, second as Reference)).toEqual(group.exceptions)
    const strict = () => newGroup(world, 'ExceptionGroup', 'strict', null, [group])
    if (areExceptions) expect(strict()[1]).toMatchObject({ type: 'ExceptionGroup', args: ['strict', null], line: 0 })
    else {
      let thrown: unknown = null
      try {
        strict()
      } catch (caught) {
        thrown = caught
      }
      expect(thrown).toEqual(raise('TypeError', 'Cannot nest BaseExceptions in an ExceptionGroup'))
    }
  })

  test('of others than exceptions it is a new thing each time', () => {
    const [world, first] = grown(idleWorld, ['ValueError'])
    const [, second] = groupOf(world, 'of a test', first.exceptions ?? [])
    expect(second.id).not.toBe(first.id)
  })
})

describe(rule('exception group: split'), () => {
  it.prop([tree, names])('loses nothing, keeps the order, and parts by the condition', (from, chosen) => {
    const [world, group] = grown(idleWorld, from)
    const { match, rest } = split(world, group, isOf(...chosen))
    const [taken, left] = [leaves(match), leaves(rest)]
    const all = leaves(group)
    expect(taken).toEqual(all.filter((each) => taken.some(({ id }) => id === each.id)))
    expect([...taken, ...left].map(({ id }) => id).sort((a, b) => a - b)).toEqual(all.map(({ id }) => id))
    expect(left.some(isOf(...chosen))).toBe(false)
    if (!chosen.includes('Exception') && !chosen.includes('BaseException'))
      expect(taken.every(isOf(...chosen))).toBe(true)
    for (const part of [match, rest]) {
      if (part === null || part === group) continue
      expect(part).toMatchObject({ line: 3, traceback: 7 })
      expect(part.args[0]).toBe('of a test')
    }
  })

  it.prop([tree])('leaves what matches as a whole as it is', (from) => {
    const [world, group] = grown(idleWorld, from)
    expect(split(world, group, () => true)).toEqual({ world, match: group, rest: null })
    expect(split(world, group, isOf('BaseExceptionGroup')).match).toBe(group)
    const { match, rest } = split(world, group, () => false)
    expect(match).toBeNull()
    expect(shapeOf(rest)).toEqual(shapeOf(group))
    expect(rest?.id).not.toBe(group.id)
  })

  test('an except* puts a group around what is none', () => {
    const [world, error] = grown(idleWorld, 'ValueError')
    const { match, rest } = take(world, error, isOf('ValueError'))
    expect(match).toMatchObject({ type: 'ExceptionGroup', exceptions: [error], args: ['', { items: [error] }] })
    expect(match?.traceback).toBeUndefined()
    expect(rest).toBeNull()
    expect(take(world, error, isOf('TypeError'))).toEqual({ world, match: null, rest: error })
    const [, group] = grown(idleWorld, ['ValueError'])
    expect(take(world, group, isOf('Exception')).match).toBe(group)
  })
})

describe(rule('except*'), () => {
  it.prop([tree, names])('puts what was raised again back in its place', (from, chosen) => {
    const [world, group] = grown(idleWorld, from)
    const parts = split(world, group, isOf(...chosen))
    const raised = [parts.match, parts.rest].flatMap((part) => part ?? [])
    const [, left] = leftOver(parts.world, group, raised)
    expect(shapeOf(left)).toEqual(shapeOf(group))
  })

  it.prop([tree, names])('what was handled is gone', (from, chosen) => {
    const [world, group] = grown(idleWorld, from)
    const { world: parted, rest } = split(world, group, isOf(...chosen))
    expect(shapeOf(leftOver(parted, group, rest === null ? [] : [rest])[1])).toEqual(shapeOf(rest))
    expect(leftOver(parted, group, [])[1]).toBeNull()
  })

  it.prop([tree, names])('what was raised anew stands before the rest', (from, chosen) => {
    const [world, group] = grown(idleWorld, from)
    const { world: parted, rest } = split(world, group, isOf(...chosen))
    const [made, fresh] = grown(parted, ['KeyError'])
    const anew = [{ ...fresh, traceback: 8 }, { ...fresh, exceptions: undefined } as unknown as ExceptionValue]
    const [, left] = leftOver(made, group, [...anew, ...(rest === null ? [] : [rest])])
    expect(left?.args[0]).toBe('')
    expect(left?.exceptions?.slice(0, 2)).toEqual(anew)
    expect(shapeOf(left?.exceptions?.[2] ?? null)).toEqual(shapeOf(rest))
    const alone = leftOver(made, group, anew.slice(0, 1))[1]
    expect(alone).toBe(anew[0])
    const older = { ...made, python: { ...made.python, exceptStarWrapsNoSingle: false } }
    expect(leftOver(older, group, anew.slice(0, 1))[1]?.exceptions).toEqual(anew.slice(0, 1))
  })

  test('of what is no group the first thing raised is all', () => {
    const [world, error] = grown(idleWorld, 'ValueError')
    expect(leftOver(world, error, [error])).toEqual([world, error])
    expect(leftOver(world, error, [])).toEqual([world, null])
  })

  test('the very group that was caught counts as raised again, whatever its traceback', () => {
    const [world, group] = grown(idleWorld, ['ValueError', ['TypeError']])
    const [, left] = leftOver(world, group, [{ ...group, traceback: 9 }])
    expect(shapeOf(left)).toEqual(shapeOf(group))
  })
})
