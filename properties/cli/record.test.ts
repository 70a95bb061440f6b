import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { pythonAt } from '../../src/asyncio/versions.js'
import { type OpenAll, type RecordOptions, record } from '../../src/cli/record.js'
import { featuresAt } from '../../src/oracle/features.js'
import { type Implementation, implementation, type Run } from '../../src/oracle/implementation.js'
import { parse } from '../../src/program/parse.js'
import { run } from '../../src/program/run.js'
import type { Trace } from '../../src/trace/events.js'
import { exercised, type Measure } from '../../src/vectors/exercised.js'
import { readVector } from '../../src/vectors/json.js'
import { command, inFolder } from './command.js'

/** Stands for the real CPython of a version, and may tell something else than the model. */
const standIn = (version: string, change: (trace: Trace) => Run = (trace) => trace): Implementation => {
  const python = pythonAt(version)
  const others = { version, python, features: featuresAt(version) }
  return implementation(`cpython-${version}`, (text) => change(run(parse(text), { python })), others)
}

const faithful: OpenAll = async () => [standIn('3.10.2'), standIn('3.12.7'), standIn('3.13.2')]

const mute = ({ events, ...rest }: Trace): Trace => ({
  events: events.filter(({ event }) => event !== 'Printed'),
  ...rest,
})

/** Measuring takes a process of its own; here it is measured for real where it is asked for. */
const notMeasured: Measure = async (programs) => programs.map(() => [])

const told = async (
  options: RecordOptions,
  open = faithful,
  measure = notMeasured,
): Promise<readonly [number, string]> => {
  const texts: string[] = []
  const write = (text: string): number => texts.push(text)
  const code = await record(options, { out: write, err: write, isTTY: false }, open, measure)
  return [
    code,
    texts
      .join('')
      .replaceAll(options.folder ?? '', 'vectors')
      .trimEnd(),
  ]
}

/** A folder of vectors with these programs in its only topic. */
const withPrograms = (programs: Readonly<Record<string, string>>, use: (folder: string) => Promise<void>) =>
  inFolder(async (folder) => {
    mkdirSync(join(folder, 'topic'))
    for (const [name, text] of Object.entries(programs)) writeFileSync(join(folder, 'topic', `${name}.py`), text)
    await use(folder)
  })

const greeting = "# Says hello.\n# That is all.\nprint('hello')\n"

