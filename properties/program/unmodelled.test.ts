import { describe, expect, test } from 'vitest'
import { parse } from '../../src/program/parse.js'
import { run } from '../../src/program/run.js'

/** What CPython does and the model does not know: each is refused by name, with its line, and is no error of the program. */
const refused: readonly (readonly [text: string, reason: string])[] = [
  ["print('a', sep=5)", 'a separator that is no string'],
  ['range(1, 2, 3, 4)', 'range() with these arguments'],
  ['len()', 'len() with these arguments'],
  ['len(obj=[])', 'len() with these arguments'],
  ['sum([[1], [2]], [])', 'sum() of lists'],
  ['max([1], key=len)', 'max() with keyword arguments'],
  ['[1].pop(1.5)', 'pop() with an index that is no int'],
  ['[1].sort()', "the attribute 'sort' of 'list'"],
  ["'a'.upper()", "the attribute 'upper' of 'str'"],
  ['(5).real', "the attribute 'real' of 'int'"],
  ['True.real', "the attribute 'real' of 'bool'"],
  ['1.5.hex', "the attribute 'hex' of 'float'"],
  ['None.__class__', "the attribute '__class__' of 'NoneType'"],
  ['sorted([1])', 'sorted'],
  ['ConnectionError()', 'ConnectionError'],
  ['asyncio.Lock()', 'asyncio.Lock'],
  ['from asyncio import Queue', 'asyncio.Queue'],
  ['time.strftime("%H")', 'time.strftime'],
  ['xs = [1]\nxs *= 2', 'this augmented assignment to a list'],
  ['print(*5)', 'a starred argument that cannot be iterated'],
  ["print(contextvars.ContextVar('v'))", 'the repr of a context variable'],
  ["v = contextvars.ContextVar('v')\nprint(v.set(1))", 'the repr of a token'],
  ["v = contextvars.ContextVar('v')\nv.reset(5)", 'reset() of what is no token'],
  ["v = contextvars.ContextVar('v')\nt = v.set(1)\nv.reset(t)\nv.reset(t)", 'reset() with this token'],
  ["time.sleep('x')", 'sleep() with a time that is no number'],
  ['time.sleep(seconds=1)', 'sleep() with these arguments'],
  ['asyncio.create_task(asyncio.sleep(0), "name")', 'create_task() with these arguments'],
  ['asyncio.Future()', 'Future() without a running loop'],
  ['asyncio.gather()', 'gather() without a running loop'],
  ['asyncio.ensure_future(asyncio.sleep(0))', 'ensure_future() without a running loop'],
  ['asyncio.new_event_loop().call_soon()', 'call_soon() with these arguments'],
]

describe('outside the model', () => {
  test.each(refused)('%j', (text, reason) => {
    const { verdict } = run(parse(`import asyncio\nimport contextvars\nimport time\n${text}\n`))
    expect(verdict).toMatchObject({ kind: 'unmodelled', reason: expect.stringContaining(reason) })
    expect(verdict).toHaveProperty('line', 3 + text.split('\n').length)
  })
})
