import { describe, expect, test } from 'vitest'
import { pythonAt } from '../../src/asyncio/versions.js'
import { parse } from '../../src/program/parse.js'
import { run } from '../../src/program/run.js'

/** What CPython does and the model does not know: each is refused by name, with its line, and is no error of the program. */
const refused: readonly (readonly [text: string, reason: string])[] = [
  ["print('a', sep=5)", 'a separator that is no string'],
  ['range(1, 2, 3, 4)', 'range() with these arguments'],
  ['len()', 'len() with these arguments'],
  ['len(obj=[])', 'len() with these arguments'],
  ['sum([[1], [2]], [])', 'sum() of lists'],
  ['max([1], sort=len)', 'max() with these arguments'],
  ['divmod("a", 1)', 'divmod() of what is no number'],
  ['zip(5)', 'zip() of what cannot be iterated'],
  ['map(len)', 'map() with these arguments'],
  ['iter(5, 6)', 'iter() of what cannot be called'],
  ['enumerate([], 1.5)', 'enumerate() with a number that is no int'],
  ['[1].pop(1.5)', 'pop() with an index that is no int'],
  ['[1].insert(True, 2)', 'insert() at an index that is no int'],
  ['sorted([1, 3, 2, [], ()])', 'to sort values that cannot all be compared'],
  ["sorted([float('nan')])", 'to sort by nan'],
  ['sorted({(), (1,)})', "the order of a set's elements"],
  ["'a'.swapcase()", "the attribute 'swapcase' of 'str'"],
  ["'ä'.upper()", 'the case and kind of characters outside ASCII'],
  ["'a b'.split(None, 1)", 'split() with these arguments'],
  ["'a'.replace('', 'b')", 'replace() of nothing'],
  ["'a'.find(1)", 'find() of what is no string'],
  ["'a'.zfill('b')", 'zfill() with this argument'],
  ['(5).real', "the attribute 'real' of 'int'"],
  ['True.real', "the attribute 'real' of 'bool'"],
  ['1.5.hex', "the attribute 'hex' of 'float'"],
  ['None.__class__', "the attribute '__class__' of 'NoneType'"],
  ['eval("1")', 'eval'],
  ['random.random()', 'random without a seed'],
  ['random.Random()', 'random without a seed'],
  ['random.seed()', 'random without a seed'],
  ['random.seed("a")', 'random.seed() of what is no int'],
  ['random.seed(1)\nrandom.choice({})', 'choice() of what is no sequence'],
  ['random.seed(1)\nrandom.randint(2, 1)', 'randrange() of an empty range'],
  ['random.gauss(0, 1)', 'random.gauss'],
  ['class A:\n    def m(self): pass\na = A()\na.m is a.m', 'whether two equal methods are one object'],
  ['q = asyncio.Queue()\nq.put_nowait(q)\nprint(q)', 'the repr of a queue that holds itself'],
  ["class A(OSError): pass\nstr(A(1, 'a'))", 'the text of such an OSError'],
  ['print(random.seed)', 'the repr of random.seed'],
  [
    'class A:\n    def __eq__(self, other): return True\nclass B(A):\n    def __eq__(self, other): return False\nA() == B()',
    'such an __eq__',
  ],
  ['class A:\n    def __iter__(self): return iter([1])\n1 in A()', "'in' with such an instance"],
  ['class A:\n    def __bool__(self): return asyncio.run(asyncio.sleep(0)) is None\nbool(A())', 'a pause in __bool__'],
  ['class A(ValueError): pass\nValueError.__init__(5)', 'ValueError.__init__() with these arguments'],
  ['ValueError.__init__(ValueError(1), 2)', 'a change of the arguments of an exception'],
  ['{1: 2}.keys() == {1: 2}.keys()', 'the comparison of views of dicts'],
  ['1 << 10 ** 9', 'an integer of more than a million digits'],
  ['random.seed(1)\nrandom.randrange(1, 9, 0)', 'randrange() with a step of 0'],
  ['random.seed(1)\nrandom.randrange(5, 1)', 'randrange() of an empty range'],
  ['random.seed(1)\nrandom.randrange(1, 5, -1)', 'randrange() of an empty range'],
  ['random.seed(1)\nrandom.randint(1.5, 2)', 'randint() of what is no int'],
  ['random.seed(1)\nrandom.choice([])', 'choice() of nothing'],
  ['random.seed(1)\nrandom.choices([])', 'choices() of nothing'],
  ['random.seed(1)\nrandom.choices([1, 2], [1])', 'choices() with these weights'],
  ['random.seed(1)\nrandom.choices([1], [0])', 'choices() with these weights'],
  ['random.seed(1)\nrandom.choices([1], [None])', 'choices() with these weights'],
  ['random.seed(1)\nrandom.getrandbits(-1)', 'getrandbits() of so many bits'],
  ['random.seed(1)\nrandom.getrandbits(100001)', 'getrandbits() of so many bits'],
  ['random.seed(1)\nrandom.sample([1], 2)', 'sample() of more than there are'],
  ['random.seed(1)\nrandom.sample([1], -1)', 'sample() of more than there are'],
  ['random.seed(1)\nrandom.shuffle(5)', 'shuffle() of what is no list'],
  ['random.seed(1)\nrandom.shuffle((1, 2))', 'shuffle() of what is no list'],
  ['random.seed(1)\nrandom.uniform(None, 1)', 'uniform() of what is no number'],
  ['random.seed(1)\nrandom.uniform(1, None)', 'uniform() of what is no number'],
  ['issubclass(int, 5)', 'issubclass() of such values'],
  ['type(len)', 'the class of such a value'],
  ['type(None)', 'the class of such a value'],
  ['object()', 'an instance of object itself'],
  ['class A: pass\nsuper(A, 5)', 'super() of what is no instance of the class'],
  ['class A: pass\nsuper(A, A).__init__()', 'super().__init__() of a class'],
  ['ValueError(1).args = (2,)', "a change of the attribute 'args' of 'ValueError'"],
  ['asyncio.Lock.acquire', "the attribute 'acquire' of 'type'"],
  ['asyncio.Lock()._waiters', "the attribute '_waiters' of 'Lock'"],
  ['ValueError.mro', "the attribute 'mro' of 'type'"],
  ['int.from_bytes', "the attribute 'from_bytes' of 'type'"],
  ['asyncio.all_tasks(5)', 'all_tasks() of what is no loop'],
  ['asyncio.shield(asyncio.sleep(0))', 'shield() without a running loop'],
  ['asyncio.Task(asyncio.sleep(0))', 'Task() without a loop'],
  [
    'asyncio.new_event_loop().set_task_factory(lambda loop, coro: None)',
    'set_task_factory() of a function of the program',
  ],
  ['asyncio.new_event_loop().call_exception_handler(5)', 'a context that is no dict'],
  ["asyncio.new_event_loop().call_exception_handler({'message': 5})", 'a message that is no str'],
  [
    "asyncio.new_event_loop().call_exception_handler({'message': 'Task exception was never retrieved'})",
    'a message of asyncio in the words of the program',
  ],
  [
    'class A:\n    def __call__(self): pass\nasyncio.new_event_loop().set_exception_handler(A())',
    'set_exception_handler() of an instance',
  ],
  ['[1][0:1] = 5', 'the assignment of this to a slice'],
  ['asyncio.Runner(debug=True)', 'debug mode'],
  ['asyncio.Runner(loop_factory=len)', 'a loop factory other than asyncio.new_event_loop'],
  ["ExceptionGroup('a', [ValueError()]).split(5)", 'split() by what is no exception class'],
  ['class A:\n    __len__ = None\nlen(A())', 'a class whose __len__ is None'],
  [
    'class A:\n    def __eq__(self, other):\n        A.x = 5\n        return True\n[A()] == [A()]',
    'such a use of a __eq__ that changes something',
  ],
  ['class A: pass\nA.__mro__', "the attribute '__mro__' of 'type'"],
  ['class A: pass\nA().__dict__', "the attribute '__dict__' of 'A'"],
  ['ValueError(1).__traceback__', "the attribute '__traceback__' of 'ValueError'"],
  ['len.__doc__', "the attribute '__doc__' of 'builtin_function_or_method'"],
  ['asyncio.sleep = 5', "a change of the attribute 'sleep' of 'module'"],
  ['del asyncio.sleep', "a change of the attribute 'sleep' of 'module'"],
  ['asyncio.Lock().own = 5', "a change of the attribute 'own' of 'Lock'"],
  ['print >>5', "'>>' behind print"],
  ['ConnectionError()', 'ConnectionError'],
  ['asyncio.Queue(None)', 'Queue() with a maxsize that is no number'],
  ['asyncio.Lock(1)', 'Lock() with these arguments'],
  ["asyncio.Semaphore('a')", 'Semaphore() with a number that is no int'],
  ['asyncio.Barrier(1.5)', 'Barrier() with a number that is no int'],
  ['asyncio.Condition(asyncio.Semaphore())', 'Condition() of what is no Lock'],
  ['with asyncio.new_event_loop(): pass', "'with' of a loop"],
  ["contextvars.ContextVar('v').set(1).__enter__", "the attribute '__enter__' of 'Token'"],
  ['from asyncio import StreamReader', 'asyncio.StreamReader'],
  ['time.strftime("%c")', "strftime's '%c'"],
  ['time.strftime("%H", 5)', 'strftime() with these arguments'],
  ['time.localtime()', 'time.localtime'],
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
  ['asyncio.set_event_loop(5)', 'set_event_loop() of what is no loop'],
  ['def f():\n    yield\nsum(f(), start=1)', 'sum() of an iterator with keyword arguments'],
  ['print({1, 2})', "the order of a set's elements"],
  ['for x in {1, 2}: pass', "the order of a set's elements"],
  ['list({1, 2})', "the order of a set's elements"],
  ['{1, 2}.pop()', "the order of a set's elements"],
  ['sum({0.1, 0.2})', "the order of a set's elements"],
  ['{1} - {}.keys()', 'an operator of views of dicts'],
  ['{1} < {}.keys()', 'whether a view of a dict is part of another'],
  ['{1: 2}.keys() == {1}', 'the comparison of views of dicts'],
  ["{float('nan'): 1}", 'nan as a dict key'],
  ['{[].append: 1}', 'a method as a dict key'],
  ['d = {1: 1, 2: 2}\nfor k in d: d.pop(k); d[k + 5] = 1', 'a dict whose keys are replaced while it is iterated'],
  ['dict(5)', 'a dict of what cannot be iterated'],
  ['print(**5)', 'a double-starred argument that does not fit'],
  ['def f():\n    yield\nxs = []\nxs += f()', 'this use of an iterator'],
  ['def f():\n    yield\nprint(1 in f())', "'in' with an iterator"],
  ['def f():\n    yield\nf().gi_frame', "the attribute 'gi_frame' of 'generator'"],
  ['def f():\n    yield\nf().throw(ValueError, 1)', 'throw() with these arguments'],
  ['sys.argv', 'sys.argv'],
  [
    'class A:\n    def __getitem__(self, i): return "ab"[i]\n    def __len__(self): print(1)\nlist(A())',
    'a __len__ that fails or changes something',
  ],
  ["'abc'.find('a', 1.5)", 'find() with such bounds'],
  ['[1].index(1, True)', 'index() with such bounds'],
  ['class A:\n    def __getitem__(self, i): return 1\n1 in A()', "'in' with such an instance"],
  ["print('a', file=5)", 'print() to such a file'],
  ['print(sys.stdout)', 'the repr of a stream'],
  ["sys.stdout.write('a')", "the attribute 'write' of 'TextIOWrapper'"],
  ['sys.exit(SystemExit(1))', 'sys.exit() with a SystemExit'],
  ['type(sys.version_info)', 'the class of such a value'],
  ['class A(SystemExit): pass\nA(1).code', "the attribute 'code' of 'A'"],
  ["typing.NewType('A', int)", 'typing.NewType'],
  ['typing.List[int]', 'a subscript of a class'],
  ['list[int]', 'a subscript of a class'],
  ['int | None', "'|' of classes"],
  ['print(typing.Any)', 'the repr of typing.Any'],
  ['typing.Any.__origin__', "the attribute '__origin__' of 'builtin_function_or_method'"],
  ['typing.Any.own', "the attribute 'own' of 'builtin_function_or_method'"],
  ['isinstance(5, typing.Any)', 'isinstance() of typing.Any'],
  ['itertools.groupby', 'itertools.groupby'],
  ['itertools.chain(a=5)', 'chain() with these arguments'],
  ['itertools.count(True)', 'count() of such a number'],
  ['itertools.repeat(1, 1.5)', 'repeat() with such a number'],
  ['itertools.product(iter([1]))', 'product() of such an iterable'],
  ['itertools.product(range(1000), repeat=2)', 'product() of so much'],
  ['itertools.permutations(range(10))', 'permutations() of so much'],
  ['itertools.combinations([1], -1)', 'combinations() with such a number'],
  ['print(itertools.count())', 'the repr of a itertools.count'],
  [
    'def coroutine(f): return f\n@coroutine\ndef g(): yield from []',
    "a decorator 'coroutine' of a generator that delegates",
  ],
  ['class A:\n    __len__ = property(len)\nlen(A())', 'a property __len__'],
  ['class A:\n    p = functools.partial(print)\nA().p', 'a partial in a class'],
  ['class A:\n    @classmethod\n    @property\n    def p(cls): pass', 'classmethod() of another descriptor'],
  ['print(classmethod(len))', 'the repr of a class method'],
  ['print(functools.wraps(len))', 'the repr of functools.wraps()'],
  ['functools.wraps(len)(lambda: 1)', 'functools.wraps() of such values'],
  ['functools.update_wrapper(5, lambda: 1)', 'functools.wraps() of such values'],
  ['functools.partial(len).keywords', "the attribute 'keywords' of 'partial'"],
  ['functools.reduce(max, [1])', 'functools.reduce'],
  ['contextlib.ExitStack()', 'contextlib.ExitStack'],
  ['contextlib.contextmanager(len)', 'contextmanager() of what is no function of the program'],
  ['@contextlib.contextmanager\ndef f(): pass\nf()', 'contextmanager of such a function'],
  ['@contextlib.contextmanager\nasync def f(): yield\nf()', 'contextmanager of such a function'],
  ['@contextlib.asynccontextmanager\ndef f(): yield\nf()', 'contextmanager of such a function'],
  ['@contextlib.contextmanager\ndef f(): yield\nf()(len)', 'a context manager as a decorator'],
  ['contextlib.suppress().__exit__(1, 2)', '__exit__() with these arguments'],
  ["with contextlib.suppress(ValueError): raise ExceptionGroup('', [ValueError()])", 'suppress() of a part of a group'],
  ['def f(): pass\nf.__dict__', "the attribute '__dict__' of 'function'"],
  ['def f(): pass\nf.__code__ = 5', "a change of the attribute '__code__' of 'function'"],
  ['def f(): "a\\tb"', 'tabs in a docstring'],
]

