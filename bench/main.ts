import { mkdirSync, writeFileSync } from 'node:fs'
import { Bench } from 'tinybench'
import { run as runLoop } from '../src/loop/run.js'
import { parse } from '../src/program/parse.js'
import { prepare } from '../src/program/run.js'
import { exhibitionLimit, pingLimit } from './limit.js'

interface Measured {
  readonly name: string
  readonly events: number
  /** Seconds, the best of the repetitions. */
  readonly model: number
  readonly limit: number
  /** Limit over model: 1 is as fast as the bare loop. */
  readonly ratio: number
  /** Bytes of heap a task, at the most. */
  readonly bytesPerTask: number | null
}

const exhibition = (boards: number, moves: number): string => `import asyncio
import time


async def play(board):
    for move in range(${moves}):
        time.sleep(5)
        await asyncio.sleep(55)


async def main():
    boards = [asyncio.create_task(play(board)) for board in range(${boards})]
    await asyncio.gather(*boards)


asyncio.run(main())
`

const ping = (tasks: number, rounds: number): string => `import asyncio


async def ping():
    for _ in range(${rounds}):
        await asyncio.sleep(0)


async def main():
    await asyncio.gather(*[ping() for _ in range(${tasks})])


asyncio.run(main())
`

/** Seconds of the best repetition; what takes long is repeated twice at least, what is short for a second. */
const best = async (work: () => void): Promise<number> => {
  const bench = new Bench({ time: 1000, iterations: 2, warmup: false })
  bench.add('work', work)
  await bench.run()
  const result = bench.tasks[0]?.result
  if (result === undefined || !('latency' in result)) throw new Error('the benchmark gave no result')
  return result.latency.min / 1000
}

const modelOf = (text: string): (() => void) => {
  const program = parse(text)
  return () => {
    const { interpreter, world } = prepare(program, { recording: false, steps: Number.POSITIVE_INFINITY })
    const { verdict } = runLoop(interpreter, world, { turns: Number.POSITIVE_INFINITY })
    if (verdict.kind !== 'finished') throw new Error(`the benchmark ended as ${JSON.stringify(verdict)}`)
  }
}

/** What the final world of a run holds, a task. */
const bytesPerTask = (text: string, tasks: number): number | null => {
  if (globalThis.gc === undefined) return null
  const { interpreter, world } = prepare(parse(text), { recording: false, steps: Number.POSITIVE_INFINITY })
  globalThis.gc()
  const before = process.memoryUsage().heapUsed
  const ended = runLoop(interpreter, world, { turns: 3 })
  globalThis.gc()
  const after = process.memoryUsage().heapUsed
  return ended.world.futures.next >= tasks ? Math.round((after - before) / tasks) : null
}

const measure = async (
  name: string,
  events: number,
  tasks: number,
  text: string,
  limit: () => void,
): Promise<Measured> => {
  const model = await best(modelOf(text))
  const bare = await best(limit)
  const measured = { name, events, model, limit: bare, ratio: bare / model, bytesPerTask: bytesPerTask(text, tasks) }
  process.stdout.write(
    `${name.padEnd(22)} ${(events / model / 1e6).toFixed(3).padStart(8)} M events/s  ratio ${measured.ratio.toFixed(4)}` +
      `  ${measured.bytesPerTask ?? '?'} bytes a task\n`,
  )
  return measured
}

const sizes = [
  [24, 30],
  [1000, 30],
  [100_000, 10],
  [1_000_000, 3],
] as const

/** `npm run bench -- 1000`: no exhibition of more boards. */
const most = Number(process.argv[2] ?? Number.POSITIVE_INFINITY)
const results: Measured[] = []
for (const [boards, moves] of sizes.filter(([size]) => size <= most)) {
  const limit = () => {
    exhibitionLimit(boards, moves, 5, 55)
  }
  const name = `exhibition ${boards}×${moves}`
  results.push(await measure(name, boards * moves, boards, exhibition(boards, moves), limit))
}
const pings = () => {
  pingLimit(1000, 1000)
}
results.push(await measure('ping 1000×1000', 1_000_000, 1000, ping(1000, 1000), pings))
mkdirSync(new URL('../reports/', import.meta.url), { recursive: true })
writeFileSync(new URL('../reports/bench.json', import.meta.url), `${JSON.stringify(results, null, 2)}\n`)
