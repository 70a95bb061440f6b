import { fc } from '@fast-check/vitest'
import { pythonAt } from '../../src/asyncio/versions.js'
import { parse } from '../../src/program/parse.js'
import { run } from '../../src/program/run.js'

/** What a program prints, line by line; it must come to its end. */
export const printedBy = (text: string, python = '3.14.2'): readonly string[] => {
  const { events, verdict } = run(parse(text), { python: pythonAt(python) })
  if (verdict.kind !== 'finished') throw new Error(`${JSON.stringify(verdict)}\n${text}`)
  return events.flatMap((event) => (event.event === 'Printed' ? [event.text] : []))
}

/** The text of a program with this `main`. */
export const inMain = (first: readonly string[], ...lines: readonly string[]): string =>
  [
    'import asyncio',
    ...first,
    'async def main():',
    ...lines.map((line) => `    ${line}`),
    'asyncio.run(main())',
    '',
  ].join('\n')

/** A task that comes at some time, works for some, and may be cancelled at another. */
export interface Comer {
  readonly comes: number
  readonly works: number
  readonly cancelled: number | null
}

/** Few times, so that many fall together. */
export const comers = fc.array(
  fc.record<Comer>({
    comes: fc.nat(3),
    works: fc.nat(2),
    cancelled: fc.option(fc.nat(5)),
  }),
  { minLength: 1, maxLength: 6 },
)

/**
 * The lines of a main that lets tasks come, each named by its place: `body` is what they do, with `index` and `works`.
 * Those that come at the same time come in the order of their places.
 */
export const letCome = (all: readonly Comer[], made: string): readonly string[] => [
  made,
  'loop = asyncio.get_running_loop()',
  'tasks = []',
  'async def comes(index, comes, works):',
  '    await asyncio.sleep(comes)',
  '    await task(shared, index, works)',
  ...all.map(({ comes, works }, index) => `tasks.append(asyncio.create_task(comes(${index}, ${comes}, ${works})))`),
  ...all.flatMap(({ cancelled }, index) =>
    cancelled === null ? [] : [`loop.call_later(${cancelled}, tasks[${index}].cancel)`],
  ),
  'await asyncio.gather(*tasks, return_exceptions=True)',
]
