"""The record of one program: its clock, its counters, its events, and the close of its trace."""
import gc
from asyncio import events, futures, tasks

from harness_texts import exception_text, outcome_of


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
        self.collected = []  # reports of futures that were garbage before the end
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
        reports = self.reports(made)  # to ask for an outcome is to retrieve it
        final = [{'task': task.get_name(), 'outcome': outcome_of(task)} for task in made]
        self.trace = {'events': self.events, 'verdict': verdict, 'tasks': final}
        if reports:
            self.trace['reports'] = reports

    def reports(self, made):
        """What garbage collection has reported and would report now, in order of the texts."""
        found = list(self.collected)
        for task in made:
            if not task.done() and task._log_destroy_pending:
                found.append(('Task was destroyed but it is pending!', task.get_name(), None))
        for future in [each for each in gc.get_objects() if issubclass(type(each), futures.Future)]:
            if future._log_traceback and future.get_loop() in self.loops:  # not what an earlier program has left
                message = '%s exception was never retrieved' % type(future).__name__
                found.append((message, future.get_name() if future in made else None, exception_text(future._exception)))
        found.sort(key=lambda report: '\n'.join(text or '' for text in report).encode('utf-16-be', 'surrogatepass'))
        return [{'message': message, 'task': task, 'exception': error} for message, task, error in found]


record = Record()
