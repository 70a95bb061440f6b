import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { parse } from '../../src/program/parse.js'
import { run } from '../../src/program/run.js'
import { printedBy } from '../asyncio/tasks-at.js'
import { rule } from '../rule.js'

const begin = ['import asyncio, contextvars', "level = contextvars.ContextVar('level', default=-1)", 'contexts = []']

type Step = { readonly does: 'copy' | 'set' | 'run'; readonly index: number; readonly value: number }

const steps = fc.array(
  fc.record<Step>({ does: fc.constantFrom('copy', 'set', 'run'), index: fc.nat(3), value: fc.nat(9) }),
  { maxLength: 12 },
)

/** The program that takes these steps, and what it has to print: contexts are copies, each with a value of its own. */
const taken = (given: readonly Step[]) => {
  const lines: string[] = []
  const values: number[] = []
  let present = -1
  for (const { does, index, value } of given) {
    if (does === 'copy') {
      lines.push('contexts.append(contextvars.copy_context())')
      values.push(present)
    } else if (does === 'set' || index >= values.length) {
      lines.push(`level.set(${value})`)
      present = value
    } else {
      lines.push(`contexts[${index}].run(level.set, ${value})`)
      values[index] = value
    }
  }
  lines.push('print(level.get(), [context.run(level.get) for context in contexts])')
  return { text: [...begin, ...lines, ''].join('\n'), printed: `${present} [${values.join(', ')}]` }
}

describe(rule('copy_context'), () => {
  it.prop([steps])('each copy keeps to itself', (given) => {
    const { text, printed } = taken(given)
    expect(printedBy(text)).toEqual([printed])
  })
})

describe(rule('Context.run'), () => {
  it.prop([fc.nat(4), fc.boolean()])('what it calls is in it, however deep, and comes out of it', (depth, fails) => {
    const text = [
      ...begin,
      'def inner(depth):',
      '    level.set(depth)',
      '    if depth > 0:',
      '        contextvars.copy_context().run(inner, depth - 1)',
      '    print(level.get())',
      ...(fails ? ['    raise ValueError(depth)'] : []),
      'try:',
      `    contextvars.copy_context().run(inner, ${depth})`,
      'except ValueError:',
      '    pass',
      'print(level.get())',
      '',
    ].join('\n')
    const deep = Array.from({ length: depth + 1 }, (_, index) => `${index}`)
    expect(printedBy(text)).toEqual([...(fails ? deep.slice(0, 1) : deep), '-1'])
  })

  test('a context is entered once at a time', () => {
    const text = [
      ...begin,
      'context = contextvars.copy_context()',
      'try:',
      '    context.run(context.run, print)',
      'except RuntimeError as error:',
      '    print(error)',
      'context.run(print, 1)',
      '',
    ].join('\n')
    expect(printedBy(text)).toEqual(['cannot enter context: <_contextvars.Context object> is already entered', '1'])
  })

  test.each([
    ['context.run(lambda: context.copy())', 'what a context holds while code runs in it'],
    ['context.run(lambda: context[level])', 'what a context holds while code runs in it'],
    ['context.run(level.reset, level.set(1))', 'reset() in another context'],
  ])('outside the model: %s', (line, reason) => {
    const { verdict } = run(parse([...begin, 'context = contextvars.copy_context()', line, ''].join('\n')))
    expect(verdict).toMatchObject({ kind: 'unmodelled', reason: `${reason} is not in the modelled subset` })
  })

  test('a coroutine that is made in a context runs in that of its task', () => {
    const text = [
      ...begin,
      'async def read():',
      '    return level.get()',
      'async def main():',
      '    context = contextvars.copy_context()',
      '    context.run(level.set, 1)',
      '    print(await context.run(read), await context.run(asyncio.create_task, read()))',
      'asyncio.run(main())',
      '',
    ].join('\n')
    expect(printedBy(text)).toEqual(['-1 1'])
  })
})
