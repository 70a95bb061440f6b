"""Threads in virtual time: what runs in an executor runs at once, to its end, on a clock of its own; what comes of it comes
when the common clock gets there.

While a thread runs, `time.sleep` moves its own clock only. What it prints and what it hands to `call_soon_threadsafe` is
written down with its time; so is its outcome. The clock moves while the selector waits and while the program's own thread
sleeps, and there all this happens, in the order of its times.
"""
import concurrent.futures
import contextvars
import heapq
import threading
from asyncio import events

from harness_record import record


def run_thread(function):
    """Run a function to its end as a thread that begins now."""
    began, loop = record.now, events._get_running_loop()
    record.script, kept = [], record.script
    events._set_running_loop(None)
    try:
        contextvars.Context().run(function)
    finally:
        events._set_running_loop(loop)
        record.now, script, record.script = began, record.script, kept
    for at, act in script:
        record.acts += 1
        heapq.heappush(record.pending, (at, record.acts, act))
    pass_time(began)


def in_time(act):
    """Act now or, in a thread, when its time has come."""
    if record.script is None:
        return act()
    record.script.append((record.now, act))


def pass_time(until, is_woken=lambda: False):
    """Move the clock, and let happen what threads do until then; no further than to where somebody is woken."""
    while record.pending and record.pending[0][0] <= until:
        record.now, _, act = heapq.heappop(record.pending)
        record.acting = True
        try:
            contextvars.Context().run(act)
        except RuntimeError:
            pass  # the loop is closed; nobody sees what a thread raises
        finally:
            record.acting = False
        if is_woken():
            until = record.now
    if until != float('inf'):
        record.now = until


class ThreadPoolExecutor(concurrent.futures.Executor):
    """Runs what it is given at once."""

    def __init__(self, max_workers=None, thread_name_prefix='', initializer=None, initargs=()):
        self._end = 0.0  # when its threads will have ended

    def submit(self, fn, /, *args, **kwargs):
        future = concurrent.futures.Future()
        future.set_running_or_notify_cancel()

        def work():
            try:
                result = fn(*args, **kwargs)
            except BaseException as error:
                in_time(lambda error=error: future.set_exception(error))
            else:
                in_time(lambda: future.set_result(result))
            self._end = max(self._end, record.now)

        self._start = lambda: run_thread(work)
        return future

    def start(self):
        """Begin what was submitted last: once somebody waits for it, else a short one would end unwatched."""
        self._start()

    def shutdown(self, wait=True, *, cancel_futures=False):
        if wait:
            record.now = max(record.now, self._end)


class Thread:
    """What `threading.Thread` is to asyncio."""

    def __init__(self, target, args=()):
        self._target, self._args, self._end = target, args, 0.0

    def start(self):
        run_thread(self._run)

    def _run(self):
        self._target(*self._args)
        self._end = record.now

    def join(self, timeout=None):
        pass_time(max(record.now, self._end))

    def is_alive(self):
        return record.now < self._end


class Threading:
    """The module `threading` as asyncio knows it."""
    Thread = Thread
    get_ident = staticmethod(threading.get_ident)
