import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { simul } from '../../src/cli/simul.js'

const folder = mkdtempSync(join(tmpdir(), 'simul-switches-'))
afterAll(() => rmSync(folder, { recursive: true }))

const file = join(folder, 'sleep.py')
writeFileSync(
  file,
  [
    'import asyncio',
    'try:',
    "    asyncio.run(asyncio.sleep(float('nan')))",
    'except Exception as error:',
    '    print(repr(error))',
    '',
  ].join('\n'),
)

const told = async (...args: readonly string[]): Promise<readonly [number, string]> => {
  const texts: string[] = []
  const write = (text: string): number => texts.push(text)
  const code = await simul(args, { out: write, err: write, isTTY: false })
  return [code, texts.join('')]
}

describe('a change between versions can be turned by itself', () => {
  test('in a run', async () => {
    expect((await told('run', file))[1]).toContain("ValueError('Invalid delay: NaN (not a number)')")
    expect((await told('run', file, '--without', 'sleepRefusesNaN'))[1]).not.toContain('ValueError')
    expect((await told('run', file, '--python', '3.12'))[1]).not.toContain('ValueError')
    expect((await told('run', file, '--python', '3.12', '--with', 'sleepRefusesNaN'))[1]).toContain('ValueError')
  })

  test('in a comparison: the build differs from a model that follows another rule', async () => {
    const [code, text] = await told('verify', '--without', 'sleepRefusesNaN', file)
    expect(code).toBe(1)
    expect(text).toContain('cpython-3.14.2: the model differs')
    expect((await told('verify', file))[0]).toBe(0)
  })

  test('a name that is none is told, with those that are like it', async () => {
    expect(await told('run', file, '--with', 'nan')).toEqual([
      2,
      expect.stringContaining('It must name a change: sleepRefusesNaN.'),
    ])
    expect((await told('run', file, '--with', 'xyz'))[1]).toContain('cancelledErrorIsKept, ')
  })
})
