import type { history } from '../../src/program/history.js'

/** A text that needs a feature and nothing newer, and where. Before `from` something else of it is refused. */
type EraText = readonly [text: string, line: number, column: number, from?: string]

/** A text for each feature that has come. */
export const ERA_TEXTS: Readonly<Record<keyof typeof history, EraText>> = {
  'yield from': ['def f():\n    yield from x', 2, 5],
  asyncio: ['x = 1\nimport time, asyncio', 2, 1],
  'async def': ['async def f():\n    pass', 1, 1],
  'async comprehension in a comprehension': [
    'async def f():\n    return [[x async for x in y] for z in w]',
    2,
    16,
    '3.6',
  ],
  'async for': ['async def f():\n    async for x in y: pass', 2, 5, '3.5'],
  'async with': ['async def f():\n    async with x: pass', 2, 5, '3.5'],
  await: ['async def f():\n    await x', 2, 5, '3.5'],
  'argument behind a starred one': ['x = f(*a, b)', 1, 5],
  'dict in a dict': ['x = {1: 2, **{}}', 1, 5],
  'f-string': ["x = 1 + f'{x}'", 1, 9],
  'number with underscores': ['x = 1_000', 1, 5],
  'annotated variable': ['x: int = 1', 1, 2],
  'await in a comprehension': ['async def f():\n    return [await x for x in y]', 2, 13, '3.5'],
  'async comprehension': ['async def f():\n    return [x async for x in y]', 2, 15],
  'asynchronous generator': ['async def f():\n    yield', 2, 5],
  'await in an f-string': ["async def f():\n    return f'{await x}'", 2, 15, '3.6'],
  typing: ['import typing', 1, 1],
  contextvars: ['import contextvars', 1, 1],
  'continue in finally': ['for x in y:\n    try:\n        pass\n    finally:\n        if x: continue', 5, 15],
  'starred element': ['x = [*y]', 1, 6],
  'assignment expression': ['x = (y := 1)', 1, 6],
  "'=' in an f-string": ["x = f'{y=}'", 1, 9, '3.6'],
  'except*': ['try:\n    pass\nexcept* E:\n    pass', 1, 1],
  'any f-string': ["x = f'{a['b']}'", 1, 7],
}
