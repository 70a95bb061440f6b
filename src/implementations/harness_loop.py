"""asyncio's own loop over a moving clock, with its handles and its tasks' coroutines watched."""
import asyncio
import collections.abc
import concurrent.futures
import contextvars
import functools
import math
import sys
from asyncio import base_events, base_futures, coroutines, events, format_helpers, tasks

from harness_record import record
from harness_sets import OrderedSet, OrderedWeakSet, waiting_in_order
from harness_texts import callback_name, exception_text, normalised, raised, returned
from harness_threads import Threading, ThreadPoolExecutor, in_time, pass_time

CLOCK_RESOLUTION = 2.0 ** -20


class WholeRepr:
    """Stands for the module reprlib where futures show their results."""
    repr = repr


class Aborted(BaseException):
    """Leaves the selector once the trace is closed; nothing after it is recorded."""


def in_order_of_creation(all_tasks):
    """all_tasks, whose result iterates in order of creation. Once the trace is closed there are none: who would tear the
    loop down has nothing to cancel, as to cancel tasks that await each other in a circle would end the interpreter."""
    @functools.wraps(all_tasks)
    def ordered(loop=None):
        found = set() if record.trace is not None else all_tasks(loop)
        return OrderedSet([task for task in record.tasks if task in found] + list(found))
    return ordered


class WatchedHandle:
    """Adds a number to a handle, and reports its creation, its run and its cancellation."""

    __slots__ = ()

    def _created(self, event, callback, **details):
        record.handles += 1
        self._number, self._begun, self._name = record.handles, False, callback_name(callback)
        record.emit(event, handle=self._number, callback=self._name, **details)

    def _run(self):
        self._begun = True
        record.emit('HandleBegan', handle=self._number)
        try:
            super()._run()
        finally:
            record.emit('HandleEnded', handle=self._number)


def watched_cancel(base):
    """The method `cancel` of a class of handles, watched, under its own name."""
    @functools.wraps(base.cancel)
    def cancel(self):
        if not self._cancelled and not self._begun:
            record.emit('HandleCancelled', handle=self._number)
        base.cancel(self)
    cancel.__qualname__ = cancel.__qualname__.replace('_ThreadSafeHandle', 'Handle')  # 3.14; its name is no contract
    return cancel


def watched(base):
    """The class of handles, watched."""
    class Handle(WatchedHandle, base):
        __slots__ = ('_number', '_begun', '_name')
        cancel = watched_cancel(base)

        def __init__(self, callback, args, loop, context=None):
            super().__init__(callback, args, loop, context)
            self._created('HandleScheduled', callback)
    return Handle


class TimerHandle(WatchedHandle, events.TimerHandle):
    __slots__ = ('_number', '_begun', '_name')
    cancel = watched_cancel(events.TimerHandle)

    def __init__(self, when, callback, args, loop, context=None):
        super().__init__(when, callback, args, loop, context)
        self._created('TimerScheduled', callback, when=when)


class WatchedCoroutine(collections.abc.Coroutine):
    """Forwards to a task's coroutine, and reports each of its steps."""

    def __init__(self, inner):
        self._inner = inner
        self._index = len(record.tasks)  # of its task
        self._started = False
        record.tasks.append(None)
        record.wrappers.append(self)

    def __getattr__(self, name):  # __name__, __qualname__, cr_frame …
        return getattr(self._inner, name)

    def __repr__(self):
        return repr(self._inner)

    def __await__(self):
        return self._inner.__await__()

    def send(self, value):
        return self._step(self._inner.send, value)

    def throw(self, *error):
        return self._step(self._inner.throw, *error)

    def close(self):
        return self._inner.close()

    def _step(self, resume, *args):
        if self._started:
            record.emit('TaskResumed')
        else:
            self._started = True
            record.tasks[self._index] = tasks.current_task()  # an eager task starts before its constructor returns
            record.emit('TaskStarted')
        try:
            yielded = resume(*args)
        except StopIteration as stop:
            record.emit('TaskEnded', outcome=returned(stop.value))
            raise
        except BaseException as error:
            record.emit('TaskEnded', outcome=raised(error))
            raise
        record.emit('TaskPaused')
        return yielded


class Selector:
    """Waits by moving the clock."""

    def __init__(self, loop):
        self._loop = loop

    def select(self, timeout):
        if record.trace is not None:
            raise Aborted
        self._loop.turn += 1
        record.turns += 1
        if record.turns > record.max_turns:
            record.close({'kind': 'turn limit', 'turns': record.max_turns})
            raise Aborted
        limit = math.inf if timeout is None else record.now + max(timeout, 0)
        pass_time(limit, lambda: self._loop._ready)
        if timeout is None and not self._loop._ready:
            record.close({'kind': 'deadlock', 'waiting': waiting(self._loop)})
            raise Aborted
        record.emit('TurnBegan', loop=self._loop.number)
        return []

    def close(self):
        pass


