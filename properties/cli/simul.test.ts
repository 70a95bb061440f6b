import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test as property } from '@fast-check/vitest'
import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { exhibition } from '../../src/cli/exhibition.js'
import type { Summary } from '../../src/exhibition/summary.js'
import { runs } from '../seed.js'
import { command, inFolder } from './command.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const introductions = ['exhibition', '--boards', '24', '--moves', '30', '--ours', '5', '--theirs', '55']

const withOption = (option: string, value: string): readonly string[] =>
  introductions.map((word, index) => (introductions[index - 1] === option ? value : word))

afterEach(() => {
  vi.unstubAllEnvs()
})

describe('exhibition', () => {
  test('--json with the numbers of the introduction', async () => {
    const { code, out } = await command([...introductions, '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toEqual({
      exhibition: { boards: 24, moves: 30, ours: '5', theirs: '55' },
      oneByOne: { formula: 43200, model: 43200 },
      moveToMove: { formula: 3600, closedForm: 3600, model: 3600, lastReply: 3655, lastReplyModel: 3655 },
      speedup: 12,
      speedupWithLastReply: 43200 / 3655,
      speedupLimit: 12,
      holds: true,
      holdsFromBoards: 12,
      agrees: true,
    })
  })

  test('formula beside model, and a picture', async () => {
    const { code, out } = await command(introductions)
    expect(code).toBe(0)
    expect(out).toContain('one by one                          m·n·(t+T)          43,200 s  43,200 s  12 h\n')
    expect(out).toContain("the introduction's n·m·t = 3,600 s: true here, as from 12 boards on\n")
    expect(out).toContain('  board 1 █···········            █···········\n')
    expect(out).toContain('  board 2  █···········            █···········\n')
  })

  test('where the formula is not true', async () => {
    expect((await command(withOption('--boards', '11'))).out).toContain('not true here, but from 12 boards on')
    expect((await command(withOption('--ours', '0'))).out).toContain('not true here, nor with any number of boards')
    const oneMove = ['exhibition', '--boards', '2', '--moves', '1', '--ours', '5', '--theirs', '55']
    expect((await command(oneMove)).out).toContain('true, as a game has one move only')
    expect((await command(withOption('--boards', '0'))).out).toContain('true, as nothing is played')
  })

  property.prop([fc.record({ boards: fc.nat(12), moves: fc.nat(6), ours: fc.nat(99), theirs: fc.nat(999) })], {
    numRuns: runs(30),
  })('any exhibition is played, and the model is the closed form', async ({ boards, moves, ours, theirs }) => {
    const args = ['--boards', boards, '--moves', moves, '--ours', ours / 10, '--theirs', theirs / 10].map(String)
    const { code, out, err } = await command(['exhibition', ...args, '--json'])
    expect([code, err]).toEqual([0, ''])
    expect((JSON.parse(out) as Summary).agrees).toBe(true)
    expect((await command(['exhibition', ...args])).code).toBe(0)
  })

  test('a bar of progress where somebody watches', async () => {
    const large = ['exhibition', '--boards', '60', '--moves', '1000', '--ours', '1', '--theirs', '2', '--json']
    const { code, err } = await command(large, true)
    expect(code).toBe(0)
    expect(err).toContain('from board to board')
    expect((await command(large)).err).toBe('60,000 pair-moves are played: this takes a while\n')
  })
})

describe('bad usage: exit code 2 and what is wrong', () => {
  const bad: Readonly<Record<string, readonly [args: readonly string[], message: string]>> = {
    'an unknown command': [['exhibtion'], "unknown command 'exhibtion'"],
    'an unknown option': [[...introductions, '--colour'], "unknown option '--colour'"],
    'no command': [[], 'Usage: simul'],
    'no file': [['run'], "missing required argument 'file'"],
    'a number is missing': [introductions.slice(0, 7), "required option '--theirs <T>' not specified"],
    'a value is missing': [introductions.slice(0, 8), "option '--theirs <T>' argument missing"],
    'half a board': [withOption('--boards', '2.5'), 'It must be a whole number from 0 to 100,000'],
    'fewer than no boards': [withOption('--boards', '-1'), 'It must be a whole number'],
    'too many boards': [withOption('--boards', '1000000'), 'It must be a whole number from 0 to 100,000'],
    'boards in letters': [withOption('--boards', 'many'), 'It must be a whole number'],
    'no number': [withOption('--ours', 'NaN'), 'It must be 0 or a decimal number'],
    'no bound': [withOption('--ours', 'Infinity'), 'It must be 0 or a decimal number'],
    'too large for a double': [withOption('--theirs', '1e400'), 'It must be 0 or a decimal number'],
    'a power that nobody can count': [withOption('--theirs', '1e999999999'), 'It must be 0 or a decimal number'],
    'too small for a clock': [withOption('--theirs', '1e-10'), 'It must be 0 or a decimal number'],
    'negative seconds': [withOption('--theirs', '-5'), 'It must be 0 or a decimal number'],
    'too many moves': [withOption('--moves', '1000000'), '24,000,000 pair-moves in all; at most 1,000,000 are played'],
    'too much time': [withOption('--theirs', '1e9'), 'the clock of the model ends at 2,147,483,648 s'],
    'no turns': [['run', 'x.py', '--turns', '0'], 'It must be a whole number, 1 or more'],
    'a seed that is none': [['start', '--seed', 'x'], 'It must be a whole number'],
  }

  test.each(Object.entries(bad))('%s', async (_, [args, message]) => {
    const { code, out, err } = await command(args)
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(message)
    expect(err).not.toMatch(/\n {4}at /)
  })

  test('too many boards, asked for in code', () => {
    const errors: string[] = []
    const io = { out: () => undefined, err: (text: string) => errors.push(text), isTTY: false }
    expect(exhibition({ boards: 10 ** 9, moves: 1, ours: '1', theirs: '1' }, io)).toBe(2)
    expect(errors.join('')).toContain('at most 100,000 are played')
  })

  test('a fault of ours: one line, exit code 70', async () => {
    const errors: string[] = []
    const io = {
      out: () => {
        throw new TypeError('x is undefined')
      },
      err: (text: string) => errors.push(text),
      isTTY: false,
    }
    const { simul } = await import('../../src/cli/simul.js')
    expect(await simul([...introductions, '--json'], io)).toBe(70)
    expect(errors).toEqual([
      'This is a fault of Simul. Please report it, with your command: TypeError: x is undefined\n',
    ])
  })

  test('--help is no fault', async () => {
    const { code, out } = await command(['--help'])
    expect(code).toBe(0)
    for (const name of ['start', 'exhibition', 'run', 'verify']) expect(out).toContain(`  ${name}`)
  })
})

