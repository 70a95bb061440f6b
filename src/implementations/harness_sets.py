"""Sets in order of insertion, for the places where asyncio iterates over a set and so leaves the order unspecified."""
import functools
import weakref


class OrderedSet(set):
    """A set that iterates in order of insertion; stands under the name `set` in asyncio.tasks and taskgroups. What the
    operators make of it is a plain set."""

    def __init__(self, items=()):
        items = list(items)
        super().__init__(items)
        self._order = dict.fromkeys(items)

    def __iter__(self):
        size = len(self)
        for item in list(self._order):
            if len(self) != size:
                raise RuntimeError('Set changed size during iteration')
            yield item
        if len(self) != size:
            raise RuntimeError('Set changed size during iteration')

    def __repr__(self):
        return '{%s}' % ', '.join(map(repr, self._order)) if self._order else 'set()'

    def add(self, item):
        super().add(item)
        self._order[item] = None

    def discard(self, item):
        super().discard(item)
        self._order.pop(item, None)

    def pop(self):
        if not self:
            return super().pop()
        item = next(iter(self._order))
        self.discard(item)
        return item

    def update(self, *others):
        for other in others:
            for item in list(other):
                self.add(item)

    def __ior__(self, other):
        if not isinstance(other, (set, frozenset)):
            return NotImplemented
        self.update(other)
        return self

    def copy(self):
        return OrderedSet(self)


def in_order(name):
    """The method of a set that changes it, and behind it the order: what stays first, then what came."""
    change = getattr(set, name)

    @functools.wraps(change)
    def changed(self, *args):
        result = change(self, *args)
        kept = [item for item in self._order if set.__contains__(self, item)]
        self._order = dict.fromkeys(kept + list(set.__iter__(self)))
        return result
    return changed


for name in ('__iand__', '__isub__', '__ixor__', 'clear', 'difference_update', 'intersection_update', 'remove',
             'symmetric_difference_update'):
    setattr(OrderedSet, name, in_order(name))

OrderedSet.__name__ = OrderedSet.__qualname__ = 'set'


def waiting_in_order(wait, ensure_future):
    """tasks._wait and tasks.ensure_future of 3.10 and before, where wait makes a set of its own of the futures that it has
    ensured one after the other."""
    ensured = []  # weakly: who keeps futures changes when they are finalized

    @functools.wraps(ensure_future)
    def ensure(*args, **options):
        future = ensure_future(*args, **options)
        ensured.append(weakref.ref(future))
        return future

    @functools.wraps(wait)
    def ordered(futures, *args):
        last = [reference() for reference in ensured[len(ensured) - len(futures):]]
        ensured.clear()
        return wait(OrderedSet(last), *args)
    return ordered, ensure


class OrderedWeakSet:
    """What a loop needs of a weak set, in order of insertion; for its async generators."""

    def __init__(self):
        self._items = weakref.WeakKeyDictionary()

    def __len__(self):
        return len(self._items)

    def __iter__(self):
        return iter(list(self._items))

    def add(self, item):
        self._items[item] = None

    def discard(self, item):
        self._items.pop(item, None)

    def clear(self):
        self._items.clear()
