"""Sets in order of insertion, for the places where asyncio iterates over a set and so leaves the order unspecified."""
import collections.abc
import weakref


class OrderedSet(collections.abc.MutableSet):
    """A set that iterates in order of insertion; stands under the name `set` in asyncio.tasks and taskgroups."""

    __class__ = property(lambda self: set)

    def __init__(self, items=()):
        self._items = dict.fromkeys(items)

    def __contains__(self, item):
        return item in self._items

    def __iter__(self):
        return iter(self._items)

    def __len__(self):
        return len(self._items)

    def __repr__(self):
        return '{%s}' % ', '.join(map(repr, self._items)) if self._items else 'set()'

    def add(self, item):
        self._items[item] = None

    def discard(self, item):
        self._items.pop(item, None)

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
