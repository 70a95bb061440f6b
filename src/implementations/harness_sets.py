"""Sets in order of insertion, for the places where asyncio iterates over a set and so leaves the order unspecified."""
import collections.abc
import functools
import weakref


class OrderedSet(collections.abc.MutableSet):
    """A set that iterates in order of insertion; stands under the name `set` in asyncio.tasks and taskgroups."""

    __class__ = property(lambda self: set)

    def __init__(self, items=()):
        items = list(items)
        set(items)  # what is unhashable is refused in the words of a set
        self._items = dict.fromkeys(items)

    def __contains__(self, item):
        return item in self._items

    def __iter__(self):
        size = len(self._items)
        for item in list(self._items):
            if len(self._items) != size:
                raise RuntimeError('Set changed size during iteration')
            yield item
        if len(self._items) != size:
            raise RuntimeError('Set changed size during iteration')

    def __len__(self):
        return len(self._items)

    def __repr__(self):
        return '{%s}' % ', '.join(map(repr, self._items)) if self._items else 'set()'

    def add(self, item):
        self._items[item] = None

    def discard(self, item):
        self._items.pop(item, None)

    def pop(self):
        if not self._items:
            raise KeyError('pop from an empty set')
        item = next(iter(self._items))
        self.discard(item)
        return item

    def update(self, *others):
        for other in others:
            self._items.update(dict.fromkeys(other))

    def union(self, *others):
        result = OrderedSet(self)
        result.update(*others)
        return result

    def difference(self, *others):
        return OrderedSet(item for item in self if not any(item in set(other) for other in others))

    def intersection(self, *others):
        return OrderedSet(item for item in self if all(item in set(other) for other in others))

    def copy(self):
        return OrderedSet(self)


OrderedSet.__name__ = OrderedSet.__qualname__ = 'set'


def waiting_in_order(wait, ensure_future):
    """tasks._wait and tasks.ensure_future of 3.10 and before, where wait makes a set of its own of the futures that it has
    ensured one after the other."""
    ensured = []

    @functools.wraps(ensure_future)
    def ensure(*args, **options):
        future = ensure_future(*args, **options)
        ensured.append(future)
        return future

    @functools.wraps(wait)
    def ordered(futures, *args):
        given, ensured[:] = OrderedSet(future for future in ensured if future in futures), []
        return wait(given, *args)
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
