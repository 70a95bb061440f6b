import { describe, expect, test } from 'vitest'
import { cancellations } from '../../src/laws/cancellations.js'
import { parse } from '../../src/program/parse.js'
import { run } from '../../src/program/run.js'
import type { Trace } from '../../src/trace/events.js'
import { casesOf, evidenceOf, keeps } from './on-programs.js'
import { told } from './told.js'

keeps(cancellations, {
  share: 0.25,
  cases: { exhibition: 0, turns: 0, timers: 0, cancellations: 0, days: 0, loops: 0, interruptions: 0, deadlock: 0 },
})

const check = (trace: Trace) => evidenceOf(cancellations, trace)

/** Three tasks have been made; `a` and `b` have started, and `c` has not. */
const begin = `
  0 0 - LoopCreated 1
  0 1 - TaskCreated created=a
  0 1 - TaskCreated created=b
  0 1 - TaskCreated created=c
  0 1 b TaskStarted
`

const waiting = (task: string, where: string): string => `
  0 1 ${task} TaskStarted
  0 1 ${task} Printed ${task} stays ${where}
  0 1 ${task} TaskPaused
`

const asked = (task: string): string => `0 1 b Printed b cancels ${task} True\n`

describe('cancellations', () => {
  const stays = `${begin}${waiting('a', 'sleep 0')}`

  test('however many ask, one CancelledError is met', () => {
    const twice = `${stays}${asked('a')}${asked('a')}0 2 a TaskResumed\n`
    expect(casesOf(cancellations.check(told(`${twice}0 2 a Printed a meets CancelledError() 2`)))).toBe(2)
    expect(check(told(`${twice}0 2 a Printed a goes on`))).toMatchInlineSnapshot(
      `"a was asked at Printed of b (event 8), and goes on at Printed of a (event 11)"`,
    )
  })

  test('who met one goes on where he stays next, if nobody asks again', () => {
    const met = `${stays}${asked('a')}0 2 a TaskResumed
      0 2 a Printed a meets CancelledError() 1
      0 2 a Printed a stays sleep 1
      0 2 a TaskPaused
      0 3 a TaskResumed
    `
    expect(check(told(`${met}0 3 a Printed a goes on`))).toBeNull()
    expect(check(told(`${met}0 3 a Printed a meets CancelledError() 2`))).toBeNull()
    expect(check(told(`${met}0 3 a Printed a meets CancelledError() 1`))).toMatchInlineSnapshot(
      `"Printed of a (event 14): since a stays there nobody has asked"`,
    )
  })

  test('who asks himself meets it at his next pause, and not before', () => {
    const own = `${begin}0 1 a TaskStarted\n0 1 a Printed a cancels a True\n0 1 a Printed a stays sleep 1\n`
    expect(check(told(`${own}0 1 a Printed a goes on`))).toBeNull()
    const paused = `${own}0 1 a TaskPaused\n0 2 a TaskResumed\n`
    expect(check(told(`${paused}0 2 a Printed a goes on`))).not.toBeNull()
    expect(check(told(`${paused}0 2 a Printed a meets CancelledError() 1`))).toBeNull()
  })

  test('who pauses where he tells nothing of may have met it there', () => {
    const elsewhere = `${begin}0 1 a TaskStarted\n0 1 a TaskPaused\n${asked('a')}0 2 a TaskResumed\n`
    expect(check(told(`${elsewhere}0 2 a Printed a stays future\n0 2 a Printed a goes on`))).toBeNull()
  })

  test('who tells nothing of how a stay ends has left it when he pauses again', () => {
    const left = `${stays}0 2 a TaskResumed\n0 2 a TaskPaused\n${asked('a')}0 3 a TaskResumed\n0 3 a Printed a goes on`
    expect(check(told(left))).toBeNull()
  })

  test('only who has ended refuses', () => {
    const ended = `${begin}0 1 a TaskStarted\n0 1 a TaskEnded returned\n`
    expect(check(told(`${ended}0 1 b Printed b cancels a False`))).toBeNull()
    expect(check(told(`${ended}${asked('a')}`))).toMatchInlineSnapshot(`"Printed of b (event 7): a had ended"`)
    expect(check(told(`${stays}0 1 b Printed b cancels a False`))).toMatchInlineSnapshot(
      `"Printed of b (event 8): a refused, and had not ended"`,
    )
  })

  test('who was asked before the start never begins', () => {
    const started = `${begin}${asked('c')}0 2 c TaskStarted\n`
    expect(check(told(`${started}0 2 c TaskEnded failed`))).toBeNull()
    expect(check(told(`${started}0 2 c Printed c stays sleep 1`))).toMatchInlineSnapshot(
      `"c was asked at Printed of b (event 5), and has begun at Printed of c (event 7)"`,
    )
  })

  test('who is asked in its last step ends cancelled', () => {
    const trace = told(`${begin}0 1 a TaskStarted\n0 1 a Printed a cancels a True\n0 1 a TaskEnded returned`)
    const cameOut = (outcome: Trace['tasks'][number]['outcome']) => check({ ...trace, tasks: [{ task: 'a', outcome }] })
    expect(cameOut({ kind: 'cancelled' })).toBeNull()
    expect(cameOut({ kind: 'returned', value: 'None' })).toMatchInlineSnapshot(
      `"a was asked at Printed of a (event 6) in its last step, and is not cancelled"`,
    )
  })

  test('a request goes on to the task that is waited for, until that has ended', () => {
    const both = `${begin}${waiting('c', 'sleep 0')}${waiting('a', 'task c')}`
    expect(check(told(`${both}${asked('a')}0 2 a TaskResumed\n0 2 a Printed a goes on`))).toBeNull()
    const resumed = `${both}${asked('a')}0 2 c TaskResumed\n`
    expect(check(told(`${resumed}0 2 c Printed c meets CancelledError() 1`))).toBeNull()
    expect(check(told(`${resumed}0 2 c Printed c goes on`))).not.toBeNull()
    const late = `${both}0 2 c TaskResumed\n0 2 c TaskEnded returned\n${asked('a')}0 2 a TaskResumed\n`
    expect(check(told(`${late}0 2 a Printed a goes on`))).not.toBeNull()
  })

  test('so does that of one who was asked before he paused', () => {
    const c = `${begin}${waiting('c', 'sleep 0')}`
    const own = `${c}0 1 a TaskStarted\n0 1 a Printed a cancels a True\n0 1 a Printed a stays task c\n0 1 a TaskPaused\n`
    expect(check(told(`${own}0 2 a TaskResumed\n0 2 a Printed a goes on`))).toBeNull()
    expect(check(told(`${own}0 2 c TaskResumed\n0 2 c Printed c goes on`))).not.toBeNull()
  })

  test('two who wait for each other are asked without end', () => {
    const round = `${begin}${waiting('a', 'task c')}${waiting('c', 'task a')}${asked('a')}`
    expect(check(told(round))).toBeNull()
  })

  test('of whom a request is taken back does not count', () => {
    const back = `${stays}${asked('a')}0 1 b Printed b uncancels a 1 0\n0 2 a TaskResumed\n0 2 a Printed a goes on`
    expect(check(told(back))).toBeNull()
  })

  test('nor does a meeting of which nobody can tell who asked for it', () => {
    const meets = (begun: string, where: string, what: string): string =>
      `${begin}0 1 a TaskStarted\n${begun}0 1 a Printed a stays ${where}\n0 1 a TaskPaused\n0 2 a TaskResumed\n0 2 a Printed a meets ${what}`
    expect(check(told(meets('', 'sleep 1', 'CancelledError() 1')))).not.toBeNull()
    expect(check(told(meets('0 1 a Printed a cancel True\n', 'sleep 1', 'CancelledError() 1')))).toBeNull()
    expect(check(told(meets('', 'sleep', 'CancelledError()')))).toBeNull()
    expect(check(told(meets('', 'future', 'CancelledError()')))).toBeNull()
    expect(check(told(meets('', 'sleep 1', "ValueError('x') 1")))).toBeNull()
  })

  test('nor does one where a task group may have made a request anew', () => {
    const group = '0 1 b HandleScheduled 1 TaskGroup._on_task_done\n'
    const met = '0 2 a TaskResumed\n0 2 a Printed a meets CancelledError() 0'
    expect(check(told(`${stays}${met}`))).not.toBeNull()
    expect(check(told(`${stays}${group}${met}`))).toBeNull()
  })

  test('in a deadlock nobody who was asked waits for a future', () => {
    const deadlock = (on: string) => ({ kind: 'deadlock', waiting: [{ task: 'a', on }] }) as const
    const forgotten = `${begin}${waiting('a', 'future')}${asked('a')}`
    expect(check(told(forgotten, deadlock('future')))).toMatchInlineSnapshot(
      `"in the deadlock a waits for future, and was asked at Printed of b (event 8)"`,
    )
    expect(check(told(forgotten, deadlock('gather')))).toBeNull()
    expect(check(told(`${begin}${waiting('a', 'future')}`, deadlock('future')))).toBeNull()
  })

  test('tasks that nobody knows, and callbacks that tell something, do not count', () => {
    expect(check(told(`${begin}0 1 b Printed b cancels other True\n0 1 - Printed note goes on`))).toBeNull()
    expect(check(told(`${begin}0 1 - Printed note stays sleep\n0 1 - Printed note meets CancelledError()`))).toBeNull()
    expect(casesOf(cancellations.check(told('0 1 stranger Printed stranger cancels a True')))).toBe(0)
  })
})

test('cancellations: a program that tells keeps it, also where two ask at once', () => {
  const text = `
import asyncio

async def worker():
    print('worker', 'stays', 'sleep', 0)
    try:
        await asyncio.sleep(1)
        print('worker', 'goes on')
    except asyncio.CancelledError as error:
        print('worker', 'meets', repr(error), 2)

async def main():
    task = asyncio.create_task(worker())
    await asyncio.sleep(0)
    print('main', 'cancels', task.get_name(), task.cancel())
    print('main', 'cancels', task.get_name(), task.cancel())
    await task
    print('main', 'cancels', task.get_name(), task.cancel())

asyncio.run(main())
`
  expect(casesOf(cancellations.check(run(parse(text))))).toBe(3)
})
