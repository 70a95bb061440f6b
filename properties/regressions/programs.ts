/** A small program on which the model and CPython once differed. */
export interface Regression {
  readonly name: string
  /** What was wrong, and where. */
  readonly cause: string
  readonly text: string
  readonly prints: readonly string[]
  /** The build whose behaviour is outside the model. */
  readonly unmodelledOn?: string
}

const imports = 'import asyncio\n'

export const regressions: readonly Regression[] = [
  {
    name: 'a task that awaited itself cannot be awaited any more',
    cause: "model: CPython's futures in C stay blocked when a task refuses to wait for them",
    text: `${imports}
async def worker():
    for attempt in range(2):
        try:
            await asyncio.current_task()
        except RuntimeError as error:
            print(attempt, error)
async def main():
    await asyncio.create_task(worker())
asyncio.run(main())
`,
    prints: ['0 Task cannot await on itself: <Task>', "1 await wasn't used with future"],
  },
  {
    name: 'a future that a task of another loop awaited cannot be awaited any more',
    cause: "model: CPython's futures in C stay blocked when a task refuses to wait for them",
    text: `${imports}
async def main(future):
    try:
        await future
    except RuntimeError as error:
        print(error)
loop = asyncio.new_event_loop()
future = loop.create_future()
asyncio.run(main(future))
loop.run_until_complete(main(future))
`,
    prints: ['Task <Task> got Future <Future> attached to a different loop', "await wasn't used with future"],
  },
  {
    name: 'a quoted repr that holds a task has the quotes of the short text',
    cause: "harness: repr chose double quotes because of the task's name, which is cut",
    text: `${imports}
async def main():
    try:
        await asyncio.current_task()
    except RuntimeError as error:
        print(repr(error), [error])
asyncio.run(main())
`,
    prints: [
      "RuntimeError('Task cannot await on itself: <Task>') [RuntimeError('Task cannot await on itself: <Task>')]",
    ],
  },
  {
    name: 'the result of a future shows whole in its repr',
    cause: 'harness: reprlib cut the repr of a result in the middle, and the brackets no longer matched',
    text: `${imports}
async def child():
    pass
async def main():
    future = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(child())
    await task
    future.set_result(task)
    print(future, [future.result()])
asyncio.run(main())
`,
    prints: ['<Future> [<Task>]'],
  },
  {
    name: 'the cancel of a handle and of a timer as callbacks have their own names',
    cause: "harness: the watching class's name showed; model: a timer's handle was a Handle",
    text: `${imports}
async def main():
    loop = asyncio.get_running_loop()
    handle = loop.call_soon(print, 'soon')
    timer = loop.call_later(1, print, 'later')
    loop.call_soon(handle.cancel)
    loop.call_soon(timer.cancel)
    print(handle, timer)
    for cancel in [handle.cancel, timer.cancel]:
        try:
            cancel(1)
        except TypeError as error:
            print(error)
asyncio.run(main())
`,
    prints: [
      '<Handle> <TimerHandle>',
      'Handle.cancel() takes 1 positional argument but 2 were given',
      'TimerHandle.cancel() takes 1 positional argument but 2 were given',
      'soon',
    ],
  },
  {
    name: 'methods that take no arguments refuse them',
    cause: 'model: superfluous arguments were ignored',
    text: `${imports}
async def main():
    loop = asyncio.get_running_loop()
    task = asyncio.current_task()
    group = asyncio.gather(loop.create_future())
    for method in [task.done, group.cancelled, loop.stop, loop.time]:
        try:
            method(1)
        except TypeError as error:
            print(error)
    task.add_done_callback(task.result)
asyncio.run(main())
`,
    prints: [
      'Task.done() takes no arguments (1 given)',
      '_GatheringFuture.cancelled() takes no arguments (1 given)',
      'BaseEventLoop.stop() takes 1 positional argument but 2 were given',
      'BaseEventLoop.time() takes 1 positional argument but 2 were given',
    ],
  },
  {
    name: 'a new list is returned and awaited whole',
    cause: 'lowering: the world was read before the expression that adds the list to it',
    text: `${imports}
async def child():
    return [5]
async def main():
    print(await asyncio.create_task(child()))
    return [[1], 2]
print(asyncio.run(main()))
`,
    prints: ['[5]', '[[1], 2]'],
  },
  {
    name: 'a coroutine that awaits itself is executing, for another task it is being awaited',
    cause: 'model: only the second of the two was known',
    text: `${imports}
async def snake():
    try:
        await shared
    except ValueError as error:
        print(error)
    await asyncio.sleep(1)
async def other():
    try:
        await shared
    except RuntimeError as error:
        print(error)
async def first():
    await shared
async def main():
    global shared
    shared = snake()
    await asyncio.gather(first(), other())
    await other()
asyncio.run(main())
`,
    prints: [
      'coroutine already executing',
      'coroutine is being awaited already',
      'cannot reuse already awaited coroutine',
    ],
  },
  {
    name: 'a bound method of a gathering future has the name of its class',
    cause: 'model: it was a Future',
    text: `${imports}
async def main():
    group = asyncio.gather(asyncio.sleep(1))
    print(group, asyncio.gather())
    asyncio.get_running_loop().call_soon(group.set_result, 1)
    print(await group)
asyncio.run(main())
`,
    prints: ['<_GatheringFuture> <Future>', '1'],
  },
  {
    name: 'gather belongs to the loop of its first argument',
    cause: 'model: it belonged to the running loop, and refused other futures',
    text: `${imports}
async def main(alien):
    own = asyncio.get_running_loop().create_future()
    try:
        await asyncio.gather(alien, own)
    except ValueError as error:
        print(error)
    try:
        await asyncio.gather(alien)
    except RuntimeError as error:
        print(error)
asyncio.run(main(asyncio.new_event_loop().create_future()))
`,
    prints: [
      'The future belongs to a different loop than the one specified as the loop argument',
      'Task <Task> got Future <_GatheringFuture> attached to a different loop',
    ],
  },
  {
    name: 'children of a refused gather keep its callback',
    cause: 'model: children got the callback only once all arguments were accepted',
    text: `${imports}
async def child():
    print('child')
async def main():
    task = asyncio.create_task(child())
    try:
        asyncio.gather(task, None)
    except TypeError as error:
        print(error)
    await task
asyncio.run(main())
`,
    prints: ['An asyncio.Future, a coroutine or an awaitable is required', 'child'],
  },
  {
    name: 'a cancelled gather takes the words of its last argument',
    cause: 'model: it took those of the child that was done last; the loop variable of gather shadows it',
    text: `${imports}
async def child():
    await asyncio.sleep(9)
async def main():
    first = asyncio.create_task(child())
    last = asyncio.create_task(child())
    group = asyncio.gather(first, last, return_exceptions=True)
    await asyncio.sleep(1)
    last.cancel('last')
    await asyncio.sleep(1)
    group.cancel('group')
    try:
        await group
    except asyncio.CancelledError as error:
        print(repr(error))
asyncio.run(main())
`,
    prints: ["CancelledError('last')"],
  },
  {
    name: 'a future of a closed loop is done although its callbacks cannot be called',
    cause: 'model: what was raised undid the result',
    text: `${imports}
async def main():
    global future
    future = asyncio.get_running_loop().create_future()
    future.add_done_callback(print)
asyncio.run(main())
try:
    future.set_result(1)
except RuntimeError as error:
    print(error)
print(future.done(), future.cancel(), future.result())
`,
    prints: ['Event loop is closed', 'True False 1'],
  },
  {
    name: 'a callback of another loop is scheduled in the turn of the loop that runs',
    cause: 'model: the event had turn 0',
    text: `${imports}
async def main(alien):
    alien.add_done_callback(print)
    asyncio.get_running_loop().call_soon(alien.set_result, 1)
    await asyncio.sleep(1)
    print(alien.done())
asyncio.run(main(asyncio.new_event_loop().create_future()))
`,
    prints: ['True'],
  },
  {
    name: 'a task cancels itself after a sleep',
    cause: 'model: the sleep whose future is forgotten was still what the running task waited for',
    text: `${imports}
async def main():
    await asyncio.sleep(1)
    print(asyncio.current_task().cancel('me'))
    try:
        await asyncio.sleep(1)
    except asyncio.CancelledError as error:
        print(repr(error))
asyncio.run(main())
`,
    prints: ['True', "CancelledError('me')"],
  },
  {
    name: 'what is not callable is scheduled under the name of its class',
    cause: 'model: None was called null',
    text: `${imports}
async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(None)
    loop.call_soon(7)
    await asyncio.sleep(0)
asyncio.run(main())
print('done')
`,
    prints: ['done'],
  },
  {
    name: 'tasks that await each other deadlock',
    cause: 'harness: asyncio.run cancelled them after the deadlock, round and round, and the interpreter ended',
    text: `${imports}
async def wait(index):
    await tasks[index]
async def main():
    global tasks
    tasks = [asyncio.create_task(wait(1)), asyncio.create_task(wait(0))]
    print(await tasks[0])
asyncio.run(main())
`,
    prints: [],
  },
  {
    name: 'what cannot be shown is told by its class',
    cause: 'model: a repr that raised, at the end of a task, was an error of the loop',
    text: `${imports}
async def number():
    return 10 ** 5000
async def main():
    task = asyncio.create_task(number())
    await task
    print(task.done())
    raise ValueError(10 ** 5000)
try:
    asyncio.run(main())
except ValueError as error:
    print('raised')
`,
    prints: ['True', 'raised'],
  },
  {
    name: 'set_exception takes a class, and refuses what is no exception',
    cause: 'model: a class was outside the subset',
    text: `${imports}
async def main():
    future = asyncio.get_running_loop().create_future()
    try:
        future.set_exception(1)
    except TypeError as error:
        print(error)
    future.set_exception(ValueError)
    print(repr(future.exception()), isinstance(future, asyncio.Future))
asyncio.run(main())
`,
    prints: ['invalid exception object', 'ValueError() True'],
    // Its futures are written in Python, and keep what is no exception.
    unmodelledOn: 'cpython-3.10.2',
  },
  {
    name: 'of the methods of a gather only cancel is written in Python',
    cause: 'model: it was printed as a built-in method',
    text: `${imports}
async def main():
    group = asyncio.gather(asyncio.sleep(0))
    print(group.cancel, group.done)
    await group
asyncio.run(main())
`,
    prints: [
      '<bound method _GatheringFuture.cancel of <_GatheringFuture>> <built-in method done of _GatheringFuture object>',
    ],
  },
  {
    name: 'a handle that was dropped when its loop was closed can still be cancelled',
    cause: 'model: it was taken for one that had run',
    text: `${imports}
loop = asyncio.new_event_loop()
handle = loop.call_soon(print, 'never')
timer = loop.call_later(1, print, 'never')
loop.close()
handle.cancel()
timer.cancel()
print(handle.cancelled(), timer.cancelled())
`,
    prints: ['True True'],
  },
  {
    name: 'an asynchronous generator that was asked and never begun is closed when it is dropped',
    cause: 'model: only suspended generators were looked after',
    text: `${imports}
async def items():
    yield 1
async def main():
    items().asend(None)
    await asyncio.sleep(0)
    print([task.get_name() for task in asyncio.all_tasks()])
asyncio.run(main())
`,
    prints: ["['Task-1', 'Task-2']"],
  },
  {
    name: 'an exception is not reported where the loop is closed and refuses the callbacks',
    cause: 'model: the report was asked for before the callbacks were scheduled',
    text: `${imports}
loop = asyncio.new_event_loop()
future = loop.create_future()
future.add_done_callback(print)
loop.close()
try:
    future.set_exception(ValueError('unseen'))
except RuntimeError as error:
    print(error, future.done())
`,
    prints: ['Event loop is closed True'],
  },
  {
    name: 'a coroutine that raises StopIteration in its first step raises a RuntimeError',
    cause: 'model: it was taken for one into which StopIteration was thrown before it began',
    text: `${imports}
async def main():
    raise StopIteration(7)
try:
    asyncio.run(main())
except RuntimeError as error:
    print(error)
`,
    prints: ['coroutine raised StopIteration'],
  },
  {
    name: 'an exception of the program that is called back has the name of its class',
    cause: 'model: it was told as an exception, and a shield named the class below',
    text: `${imports}
class Gone(asyncio.CancelledError):
    pass
async def main():
    loop = asyncio.get_running_loop()
    loop.call_later(0, Gone())
    future = loop.create_future()
    asyncio.shield(future).cancel()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    future.set_exception(Gone())
    await asyncio.sleep(1)
    print('behind')
asyncio.run(main())
`,
    prints: ['behind'],
  },
  {
    name: 'yield from in a plain generator goes through what asend gives',
    cause: 'model: only coroutines and other generators were known to be delegated to',
    text: `${imports}
async def stream():
    got = yield 'first'
    await asyncio.sleep(1)
    yield got
def ask(items):
    first = yield from items.__anext__()
    second = yield from items.asend('second')
    third = yield from anext(items, 'none')
    return first, second, third
class Asking:
    def __await__(self):
        return ask(stream())
async def main():
    print(await Asking())
asyncio.run(main())
`,
    prints: ["('first', 'second', 'none')"],
  },
  {
    name: 'an event loop that is awaited has the name of its class',
    cause: 'harness: its loop was of a class of another name than that of CPython on Unix',
    text: `${imports}
async def main():
    try:
        [1][asyncio.get_running_loop()]
    except TypeError as error:
        print(error)
asyncio.run(main())
`,
    prints: ['list indices must be integers or slices, not _UnixSelectorEventLoop'],
  },
  {
    name: 'what a task has held when its traceback came to be need not be held by it later',
    cause: 'model: a traceback was taken to hold for ever what the tasks that its frames name held at that moment',
    text: `${imports}
async def items():
    await asyncio.sleep(0)
    yield
async def worker():
    async for item in items():
        pass
async def failing(other):
    await ''
async def main():
    global tasks
    goes_on = asyncio.create_task(worker())
    tasks = [goes_on, asyncio.create_task(failing(goes_on))]
asyncio.run(main())
print('ended')
`,
    prints: ['ended'],
  },
  {
    name: 'a task that closes an asynchronous generator when its loop ends may stay pending in silence',
    cause: 'model: gather makes these tasks, and nothing is said of those of its own when they are destroyed',
    text: `${imports}
async def items():
    try:
        await asyncio.sleep(0)
        yield 1
    finally:
        print('closed')
async def stopping():
    asyncio.get_running_loop().stop()
async def main():
    global stream
    stream = items()
    other = asyncio.create_task(stopping())
    await stream.__anext__()
try:
    asyncio.run(main())
except RuntimeError as error:
    print(error)
`,
    prints: ['Event loop stopped before Future completed.'],
  },
  {
    name: 'a shield that fails in its callback has asked for the exception of what it shields',
    cause: 'model: what went before an InvalidStateError was undone',
    text: `${imports}
async def fails():
    raise ValueError('shielded')
async def main():
    outer = asyncio.shield(fails())
    asyncio.get_running_loop().call_later(0, outer.set_exception, KeyError('outer'))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(outer)
asyncio.run(main())
`,
    prints: ['<Future>'],
  },
  {
    name: 'wait goes through its futures in order, whatever was made a future before (3.10)',
    cause: 'harness: a future that as_completed had ensured before came first',
    text: `${imports}
async def worker(name):
    return name
async def main():
    one, two = [asyncio.create_task(worker(name)) for name in ['one', 'two']]
    for completed in asyncio.as_completed([two]):
        print(await completed)
    done, pending = await asyncio.wait([one, two])
    print([task.result() for task in done])
asyncio.run(main())
`,
    prints: ['two', "['one', 'two']"],
  },
]
