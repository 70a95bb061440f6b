import { describe, expect, test } from 'vitest'
import * as updateLoop from '../../src/loop/update-loop.js'
import { newLoop } from '../../src/loop/world.js'
import { fieldOf, marked } from './marked.js'

const loop = marked(newLoop(1), 'loop')

describe('the loop with one field replaced', () => {
  const { withReadyAsBatch, ...single } = updateLoop

  test.each(Object.entries(single))('%s replaces that field', (name, change) => {
    expect((change as (loop: object, value: unknown) => object)(loop, 'new')).toEqual({
      ...loop,
      [fieldOf(name)]: 'new',
    })
    expect(Object.keys(loop)).toContain(fieldOf(name))
  })

  test('what is ready becomes the batch', () => {
    expect(withReadyAsBatch(loop)).toEqual({ ...loop, batch: 'loop ready', ready: newLoop(1).ready })
  })
})
