import { type Operation, type PrimitiveKind, primitiveClasses, type SharedPrimitive } from './operation.js'
import { valueFor } from './render-callable.js'
import { cancels } from './render-cancellation.js'
import { type Lines, pick, type Rendered, type Scope } from './scope.js'

/** Their names: by its kind and its place among all. */
export const primitiveNames = (primitives: readonly SharedPrimitive[]): readonly string[] =>
  primitives.map(({ kind }, index) => `${kind}${index + 1}`)

/** The lines that make those which are used. What they print is what laws go by. */
export const primitiveLines = (primitives: readonly SharedPrimitive[], used: (name: string) => boolean): Lines =>
  primitives.flatMap(({ kind, size }, index) => {
    const name = `${kind}${index + 1}`
    const given = kind === 'barrier' ? Math.max(size, 1) : size
    const made = `${name} = asyncio.${primitiveClasses[kind]}(${sized.has(kind) ? given : ''})`
    return used(name) ? [made, `print('makes', '${name}'${sized.has(kind) ? `, ${given}` : ''})`] : []
  })

const sized: ReadonlySet<PrimitiveKind> = new Set(['semaphore', 'bounded', 'barrier', 'queue', 'lifo', 'priority'])

/** The operations on locks, queues and so on as lines; null where there are none. */
export const renderPrimitive = (operation: Operation, scope: Scope): Rendered | null => {
  const name = pick(scope.primitives, operation.which)
  if (name === undefined) return null
  const plain = (lines: Lines | null): Rendered | null => (lines === null ? null : [lines, scope])
  switch (operation.does) {
    case 'wait at primitive':
      return scope.kind === 'coroutine' ? plain(waiting(operation, scope, name)) : null
    case 'use primitive':
      return plain(using(operation, scope, name))
    case 'wake at primitive':
      return plain(waking(operation, scope, name))
    case 'wake at primitive and cancel': {
      const target = pick(scope.tasks, operation.other)
      if (target === undefined) return null
      const cancel = cancels(target, operation, scope)
      const wake = waking(operation, scope, name)
      const enters = kindOf(name) === 'condition' && scope.kind === 'coroutine' && !scope.held.includes(name)
      const later = enters && operation.other % 2 === 0 ? ['await asyncio.sleep(0)'] : []
      const lines = operation.variant % 4 === 0 ? [cancel, ...wake] : [...wake, ...later, cancel]
      return plain(enters ? [`async with ${name}:`, ...lines.map((line) => `    ${line}`)] : lines)
    }
    default:
      return null
  }
}

/** The head of `async with`, and the lines around the body of which the laws read who is inside. */
export const renderHold = (operation: Operation, scope: Scope, bodyOf: (inside: Scope) => Lines): Rendered | null => {
  const name = pick(scope.primitives, operation.which)
  if (name === undefined || scope.kind !== 'coroutine') return null
  const mayHold = !/^(?:event|queue|lifo|priority)/.test(name) || operation.variant === 15
  if (!mayHold) return null
  const body = bodyOf({ ...scope, held: [...scope.held, name], inHandler: false })
  const lines = [
    `print('${scope.who}', 'waits', '${name}')`,
    `async with ${name}:`,
    `    print('${scope.who}', 'enters', '${name}')`,
    '    try:',
    ...body.map((line) => `    ${line}`),
    '    finally:',
    `        print('${scope.who}', 'leaves', '${name}')`,
  ]
  return [lines, scope]
}

const kindOf = (name: string): PrimitiveKind => name.replace(/\d+$/, '') as PrimitiveKind

/** Numbers have an order; now and then there is something else in a PriorityQueue. */
const itemFor = (operation: Operation, kind: PrimitiveKind): string =>
  kind === 'priority' && operation.other % 4 < 2 ? String(operation.other % 5) : valueFor(operation)

const waiting = (operation: Operation, scope: Scope, name: string): Lines => {
  const { other, variant } = operation
  const kind = kindOf(name)
  const told = (verb: string, awaited: string): Lines => [`print('${scope.who}', '${verb}', '${name}', ${awaited})`]
  switch (kind) {
    case 'lock':
    case 'semaphore':
    case 'bounded':
      return told('acquired', `await ${name}.acquire()`)
    case 'event':
      return told('saw', `await ${name}.wait()`)
    case 'condition': {
      const wait =
        variant % 4 === 1 || variant % 8 === 4
          ? `await ${name}.wait_for(lambda: print('${scope.who}', 'asked') or ${name}.locked())`
          : `await ${name}.wait()`
      if (scope.held.includes(name) || variant % 8 === 7) return told('notified', wait)
      return [`async with ${name}:`, ...told('notified', wait).map((line) => `    ${line}`)]
    }
    case 'barrier':
      return told('passed', `await ${name}.wait()`)
    case 'queue':
    case 'lifo':
    case 'priority': {
      if (variant % 8 === 5) return told('joined', `await ${name}.join()`)
      if (variant % 2 === 0)
        return [`print('${scope.who}', 'waits', '${name}')`, ...told('gets', `await ${name}.get()`)]
      const item = `item${other}`
      return [
        `${item} = ${itemFor(operation, kind)}`,
        `print('${scope.who}', 'waits', '${name}')`,
        `await ${name}.put(${item})`,
        `print('${scope.who}', 'puts', '${name}', ${item})`,
      ]
    }
  }
}

