import { describe, expect, test } from 'vitest'
import type { TraceEvent, Verdict } from '../../src/trace/events.js'
import { command, inFolder, runText } from './command.js'

const SLEEPERS = `\
import asyncio
async def sleeper(delay):
    await asyncio.sleep(delay)
    print('slept', delay)
async def main():
    await asyncio.gather(sleeper(2), sleeper(1))
print('before')
asyncio.run(main())
`

describe('run shows what a program does', () => {
  test('what it printed, when, in which turn, in which task, and how it ended', async () => {
    expect(await runText(SLEEPERS)).toEqual({
      code: 0,
      err: '',
      out: [
        'time  turn  task    what it printed',
        ' 0 s     -  -       before',
        ' 1 s     4  Task-3  slept 1',
        ' 2 s     7  Task-2  slept 2',
        'finished after 2 s of virtual time and 14 turns',
        '',
      ].join('\n'),
    })
  })

  test('--json', async () => {
    const { code, out } = await runText(SLEEPERS, '--json')
    const result = JSON.parse(out) as { events: TraceEvent[]; outcome: Verdict; printed: unknown[] }
    expect(code).toBe(0)
    expect(Object.keys(result)).toEqual(['events', 'outcome', 'printed'])
    expect(result.outcome).toEqual({ kind: 'finished' })
    expect(result.events.filter(({ event }) => event === 'TaskCreated').length).toBe(5)
    expect(result.printed).toEqual([
      { text: 'before', time: 0, turn: 0, task: null },
      { text: 'slept 1', time: 1, turn: 4, task: 'Task-3' },
      { text: 'slept 2', time: 2, turn: 7, task: 'Task-2' },
    ])
  })

  test('--trace: an event a line', async () => {
    const { out } = await runText(SLEEPERS, '--trace')
    const lines = out.split('\n')
    expect(lines[0]).toBe('       0      0  -         Printed          text=before')
    expect(lines).toContain(
      '       0      2  Task-3    TimerScheduled   handle=5  callback=_set_result_unless_cancelled  when=1',
    )
    expect(lines).toContain('       1      4  Task-3    TaskEnded        outcome={"kind":"returned","value":"None"}')
  })

  test('a program that prints nothing', async () => {
    expect((await runText('pass\n')).out).toBe('finished after 0 s of virtual time and 0 turns\n')
  })

  test('what a callback raises is shown where it happened', async () => {
    const { code, out } = await runText(`\
import asyncio
def broken():
    raise KeyError('k')
async def main():
    asyncio.get_running_loop().call_soon(broken)
asyncio.run(main())
`)
    expect(code).toBe(0)
    expect(out).toContain("Exception in callback broken: KeyError('k')\n")
  })
})

describe('run refuses, with the place', () => {
  const refusals: Readonly<Record<string, readonly [text: string | Uint8Array, message: string]>> = {
    'no Python': ['print(\n', 'program.py:2:1: this is not Python: unexpected end of the text\n'],
    'outside the subset': [
      '\nimport threading\n',
      "program.py:2:8: imports of 'threading' are not in the modelled subset\n",
    ],
    'not UTF-8': [new Uint8Array([0x61, 0x0a, 0x23, 0xff, 0x0a]), 'program.py:2: this is not UTF-8 text\n'],
    'an unknown module': ['import socket\n', 'program.py'],
  }

  test.each(Object.entries(refusals))('%s', async (_, [text, message]) => {
    const { code, out, err } = await runText(text)
    expect([code, out]).toEqual([1, ''])
    expect(err.startsWith(message)).toBe(true)
  })

  test('a file that is missing, a folder, a name that is none', async () => {
    await inFolder(async (folder) => {
      expect(await command(['run', `${folder}/no.py`])).toEqual({
        code: 1,
        out: '',
        err: `${folder}/no.py: there is no such file\n`,
      })
      expect((await command(['run', folder])).err).toBe(`${folder}: this is a directory, not a Python file\n`)
      expect((await command(['run', 'a\0b'])).err).toBe('a\0b: no file has such a name\n')
    })
  })
})