def waiting(loop):
    """Every pending task of the loop and what it waits for."""
    pending = [task for task in record.tasks if task is not None and not task.done() and task.get_loop() is loop]
    return [{'task': task.get_name(), 'on': kind_of(task._fut_waiter)} for task in pending]


def kind_of(waiter):
    """The name of a task, or what kind of future this is."""
    if waiter is None:
        return 'nothing'
    if isinstance(waiter, RealTask):
        return waiter.get_name()
    return 'gather' if isinstance(waiter, tasks._GatheringFuture) else 'future'


class VirtualLoop(base_events.BaseEventLoop):
    """CPython's own loop over the moving clock."""

    def __init__(self):
        self.turn = 0
        super().__init__()
        self._selector = Selector(self)
        self._clock_resolution = CLOCK_RESOLUTION
        self._asyncgens = OrderedWeakSet()
        record.loops.append(self)
        self.number = len(record.loops)
        record.emit('LoopCreated', loop=self.number)

    def time(self):
        return record.now

    def call_soon_threadsafe(self, callback, *args, context=None):
        self._check_closed()
        context = contextvars.copy_context() if context is None else context
        call = super().call_soon_threadsafe
        return in_time(lambda: call(callback, *args, context=context))

    def run_in_executor(self, executor, func, *args):
        future = super().run_in_executor(executor, func, *args)
        (self._default_executor if executor is None else executor).start()
        return future

    def _process_events(self, event_list):
        pass

    def _write_to_self(self):
        pass

    def close(self):
        open_before = not self.is_closed()
        super().close()
        if open_before:
            record.emit('LoopClosed', loop=self.number)

    def call_exception_handler(self, context):
        message = context.get('message') or 'Unhandled exception in event loop'
        if message.endswith('was never retrieved') or message.startswith('Task was destroyed'):
            if record.trace is None and self in record.loops and 'exception' in context:  # comes at garbage collection
                record.collected.append((message, None, exception_text(context['exception'])))
            return
        if message.startswith('Exception in callback ') and isinstance(context.get('handle'), WatchedHandle):
            message = 'Exception in callback ' + context['handle']._name
        error = context.get('exception')
        record.emit('ExceptionReported', message=normalised(message),
                    exception=None if error is None else exception_text(error))
        super().call_exception_handler(context)

    def default_exception_handler(self, context):
        if context.get('message') == 'Unhandled error in exception handler':
            record.emit('ExceptionReported', message=context['message'], exception=exception_text(context['exception']))
        super().default_exception_handler(context)


NAMES = 'call_exception_handler', 'call_soon_threadsafe', 'close', 'default_exception_handler', 'run_in_executor', 'time'
for name in NAMES:  # as errors and reprs tell them
    getattr(VirtualLoop, name).__qualname__ = 'BaseEventLoop.' + name
VirtualLoop.__name__ = VirtualLoop.__qualname__ = '_UnixSelectorEventLoop'


class WatchedTask(type):
    """The class of the class `asyncio.Task` that programs and asyncio see: its instances are CPython's own tasks."""

    def __call__(cls, coro, **options):
        """A task over the watched coroutine, with a name counted per program."""
        if not coroutines.iscoroutine(coro):
            return RealTask(coro, **options)
        name = options.get('name')
        if name is None:
            record.names += 1
            options['name'] = name = 'Task-%d' % record.names
        wrapper = WatchedCoroutine(coro)
        record.emit('TaskCreated', created=str(name))
        task = record.tasks[wrapper._index] = RealTask(wrapper, **options)
        return task

    def __instancecheck__(cls, value):
        return isinstance(value, RealTask)

    def __getattr__(cls, name):
        return getattr(RealTask, name)

    def __getitem__(cls, item):
        return RealTask[item]

    def __repr__(cls):
        return repr(RealTask)


RealTask = tasks.Task
Task = WatchedTask('Task', (), {})


def install():
    """Let asyncio make watched handles, iterate over sets in order, list tasks in order of creation, show results whole."""
    events.TimerHandle = TimerHandle
    events.Handle = watched(events.Handle)
    if hasattr(events, '_ThreadSafeHandle'):  # 3.14
        events._ThreadSafeHandle = watched(events._ThreadSafeHandle)
    asyncio.all_tasks = tasks.all_tasks = in_order_of_creation(tasks.all_tasks)
    asyncio.Task = tasks.Task = Task
    if hasattr(tasks, 'eager_task_factory'):  # 3.12
        asyncio.eager_task_factory = tasks.eager_task_factory = tasks.create_eager_task_factory(Task)
    base_events.threading = Threading
    concurrent.futures.ThreadPoolExecutor = ThreadPoolExecutor
    tasks.set = OrderedSet
    if sys.version_info < (3, 11):
        tasks._wait, tasks.ensure_future = waiting_in_order(tasks._wait, tasks.ensure_future)
    base_futures.reprlib = format_helpers.reprlib = WholeRepr  # else reprs are cut in the middle: no longer nested
    if hasattr(asyncio, 'taskgroups'):  # 3.11
        asyncio.taskgroups.set = OrderedSet
