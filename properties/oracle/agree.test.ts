import { describe, expect, test, vi } from 'vitest'
import { agree, compare } from '../../src/oracle/agree.js'
import { type Implementation, implementation, type Run } from '../../src/oracle/implementation.js'
import { parse } from '../../src/program/parse.js'
import { run } from '../../src/program/run.js'
import type { Trace, TraceEvent } from '../../src/trace/events.js'
import { seed } from '../seed.js'

/** An implementation that tells what the model tells, changed. */
const changed = (change: (trace: Trace) => Run): Implementation =>
  implementation('planted', (text) => change(run(parse(text))))

const withEvents = (trace: Trace, events: readonly TraceEvent[]): Trace => ({ ...trace, events })

/** Swaps the first two neighbours that `which` tells, if there are any. */
const swapped = (trace: Trace, which: (first: TraceEvent, second: TraceEvent) => boolean): Trace => {
  const { events } = trace
  const at = events.findIndex((first, index) => {
    const second = events[index + 1]
    return second !== undefined && which(first, second)
  })
  return at < 0
    ? trace
    : withEvents(trace, [...events.slice(0, at), ...events.slice(at, at + 2).reverse(), ...events.slice(at + 2)])
}

/** Wrong implementations, and how many lines of a program are enough to show each. */
const wrong: readonly { readonly name: string; readonly implementation: Implementation; readonly lines: number }[] = [
  {
    name: 'two wake-ups in the wrong order',
    lines: 26,
    implementation: changed((trace) =>
      swapped(
        trace,
        (a, b) =>
          a.event === 'HandleScheduled' &&
          b.event === 'HandleScheduled' &&
          a.callback === 'Task.__wakeup' &&
          b.callback === 'Task.__wakeup',
      ),
    ),
  },
  {
    name: 'sleeps that are a turn too long',
    lines: 12,
    implementation: changed((trace) =>
      withEvents(
        trace,
        trace.events.map((event) => (event.time > 0 ? { ...event, turn: event.turn + 1 } : event)),
      ),
    ),
  },
  {
    name: 'a lost report',
    lines: 16,
    implementation: changed((trace) =>
      withEvents(
        trace,
        trace.events.filter(({ event }) => event !== 'ExceptionReported'),
      ),
    ),
  },
  {
    name: 'another outcome of a cancelled task',
    lines: 14,
    implementation: changed((trace) => ({
      ...trace,
      tasks: trace.tasks.map(({ task, outcome }) => ({
        task,
        outcome: outcome.kind === 'cancelled' ? ({ kind: 'returned', value: 'None' } as const) : outcome,
      })),
    })),
  },
]

describe('agree', () => {
  test.each(wrong)('convicts: $name', async ({ implementation: planted, lines }) => {
    const { evidence, compared } = await agree(planted, { programs: 3000, seed })
    if (evidence === null) expect.fail('no difference was found')
    const code = evidence.text.split('\n').filter((line) => line !== '')
    expect(code.length, evidence.text).toBeLessThanOrEqual(lines)
    expect(await compare(planted, parse(evidence.text))).toMatchObject({
      kind: 'different',
      difference: evidence.difference,
    })
    const again = await agree(planted, { programs: 1, seed: evidence.seed, path: evidence.path })
    expect(again.evidence).toEqual({ ...evidence, shrinks: again.evidence?.shrinks })
    expect(evidence.command).toBe(
      `agree(implementation, { programs: 1, seed: ${evidence.seed}, path: '${evidence.path}' })`,
    )
    expect(compared).toBeLessThan(3000)
  })

  test('acquits the model itself, and counts what it saw', async () => {
    const progress: number[] = []
    const model = changed((trace) => trace)
    const agreement = await agree(model, { programs: 50, seed, onProgress: (compared) => progress.push(compared) })
    expect(agreement).toEqual({
      implementation: 'planted',
      version: '3.14.2',
      seed,
      compared: 50,
      inconclusive: [],
      skipped: [],
      evidence: null,
    })
    expect(progress).toEqual(Array.from({ length: 50 }, (_, index) => index + 1))
  })

  test('a run without a trace is no difference', async () => {
    const silent = changed(() => ({ inconclusive: 'asleep' }))
    const { evidence, inconclusive } = await agree(silent, { programs: 3, seed })
    expect(evidence).toBeNull()
    expect(inconclusive.map(({ reason }) => reason)).toEqual(['asleep', 'asleep', 'asleep'])
    expect(inconclusive[0]?.text).toContain('import asyncio')
  })

  test('an implementation that crashes, hangs or prints garbage is inconclusive', async () => {
    vi.useFakeTimers()
    try {
      const program = parse("print('x')\n")
      const reason = async (answer: (text: string) => Promise<Run>): Promise<unknown> => {
        const comparing = compare(implementation('planted', answer), program)
        await vi.advanceTimersByTimeAsync(30_000)
        return comparing
      }
      const garbage: readonly unknown[] = [null, 'noise', {}, { events: [], tasks: [] }, { events: [1], verdict: {} }]
      expect(await reason(() => Promise.reject(new Error('boom')))).toEqual({
        kind: 'inconclusive',
        reason: 'it failed: boom',
      })
      expect(await reason(() => new Promise(() => undefined))).toEqual({
        kind: 'inconclusive',
        reason: 'no answer within 20 s',
      })
      for (const answer of garbage) {
        expect(await reason(async () => answer as Run)).toEqual({
          kind: 'inconclusive',
          reason: `the answer is no trace: ${JSON.stringify(answer)}`,
        })
      }
    } finally {
      vi.useRealTimers()
    }
  })

  test('the search for the smallest program ends where an implementation falls silent', async () => {
    let asked = 0
    const tiring = implementation('tiring', (text) => {
      asked += 1
      const trace = run(parse(text))
      return asked === 1 ? { ...trace, events: trace.events.slice(1) } : { inconclusive: 'tired' }
    })
    const { evidence } = await agree(tiring, { programs: 1, seed: 3 })
    expect(evidence).toMatchObject({ shrinks: 0, difference: { of: 'events', index: 0 } })
    expect(asked).toBeLessThan(10)
  })

  test('a failure of the model itself is told with a small program', async () => {
    const failing = agree(
      changed((trace) => trace),
      {
        programs: 100,
        seed,
        model: (program, options) => {
          const trace = run(program, options)
          if (trace.events.some(({ event }) => event === 'TaskPaused')) throw new Error('a fault of Simul')
          return trace
        },
      },
    )
    await expect(failing).rejects.toThrow(/^the model fails on\nimport asyncio\n/)
    await failing.catch((failure: Error) => {
      expect(failure.message.split('\n').length).toBeLessThan(20)
      expect(String(failure.cause)).toContain('a fault of Simul')
    })
  })

  test('what the model does not know is skipped', async () => {
    const program = parse('import asyncio\nasyncio.Future()\n')
    expect(
      await compare(
        changed((trace) => trace),
        program,
      ),
    ).toMatchObject({ kind: 'skipped' })
  })
})