describe('record', () => {
  test('writes a vector beside each program, once', () =>
    withPrograms({ greeting }, async (folder) => {
      const written = await told({ folder }, faithful, exercised)
      expect(written).toEqual([0, 'wrote vectors/topic/greeting.json\n1 vector'])
      const vector = readVector(readFileSync(join(folder, 'topic/greeting.json'), 'utf8'))
      expect(vector).toMatchObject({
        name: 'greeting',
        topic: 'topic',
        description: 'Says hello. That is all.',
        features: [],
        rules: ['yield from'],
        text: greeting,
      })
      expect(vector.expected).toEqual([
        {
          versions: ['3.10.2', '3.12.7', '3.13.2'],
          trace: {
            events: [{ time: 0, turn: 0, task: null, event: 'Printed', text: 'hello' }],
            verdict: { kind: 'finished' },
            tasks: [],
          },
        },
      ])
      expect(await told({ folder }, faithful, exercised)).toEqual([0, '1 vector: nothing has changed'])
      expect((await told({ folder, check: true }))[1]).toBe('vectors/topic/greeting.json is not up to date\n1 vector')
    }))

  test('versions on which something else happens stand apart, and those that lack a feature are left out', () => {
    const modulo = '# An error.\ntry:\n    1 % 0\nexcept ZeroDivisionError as error:\n    print(error)\n'
    const counted =
      '# Counts.\nimport asyncio\nasync def main():\n    print(asyncio.current_task().cancelling())\nasyncio.run(main())\n'
    return withPrograms({ counted, modulo }, async (folder) => {
      expect((await told({ folder }))[0]).toBe(0)
      const groupsOf = (name: string): readonly (readonly string[])[] =>
        readVector(readFileSync(join(folder, `topic/${name}.json`), 'utf8')).expected.map(({ versions }) => versions)
      expect(groupsOf('modulo')).toEqual([['3.10.2'], ['3.12.7', '3.13.2']])
      expect(groupsOf('counted')).toEqual([['3.12.7', '3.13.2']])
    })
  })

  test('check says what is stale, and writes nothing', () =>
    withPrograms({ greeting, other: greeting }, async (folder) => {
      await told({ folder })
      const file = join(folder, 'topic/greeting.json')
      const spoilt = readFileSync(file, 'utf8').replace('"hello"', '"goodbye"')
      writeFileSync(file, spoilt)
      writeFileSync(join(folder, 'topic/left.json'), '{}\n')
      expect(await told({ folder, check: true })).toEqual([
        1,
        'vectors/topic/greeting.json is not up to date\nvectors/topic/left.json has no program\n2 vectors',
      ])
      expect(readFileSync(file, 'utf8')).toBe(spoilt)
      expect(await told({ folder })).toEqual([
        0,
        'wrote vectors/topic/greeting.json\nremoved vectors/topic/left.json\n2 vectors',
      ])
      expect(existsSync(join(folder, 'topic/left.json'))).toBe(false)
      expect(await told({ folder, check: true })).toEqual([0, '2 vectors: all are up to date'])
    }))

  test('where the model differs, nothing is written and the difference is shown', () =>
    withPrograms({ greeting, quiet: '# Says nothing.\npass\n' }, async (folder) => {
      const open: OpenAll = async () => [standIn('3.12.7'), standIn('3.13.2', mute)]
      const [code, text] = await told({ folder }, open)
      expect(code).toBe(1)
      expect(text).toBe(
        [
          'wrote vectors/topic/quiet.json',
          'topic/greeting on cpython-3.13.2: the model differs',
          'First difference: event 0',
          '  - (nothing: the trace ends)',
          '  + 0s  turn 0  -  Printed  text="hello"',
          '1 vector',
        ].join('\n'),
      )
      expect(existsSync(join(folder, 'topic/greeting.json'))).toBe(false)
      expect((await told({ folder, check: true }, open))[0]).toBe(1)
    }))

  test.each([
    ['says nothing of itself', 'print(7)\n', 'topic/program.py:1: a comment must say what it shows'],
    ['is outside the subset', '# A lock.\nimport threading\n', "imports of 'threading' are not in the modelled subset"],
    [
      'does what the model does not know',
      '# Reads.\nimport asyncio\nasyncio.Future()\n',
      'topic/program on cpython-3.10.2: Future() without a running loop',
    ],
  ])('a program that %s is refused', (_, program, reason) =>
    withPrograms({ program }, async (folder) => {
      const [code, text] = await told({ folder })
      expect(code).toBe(1)
      expect(text).toContain(reason)
      expect(text).toMatch(/\n0 vectors/)
      expect(existsSync(join(folder, 'topic/program.json'))).toBe(false)
    }),
  )

  test('what gives no trace is refused', () =>
    withPrograms({ greeting }, async (folder) => {
      const asleep: OpenAll = async () => [standIn('3.13.2', () => ({ inconclusive: 'asleep' }))]
      expect(await told({ folder }, asleep)).toEqual([
        1,
        'topic/greeting on cpython-3.13.2: asleep\n0 vectors: nothing has changed',
      ])
    }))

  test('a build that cannot be started ends it', () =>
    withPrograms({ greeting }, async (folder) => {
      const broken: OpenAll = async () => {
        throw new Error('cpython-3.13.2 is not installed')
      }
      expect(await told({ folder }, broken)).toEqual([1, 'cpython-3.13.2 is not installed'])
    }))

  test('the command line', async () => {
    await inFolder(async (folder) => {
      const { code, err } = await command(['record', folder])
      expect([code, err]).toEqual([1, `${folder}: there is no Python program in a folder of this folder\n`])
    })
  })
})
