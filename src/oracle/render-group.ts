import type { Operation } from './operation.js'
import { cancels } from './render-cancellation.js'
import { indented, type Lines, pick, type Rendered, type Scope } from './scope.js'

/** What a `task group` needs of the rest: a block of operations as lines, the indentation of a block among it. */
type Block = (operations: readonly Operation[], scope: Scope, last?: Lines) => Lines

/** An `async with` of a new group: some of its tasks fail, and what it raises may be caught. */
export const renderGroup = (operation: Operation, scope: Scope, block: Block): Rendered | null => {
  if (scope.kind !== 'coroutine') return null
  const { which, other, variant, delay, body } = operation
  const group = scope.fresh('tg')
  const reach: Scope = { ...scope, groups: [...scope.groups, group], tasks: [...scope.tasks] }
  const [begun, inside] = renderMembers(operation, group, reach)
  const last = [...(variant % 5 === 0 ? groupInside(inside) : []), `await asyncio.sleep(${scope.unit * (variant % 4)})`]
  const head = which % 4 === 3 ? [`async with asyncio.TaskGroup() as ${group}:`] : [`async with ${group}:`]
  const lines = [...head, ...indented(begun), ...block(body, inside, last)]
  const made = which % 4 === 3 ? [] : [`${group} = asyncio.TaskGroup()`]
  const behind = which % 4 === 3 ? scope : reach
  const caught = [`    print('${scope.who}', '${group}', repr(error))`]
  const late = [`late = ${group}.create_task(asyncio.sleep(0))`, `print('${scope.who}', late)`]
  switch (pick(['late', 'late', '', 'Exception', 'star', 'BaseException', 'star'], other + Math.max(0, delay))) {
    case 'star':
      return [[...made, 'try:', ...indented(lines), 'except* ValueError as error:', ...caught], behind]
    case 'Exception':
      return [[...made, 'try:', ...indented(lines), 'except Exception as error:', ...caught], behind]
    case 'BaseException':
      return [[...made, 'try:', ...indented(lines), 'except BaseException as error:', ...caught], behind]
    case 'late':
      return [
        [
          'try:',
          ...indented([...made, ...(other % 2 === 0 ? [] : late), ...lines, ...late]),
          'except Exception as error:',
          ...caught,
        ],
        scope,
      ]
    default:
      return [[...made, ...lines], behind]
  }
}

const failures = [
  "ValueError('f')",
  "Problem('own', 7)",
  "KeyError('f')",
  'asyncio.CancelledError()',
  "ValueError('g')",
]

/** The tasks that a group begins with. */
const renderMembers = ({ which, other, variant }: Operation, group: string, scope: Scope): Rendered => {
  const called = pick(scope.functions, which)
  const child = scope.fresh('child')
  const first = called === undefined ? `asyncio.sleep(${scope.unit}, '${child}')` : `${called}()`
  const fails = scope.fresh('fails')
  const failing = [
    `async def ${fails}():`,
    ...(other % 3 === 2 ? [] : [`    await asyncio.sleep(${scope.unit * (other % 3)})`]),
    `    raise ${pick(failures, variant + other)}`,
    ...Array.from({ length: variant % 4 === 0 ? 2 : 1 }, () => `${group}.create_task(${fails}())`),
  ]
  const lines = [`${child} = ${group}.create_task(${first})`, ...(variant % 2 === 0 ? failing : [])]
  return [lines, { ...scope, tasks: [...scope.tasks, child], awaitable: [...scope.awaitable, child] }]
}

/** A group in the group, that fails with it or shortly after. */
const groupInside = (scope: Scope): Lines => {
  const fails = scope.fresh('fails')
  return [
    `async def ${fails}():`,
    `    await asyncio.sleep(${scope.unit})`,
    "    raise ValueError('inside')",
    'async with asyncio.TaskGroup() as within:',
    `    within.create_task(${fails}())`,
    `    await asyncio.sleep(${scope.unit * 2})`,
  ]
}

/** What can be done with a group from anywhere: another task, that it may refuse; a look at it; a cancellation of a member. */
export const renderGroupTask = (operation: Operation, scope: Scope): Rendered | null => {
  const { which, other, variant } = operation
  const group = pick([...scope.groups].reverse(), other)
  const called = pick(scope.functions, which)
  if (group === undefined || called === undefined) return null
  if (variant % 8 === 7) return [[`print('${scope.who}', repr(${group}))`], scope]
  const member = scope.fresh('member')
  const name = variant % 3 === 1 ? `, name='${member} of ${scope.who}'` : ''
  const made = [`${member} = ${group}.create_task(${called}()${name})`]
  const behind = { ...scope, tasks: [...scope.tasks, member], awaitable: [...scope.awaitable, member] }
  return [[...made, ...(variant % 5 === 4 ? [cancels(member, operation, behind)] : [])], behind]
}

/** `try` with `except*`: a group made on the spot, or what the operations inside raise. */
export const renderStar = (operation: Operation, scope: Scope, block: Block): Lines => {
  const { which, other, variant, body, handlers } = operation
  const leaves = ["ValueError('a')", "KeyError('b')", "ExceptionGroup('in', [ValueError('c'), TypeError('d')])"]
  const chosen = leaves.filter((_, index) => (variant >> index) % 2 === 1)
  const group = `raise ExceptionGroup('${scope.who}', [${(chosen.length === 0 ? leaves : chosen).join(', ')}])`
  const types = ['ValueError', '(KeyError, asyncio.CancelledError)', 'Exception', 'TypeError']
  const inside: Scope = { ...scope, inHandler: true, inStar: true, inLoop: false }
  const clauses = (handlers.length === 0 ? [null] : handlers).flatMap((clause, index) => [
    `except* ${pick(types, which + index)} as error:`,
    `    print('${scope.who}', repr(error))`,
    ...(clause === null ? [] : block(clause.body, inside)).filter((line) => line !== '    pass'),
    ...(clause?.ending === 'raise' ? ['    raise'] : []),
    ...(clause?.ending === 'raise new' ? ["    raise LookupError('new')"] : []),
    ...(clause?.ending === 'break' ? ['    raise error'] : []),
  ])
  return ['try:', ...block(body, scope, other % 3 === 0 ? [] : [group]), ...clauses]
}
