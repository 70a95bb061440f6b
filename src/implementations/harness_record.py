"""The record of one program: its clock, its counters, its events, and the close of its trace."""
from asyncio import events, tasks

from harness_texts import outcome_of


class Record:
    """Everything that belongs to the program that runs now, and what of it must be kept alive."""

    def __init__(self):
        self.start(0)

    def start(self, max_turns):
        """Begin the record of another program."""
        self.now = 0.0
        self.max_turns = max_turns
        self.turns = 0
        self.handles = 0
        self.names = 0
        self.loops = []
        self.tasks = []     # in order of creation; None while (or if never) constructed
        self.wrappers = []  # keeps the coroutines alive
        self.events = []
        self.trace = None   # set when the trace is closed
        self.script = None  # what the thread that runs will have done; None in the program's own
        self.pending = []   # what threads will have done: a heap of (time, number, act)
        self.acts = 0
        self.acting = False # whether a thread does something now

    def emit(self, event, **details):
        """Record an event, unless the trace is closed."""
        if self.trace is not None:
            return
        loop = events._get_running_loop()
        task = None if loop is None or self.acting else tasks.current_task(loop)
        self.events.append({
            'time': self.now,
            'turn': 0 if loop is None else loop.turn,
            'task': None if task is None else task.get_name(),
            'event': event,
            **details,
        })

    def close(self, verdict):
        """Close the trace with this verdict and the state of every task; only the first call counts."""
        if self.trace is not None:
            return
        made = [task for task in self.tasks if task is not None]
        final = [{'task': task.get_name(), 'outcome': outcome_of(task)} for task in made]
        self.trace = {'events': self.events, 'verdict': verdict, 'tasks': final}


record = Record()
