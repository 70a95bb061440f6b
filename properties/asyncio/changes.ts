import type { Switches } from '../../src/loop/python.js'

/** A small program that shows one change: what it prints before and since. */
export interface Shown {
  readonly text: string
  readonly before: readonly string[]
  readonly since: readonly string[]
}

/** A program that prints the error of each expression. */
const errorsOf = (...expressions: readonly string[]): string =>
  expressions
    .map((expression) => `try:\n    print(${expression})\nexcept Exception as error:\n    print(repr(error))\n`)
    .join('')

const inMain = (...lines: readonly string[]): string =>
  ['import asyncio', 'async def main():', ...lines.map((line) => `    ${line}`), 'asyncio.run(main())', ''].join('\n')

/** For each change a program that shows it. */
export const shown: Readonly<Record<keyof Switches, Shown>> = {
  closeGivesValue: {
    text: [
      'def generator():',
      '    try:',
      '        yield',
      '    except GeneratorExit:',
      "        return 'closed'",
      'g = generator()',
      'next(g)',
      'print(g.close())\n',
    ].join('\n'),
    before: ['None'],
    since: ['closed'],
  },
  generatorsAreNoCoroutines: {
    text: [
      'import asyncio',
      'def generator():',
      "    print('runs')",
      '    yield',
      'g = generator()',
      'print(asyncio.iscoroutine(g))',
      errorsOf('asyncio.run(g)'),
    ].join('\n'),
    before: ['True', 'runs', 'None'],
    since: ['False', "ValueError('a coroutine was expected, got <generator>')"],
  },
  getEventLoopGivesRunning: {
    text: [
      'import asyncio',
      'async def main():',
      '    print(asyncio.get_event_loop() == other)',
      'other = asyncio.new_event_loop()',
      'asyncio.set_event_loop(other)',
      'asyncio.new_event_loop().run_until_complete(main())\n',
    ].join('\n'),
    before: ['True'],
    since: ['False'],
  },
  getEventLoopMakesNone: {
    text: `import asyncio\n${errorsOf('asyncio.get_event_loop()', 'asyncio.get_event_loop() == asyncio.get_event_loop()')}`,
    before: ['<loop>', 'True'],
    since: Array.from({ length: 2 }, () => `RuntimeError("There is no current event loop in thread 'MainThread'.")`),
  },
  callLaterRefusesNone: {
    text: inMain(
      'loop = asyncio.get_running_loop()',
      'for schedule in (loop.call_later, loop.call_at):',
      '    try:',
      '        schedule(None, print)',
      '    except Exception as error:',
      '        print(repr(error))',
    ),
    before: [`TypeError("unsupported operand type(s) for +: 'float' and 'NoneType'")`, 'AssertionError()'],
    since: ["TypeError('delay must not be None')", "TypeError('when cannot be None')"],
  },
  cancelledErrorIsKept: {
    text: inMain(
      'task = asyncio.create_task(asyncio.sleep(5))',
      'await asyncio.sleep(1)',
      "task.cancel('enough')",
      'for attempt in range(2):',
      '    try:',
      '        await task',
      '    except asyncio.CancelledError as error:',
      '        print(repr(error))',
    ),
    before: ['CancelledError()', 'CancelledError()'],
    since: ["CancelledError('enough')", 'CancelledError()'],
  },
  createTaskNamesAtOnce: {
    text: inMain(
      "named = asyncio.create_task(asyncio.sleep(0), name='named')",
      'print(named.get_name(), asyncio.create_task(asyncio.sleep(0)).get_name())',
    ),
    before: ['named Task-3'],
    since: ['named Task-2'],
  },
  formatGroupsFractions: {
    text: errorsOf("f'{1.5:.,}'"),
    before: ["ValueError('Format specifier missing precision')"],
    since: [],
  },
  formatKnowsZ: {
    text: errorsOf("f'{-0.1:z.0f}'"),
    before: [`ValueError("Invalid format specifier 'z.0f' for object of type 'float'")`],
    since: ['0'],
  },
  gatherCountsDoneAtOnce: {
    text: inMain(
      'task = asyncio.create_task(asyncio.sleep(0))',
      'await task',
      'group = asyncio.gather(task)',
      'print(group.done())',
      'await group',
    ),
    before: ['False'],
    since: ['True'],
  },
  gatherGoesToRunningLoop: {
    text: [
      'import asyncio',
      'async def main():',
      '    alien = asyncio.new_event_loop().create_future()',
      '    try:',
      '        await asyncio.gather(alien)',
      '    except Exception as error:',
      '        print(repr(error))',
      'asyncio.run(main())',
      '',
    ].join('\n'),
    before: ["RuntimeError('Task <Task> got Future <_GatheringFuture> attached to a different loop')"],
    since: ["ValueError('The future belongs to a different loop than the one specified as the loop argument')"],
  },
  gatherOutlivesRefusal: {
    text: inMain(
      'future = asyncio.get_running_loop().create_future()',
      'try:',
      '    asyncio.gather(future, None)',
      'except TypeError:',
      '    future.set_result(1)',
      'await asyncio.sleep(0)',
      'print(future.result())',
    ),
    before: ['1'],
    since: ['1'],
  },
  gatherSaysNothing: {
    text: inMain(
      'future = asyncio.get_running_loop().create_future()',
      'future.cancel()',
      'print(await asyncio.gather(future, return_exceptions=True))',
    ),
    before: ['[CancelledError()]'],
    since: ["[CancelledError('')]"],
  },
  limitsDigits: {
    text: errorsOf('len(str(10 ** 4300))', "int('7' * 5000) % 10"),
    before: ['4301', '7'],
    since: [
      "ValueError('Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit')",
      "ValueError('Exceeds the limit (4300 digits) for integer string conversion: value has 5000 digits; use sys.set_int_max_str_digits() to increase the limit')",
    ],
  },
  runEndsExecutor: {
    text: inMain('print(7)'),
    before: ['7'],
    since: ['7'],
  },
  runMakesLoopFirst: {
    text: 'import asyncio\ntry:\n    asyncio.run(7)\nexcept Exception:\n    print(7)\n',
    before: ['7'],
    since: ['7'],
  },
  runTakesAwaitables: {
    text: [
      'import asyncio',
      'loop = asyncio.new_event_loop()',
      'future = loop.create_future()',
      'future.set_result(7)',
      ...errorsOf('asyncio.run(future)', 'asyncio.run(7)').split('\n'),
    ].join('\n'),
    before: ["ValueError('a coroutine was expected, got <Future>')", "ValueError('a coroutine was expected, got 7')"],
    since: ['7', "TypeError('An asyncio.Future, a coroutine or an awaitable is required')"],
  },
  sleepRefusesNaN: {
    text: inMain(
      'try:',
      "    print(await asyncio.sleep(float('nan')))",
      'except Exception as error:',
      '    print(repr(error))',
    ),
    before: ['None'],
    since: ["ValueError('Invalid delay: NaN (not a number)')"],
  },
  stopIterationEndsNoGenerator: {
    text: [
      'def generator():',
      '    yield 1',
      '    raise StopIteration(2)',
      'def outer():',
      '    print((yield from generator()))',
      errorsOf('list(outer())', 'list(generator())'),
    ].join('\n'),
    before: ['2', '[1]', '[1]'],
    since: Array.from({ length: 2 }, () => "RuntimeError('generator raised StopIteration')"),
  },
  stopIterationIsRuntimeError: {
    text: inMain(
      'future = asyncio.get_running_loop().create_future()',
      'try:',
      '    future.set_exception(StopIteration(7))',
      'except TypeError as error:',
      '    print(repr(error))',
      'else:',
      '    print(repr(future.exception()))',
    ),
    before: [`TypeError('StopIteration interacts badly with generators and cannot be raised into a Future')`],
    since: [`RuntimeError('StopIteration interacts badly with generators and cannot be raised into a Future')`],
  },
  textsCountUnpacked: {
    text: 'try:\n    a, b = [1, 2, 3]\nexcept Exception as error:\n    print(repr(error))\n',
    before: ["ValueError('too many values to unpack (expected 2)')"],
    since: ["ValueError('too many values to unpack (expected 2, got 3)')"],
  },
  textsHideWhatIsNotInList: {
    text: errorsOf('[].index(5)'),
    before: ["ValueError('5 is not in list')"],
    since: ["ValueError('list.index(x): x not in list')"],
  },
  textsNameFormat: {
    text: errorsOf("f'{1:qq}'"),
    before: ["ValueError('Invalid format specifier')"],
    since: [`ValueError("Invalid format specifier 'qq' for object of type 'int'")`],
  },
  textsNameIndexOfString: {
    text: errorsOf("'abc'['a']"),
    before: ["TypeError('string indices must be integers')"],
    since: [`TypeError("string indices must be integers, not 'str'")`],
  },
  textsQualifyFunctions: {
    text: 'def f():\n    def g():\n        pass\n    return g\ntry:\n    f()(1)\nexcept TypeError as error:\n    print(repr(error))\n',
    before: ["TypeError('g() takes 0 positional arguments but 1 was given')"],
    since: ["TypeError('f.<locals>.g() takes 0 positional arguments but 1 was given')"],
  },
  textsQualifyMethods: {
    text: inMain('try:', '    asyncio.current_task().done(1)', 'except TypeError as error:', '    print(repr(error))'),
    before: ["TypeError('done() takes no arguments (1 given)')"],
    since: ["TypeError('Task.done() takes no arguments (1 given)')"],
  },
  textsSayCannotAccess: {
    text: 'def f():\n    try:\n        x\n    except NameError as error:\n        print(repr(error))\n    x = 1\nf()\n',
    before: [`UnboundLocalError("local variable 'x' referenced before assignment")`],
    since: [`UnboundLocalError("cannot access local variable 'x' where it is not associated with a value")`],
  },
  textsSayCannotBeAwaited: {
    text: inMain('try:', '    await 7', 'except Exception as error:', '    print(repr(error))'),
    before: [`TypeError("object int can't be used in 'await' expression")`],
    since: [`TypeError("'int' object can't be awaited")`],
  },
  textsSayCannotUseAs: {
    text: errorsOf('{(1, []): 2}'),
    before: [`TypeError("unhashable type: 'list'")`],
    since: [`TypeError("cannot use 'tuple' as a dict key (unhashable type: 'list')")`],
  },
  textsSayContainer: {
    text: errorsOf('1 in 2'),
    before: [`TypeError("argument of type 'int' is not iterable")`],
    since: [`TypeError("argument of type 'int' is not a container or iterable")`],
  },
  textsSayDivisionByZero: {
    text: errorsOf('1 // 0', '1.0 // 0', '0.0 ** -1'),
    before: [
      "ZeroDivisionError('integer division or modulo by zero')",
      "ZeroDivisionError('float floor division by zero')",
      "ZeroDivisionError('0.0 cannot be raised to a negative power')",
    ],
    since: [
      "ZeroDivisionError('division by zero')",
      "ZeroDivisionError('division by zero')",
      "ZeroDivisionError('zero to a negative power')",
    ],
  },
  textsSayFloatModuloByZero: {
    text: errorsOf('1.0 % 0'),
    before: ["ZeroDivisionError('float modulo')"],
    since: ["ZeroDivisionError('float modulo by zero')"],
  },
  textsSayIntegerModulo: {
    text: errorsOf('1 % 0'),
    before: ["ZeroDivisionError('integer division or modulo by zero')"],
    since: ["ZeroDivisionError('integer modulo by zero')"],
  },
  textsSayIterableIsEmpty: {
    text: errorsOf('max([])', 'min(())'),
    before: ["ValueError('max() arg is an empty sequence')", "ValueError('min() arg is an empty sequence')"],
    since: ["ValueError('max() iterable argument is empty')", "ValueError('min() iterable argument is empty')"],
  },
  textsShowBlankNumeral: {
    text: errorsOf("float(' ')"),
    before: [`ValueError("could not convert string to float: ''")`],
    since: [`ValueError("could not convert string to float: ' '")`],
  },
  textsSuggestKeywords: {
    text: `def f(parameter):\n    pass\n${errorsOf('f(parametr=1)')}`,
    before: [`TypeError("f() got an unexpected keyword argument 'parametr'")`],
    since: [`TypeError("f() got an unexpected keyword argument 'parametr'. Did you mean 'parameter'?")`],
  },
  uncancelDropsCancellation: {
    text: inMain(
      'task = asyncio.current_task()',
      'task.cancel()',
      'print(task.uncancel())',
      'try:',
      '    await asyncio.sleep(0)',
      '    print("goes on")',
      'except asyncio.CancelledError:',
      '    print("cancelled")',
    ),
    before: ['0', 'cancelled'],
    since: ['0', 'goes on'],
  },
}