describe('a program that fails keeps what it had printed', () => {
  const failures: Readonly<Record<string, readonly [text: string, message: string, ...options: string[]]>> = {
    'it raises': ["print('x')\nint('a')\n", "program.py:2: ValueError: invalid literal for int() with base 10: 'a'\n"],
    'without a text': ["print('x')\nraise ValueError\n", 'program.py:2: ValueError\n'],
    'it recurses without end': [
      "def f():\n    return f()\nprint('x')\nf()\n",
      'program.py:2: RecursionError: maximum recursion depth exceeded\n',
    ],
    'it never gives the loop a turn': [
      "print('x')\nwhile True:\n    pass\n",
      'program.py: stopped after 1,000 steps without a turn of the loop: it may never end. To let it go on: --steps 10000\n',
      '--steps',
      '1000',
    ],
    'it never ends': [
      "import asyncio\nasync def main():\n    print('x')\n    while True:\n        await asyncio.sleep(1)\nasyncio.run(main())\n",
      'program.py: stopped after 50 turns of the loop: it may never end. To let it go on: --turns 500\n',
      '--turns',
      '50',
    ],
    'it leaves with a status': ["print('x')\nraise SystemExit(3)\n", 'program.py:2: SystemExit: 3\n'],
    deadlock: [
      `\
import asyncio
async def waiter(future):
    print('x')
    await future
async def main():
    future = asyncio.get_running_loop().create_future()
    await asyncio.gather(waiter(future), waiter(future))
asyncio.run(main())
`,
      [
        'program.py: deadlock: nothing is ready and no timer is set',
        '  Task-1 waits for a gather',
        '  Task-2 waits for a future',
        '  Task-3 waits for a future\n',
      ].join('\n'),
    ],
  }

  test.each(Object.entries(failures))('%s', async (_, [text, message, ...options]) => {
    const { code, out, err } = await runText(text, ...options)
    expect(err).toBe(message)
    expect(code).toBe(1)
    expect(out).toMatch(/ x\n$/)
    const json = await runText(text, ...options, '--json')
    expect([json.code, json.err]).toEqual([1, ''])
    expect(JSON.parse(json.out)).toMatchObject({
      printed: expect.arrayContaining([expect.objectContaining({ text: 'x' })]),
    })
  })

  test('SystemExit without a status is a good end, as in Python', async () => {
    expect((await runText('raise SystemExit\n')).code).toBe(0)
    expect((await runText('raise SystemExit(0)\n')).code).toBe(0)
  })
})

describe('--python: the version that a program is written for', () => {
  const STYLE_OF_34 = `\
import asyncio
@asyncio.coroutine
def main():
    yield from asyncio.sleep(1)
    print('slept')
loop = asyncio.get_event_loop()
loop.run_until_complete(main())
`

  test('it is read, and run, as that version', async () => {
    expect((await runText(STYLE_OF_34, '--python', '3.4')).out).toContain(' 1 s     3  Task-1  slept\n')
    expect(await runText(STYLE_OF_34, '--python', '3.11.3')).toEqual({
      code: 1,
      out: '',
      err: "program.py:2:2: 'asyncio.coroutine' is gone since Python 3.11; this is read as Python 3.11.3\n",
    })
    expect((await runText('async = 1\nprint(async)\n', '--python', '3.6')).code).toBe(0)
    expect((await runText('async = 1\n')).code).toBe(1)
    expect((await runText('async def f():\n    pass\n', '--python', '3.4')).err).toBe(
      "program.py:1:1: 'async def' came with Python 3.5; this is read as Python 3.4\n",
    )
  })

  test.each(['2.7', '3', '3.2', '3.99', 'three', ''])('%j is bad usage', async (version) => {
    const { code, out, err } = await runText('pass\n', '--python', version)
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain('It must be a version from 3.3 to 3.14, such as 3.5 or 3.11.3.')
  })
})
