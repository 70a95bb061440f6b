"""Texts that are the same in every process and version: reprs, messages, names of callbacks, outcomes."""
import asyncio
import functools
import re

OPENING = re.compile(
    r'<(?:(?P<short>Task|Future|_GatheringFuture|Handle|TimerHandle|(?P<loop>_UnixSelectorEventLoop)) '
    r'|(?P<object>coroutine|async_generator|generator) object |(?P<function>function) '
    r'|asyncio\.locks\.(?P<lock>Lock|Event|Condition|Semaphore|BoundedSemaphore|Barrier) object )')

TOKEN = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[<>]""", re.DOTALL)
# A literal that Python has put in double quotes for the sake of an object's repr; CUT marks where that was.
CUT = '\ue000'
REQUOTED = re.compile(r'(?<=[(\[ ])"([^"\'\\]*)"(?=[,)\]])')
ADDRESS = re.compile(' at (?:0x[0-9a-fA-F]+|<program>:[0-9]+)')


def normalised(text):
    """The text without addresses, and with objects of the scheduler cut to their kind: '<Task …>' to '<Task>'."""
    parts, start = [], 0
    while True:
        match = OPENING.search(text, start)
        if match is None:
            parts.append(text[start:])
            return re.sub(ADDRESS, '', requoted(''.join(parts)))
        end = closing(text, match.start())
        if end is None:
            parts.append(text[start:match.end()])
            start = match.end()
            continue
        parts.append(text[start:match.start()])
        if match['function']:
            name = re.sub(ADDRESS, '', text[match.end():end - 1])
            parts.append('<function %s>' % last_name(name))
        else:
            kind = 'loop' if match['loop'] else match['short'] or match['object'] or match['lock']
            parts.append(CUT + '<%s>' % kind)
        start = end


def requoted(text):
    """The text with the quotes that its literals have now that the objects in them are cut short."""
    if CUT not in text:
        return text
    quoted = REQUOTED.sub(lambda literal: "'%s'" % literal[1] if CUT in literal[1] else literal[0], text)
    return quoted.replace(CUT, '')


def closing(text, start):
    """The position behind the '>' that closes the '<' at start, or None; angles in quoted strings do not count."""
    depth = 0
    for token in TOKEN.finditer(text, start):
        depth += (token[0] == '<') - (token[0] == '>')
        if depth == 0:
            return token.end()
    return None


def last_name(qualname):
    """'main.<locals>.f' is f."""
    return qualname.rpartition('<locals>.')[2]


def text_of(value):
    """The normalised repr of a value."""
    try:
        return normalised(repr(value))
    except Exception:
        return '<%s>' % type(value).__name__


def exception_text(error):
    """The normalised repr of an exception; of a SyntaxError the message only."""
    if isinstance(error, SyntaxError):
        return '%s(%r)' % (type(error).__name__, error.msg)
    return text_of(error)


def callback_name(callback):
    """A stable name: the same in every version, for C and for Python tasks."""
    while isinstance(callback, functools.partial):
        callback = callback.func
    kind = type(callback).__name__
    name = getattr(callback, '__qualname__', kind)
    if kind == 'TaskStepMethWrapper':
        return 'Task.__step'
    if kind == 'TaskWakeupMethWrapper' or name.endswith(('TaskWakeupMethWrapper', 'Task.task_wakeup')):
        return 'Task.__wakeup'
    if kind == 'method' and isinstance(callback.__self__, asyncio.Future):  # written in Python, and perhaps inherited
        return '%s.%s' % (type(callback.__self__).__qualname__, callback.__name__)
    if name == '_gather.<locals>._done_callback':  # 3.8 and 3.9
        return name[1:]
    return last_name(name) if getattr(callback, '__module__', None) == '__main__' else name


def outcome_of(task):
    """How a task stands, read without raising."""
    if not task.done():
        return {'kind': 'pending'}
    if task.cancelled():
        return {'kind': 'cancelled'}
    error = task.exception()
    return returned(task.result()) if error is None else raised(error)


def returned(value):
    """The outcome of a value."""
    return {'kind': 'returned', 'value': text_of(value)}


def raised(error):
    """The outcome (or verdict) of an exception."""
    return {'kind': 'raised', 'exception': exception_text(error)}
