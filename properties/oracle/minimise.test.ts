import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { programs } from '../../src/oracle/arbitrary-program.js'
import { minimise } from '../../src/oracle/minimise.js'
import { reductions } from '../../src/oracle/reductions.js'
import { parse } from '../../src/program/parse.js'
import { print } from '../../src/program/print.js'
import { run } from '../../src/program/run.js'
import type { Module } from '../../src/program/syntax.js'
import type { TraceEvent } from '../../src/trace/events.js'
import { arbitraryModule } from '../program/arbitrary-module.js'
import { runs, seed } from '../seed.js'

const happens = (program: Module, event: TraceEvent['event']): boolean =>
  run(program, { turns: 500 }).events.some((each) => each.event === event)

const lines = (program: Module): number =>
  print(program)
    .split('\n')
    .filter((line) => line !== '').length

/** What is to be seen, and in how many lines: of half the programs that come out, and of all. */
const minima: readonly (readonly [event: TraceEvent['event'], usual: number, most: number])[] = [
  ['Printed', 1, 20],
  ['LoopCreated', 4, 20],
  ['TaskPaused', 4, 20],
  ['TaskResumed', 4, 20],
  ['TimerScheduled', 5, 20],
  ['HandleCancelled', 9, 20],
]

describe('the smallest program for which something is so', () => {
  test.each(minima)(
    'in which there is a %s has mostly %i lines, and never more than %i',
    async (event, usual, most) => {
      const shown = fc.sample(programs(), { seed, numRuns: runs(60) }).filter((program) => happens(program, event))
      const found: Module[] = []
      for (const program of shown.slice(0, runs(20))) {
        const { program: smallest, steps } = await minimise(program, async (smaller) => happens(smaller, event))
        expect(happens(smallest, event)).toBe(true)
        expect(steps === 0).toBe(print(smallest) === print(program))
        expect(lines(smallest), print(smallest)).toBeLessThanOrEqual(most)
        found.push(smallest)
      }
      const small = found.filter((program) => lines(program) <= usual)
      expect(small.length).toBeGreaterThanOrEqual(found.length / 2)
      expect(found.length).toBeGreaterThan(0)
    },
  )

  test('is the program itself where no smaller one will do', async () => {
    const program = parse('print(1)\nprint(2)\n')
    expect(await minimise(program, async () => false)).toEqual({ program, steps: 0 })
  })

  test('may be nothing', async () => {
    expect(print((await minimise(parse('x = 1\nprint(x)\n'), async () => true)).program)).toBe('')
  })
})

const reduced = (text: string): readonly string[] =>
  [...reductions(parse(text).body)].map((body) => print({ kind: 'Module', body }))

describe('reductions', () => {
  property.prop([programs({ size: 3 })], { numRuns: runs(20) })(
    'are different programs, and most are Python',
    (program) => {
      const text = print(program)
      const all = [...reductions(program.body)].map((body) => print({ kind: 'Module', body }))
      expect(all.filter((each) => each === text)).toEqual([])
    },
  )

  property.prop([arbitraryModule], { numRuns: runs(60) })('of any program can be printed', (module) => {
    for (const body of reductions(module.body)) print({ kind: 'Module', body })
  })

  test.each([
    ['a statement less', 'a\nb\n', ['b\n', 'a\n', '']],
    ['a body without its head', 'if a:\n    b\n', ['b\n']],
    ['the other branch', 'if a:\n    b\nelse:\n    c\n', ['c\n', 'if a:\n    b\n']],
    [
      'a handler, and what it handles',
      'try:\n    a\nexcept B as c:\n    d\n',
      ['a\n', 'd\n', 'try:\n    a\nexcept B:\n    d\n', 'try:\n    a\nexcept:\n    d\n'],
    ],
    ['what stands behind finally', 'try:\n    a\nfinally:\n    b\n', ['a\nb\n']],
    ['a function in place of its call', 'def f():\n    a\n    b\nf()\n', ['def f():\n    a\n    b\n\n\na\nb\n']],
    [
      'a coroutine in place of its task',
      'async def f():\n    a\nasync def g():\n    h(f())\n',
      ['async def f():\n    a\n\n\nasync def g():\n    a\n'],
    ],
    ['a value without its name', 'a = f(b)\n', ['f(b)\n', 'a = b\n', 'a = f()\n']],
    ['a return without its value', 'def f():\n    return a\n', ['def f():\n    return\n', 'def f():\n    a\n']],
    ['an argument in place of a call', 'f(a, b)\n', ['a\n', 'b\n', 'f(b)\n', 'f(a)\n']],
    ['a call without its names', 'f(a=1)\n', ['f()\n']],
    ['plainer numbers', 'f(7)\n', ['f(0)\n', 'f(1)\n', 'f(3)\n']],
    ['plainer texts', "f('abc')\n", ["f('')\n"]],
    ['less of a list', '[a, b]\n', ['a\n', 'b\n']],
    [
      'a shorter list of many',
      '[f(a) for a in range(99)]\n',
      ['[f(a) for a in range(49)]\n', '[a for a in range(99)]\n'],
    ],
    ['a part of a sum', 'a + f(b)\n', ['a\n', 'f(b)\n', 'a + b\n']],
    ['no minus', '-a\n', ['a\n']],
    ['no cause', 'raise a from b\n', ['raise a\n']],
    ['fewer names', 'def f():\n    global a, b\n', ['def f():\n    global b\n']],
    ['a yield without its value', 'def f():\n    yield f(a)\n', ['def f():\n    yield\n', 'def f():\n    yield a\n']],
    ['a plainer await', 'async def f():\n    await g(1)\n', ['async def f():\n    await g(0)\n']],
    ['a plainer delegation', 'def f():\n    yield from g(1)\n', ['def f():\n    yield from g(0)\n']],
  ])('%s', (_, text, some) => {
    expect(reduced(text)).toEqual(expect.arrayContaining([...some]))
  })
})
