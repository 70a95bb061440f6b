import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { simul } from '../../src/cli/simul.js'
import { type Open, type VerifyOptions, verify } from '../../src/cli/verify.js'
import { implementationNames } from '../../src/implementations/named.js'
import { type Implementation, implementation, type Run } from '../../src/oracle/implementation.js'
import { parse } from '../../src/program/parse.js'
import { run } from '../../src/program/run.js'
import type { Trace } from '../../src/trace/events.js'

const folder = mkdtempSync(join(tmpdir(), 'simul-verify-'))
afterAll(() => rmSync(folder, { recursive: true }))

const fileOf = (name: string, text: string): string => {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

const planted =
  (change: (trace: Trace) => Run) =>
  async (name: string): Promise<Implementation> =>
    implementation(name, (text) => change(run(parse(text))))

const faithful = planted((trace) => trace)
const mute = planted((trace) => ({ ...trace, events: trace.events.filter(({ event }) => event !== 'Printed') }))

const told = async (options: VerifyOptions, open?: Open): Promise<readonly [number, string]> => {
  const texts: string[] = []
  const write = (text: string): number => texts.push(text)
  const given = open === undefined ? options : { against: ['planted'], ...options }
  const code = await verify(given, { out: write, err: write, isTTY: false }, open)
  return [code, texts.join('').trimEnd()]
}

describe('verify', () => {
  const hello = fileOf('hello.py', "print('hello')\n")

  test('one program, on CPython itself', async () => {
    expect(await told({ file: hello })).toEqual([0, 'cpython-3.14.2: the model agrees on the only event, finished'])
  })

  test('one program that differs', async () => {
    const [code, text] = await told({ file: hello }, mute)
    expect(code).toBe(1)
    expect(text).toContain('planted: the model differs\n\nFirst difference: event 1\n  the model\n')
    expect(text).toContain('text=hello')
    expect(text).toContain('  planted\n  + (nothing: {"kind":"finished"})')
  })

  test('one program of which nothing can be told', async () => {
    const silent = planted(() => ({ inconclusive: 'asleep' }))
    expect(await told({ file: hello }, silent)).toEqual([1, 'planted: inconclusive: asleep'])
    const outside = fileOf('outside.py', 'import asyncio\nasyncio.Future()\n')
    const [code, text] = await told({ file: outside }, faithful)
    expect([code, text]).toEqual([1, expect.stringMatching(/^planted: skipped: Future\(\) without a running loop/)])
  })

  test('a text outside the subset, or no file at all', async () => {
    const [code, text] = await told({ file: fileOf('threads.py', 'import threading\n') })
    expect([code, text]).toEqual([1, expect.stringContaining("threads.py:1:8: imports of 'threading' are not")])
    expect(await told({ file: join(folder, 'none.py') })).toEqual([1, expect.stringContaining('there is no such file')])
  })

  test('random programs: the seed is told', async () => {
    expect(await told({ programs: 20, seed: 7 }, faithful)).toEqual([
      0,
      'seed 7\nplanted (3.14.2): 20 random programs, no difference',
    ])
  })

  test('random programs: a difference comes with its program, both sides, when tasks ran, and the command to see it again', async () => {
    const restless = planted((trace) => ({
      ...trace,
      events: trace.events.filter(({ event }) => event !== 'TaskPaused'),
    }))
    const [code, text] = await told({ programs: 100, seed: 7 }, restless)
    expect(code).toBe(1)
    for (const part of [/ {4}import asyncio/, /First difference: event \d+/, /^ {2}- .* TaskPaused/m, /^ {2}\+ /m]) {
      expect(text).toMatch(part)
    }
    expect(text).toMatch(
      /^The model, turn by turn\nturn +1 {3}5[\s\S]*\nTask-1 +█[\s\S]*\nplanted, turn by turn\nturn/m,
    )
    expect(text).toMatch(/Again: npm run simul -- verify --against planted --programs 1 --seed 7 --path [\d:]+$/)
  })

  test('several implementations, each by its name', async () => {
    const opened: string[] = []
    const open: Open = async (name) => {
      opened.push(name)
      return (name === 'cpython-3.12.7' ? mute : faithful)(name)
    }
    const [code, text] = await told({ against: ['all'], programs: 20, seed: 7, json: true }, open)
    expect(opened).toEqual(implementationNames)
    expect(code).toBe(1)
    const { seed, implementations } = JSON.parse(text) as { seed: number; implementations: { name: string }[] }
    expect(seed).toBe(7)
    expect(implementations.map(({ name }) => name)).toEqual(implementationNames)
    const agreed = { version: '3.14.2', programs: 20, differences: 0, skipped: 0, inconclusive: 0 }
    expect(implementations[0]).toEqual({ name: 'cpython-3.10.2', ...agreed })
    expect(implementations[2]).toMatchObject({ name: 'cpython-3.12.7', differences: 1, evidence: { seed: 7 } })
  })

  test('one program as JSON', async () => {
    const [code, text] = await told({ against: ['a', 'b', 'a'], file: hello, json: true }, faithful)
    expect(code).toBe(0)
    expect(JSON.parse(text)).toMatchObject({ implementations: [{ name: 'a', kind: 'same' }, { name: 'b' }] })
  })

  test('random programs of which none tells anything are no agreement', async () => {
    const silent = planted(() => ({ inconclusive: 'asleep' }))
    expect(await told({ programs: 3, seed: 7 }, silent)).toEqual([
      1,
      'seed 7\nplanted (3.14.2): 0 random programs, no difference\n  3 inconclusive: asleep',
    ])
  })

  test('an implementation that cannot be started is told, and the others are closed', async () => {
    const closed: string[] = []
    const open: Open = async (name) => {
      if (name === 'broken') throw new Error('broken is not installed')
      return implementation(name, () => ({ inconclusive: '' }), { close: async () => void closed.push(name) })
    }
    expect(await told({ against: ['whole', 'broken'], file: hello }, open)).toEqual([1, 'broken is not installed'])
    expect(closed).toEqual(['whole'])
  })

  test('the command line', async () => {
    const texts: string[] = []
    const io = { out: () => undefined, err: (text: string) => texts.push(text), isTTY: false }
    expect(await simul(['verify', '--programs', 'many'], io)).toBe(2)
    expect(await simul(['verify', join(folder, 'none.py')], io)).toBe(1)
    expect(await simul(['verify', '--against', 'cpython-3.10.2', join(folder, 'none.py')], io)).toBe(1)
    expect(await simul(['verify', '--against', 'pypy'], io)).toBe(2)
    expect(texts.join('')).toMatch(
      /whole number.*there is no such file.*there is no such file.*--against knows no pypy; it knows cpython-3\.10\.2, /s,
    )
  })
})
