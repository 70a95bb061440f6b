"""The judge's side inside CPython: runs a program in virtual time on asyncio's own BaseEventLoop and reports what
happened, in the vocabulary of src/trace/events.ts.

CPython 3.8 and later, native or embedded (Pyodide). One process runs many programs; each starts as in a fresh process.

    python3 harness.py file.py [MAX_TURNS]     prints the trace of one program as JSON
    python3 harness.py --serve                 JSON lines: {"text", "maxTurns"} in, {"trace"} out

What is not CPython's own: the selector and the clock, names and numbers, `print` and `time`, and the order in which
asyncio iterates over its sets (see harness_sets.py). Handles, futures, tasks, timers and locks are CPython's.
"""
import builtins
import contextvars
import gc
import io
import json
import logging
import math
import platform
import sys
import time
import types
import warnings
from asyncio import events, tasks

from harness_loop import RealTask, VirtualLoop, install
from harness_record import record
from harness_texts import normalised, raised
from harness_threads import in_time, pass_time

DEFAULT_MAX_TURNS = 10_000

# ---- what programs see -----------------------------------------------------------------------------------------------

real_print, real_sleep, real_strftime = builtins.print, time.sleep, time.strftime
sink = io.StringIO()  # stands for the program's standard output and error; only print is observed


def printed(*values, sep=None, end=None, file=None, flush=False):
    """print: one event a call; the text is joined by sep, with end behind it unless that is a newline."""
    target = sys.stdout if file is None else file
    if target is not sink:
        return real_print(*values, sep=sep, end=end, file=target)
    for name, value in (('sep', sep), ('end', end)):
        if value is not None and not isinstance(value, str):
            raise TypeError('%s must be None or a string, not %s' % (name, type(value).__name__))
    text = (' ' if sep is None else sep).join(map(str, values)) + ('' if end in (None, '\n') else end)
    text = normalised(text)
    in_time(lambda: record.emit('Printed', text=text))


printed.__name__ = printed.__qualname__ = 'print'


def slept(seconds):
    """time.sleep: holds the thread, so moves the clock of every loop; in a thread of an executor its own clock only."""
    if not (isinstance(seconds, (int, float)) and seconds >= 0):
        return real_sleep(seconds)  # raises
    if record.script is not None:
        record.now += seconds
    else:
        record.emit('Worked', seconds=seconds)
        pass_time(record.now + seconds)


slept.__name__ = slept.__qualname__ = 'sleep'


def now():
    """time.time, time.monotonic and time.perf_counter."""
    return record.now


def now_ns():
    """Their relatives in whole nanoseconds."""
    return int(record.now * 1e9)


def formatted(format, t=None):
    """time.strftime: without a time that of the clock, which began at the epoch. The zone is UTC."""
    return real_strftime(format, time.gmtime(record.now) if t is None else t)


formatted.__name__ = formatted.__qualname__ = 'strftime'


def shown(seconds=None):
    """time.ctime, likewise."""
    return time.asctime(time.gmtime(record.now if seconds is None else seconds))


shown.__name__ = shown.__qualname__ = 'ctime'


def patches():
    """(object, attribute, value) for the time of a program."""
    clocks = [(time, name, now) for name in ('time', 'monotonic', 'perf_counter')]
    clocks_ns = [(time, name, now_ns) for name in ('time_ns', 'monotonic_ns', 'perf_counter_ns')]
    return clocks + clocks_ns + [
        (time, 'sleep', slept), (time, 'strftime', formatted), (time, 'ctime', shown), (builtins, 'print', printed),
        (sys, 'stdin', io.StringIO()), (sys, 'stdout', sink), (sys, 'stderr', sink),
        (sys, 'unraisablehook', lambda *_: None),
    ]


# ---- running ---------------------------------------------------------------------------------------------------------

def new_policy():
    """A fresh event-loop policy that makes virtual loops."""
    base = getattr(events, '_BaseDefaultEventLoopPolicy', None) or events.BaseDefaultEventLoopPolicy
    return type('VirtualPolicy', (base,), {'_loop_factory': VirtualLoop})()


set_policy = getattr(events, '_set_event_loop_policy', None) or events.set_event_loop_policy


def run_program(source, max_turns=DEFAULT_MAX_TURNS):
    """Run the program's text as a fresh __main__ and return its trace."""
    record.start(max_turns)
    kept_loop, kept_main = events._get_running_loop(), sys.modules['__main__']
    kept = [(place, name, getattr(place, name)) for place, name, _ in patches()]
    hooks = sys.get_asyncgen_hooks()
    try:
        events._set_running_loop(None)
        for place, name, value in patches():
            setattr(place, name, value)
        gc.disable()
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')
            set_policy(new_policy())
            contextvars.Context().run(execute, source)
            trace = record.trace
            forget()
        return trace
    finally:
        gc.enable()
        for place, name, value in kept:
            setattr(place, name, value)
        sys.modules['__main__'] = kept_main
        sys.set_asyncgen_hooks(*hooks)
        events._set_running_loop(kept_loop)


def execute(source):
    """Execute the text and close the trace."""
    module = sys.modules['__main__'] = types.ModuleType('__main__')
    module.__builtins__ = builtins
    try:
        exec(compile(source, '<program>', 'exec', dont_inherit=True), module.__dict__)
        end({'kind': 'finished'})
    except BaseException as error:
        end(raised(error))


def end(verdict):
    """Close the trace once all threads have ended: the interpreter waits for them."""
    pass_time(math.inf)
    record.close(verdict)


def forget():
    """Drop all that the program made, while nothing is recorded any more and its output still goes nowhere."""
    set_policy(None)
    sys.modules['__main__'].__dict__.clear()
    for loop in record.loops:
        if not loop.is_running():
            loop.close()
    for kept in (record.loops, record.tasks, record.wrappers):
        kept.clear()
    gc.collect()
    sink.seek(0)
    sink.truncate()


def answer(source, max_turns=DEFAULT_MAX_TURNS):
    """The trace as JSON, in the form {"trace"}."""
    trace = run_program(source, max_turns)
    try:
        return json.dumps({'trace': trace}, allow_nan=False)
    except ValueError:
        return json.dumps({'trace': finite(trace)})


def finite(value):
    """The same data with {"float": "nan"} and the like for the numbers that JSON does not have."""
    if isinstance(value, dict):
        return {key: finite(each) for key, each in value.items()}
    if isinstance(value, list):
        return [finite(each) for each in value]
    return {'float': str(value)} if isinstance(value, float) and not math.isfinite(value) else value


def greeting():
    """What this is, as JSON: the version of Python, and whether tasks and futures are those written in C."""
    return json.dumps({'version': platform.python_version(), 'accelerated': RealTask is not tasks._PyTask})


def serve(requests, replies):
    """Answer JSON lines until the input ends; the first line out is the greeting."""
    replies.write(greeting() + '\n')
    replies.flush()
    for line in requests:
        request = json.loads(line)
        replies.write(answer(request['text'], request['maxTurns']) + '\n')
        replies.flush()


logging.disable(logging.CRITICAL)
install()
gc.collect()
gc.freeze()

if __name__ == '__main__':
    if sys.argv[1:] == ['--serve']:
        serve(sys.stdin, sys.stdout)
    else:
        with open(sys.argv[1], encoding='utf-8') as file:
            limits = [int(number) for number in sys.argv[2:]]
            real_print(json.dumps(run_program(file.read(), *limits)))
