import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cpython } from '../../src/implementations/cpython.js'
import { compare } from '../../src/oracle/agree.js'
import type { Implementation } from '../../src/oracle/implementation.js'
import { parse } from '../../src/program/parse.js'
import { run } from '../../src/program/run.js'
import { describeDifference } from '../../src/trace/difference.js'
import { regressions } from './programs.js'

let judge: Implementation

beforeAll(async () => {
  judge = await cpython()
})

afterAll(() => judge.close())

describe.each(regressions)('$name', ({ text, prints }) => {
  test('prints what it should', () => {
    const { events } = run(parse(text))
    expect(events.flatMap((happened) => (happened.event === 'Printed' ? [happened.text] : []))).toEqual(prints)
  })

  test('on the model as on CPython', async () => {
    const comparison = await compare(judge, parse(text))
    if (comparison.kind === 'different') expect.fail(describeDifference(comparison.difference))
    expect(comparison.kind).toBe('same')
  })
})

test('outside the model is what CPython 3.13 itself gets confused about', () => {
  const reasonOf = (text: string): unknown => run(parse(`import asyncio\n${text}asyncio.run(main())\n`)).verdict
  expect(reasonOf('async def main():\n    asyncio.get_running_loop().run_forever()\n')).toEqual({
    kind: 'unmodelled',
    reason: 'run_forever() while a loop runs is not in the modelled subset',
    line: 3,
  })
  const thrown = `
async def inner(future):
    await future
async def main():
    future = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_soon(future.set_exception, GeneratorExit())
    await inner(future)
`
  expect(reasonOf(thrown)).toEqual({
    kind: 'unmodelled',
    reason: 'a GeneratorExit thrown into a coroutine that awaits another',
  })
})
