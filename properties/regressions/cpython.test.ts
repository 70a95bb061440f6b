import { expect, test } from 'vitest'
import { pythonAt } from '../../src/asyncio/versions.js'
import { compare } from '../../src/oracle/agree.js'
import { parse } from '../../src/program/parse.js'
import { run } from '../../src/program/run.js'
import { describeDifference } from '../../src/trace/difference.js'
import { onEachBuild } from '../agreement/on-builds.js'
import { regressions } from './programs.js'

/** The Python on which the programs print what is written beside them. */
const python = pythonAt('3.13.2')

test.each(regressions)('$name: prints what it should', ({ text, prints }) => {
  const { events } = run(parse(text), { python })
  expect(events.flatMap((happened) => (happened.event === 'Printed' ? [happened.text] : []))).toEqual(prints)
})

onEachBuild((implementation, build) => {
  test.each(regressions)('$name', async ({ text, unmodelledOn }) => {
    const comparison = await compare(implementation(), parse(text))
    if (comparison.kind === 'different') expect.fail(describeDifference(comparison.difference))
    expect(comparison.kind).toBe(unmodelledOn === build ? 'skipped' : 'same')
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
