import { test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { introduction } from '../../src/exhibition/exhibition.js'
import { recordMoveToMove } from '../../src/exhibition/measure.js'
import { programs } from '../../src/oracle/arbitrary-program.js'
import { run } from '../../src/program/run.js'
import { knowsEveryTask, taskLives } from '../../src/trace/tasks.js'
import { timeline } from '../../src/trace/timeline.js'

describe('timeline', () => {
  test('the first board of the exhibition', () => {
    const [, first] = timeline(recordMoveToMove({ ...introduction, moves: 2 }))
    expect(first).toEqual({
      task: 'Task-2',
      created: 0,
      intervals: [
        { doing: 'waiting', from: 0, to: 0 },
        { doing: 'running', from: 0, to: 5 },
        { doing: 'waiting', from: 5, to: 120 },
        { doing: 'running', from: 120, to: 125 },
        { doing: 'waiting', from: 125, to: 240 },
        { doing: 'running', from: 240, to: 240 },
      ],
    })
  })

  // Two tasks that share a name share a lane, and one may end there while the other waits.
  property.prop([programs()])('a lane of one task has no holes, and what runs and what waits take turns', (program) => {
    const trace = run(program)
    const named = taskLives(trace)
    for (const { created, intervals } of timeline(trace).filter((lane) => named.has(lane.task))) {
      expect(intervals[0]).toMatchObject({ doing: 'waiting', from: created })
      for (const [index, { doing, from, to }] of intervals.entries()) {
        const next = intervals[index + 1]
        expect(to === null || to >= from).toBe(true)
        if (next !== undefined) expect([to, next.doing === doing]).toEqual([next.from, false])
      }
    }
  })

  property.prop([programs()])('the running intervals of all tasks hold the work that tasks do', (program) => {
    const trace = run(program)
    if (!knowsEveryTask(trace) || taskLives(trace).size !== timeline(trace).length) return
    const work = trace.events.reduce(
      (sum, event) => (event.event === 'Worked' && event.task !== null ? sum + event.seconds : sum),
      0,
    )
    const running = timeline(trace).flatMap(({ intervals }) => intervals.filter(({ doing }) => doing === 'running'))
    const busy = running.reduce((sum, { from, to }) => sum + (to === null ? 0 : to - from), 0)
    const isWhole = running.every(({ to }) => to !== null)
    if (isWhole) expect(Math.abs(busy - work)).toBeLessThan(1e-6)
  })
})
