import { describe, expect, test } from 'vitest'
import { newestPython } from '../../src/asyncio/versions.js'
import * as update from '../../src/loop/update.js'
import * as surroundings from '../../src/loop/update-surroundings.js'
import { newLoop, newWorld } from '../../src/loop/world.js'
import { fieldOf, marked } from './marked.js'

const world = marked(newWorld(null, false, newestPython), 'world')
const loop = marked(newLoop(1), 'loop')

describe('the world with one field replaced', () => {
  const { withHandlesAndLoop, withCurrentTask, ...single } = update

  test.each(Object.entries({ ...single, ...surroundings }))('%s replaces that field', (name, change) => {
    const changed = (change as (world: object, value: unknown) => object)(world, 'new')
    expect(changed).toEqual({ ...world, [fieldOf(name)]: 'new' })
    expect(Object.keys(changed)).toEqual(Object.keys(world))
    expect(Object.keys(world)).toContain(fieldOf(name))
  })

  test('or two of them', () => {
    const handles = { next: 1, root: [] }
    const scheduled = withHandlesAndLoop(world, handles, loop)
    expect(scheduled).toEqual({ ...world, handles, loop })
    expect(Object.keys(scheduled)).toEqual(Object.keys(world))
    const around = { task: 1, around: null, depth: 1, objects: 0 }
    expect(withCurrentTask(world, 2, around)).toEqual({ ...world, currentTask: 2, around })
  })
})