/** What lets somebody go on who waits. */
const waking = (operation: Operation, scope: Scope, name: string): Lines => {
  const { other, variant } = operation
  const kind = kindOf(name)
  const woke = `print('${scope.who}', 'releases', '${name}')`
  const only = (condition: string, ...lines: Lines): Lines =>
    variant % 4 === 3 ? lines : [`if ${condition}:`, ...lines.map((line) => `    ${line}`)]
  switch (kind) {
    case 'lock':
      return only(`${name}.locked()`, `${name}.release()`, woke)
    case 'semaphore':
    case 'bounded': {
      const freed = [`${name}.release()`, woke]
      return only(`${name}.locked()`, ...freed, ...(other % 3 === 1 ? freed : []))
    }
    case 'event':
      return [`${name}.set()`, woke]
    case 'condition': {
      const call = pick(['notify()', 'notify_all()', 'notify(2)'], other) ?? ''
      return only(`${name}.locked()`, `${name}.${call}`, woke)
    }
    case 'barrier':
      return [`print('${scope.who}', ${name}.n_waiting, ${name}.broken, ${name}.parties)`]
    case 'queue':
    case 'lifo':
    case 'priority': {
      if (other % 2 === 0) {
        const item = itemFor(operation, kind)
        return only(
          `not ${name}.full()`,
          `${name}.put_nowait(${item})`,
          `print('${scope.who}', 'puts', '${name}', ${item})`,
        )
      }
      return only(`not ${name}.empty()`, `print('${scope.who}', 'gets', '${name}', ${name}.get_nowait())`)
    }
  }
}

/** The rest of what can be done with it. */
const using = (operation: Operation, scope: Scope, name: string): Lines => {
  const { other, variant } = operation
  const kind = kindOf(name)
  const say = (...parts: readonly string[]): string => `print('${scope.who}', ${parts.join(', ')})`
  switch (kind) {
    case 'lock':
    case 'semaphore':
    case 'bounded':
      if (variant % 8 === 7) return [`${name}.release()`, say("'releases'", `'${name}'`)]
      return [say(`${name}.locked()`)]
    case 'event':
      return variant % 2 === 0 ? [`${name}.clear()`] : [say(`${name}.is_set()`)]
    case 'condition':
      if (variant % 8 === 7) return [`${name}.release()`, say("'releases'", `'${name}'`)]
      if (scope.kind !== 'coroutine') return [say(`${name}.locked()`)]
      return [
        `print('${scope.who}', 'waits', '${name}')`,
        `async with ${name}:`,
        `    ${name}.${pick(['notify()', 'notify_all()', 'notify(2)', 'notify(0)'], other)}`,
      ]
    case 'barrier':
      if (scope.kind !== 'coroutine') return [say(`${name}.n_waiting`, `${name}.broken`)]
      return [`await ${name}.${pick(['reset', 'abort', 'reset'], other)}()`]
    case 'queue':
    case 'lifo':
    case 'priority': {
      if (variant % 8 > 5)
        return [`${name}.shutdown(${pick(['', 'True', 'immediate=False'], other)})`, say("'shuts'", `'${name}'`)]
      const puts = [
        `${name}.put_nowait(${itemFor(operation, kind)})`,
        say("'puts'", `'${name}'`, itemFor(operation, kind)),
      ]
      return (
        pick(
          [
            puts,
            [`${name}.task_done()`],
            [say(name, `${name}.qsize()`, `${name}.empty()`, `${name}.full()`, `${name}.maxsize`)],
            puts,
            [say("'gets'", `'${name}'`, `${name}.get_nowait()`)],
            [
              `if not ${name}.empty():`,
              `    ${say("'gets'", `'${name}'`, `${name}.get_nowait()`)}`,
              `    ${name}.task_done()`,
            ],
          ],
          variant + other,
        ) ?? []
      )
    }
  }
}