describe('outside the model', () => {
  test.each(refused)('%j', (text, reason) => {
    const { verdict } = run(
      parse(`import asyncio, contextlib, contextvars, functools, itertools, random, sys, time, typing\n${text}\n`),
    )
    expect(verdict).toMatchObject({ kind: 'unmodelled', reason: expect.stringContaining(reason) })
    expect(verdict).toHaveProperty('line', 1 + text.split('\n').length)
  })
})

test('a property that asks for itself would fill the stack', () => {
  const { verdict } = run(parse('class A:\n    x = property(lambda self: self.x)\nA().x\n'))
  expect(verdict).toMatchObject({ kind: 'unmodelled', reason: expect.stringContaining('so deep a recursion') })
})

/** Reads and runs a text as Python 3.10. */
const verdictOf = (text: string) =>
  run(parse(`import asyncio\n${text}\n`, 'some.py', { python: '3.10' }), { python: pythonAt('3.10') }).verdict

test.each([
  ['3.11', 'finished'],
  ['3.12', 'unmodelled'],
])(
  '%s: what frames hold for ever that are part of what they have a name for, only a garbage collection frees',
  (python, kind) => {
    const lines = [
      'import asyncio, contextlib',
      '@contextlib.asynccontextmanager',
      'async def handles():',
      '    try:',
      '        yield',
      '    except ValueError:',
      "        print('handled')",
      'async def main():',
      '    async with handles():',
      '        raise ValueError',
      'asyncio.run(main())\n',
    ]
    const { verdict } = run(parse(lines.join('\n'), 'some.py', { python }), { python: pythonAt(python) })
    expect(verdict.kind).toBe(kind)
  },
)

