import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { assign, inContext, lookUp, restore } from '../../src/loop/context.js'
import type { Value } from '../../src/loop/value.js'
import type { Context } from '../../src/loop/world.js'
import { deepFreeze } from '../persistent/versions.js'
import { idleWorld } from './worlds.js'

const variables = [0, 1, 2, 3]
const sets = fc.array(
  fc.tuple(fc.constantFrom(...variables), fc.constantFrom<Value | undefined>('a', 'b', null, undefined)),
)

/** The context after some assignments, and the Map it has to agree with; `undefined` takes the value away. */
const built = (assignments: readonly (readonly [number, Value | undefined])[]) => {
  let context: Context = null
  const model = new Map<number, Value>()
  for (const [variable, value] of assignments) {
    context = deepFreeze(restore(context, variable, value))
    model.delete(variable)
    if (value !== undefined) model.set(variable, value)
  }
  return { context, model }
}

const listed = (context: Context): readonly (readonly [number, Value])[] =>
  context === null ? [] : [...listed(context.older), [context.variable, context.value]]

describe('context', () => {
  it.prop([sets])('holds what a Map would, each variable once, latest first', (assignments) => {
    const { context, model } = built(assignments)
    expect(listed(context)).toEqual([...model])
    for (const variable of variables) expect(lookUp(context, variable)).toBe(model.get(variable))
  })

  it.prop([sets, fc.constantFrom(...variables)])(
    'what is assigned is read, and nothing else changes',
    (before, variable) => {
      const { context, model } = built(before)
      const later = assign(context, variable, 'new')
      for (const other of variables) expect(lookUp(later, other)).toBe(other === variable ? 'new' : model.get(other))
      expect(restore(later, variable, 'old')).toEqual(assign(context, variable, 'old'))
    },
  )

  test('to be in the same context is to be in the same world', () => {
    const context = assign(null, 1, 'x')
    const inside = inContext(idleWorld, context)
    expect(inside).toEqual({ ...idleWorld, context })
    expect(inContext(inside, context)).toBe(inside)
  })
})
