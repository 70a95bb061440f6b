import { describe, expect, test } from 'vitest'
import type { Comparison } from '../../src/oracle/agree.js'
import { compare } from '../../src/oracle/agree.js'
import { implementation } from '../../src/oracle/implementation.js'
import { parse } from '../../src/program/parse.js'
import { run } from '../../src/program/run.js'
import { agreementText, comparisonText } from '../../src/report/evidence.js'
import { turnLanesText } from '../../src/report/turn-lanes.js'
import type { Trace } from '../../src/trace/events.js'

const program = parse(
  'import asyncio\nasync def main():\n    for n in range(30):\n        print(n)\n        await asyncio.sleep(0)\nasyncio.run(main())\n',
)

const compared = (change: (trace: Trace) => Trace): Promise<Comparison> =>
  compare(
    implementation('other', (text) => change(run(parse(text)))),
    program,
  )

const told = async (change: (trace: Trace) => Trace): Promise<string> =>
  comparisonText(await compared(change), { name: 'other' })

describe('evidence', () => {
  test('another verdict: both are shown', async () => {
    const text = await told((trace) => ({ ...trace, verdict: { kind: 'raised', exception: 'KeyError()' } }))
    expect(text).toContain('First difference: the verdict\n')
    expect(text).toContain('  the model\n  - {"kind":"finished"}\n')
    expect(text).toContain('  other\n  + {"kind":"raised","exception":"KeyError()"}\n')
  })

  test('another outcome of a task: both are shown', async () => {
    const text = await told(({ tasks, ...trace }) => ({ ...trace, tasks: tasks.slice(1) }))
    expect(text).toContain('First difference: task 1 at the end\n')
    expect(text).toMatch(/ {2}- \{"task":"Task-1".*\n {2}other\n {2}\+ \{"task":"Task-2"/)
  })

  test('a trace that ends too early, after many events of which some are shown', async () => {
    const text = await told((trace) => ({ ...trace, events: trace.events.slice(0, 40) }))
    expect(text).toContain('First difference: event 41\n    (28 events before)\n')
    expect(text).toContain('  other\n  + (nothing: {"kind":"finished"})\n')
    expect(text).toMatch(/\(\d+ events more\)/)
  })

  test('all is the same', async () => {
    expect(await told((trace) => trace)).toMatch(/^other: the model agrees on all \d+ events, finished\n$/)
  })

  test('what told nothing is counted by its reason', () => {
    const doubt = (reason: string) => ({ text: '', reason })
    const agreement = {
      implementation: 'cpython-3.12.7',
      version: '3.12.7',
      seed: 1,
      compared: 10,
      inconclusive: [doubt('slow'), doubt('crash'), doubt('slow')],
      skipped: [doubt('lacks gather')],
      evidence: null,
    }
    expect(agreementText(agreement)).toBe(
      'cpython-3.12.7: 6 random programs, no difference\n' +
        '  2 inconclusive: slow\n  1 inconclusive: crash\n  1 skipped: lacks gather\n',
    )
  })
})

describe('turn by turn', () => {
  test('a row for each task, a mark for each turn', () => {
    const lanes = turnLanesText(run(program))
    const [ruler, main] = lanes.split('\n')
    expect(ruler).toMatch(/^turn {4}1 {3}5 {4}10/)
    expect(main).toMatch(/^Task-1 {2}█{31}$/)
    expect(turnLanesText(run(parse('print(1)\n')))).toBe('turn  \n')
  })

  test('the turns that do not fit are counted', () => {
    const long = parse(
      'import asyncio\nasync def main():\n    for n in range(100):\n        await asyncio.sleep(0)\nasyncio.run(main())\n',
    )
    expect(turnLanesText(run(long))).toContain('(the first 72 of 106 turns)')
  })
})
