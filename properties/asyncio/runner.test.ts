import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { rule } from '../rule.js'
import { printedBy } from './tasks-at.js'

/** A program that runs coroutines of these durations, one after the other, in one runner. */
const inRunner = (durations: readonly number[], ...more: readonly string[]): string =>
  [
    'import asyncio',
    'import contextvars',
    "level = contextvars.ContextVar('level', default=-1)",
    'async def work(index, duration):',
    '    print(index, level.get(), asyncio.get_running_loop().time())',
    '    level.set(index)',
    '    await asyncio.sleep(duration)',
    '    return index',
    'runner = asyncio.Runner()',
    ...durations.map((duration, index) => `print(runner.run(work(${index}, ${duration})))`),
    ...more,
    '',
  ].join('\n')

describe(rule('Runner.run'), () => {
  it.prop([fc.array(fc.nat(3), { maxLength: 4 })])(
    'each run finds the context and the time of the last',
    (durations) => {
      const began = durations.map((_, index) => durations.slice(0, index).reduce((sum, one) => sum + one, 0))
      expect(printedBy(inRunner(durations))).toEqual(
        durations.flatMap((_, index) => [`${index} ${index - 1} ${began[index]}.0`, `${index}`]),
      )
    },
  )

  test('what is set in a run stays there', () => {
    expect(printedBy(inRunner([1], 'print(level.get())')).at(-1)).toBe('-1')
  })
})

describe(rule('Runner._lazy_init'), () => {
  test('one loop for all runs, which is that of the thread', () => {
    const same = 'print(runner.get_loop() is runner.get_loop(), runner.get_loop() is asyncio.get_event_loop())'
    expect(printedBy(inRunner([], same))).toEqual(['True True'])
  })
})

describe(rule('Runner.close'), () => {
  it.prop([fc.nat(3)])('as often as one likes; then it is of no use', (times) => {
    const closings = Array.from({ length: times + 1 }, () => 'runner.close()')
    const used = ['try:', '    runner.get_loop()', 'except RuntimeError as error:', '    print(error)']
    expect(printedBy(inRunner([1], ...closings, ...used)).at(-1)).toBe('Runner is closed')
  })
})

describe(rule('Runner'), () => {
  test('a runner that ran nothing makes no loop', () => {
    expect(printedBy(inRunner([], 'runner.close()'))).toEqual([])
  })
})
