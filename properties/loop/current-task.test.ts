import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { enterTask, isExecuting, leaveTask } from '../../src/loop/current-task.js'
import { futureWith, isDone, taskOf } from '../../src/loop/future.js'
import { createEagerTask } from '../../src/loop/task.js'
import { rule } from '../rule.js'
import { frameOf, interpreterOf, type Script } from './script.js'
import { happened, idleWorld, reached } from './worlds.js'

/** Tasks by number, each inside the step of the one before. */
const chain = fc.array(fc.nat(9), { maxLength: 6 })

it.prop([chain, fc.nat(9)])('in its step are the current task and those around it', (tasks, other) => {
  const inside = tasks.reduce((world, task) => enterTask(world, task, true), idleWorld)
  expect(inside.currentTask).toBe(tasks.at(-1) ?? null)
  expect(isExecuting(inside, other)).toBe(tasks.includes(other))
  expect(isExecuting(inside, null)).toBe(true)
})

it.prop([reached, chain])('who leaves a step leaves the world as it was', ({ world }, tasks) => {
  let outside = world
  for (const task of tasks) {
    const inside = enterTask(outside, task, true)
    expect(leaveTask(inside, outside)).toEqual(outside)
    outside = inside
  }
})

test('a step that is no eager start has nothing around it', () => {
  expect(enterTask(enterTask(idleWorld, 1, true), 2, false)).toMatchObject({ currentTask: 2, around: null })
})

test('a hundred tasks may begin inside each other, and not one more', () => {
  const deep = Array.from({ length: 100 }).reduce<typeof idleWorld>((world) => enterTask(world, 7, true), idleWorld)
  expect(() => enterTask(deep, 7, true)).toThrow(
    expect.objectContaining({ kind: 'halt', verdict: expect.objectContaining({ kind: 'unmodelled' }) }),
  )
})

const moves: Script = [{ does: 'say', text: 'one' }, { does: 'yield' }]

describe(rule('Task.__eager_start'), () => {
  it.prop([reached, fc.option(fc.string())])('its first step is over when it is made', ({ codes, world }, name) => {
    const task = world.futures.next
    const interpreter = interpreterOf([...codes, moves])
    const [later, leaving] = createEagerTask(interpreter, world, world.loop.id, frameOf(codes.length), name)
    const called = name ?? `Task-${world.defaultNames + 1}`
    expect(leaving).toBeNull()
    expect(later).toMatchObject({ currentTask: world.currentTask, around: world.around })
    expect(taskOf(futureWith(later, task))).toMatchObject({ name: called, started: true, waiter: null })
    expect(happened(later, world)).toMatchObject([
      { event: 'TaskCreated', created: called, task: null },
      { event: 'TaskStarted', task: called },
      { event: 'Printed', text: 'one', task: called },
      { event: 'TaskPaused', task: called },
      { event: 'HandleScheduled', callback: 'Task.__step' },
    ])
  })

  test('a task that does not pause is done', () => {
    const interpreter = interpreterOf([[{ does: 'return', value: 'at once' }]])
    const [later] = createEagerTask(interpreter, idleWorld, 1, frameOf(0), null)
    expect(futureWith(later, idleWorld.futures.next)).toMatchObject({ state: 'finished', result: 'at once' })
  })

  test('SystemExit ends the task and leaves its maker', () => {
    const interpreter = interpreterOf([[{ does: 'raise', type: 'SystemExit' }]])
    const [later, leaving] = createEagerTask(interpreter, idleWorld, 1, frameOf(0), null)
    expect(leaving).toMatchObject({ type: 'SystemExit' })
    expect(isDone(futureWith(later, idleWorld.futures.next))).toBe(true)
  })

  test('in a loop that does not run the first step is scheduled', () => {
    const [later] = createEagerTask(interpreterOf([moves]), idleWorld, 2, frameOf(0), null)
    expect(happened(later, idleWorld)).toMatchObject([{ event: 'TaskCreated' }, { event: 'HandleScheduled' }])
  })
})
