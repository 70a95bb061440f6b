/** The names with two underscores on both sides that the body of a class may define. */
export const specialNames: ReadonlySet<string> = new Set([
  ...['__doc__', '__init__', '__call__', '__iter__', '__next__', '__await__'],
  ...['__str__', '__repr__', '__bool__', '__len__', '__getitem__', '__setitem__', '__contains__'],
  ...['__eq__', '__lt__', '__le__', '__gt__', '__ge__'],
  ...['__enter__', '__exit__', '__aenter__', '__aexit__', '__aiter__', '__anext__'],
])

/** Whether Python itself may look for a name in a class. */
export const isSpecialName = (name: string): boolean => /^__\w+__$/.test(name)
