import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { pythonAt } from '../../src/asyncio/versions.js'
import { setExceptionHandler } from '../../src/loop/exception-handler.js'
import { close } from '../../src/loop/loops.js'
import { parse } from '../../src/program/parse.js'
import { run } from '../../src/program/run.js'
import { idleWorld } from '../loop/worlds.js'
import { rule } from '../rule.js'

const traceOf = (python: string, ...lines: readonly string[]) =>
  run(parse(['import asyncio', ...lines, ''].join('\n')), { python: pythonAt(python) })

/** What is printed and reported, in order. */
const heard = (python: string, ...lines: readonly string[]): readonly string[] =>
  traceOf(python, ...lines).events.flatMap((event) =>
    event.event === 'Printed' ? [event.text] : event.event === 'ExceptionReported' ? [`! ${event.message}`] : [],
  )

const versions = fc.constantFrom('3.10.2', '3.11.3', '3.12.7', '3.13.2', '3.14.2')

const failing = ['def fails():', "    raise ValueError('callback')"]

const onLoop = (...lines: readonly string[]): readonly string[] => [
  'loop = asyncio.new_event_loop()',
  'loop.set_exception_handler(handler)',
  ...lines,
]

describe(rule('set_exception_handler'), () => {
  test('each loop has its own, and keeps it when it is closed', () => {
    const handler = { kind: 'builtin', name: 'print' } as const
    const set = setExceptionHandler(idleWorld, 1, handler)
    expect(set.loop.exceptionHandler).toBe(handler)
    expect(set.otherLoops.map(({ exceptionHandler }) => exceptionHandler)).toEqual(set.otherLoops.map(() => null))
    expect(setExceptionHandler(set, 1, null)).toEqual(idleWorld)
    expect(close({ ...set, loop: { ...set.loop, running: false } }, 1).loop.exceptionHandler).toBe(handler)
  })

  it.prop([versions, fc.constantFrom('7', "'text'", '[]', '{}', '()', '1.5', 'True')])(
    'what is no callable is refused',
    (python, value) => {
      const tried = [
        'try:',
        `    asyncio.new_event_loop().set_exception_handler(${value})`,
        'except TypeError as error:',
      ]
      const [told] = heard(python, ...tried, '    print(error)')
      expect(told).toBe(`A callable object or None is expected, got ${value}`)
    },
  )
})

describe(rule('call_exception_handler'), () => {
  it.prop([versions])('a failed callback is told before the next one runs', (python) => {
    const handler = ['def handler(loop, context):', "    print(repr(context['exception']))"]
    const lines = onLoop('loop.call_soon(fails)', "loop.call_soon(print, 'next')", 'loop.call_soon(loop.stop)')
    const reported = '! Exception in callback fails'
    expect(heard(python, ...failing, ...handler, ...lines, 'loop.run_forever()')).toEqual([
      reported,
      "ValueError('callback')",
      'next',
    ])
    const unheard = lines.filter((line) => !line.includes('set_exception_handler'))
    expect(heard(python, ...failing, ...unheard, 'loop.run_forever()')).toEqual([reported, 'next'])
  })

  it.prop([versions, fc.constantFrom('KeyError', 'asyncio.CancelledError', 'GeneratorExit')])(
    'a handler that fails is told of in its turn, and the caller goes on',
    (python, type) => {
      const handler = ['def handler(loop, context):', `    raise ${type}(1)`]
      const lines = onLoop("loop.call_exception_handler({'message': 'asked'})", "print('on')")
      const told = ['! asked', '! Unhandled error in exception handler', 'on']
      expect(heard(python, ...handler, ...lines)).toEqual(told)
    },
  )

  it.prop([versions, fc.constantFrom('SystemExit', 'KeyboardInterrupt')])(
    'SystemExit and KeyboardInterrupt leave the handler and the loop; what was ready waits for the next run',
    (python, type) => {
      const handler = ['def handler(loop, context):', `    raise ${type}`]
      const lines = onLoop('loop.call_soon(fails)', "loop.call_soon(print, 'next')", 'loop.call_soon(loop.stop)')
      const tried = ['try:', '    loop.run_forever()', `except ${type}:`, "    print('left')", 'loop.run_forever()']
      const told = ['! Exception in callback fails', 'left', 'next']
      expect(heard(python, ...failing, ...handler, ...lines, ...tried)).toEqual(told)
    },
  )

  it.prop([versions])('without a message it is told so', (python) => {
    expect(heard(python, 'asyncio.new_event_loop().call_exception_handler({})')).toEqual([
      '! Unhandled exception in event loop',
    ])
  })

  it.prop([versions, fc.boolean()])('it runs in the context of a task since 3.12, and changes it', (python, isOwn) => {
    const lines = [
      'import contextvars',
      "level = contextvars.ContextVar('level', default='around')",
      'def handler(loop, context):',
      '    print(level.get())',
      "    level.set('handler')",
      'async def sets():',
      "    level.set('task')",
      '    await asyncio.sleep(1)',
      '    print(level.get())',
      'async def main():',
      '    loop = asyncio.get_running_loop()',
      '    loop.set_exception_handler(handler)',
      '    task = asyncio.create_task(sets())',
      '    await asyncio.sleep(0)',
      `    loop.call_exception_handler({'message': 'm', 'task': ${isOwn ? 'asyncio.current_task()' : 'task'}})`,
      '    print(level.get())',
      '    await task',
      'asyncio.run(main())',
    ]
    const { exceptionHandlersGetContext } = pythonAt(python)
    const own = ['! m', '! Unhandled error in exception handler', 'around', 'task']
    const others = ['! m', 'task', 'around', 'handler']
    const before = ['! m', 'around', 'handler', 'task']
    expect(heard(python, ...lines)).toEqual(exceptionHandlersGetContext ? (isOwn ? own : others) : before)
  })

  test('what only asyncio is told of, or in its words, is unmodelled', () => {
    const handler = ['def handler(loop, context):', '    pass']
    for (const message of ['Task was destroyed', 'Future exception was never retrieved', 'Exception in callback f']) {
      const { verdict } = traceOf(
        '3.13.2',
        ...handler,
        ...onLoop(`loop.call_exception_handler({'message': '${message}'})`),
      )
      expect(verdict).toMatchObject({ kind: 'unmodelled' })
    }
    const goesRound = ['def handler(loop, context):', '    loop.call_exception_handler(context)']
    expect(traceOf('3.13.2', ...goesRound, ...onLoop("loop.call_exception_handler({'message': 'm'})")).verdict).toEqual(
      {
        kind: 'unmodelled',
        reason: 'an exception handler that goes round',
      },
    )
  })
})