describe('colours', () => {
  const escapeCharacter = String.fromCharCode(27)

  test('on a terminal only, and not against NO_COLOR', async () => {
    vi.stubEnv('NO_COLOR', '')
    expect((await command(introductions)).out).not.toContain(escapeCharacter)
    expect((await command(introductions, true)).out).toContain(escapeCharacter)
    vi.stubEnv('NO_COLOR', '1')
    expect((await command(introductions, true)).out).not.toContain(escapeCharacter)
  })
})

describe('start', () => {
  const quick = ['start', '--no-cpython', '--seed', '1', '--programs', '300', '--reports']

  test('shows the exhibition and the claims, and writes the reports', async () => {
    await inFolder(async (folder) => {
      const reports = join(folder, 'deep', 'reports')
      const { code, out, err } = await command([...quick, reports])
      expect([code, err]).toEqual([0, ''])
      expect(out).toContain('43,200 s  43,200 s  12 h')
      expect(out).toContain('300 random programs (seed 1;')
      expect(out).not.toContain('BROKEN')
      const { seed, claims } = JSON.parse(readFileSync(join(reports, 'claims.json'), 'utf8')) as {
        seed: number
        claims: { holds: boolean; cases: number }[]
      }
      expect(seed).toBe(1)
      expect(claims.length).toBe(out.match(/^holds {3}/gm)?.length)
      expect(claims.every(({ holds, cases }) => holds && cases > 0)).toBe(true)
      expect(readFileSync(join(reports, 'index.html'), 'utf8')).toContain('<h1>One master, 24 boards</h1>')
    })
  })

  test('the same seed, the same reports', async () => {
    await inFolder(async (folder) => {
      const first = await command([...quick, join(folder, 'a')])
      const second = await command([...quick, join(folder, 'a')], true)
      expect(second.code).toBe(first.code)
      expect(readFileSync(join(folder, 'a', 'index.html'), 'utf8')).toContain('href="claims.json"')
    })
  })

  test('a folder that cannot be written is told', async () => {
    await inFolder(async (folder) => {
      writeFileSync(join(folder, 'file'), '')
      const { code, err } = await command([...quick, join(folder, 'file')])
      expect(code).toBe(1)
      expect(err).toContain('the reports could not be written')
    })
  })

  test('asks the real CPython', { timeout: 120_000 }, async () => {
    await inFolder(async (folder) => {
      const { code, out } = await command([...quick.filter((word) => word !== '--no-cpython'), folder])
      expect(code).toBe(0)
      expect(out).toMatch(
        /cpython-3\.14\.2 ran the same two programs: all [\d,]+ events are the model's; and so are all/,
      )
    })
  })
})

describe('as a process of its own', () => {
  const node = ['--import', './src/register.mjs', 'src/cli/main.ts']

  const spawned = (
    args: readonly string[],
    closeEarly = false,
  ): Promise<{ code: number | null; out: string; err: string }> =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, [...node, ...args], { cwd: root })
      let out = ''
      let err = ''
      child.stdout.on('data', (chunk) => {
        out += String(chunk)
        if (closeEarly) child.stdout.destroy()
      })
      child.stderr.on('data', (chunk) => {
        err += String(chunk)
      })
      child.on('close', (code) => resolve({ code, out, err }))
    })

  test('a program of the exhibition', async () => {
    const { code, out, err } = await spawned(['run', 'fixtures/programs/move_to_move.py'])
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain('our last move ended after 3600.0 seconds\n')
    expect(out).toContain('the last reply came after 3655.0 seconds\n')
  })

  test('the exit codes arrive', async () => {
    expect((await spawned(['run', 'missing.py'])).code).toBe(1)
    expect((await spawned(['run', '--loud'])).code).toBe(2)
  })

  test('a reader that goes away early is no fault', async () => {
    const { code, err } = await spawned(['run', 'fixtures/programs/move_to_move.py', '--trace'], true)
    expect([code, err]).toEqual([0, ''])
  })
})
