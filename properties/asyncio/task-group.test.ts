import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { rule } from '../rule.js'
import { inMain, printedBy } from './tasks-at.js'

const child = [
  'async def child(index, delay, fails):',
  '    try:',
  '        await asyncio.sleep(delay)',
  '    except asyncio.CancelledError:',
  "        print('cancelled', index)",
  '        raise',
  '    if fails:',
  '        raise ValueError(index)',
  "    print('ended', index)",
]

interface Member {
  readonly delay: number
  readonly fails: boolean
}

const members = fc.array(fc.record<Member>({ delay: fc.nat(4), fails: fc.boolean() }), { minLength: 1, maxLength: 6 })

const created = (all: readonly Member[]): readonly string[] =>
  all.map(({ delay, fails }, index) => `    group.create_task(child(${index}, ${delay}, ${fails ? 'True' : 'False'}))`)

const caught = [
  'except ExceptionGroup as errors:',
  "    print('errors', sorted([error.args[0] for error in errors.exceptions]))",
  "print('at', asyncio.get_running_loop().time(), asyncio.current_task().cancelling())",
]

describe(`${rule('TaskGroup.__aexit__')} and ${rule('TaskGroup: done callback')}`, () => {
  it.prop([members, fc.constantFrom('3.11.3', '3.12.7', '3.13.2', '3.14.2')])(
    'all that fail with the first are in the group, in their order; the others are cancelled',
    (all, python) => {
      const text = inMain(
        child,
        'try:',
        '    async with asyncio.TaskGroup() as group:',
        ...created(all).map((line) => `    ${line}`),
        '        await asyncio.sleep(9)',
        ...caught,
      )
      const lines = printedBy(text, python)
      const first = Math.min(...all.map(({ delay, fails }) => (fails ? delay : 9)))
      const indices = [...all.keys()]
      const failing = indices.filter((index) => all[index]?.fails && all[index]?.delay === first)
      const before = indices.filter((index) => !all[index]?.fails && (all[index]?.delay ?? 0) < first)
      const late = indices.filter((index) => (all[index]?.delay ?? 0) > first)
      expect(lines.filter((line) => line.startsWith('errors'))).toEqual(
        failing.length === 0 ? [] : [`errors [${failing.join(', ')}]`],
      )
      for (const index of before) expect(lines).toContain(`ended ${index}`)
      expect(lines.filter((line) => line.startsWith('cancelled'))).toEqual(late.map((index) => `cancelled ${index}`))
      expect(lines.at(-1)).toBe(`at ${first}.0 0`)
    },
  )

  it.prop([members])('without a failure it takes as long as its longest task', (all) => {
    const fine = all.map(({ delay }) => ({ delay, fails: false }))
    const lines = printedBy(
      inMain(
        child,
        'async with asyncio.TaskGroup() as group:',
        ...created(fine),
        'print(asyncio.get_running_loop().time())',
      ),
    )
    expect(lines.at(-1)).toBe(`${Math.max(...all.map(({ delay }) => delay))}.0`)
    expect(lines).toHaveLength(all.length + 1)
  })
})

describe(rule('TaskGroup._abort'), () => {
  it.prop([members, fc.nat(4)])('an error of the body cancels who has not ended, in their order', (all, delay) => {
    const fine = all.map((member) => ({ delay: member.delay, fails: false }))
    const lines = printedBy(
      inMain(
        child,
        'try:',
        '    async with asyncio.TaskGroup() as group:',
        ...created(fine).map((line) => `    ${line}`),
        `        await asyncio.sleep(${delay}.5)`,
        "        raise ValueError('body')",
        ...caught,
      ),
    )
    const late = [...all.keys()].filter((index) => (all[index]?.delay ?? 0) > delay)
    expect(lines.filter((line) => line.startsWith('cancelled'))).toEqual(late.map((index) => `cancelled ${index}`))
    expect(lines.slice(-2)).toEqual(["errors ['body']", `at ${delay}.5 0`])
  })

  it.prop([fc.nat(3), fc.constantFrom('3.11.3', '3.12.7', '3.14.2')])(
    'a cancellation from outside goes on, and stays counted',
    (delay, python) => {
      const lines = printedBy(
        inMain(
          [
            ...child,
            'async def work():',
            '    async with asyncio.TaskGroup() as group:',
            '        group.create_task(child(0, 5, False))',
          ],
          'task = asyncio.create_task(work())',
          `await asyncio.sleep(${delay})`,
          "task.cancel('enough')",
          'try:',
          '    await task',
          'except asyncio.CancelledError as error:',
          '    print(repr(error), task.cancelling())',
        ),
        python,
      )
      expect(lines).toEqual(['cancelled 0', "CancelledError('enough') 1"])
    },
  )
})

describe(`${rule('TaskGroup.__aenter__')} and ${rule('TaskGroup.create_task')}`, () => {
  test('says what state it is in, and why it refuses', () => {
    const refused = (when: string): readonly string[] => [
      'try:',
      '    group.create_task(asyncio.sleep(0))',
      'except RuntimeError as error:',
      `    print('${when}', error)`,
    ]
    const lines = printedBy(
      inMain(
        ['async def fail():', '    raise ValueError()'],
        'group = asyncio.TaskGroup()',
        ...refused('before'),
        'try:',
        '    async with group:',
        '        print(repr(group))',
        '        try:',
        '            async with group:',
        "                print('not here')",
        '        except RuntimeError as error:',
        '            print(error)',
        '        group.create_task(asyncio.sleep(5))',
        '        group.create_task(fail())',
        '        try:',
        '            await asyncio.sleep(9)',
        '        finally:',
        ...refused('during').map((line) => `            ${line}`),
        'except ExceptionGroup as error:',
        '    print(error)',
        ...refused('after'),
      ),
    )
    expect(lines).toEqual([
      'before TaskGroup <TaskGroup> has not been entered',
      '<TaskGroup entered>',
      'TaskGroup <TaskGroup entered> has already been entered',
      'during TaskGroup <TaskGroup tasks=1 errors=1 cancelling> is shutting down',
      'unhandled errors in a TaskGroup (1 sub-exception)',
      'after TaskGroup <TaskGroup cancelling> is finished',
    ])
  })

  test('who enters by hand and goes away is told of what fails', () => {
    const text = inMain(
      [
        'async def fail():',
        '    await asyncio.sleep(1)',
        "    raise ValueError('left behind')",
        'async def leave():',
        '    group = asyncio.TaskGroup()',
        '    await group.__aenter__()',
        '    group.create_task(fail())',
      ],
      'await asyncio.create_task(leave())',
      'await asyncio.sleep(2)',
      "print('went on')",
    )
    expect(printedBy(text)).toEqual(['went on'])
  })
})
