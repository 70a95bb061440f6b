import { isInstance } from './exception.js'
import { newList } from './list.js'
import { raise } from './raise.js'
import { withNextIdentity } from './update.js'
import type { ExceptionValue, Value } from './value.js'
import type { World } from './world.js'

/** Whether an exception is an ExceptionGroup or a BaseExceptionGroup. */
export const isGroup = (
  exception: ExceptionValue,
): exception is ExceptionValue & { readonly exceptions: readonly ExceptionValue[] } =>
  exception.exceptions !== undefined

/**
 * A group of exceptions; `second` is the sequence that they were given in. It is an ExceptionGroup where all of them are
 * Exceptions, and TypeError where it has to be one and they are not. Mirrors `BaseExceptionGroup_new` (3.11 to 3.14).
 */
export const newGroup = (
  world: World,
  type: string,
  message: Value,
  second: Value,
  exceptions: readonly ExceptionValue[],
): readonly [World, ExceptionValue] => {
  const areExceptions = exceptions.every((exception) => isInstance(exception, 'Exception'))
  if (type === 'ExceptionGroup' && !areExceptions) {
    throw raise('TypeError', 'Cannot nest BaseExceptions in an ExceptionGroup')
  }
  const id = world.nextIdentity
  return [
    withNextIdentity(world, id + 1),
    {
      kind: 'exception',
      id,
      type: areExceptions ? 'ExceptionGroup' : type,
      args: [message, second],
      line: 0,
      exceptions,
    },
  ]
}

/** A group of a list of exceptions: what is raised where several were. */
export const groupOf = (
  world: World,
  message: Value,
  exceptions: readonly ExceptionValue[],
): readonly [World, ExceptionValue] => {
  const [listed, list] = newList(world, exceptions)
  return newGroup(listed, 'BaseExceptionGroup', message, list, exceptions)
}

/** A group in two: those that match, and the rest; null where there is nothing. */
export interface Parts {
  readonly world: World
  readonly match: ExceptionValue | null
  readonly rest: ExceptionValue | null
}

/**
 * Parts the exceptions of a group, through the groups inside it. What matches as a whole stays as it is; of other groups
 * there are two new ones, one of what matches and one of the rest. Mirrors `exceptiongroup_split_recursive` (3.11 to 3.14).
 */
export const split = (world: World, exception: ExceptionValue, matches: (each: ExceptionValue) => boolean): Parts => {
  if (matches(exception)) return { world, match: exception, rest: null }
  if (!isGroup(exception)) return { world, match: null, rest: exception }
  const matching: ExceptionValue[] = []
  const others: ExceptionValue[] = []
  let present = world
  for (const each of exception.exceptions) {
    const parts = split(present, each, matches)
    present = parts.world
    if (parts.match !== null) matching.push(parts.match)
    if (parts.rest !== null) others.push(parts.rest)
  }
  const [matched, match] = subset(present, exception, matching)
  const [divided, rest] = subset(matched, exception, others)
  return { world: divided, match, rest }
}

/** A group of some of a group's exceptions: with its message and its traceback. Mirrors `exceptiongroup_subset` (3.11 to 3.14). */
const subset = (
  world: World,
  group: ExceptionValue,
  exceptions: readonly ExceptionValue[],
): readonly [World, ExceptionValue | null] => {
  if (exceptions.length === 0) return [world, null]
  const [made, derived] = groupOf(world, group.args[0] ?? null, exceptions)
  return [
    made,
    { ...derived, line: group.line ?? 0, ...(group.traceback === undefined ? {} : { traceback: group.traceback }) },
  ]
}

/** What an `except*` takes of an exception: one that is no group gets a group around it. Mirrors `exception_group_match` (3.11 to 3.14). */
export const take = (world: World, exception: ExceptionValue, matches: (each: ExceptionValue) => boolean): Parts => {
  if (isGroup(exception)) {
    const parts = split(world, exception, matches)
    return parts.match !== null || world.python.exceptStarCopiesUnmatched ? parts : { ...parts, rest: exception }
  }
  if (!matches(exception)) return { world, match: null, rest: exception }
  const [made, match] = newGroup(world, 'BaseExceptionGroup', '', { kind: 'tuple', items: [exception] }, [exception])
  return { world: made, match, rest: null }
}

/**
 * What is raised at the end of all `except*`: `raised` is what left them, and what none of them took. What was only
 * raised again goes back to its place in the group. Null where nothing is left. Mirrors `_PyExc_PrepReraiseStar` (3.11 to 3.14).
 */
export const leftOver = (
  world: World,
  caught: ExceptionValue,
  raised: readonly ExceptionValue[],
): readonly [World, ExceptionValue | null] => {
  if (!isGroup(caught)) return [world, raised[0] ?? null]
  const isSame = (each: ExceptionValue): boolean =>
    each.id === caught.id || (isGroup(each) && each.traceback === caught.traceback)
  const kept = new Set(raised.filter(isSame).flatMap(leaves))
  const { world: parted, match } = split(world, caught, (each) => !isGroup(each) && kept.has(each.id))
  const anew = raised.filter((each) => !isSame(each))
  if (anew.length === 0) return [parted, match]
  const left = match === null ? anew : [...anew, match]
  const [only = null, ...others] = left
  return others.length === 0 && world.python.exceptStarWrapsNoSingle ? [parted, only] : groupOf(parted, '', left)
}

const leaves = (exception: ExceptionValue): readonly number[] =>
  isGroup(exception) ? exception.exceptions.flatMap(leaves) : [exception.id]
