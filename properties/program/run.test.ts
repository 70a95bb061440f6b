import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { violations } from '../../src/loop/invariant.js'
import { eventsOf } from '../../src/loop/record.js'
import { advance } from '../../src/loop/run.js'
import type { World } from '../../src/loop/world.js'
import { programs } from '../../src/oracle/arbitrary-program.js'
import { parse } from '../../src/program/parse.js'
import { type Prepared, prepare, run } from '../../src/program/run.js'
import type { Module } from '../../src/program/syntax.js'

/** The worlds of a run, from its beginning to the last that can go on; at the most so many. */
const worldsOf = ({ interpreter, world }: Prepared, most: number): readonly World[] => {
  const worlds = [world]
  for (let last = world; worlds.length < most && last.outside.kind === 'suspended'; worlds.push(last)) {
    try {
      last = advance(interpreter, last)
    } catch {
      break
    }
  }
  return worlds
}

/** Freezes a value and all that it holds. */
const deepFreeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const part of Object.values(value)) deepFreeze(part)
  }
  return value
}

const prints = (program: Module): readonly string[] =>
  run(program).events.flatMap((event) => (event.event === 'Printed' ? [event.text] : []))

describe('a run', () => {
  it.prop([programs()])('is the same every time', (program) => {
    expect(run(program)).toEqual(run(program))
  })

  it.prop([programs(), fc.nat(60)])('changes nothing: every world can be frozen and gone on from', (program, at) => {
    const prepared = prepare(program)
    const worlds = worldsOf(prepared, 80)
    const frozen = deepFreeze(worldsOf(prepared, 80))
    expect(frozen).toEqual(worlds)
    const again = frozen[at % frozen.length] ?? prepared.world
    expect(worldsOf({ interpreter: prepared.interpreter, world: again }, 20)).toEqual(
      worlds.slice(at % frozen.length, (at % frozen.length) + 20),
    )
  })

  it.prop([programs(), fc.nat(60)])('goes on from a copy of any world as from the world itself', (program, at) => {
    const { interpreter, world } = prepare(program)
    const worlds = worldsOf({ interpreter, world }, 60)
    const middle = worlds[at % worlds.length] ?? world
    const copied = worldsOf({ interpreter, world: structuredClone(middle) }, 60).at(-1)
    const straight = worldsOf({ interpreter, world: middle }, 60).at(-1)
    expect(copied).toEqual(straight)
  })

  it.prop([programs()])('passes through worlds in which the invariant holds', (program) => {
    for (const world of worldsOf(prepare(program), 200)) expect(violations(world)).toEqual([])
  })

  it.prop([programs()])('is the same without a trace, but for the trace', (program) => {
    const recorded = worldsOf(prepare(program), 200)
    const silent = worldsOf(prepare(program, { recording: false }), 200)
    expect(silent.map((world) => eventsOf(world))).toEqual(silent.map(() => []))
    expect(silent).toEqual(recorded.map((world) => ({ ...world, trail: null })))
  })
})

describe('bounds', () => {
  const endless = parse('while True:\n    pass\n')
  const calls = parse('def f():\n    pass\n\n\nwhile True:\n    f()\n')
  const turns = parse(
    'import asyncio\n\n\nasync def f():\n    while True:\n        await asyncio.sleep(0)\n\n\nasyncio.run(f())\n',
  )

  test('a run of too many turns is given up, and keeps what happened', () => {
    const trace = run(turns, { turns: 7 })
    expect(trace.verdict).toEqual({ kind: 'turn limit', turns: 7 })
    expect(trace.events.filter(({ event }) => event === 'TurnBegan')).toHaveLength(7)
  })

  test.each([endless, calls])('a run without turns is given up as well', (program) => {
    const { interpreter, world } = prepare(program, { steps: 1000 })
    expect(() => advance(interpreter, world)).toThrow(
      expect.objectContaining({ verdict: { kind: 'step limit', steps: 1000 } }),
    )
  })

  test('a recursion without end is an error of the program', () => {
    const verdict = run(parse('def f():\n    return f()\n\n\nf()\n')).verdict
    expect(verdict).toEqual({ kind: 'raised', exception: "RecursionError('maximum recursion depth exceeded')" })
  })

  test('what the model does not know is told, and what was printed stays', () => {
    const program = parse("print('before')\nprint('a' * 10 ** 9)\n")
    expect(run(program).verdict).toEqual({
      kind: 'unmodelled',
      reason: 'so long a string is not in the modelled subset',
      line: 2,
    })
    expect(prints(program)).toEqual(['before'])
  })

  test('times beyond what doubles can tell apart are refused', () => {
    const program = parse('import asyncio\n\nasyncio.run(asyncio.sleep(2 ** 31 + 1))\n')
    expect(run(program, { turns: 100_000 }).verdict.kind).toBe('unmodelled')
  })
})
