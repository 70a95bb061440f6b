import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, describe, expect, test } from 'vitest'
import { addVerify, verify } from '../../src/cli/verify.js'
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

const told = async (options: Parameters<typeof verify>[0]): Promise<readonly [number, string]> => {
  const lines: string[] = []
  const code = await verify({ write: (text) => lines.push(text), ...options })
  return [code, lines.join('\n')]
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
    expect(await told({ file: hello, implementation: silent })).toEqual([0, 'No trace of planted 0: asleep'])
    const outside = fileOf('outside.py', 'import asyncio\nasyncio.Future()\n')
    const [code, text] = await told({ file: outside, implementation: faithful })
    expect([code, text]).toEqual([0, expect.stringMatching(/^The model does not know this program: /)])
  })

  test('a text outside the subset, or no file at all, is bad usage', async () => {
    const [code, text] = await told({ file: fileOf('class.py', 'class A:\n    pass\n') })
    expect([code, text]).toEqual([2, expect.stringContaining('class.py:1:1: class definitions are not')])
    expect((await told({ file: join(folder, 'none.py') }))[0]).toBe(2)
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

  test('the command line', async () => {
    const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined })
    addVerify(program)
    await expect(program.parseAsync(['verify', '--programs', 'many'], { from: 'user' })).rejects.toThrow('whole number')
    const before = process.exitCode
    await program.parseAsync(['verify', join(folder, 'none.py')], { from: 'user' })
    expect(process.exitCode).toBe(2)
    process.exitCode = before
  })
})
