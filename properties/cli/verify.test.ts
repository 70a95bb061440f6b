import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { simul } from '../../src/cli/simul.js'
import { type VerifyOptions, verify } from '../../src/cli/verify.js'
import type { Implementation, Run } from '../../src/oracle/implementation.js'
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

const planted = (change: (trace: Trace) => Run) => (): Promise<Implementation> =>
  Promise.resolve({
    name: 'planted',
    version: '0',
    run: (text) => Promise.resolve(change(run(parse(text)))),
    close: () => Promise.resolve(),
  })

const faithful = planted((trace) => trace)
const mute = planted((trace) => ({ ...trace, events: trace.events.filter(({ event }) => event !== 'Printed') }))

const told = async (options: VerifyOptions): Promise<readonly [number, string]> => {
  const texts: string[] = []
  const write = (text: string): number => texts.push(text)
  const code = await verify(options, { out: write, err: write, isTTY: false })
  return [code, texts.join('').trimEnd()]
}

describe('verify', () => {
  const hello = fileOf('hello.py', "print('hello')\n")

  test('one program, on CPython itself', async () => {
    expect(await told({ file: hello })).toEqual([
      0,
      'The model and CPython (Pyodide) 3.13.2 agree on all 1 events: finished.',
    ])
  })

  test('one program that differs', async () => {
    const [code, text] = await told({ file: hello, implementation: mute })
    expect(code).toBe(1)
    expect(text).toContain('The model and planted 0 differ.\nFirst difference: event 0\n')
    expect(text).toContain('text="hello"')
  })

  test('one program of which nothing can be told', async () => {
    const silent = planted(() => ({ inconclusive: 'asleep' }))
    expect(await told({ file: hello, implementation: silent })).toEqual([1, 'No trace of planted 0: asleep'])
    const outside = fileOf('outside.py', 'import asyncio\nasyncio.Future()\n')
    const [code, text] = await told({ file: outside, implementation: faithful })
    expect([code, text]).toEqual([1, expect.stringMatching(/^The model does not know this program: /)])
  })

  test('a text outside the subset, or no file at all', async () => {
    const [code, text] = await told({ file: fileOf('class.py', 'class A:\n    pass\n') })
    expect([code, text]).toEqual([1, expect.stringContaining('class.py:1:1: class definitions are not')])
    expect(await told({ file: join(folder, 'none.py') })).toEqual([1, expect.stringContaining('there is no such file')])
  })

  test('random programs: the seed is told', async () => {
    expect(await told({ programs: 20, seed: 7, implementation: faithful })).toEqual([
      0,
      '20 random programs on the model and on planted 0, seed 7: no difference.',
    ])
  })

  test('random programs: a difference comes with its program, both sides and the command to see it again', async () => {
    const [code, text] = await told({ programs: 100, seed: 7, implementation: mute })
    expect(code).toBe(1)
    expect(text).toContain('import asyncio')
    expect(text).toContain('First difference: event ')
    expect(text).toMatch(/Again: npm run simul -- verify --programs 1 --seed 7 --path [\d:]+$/)
  })

  test('as JSON', async () => {
    const [, text] = await told({ programs: 5, seed: 7, implementation: faithful, json: true })
    expect(JSON.parse(text)).toMatchObject({ compared: 5, seed: 7, evidence: null })
    expect(JSON.parse((await told({ file: hello, implementation: faithful, json: true }))[1])).toMatchObject({
      kind: 'same',
    })
  })

  test('random programs of which none tells anything are no agreement', async () => {
    const [code, text] = await told({
      programs: 3,
      seed: 7,
      implementation: planted(() => ({ inconclusive: 'asleep' })),
    })
    expect([code, text]).toEqual([1, expect.stringMatching(/^0 random programs .*\n {2}without an answer: asleep/)])
  })

  test('the command line', async () => {
    const texts: string[] = []
    const io = { out: () => undefined, err: (text: string) => texts.push(text), isTTY: false }
    expect(await simul(['verify', '--programs', 'many'], io)).toBe(2)
    expect(await simul(['verify', join(folder, 'none.py')], io)).toBe(1)
    expect(texts.join('')).toMatch(/whole number.*there is no such file/s)
  })
})