describe('outside the model of generators', () => {
  test.each([
    ["def f(): yield from 'a'\ng = f()\nnext(g)\ng.send(1)", 2, 'sending to what goes through a string'],
    ['@asyncio.coroutine\ndef f(): return 1', 3, "asyncio.coroutine of a function without 'yield'"],
    ['asyncio.coroutine(5)', 2, 'asyncio.coroutine otherwise than as a decorator'],
    ['def f():\n    f = yield from asyncio.new_event_loop().create_future()\nnext(f())', 0, 'that no task drives'],
    [
      'asyncio.run(asyncio.new_event_loop().shutdown_asyncgens())',
      0,
      'shutdown_asyncgens() of a loop that does not run',
    ],
    [
      'async def s():\n    await asyncio.sleep(0)\n    yield 1\ndef g(items): yield from items.__anext__()\none = g(s())\nnext(one)\none.close()',
      0,
      'to close a generator that delegates to an asynchronous one',
    ],
    [
      'class A:\n    def __await__(self): return [1]\nasync def main(): await asyncio.gather(A())\nasyncio.run(main())',
      0,
      'an __await__ that gives such an iterator',
    ],
    ["sum(x for x in 'ab')", 0, 'an error at an item of an iterator'],
    ['def f():\n    yield from asyncio.sleep(1)\nf().close()\nlist(f)', 5, undefined],
  ])('%j', (text, line, reason) => {
    const verdict = verdictOf(text)
    if (reason === undefined) return expect(verdict.kind).toBe('raised')
    expect(verdict).toMatchObject({ kind: 'unmodelled', reason: expect.stringContaining(reason) })
    expect('line' in verdict ? verdict.line : 0).toBe(line)
  })

  test.each([
    ['def f():\n    try:\n        yield\n    finally:\n        print(1)\nfor x in f():\n    break', 'unmodelled'],
    ['def f():\n    try:\n        yield\n    finally:\n        print(1)\nfor x in f():\n    pass', 'finished'],
    ['def f():\n    try:\n        yield 1\n    finally:\n        print(1)\ng = f()\nnext(g)\ng.close()', 'finished'],
    ['def f():\n    try:\n        pass\n    finally:\n        yield 1\nnext(f())', 'finished'],
    ['def f():\n    yield 1\nnext(f())', 'finished'],
  ])('%j: what a generator that is left in a try would do, nobody knows', (text, kind) => {
    expect(verdictOf(text).kind).toBe(kind)
  })
})

describe('what the model cannot show is unmodelled, wherever it would show', () => {
  const variable = "import asyncio\nimport contextvars\nlevel = contextvars.ContextVar('level')\n"
  const reason = 'the repr of a context variable is not in the modelled subset'

  test.each([
    ['as an exception that leaves the module', 'level.get()\n'],
    ['as the result of a task', 'async def main():\n    return level\nasyncio.run(main())\n'],
    [
      'as a result that is changed later',
      'async def main():\n    return box\nbox = []\nasyncio.run(main())\nbox.append(level)\n',
    ],
  ])('%s', (_, text) => {
    expect(run(parse(variable + text)).verdict).toMatchObject({ kind: 'unmodelled', reason })
  })
})
